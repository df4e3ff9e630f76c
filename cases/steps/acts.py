"""The steps of dossiers: kept in line with the first day at home, the ladder of the region and the pauses; done once,
with an outcome; held up for a while."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cases.acting.access import check_may_act
from cases.acting.facts import Fact
from cases.acting.matrix import Act
from cases.agreements.kinds import DossierKind
from cases.agreements.regions import RegionBook
from cases.dossier.access import acts_for, check_may_lead
from cases.dossier.models import Case
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import hold, log_act
from cases.sight.access import check_may_write
from cases.steps.access import owner_of_step
from cases.steps.answers import close, open_again, reported_on
from cases.steps.kinds import kinds_of
from cases.steps.ladder import DEFAULT, Interval, Rung, dates_of, overlap
from cases.steps.models import EscalationStep, Ladder, Pause
from cases.steps.rules import check_pause, check_step
from cases.work.heard import who_is_missing
from leerplicht.law.calendar import LessonCalendar
from leerplicht.models import HomePeriod, Pupil
from leerplicht.services.calendars import calendars_of_pupils
from thuiszitters.core.people.users import User

DERIVED = ["ladder", "name", "owner", "actions", "closed_by", "planned_on", "due_on", "stopped_on"]
ANSWERED = ["result", "fact", "done_on", "outcome"]
CHUNK = 500


class LadderBook:
    """The rungs that hold for a gemeente on a day: of its region, else the national default."""

    def __init__(self, regions: RegionBook):
        self.regions = regions
        self.ladders = list(Ladder.objects.filter(draft=False).prefetch_related("rungs"))
        self.rungs = {ladder.pk: [r.as_rung() for r in ladder.rungs.all()] for ladder in self.ladders}

    def suppose(self, ladder: Ladder, rungs: list[Rung]) -> None:
        """As if this ladder was agreed already."""
        self.ladders = [*(x for x in self.ladders if x.pk != ladder.pk), ladder]
        self.rungs[ladder.pk] = rungs

    @property
    def by_kind(self) -> bool:
        """Whether some region has a ladder for one kind of dossier."""
        return any(x.kind for x in self.ladders)

    def of(self, municipality: str, day: date, kind: DossierKind = DossierKind.ALL) -> tuple[Ladder | None, list[Rung]]:
        """Of this kind, else the one for all dossiers."""
        regions = self.regions.of(municipality, day)
        holding = [x for x in self.ladders if x.region_id in regions and x.holds_on(day) and x.kind in ("", kind)]
        if not holding:
            return None, list(DEFAULT)
        newest = max(holding, key=lambda x: (x.kind, x.valid_from))
        return newest, self.rungs[newest.pk]


def sync_steps(
    cases: list[Case],
    periods: Mapping[int, HomePeriod | None],
    calendars: Mapping[int, LessonCalendar],
    regions: RegionBook,
    today: date,
) -> None:
    """Bring the steps of these dossiers in line with the facts; what is done stays as it is. `periods`: the running
    home period by dossier id. A constant number of queries."""
    fresh: list[EscalationStep] = []
    changed: list[EscalationStep] = []
    book = LadderBook(regions)
    pauses = pauses_of([c.pk for c in cases])
    reported = reported_on(cases, periods)
    stored: dict[int, list[EscalationStep]] = defaultdict(list)
    for step in EscalationStep.objects.filter(case__in=[c.pk for c in cases]):
        stored[step.case_id].append(step)
    kinds = kinds_of(cases, periods, today) if book.by_kind else {}
    for case in cases:
        period, kind = periods.get(case.pk), kinds.get(case.pk, DossierKind.ALL)
        wanted = wanted_of(case, period, book, calendars[case.pupil_id], pauses[case.pk], kind) if period else {}
        new, other = _compare(stored[case.pk], wanted, period.first_day if period else None, today)
        fresh += new
        changed += other + _reported(new, stored[case.pk], other, reported.get(case.pk))
    EscalationStep.objects.bulk_create(fresh, batch_size=CHUNK)
    EscalationStep.objects.bulk_update(changed, [*DERIVED, *ANSWERED], batch_size=CHUNK)


def _reported(
    fresh: list[EscalationStep], stored: list[EscalationStep], changed: list[EscalationStep], on: date | None
) -> list[EscalationStep]:
    """Close the steps that a report answers, and open them again when there is none any more; those that stood there
    and did not change otherwise."""
    found = []
    for step in (*fresh, *stored):
        answered, asks = step.fact == Fact.REPORT, step.closed_by == Fact.REPORT and not step.stopped_on
        if asks and on and (not step.is_done or (answered and step.done_on != on)):
            close(step, Fact.REPORT, on, by=None)
        elif answered and not (asks and on) and not step.stopped_on:
            open_again(step)
        else:
            continue
        found.append(step)
    return [s for s in found if s.pk and s not in changed]


def pauses_of(ids: list[int]) -> dict[int, list[Interval]]:
    found: dict[int, list[Interval]] = defaultdict(list)
    for pause in Pause.objects.filter(case__in=ids):
        found[pause.case_id].append(Interval(pause.since, pause.until))
    return found


def wanted_of(
    case: Case,
    period: HomePeriod,
    book: LadderBook,
    calendar: LessonCalendar,
    pauses: list[Interval],
    kind: DossierKind = DossierKind.ALL,
) -> dict[int, EscalationStep]:
    """The steps with their dates as they should be, by position; not saved."""
    ladder, rungs = book.of(case.municipality_on(period.first_day), period.first_day, kind)
    wanted = {}
    for rung in rungs:
        try:
            dates = dates_of(rung, period.first_day, calendar, pauses)
        except ValueError:  # school holidays of that time are not published: no date is better than a guess
            continue
        wanted[rung.position] = EscalationStep(
            case=case,
            ladder=ladder,
            kind=ladder.kind if ladder else "",
            start=period.first_day,
            position=rung.position,
            name=rung.name,
            owner=rung.owner.value,
            actions=rung.actions,
            closed_by=rung.closed_by.value if rung.closed_by else "",
            planned_on=dates.planned_on,
            due_on=dates.due_on,
        )
    return wanted


def _compare(
    stored: Iterable[EscalationStep], wanted: dict[int, EscalationStep], start: date | None, today: date
) -> tuple[list[EscalationStep], list[EscalationStep]]:
    """The steps to make and the ones to change. A step that is done stays, and stands for the one of its position; of
    an earlier period at home none does. After a change of kind what was done stands for the step of that name or
    fact. `start`: the first day of the running period."""
    stored, kind = list(stored), next((s.kind for s in wanted.values()), "")
    done = [s for s in stored if s.start == start and s.kind != kind and s.is_done and s.fact != Fact.REPORT]
    fresh = {n: s for n, s in wanted.items() if not any(_the_same(s, other) for other in done)}
    changed = []
    for step in stored:
        new = fresh.pop(step.position, None) if (step.start, step.kind) == (start, kind) else None
        # What a report answered follows the facts as well: nobody did it.
        if (not step.is_done or step.fact == Fact.REPORT) and _follow(step, new, today):
            changed.append(step)
    return list(fresh.values()), changed


def _the_same(new: EscalationStep, done: EscalationStep) -> bool:
    return new.name == done.name or (bool(new.closed_by) and new.closed_by == done.closed_by)


def _follow(step: EscalationStep, new: EscalationStep | None, today: date) -> bool:
    """Let a step become as it should be; without `new` it stops. False: it was so already."""
    if new is None:
        stops = step.stopped_on is None
        step.stopped_on = step.stopped_on or today
        return stops
    before = _derived(step)
    for name in DERIVED:
        setattr(step, name, getattr(new, name))
    return before != _derived(step)


def _derived(step: EscalationStep) -> list[object]:
    return [getattr(step, name) for name in ("ladder_id", *DERIVED[1:])]


def renew_steps(cases: QuerySet[Case], today: date) -> None:
    """After a pause or another stappenplan: the steps of these dossiers anew, some hundreds at a time."""
    ids = cases.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=CHUNK)
    while chunk := list(islice(ids, CHUNK)):
        with transaction.atomic():
            rows = list(Case.objects.select_for_update().filter(pk__in=chunk).order_by("pk"))
            pupils = Pupil.objects.filter(pk__in=[c.pupil_id for c in rows]).select_related("municipality")
            running = {p.pupil_id: p for p in HomePeriod.objects.filter(pupil__in=pupils, last_day=None)}
            periods = {c.pk: running.get(c.pupil_id) for c in rows}
            sync_steps(rows, periods, calendars_of_pupils(pupils), RegionBook(), today)


def missing_for(step: EscalationStep) -> list[str]:
    """For whom a reason is needed to close this step as done."""
    return who_is_missing(step.case, timezone.localdate()) if is_first(step) else []


def is_first(step: EscalationStep) -> bool:
    """Whether nobody did a step of this dossier yet: then parents and child must have been heard. What a fact answered
    was done by nobody."""
    done = EscalationStep.objects.filter(case=step.case_id, result=EscalationStep.Result.DONE, fact="")
    return not done.exists()


def finish(
    step: EscalationStep, *, result: str, outcome: str, late_because: str, reasons: Mapping[str, str], by: User | None
) -> None:
    """Write the outcome of a step, once. `reasons`: per person who was not heard, why. NotNow when a rule is not met or
    a colleague was first."""
    check_may_write(step.case, by)
    check_may_act(Act.FINISH_STEP, owner_of_step(step, step.case), step.case, by)
    today = timezone.localdate()
    case = step.case
    check_open(case)
    unheard = missing_for(step) if result == EscalationStep.Result.DONE else []
    missing = [{"who": who, "because": reasons.get(who, "").strip()} for who in unheard]
    check_step(step, today, outcome=outcome, late_because=late_because, missing=missing)
    with transaction.atomic():
        hold(case)
        rows = EscalationStep.objects.filter(pk=step.pk, result="", stopped_on=None)
        if not rows.update(
            result=result,
            done_on=today,
            outcome=outcome.strip(),
            late_because=late_because.strip(),
            missing=missing,
            done_by=by,
            done_organisation=acts_for(case, by),
        ):
            raise NotNow("Een collega heeft deze stap net afgerond.")
        step.refresh_from_db()
        log_act("step_done", case, by=by, position=step.position, step=result)


def pause(row: Pause, *, by: User) -> None:
    """Hold the steps up. NotNow when it lies in another pause, or ends before today."""
    check_may_lead(row.case, by)
    hold_up(row, by=by)


def hold_up(row: Pause, *, by: User) -> None:
    """The same, for an act that holds the steps up along the way."""
    today, case = timezone.localdate(), row.case
    check_open(case)
    check_pause(row.since, row.until, today)
    with transaction.atomic():
        hold(case)
        if other := overlap(Interval(row.since, row.until), pauses_of([case.pk])[case.pk]):
            raise NotNow(f"Er is al een pauze van {other.first:%d-%m-%Y} tot en met {other.last:%d-%m-%Y}.")
        row.by = by
        row.save()
        renew_steps(Case.objects.filter(pk=case.pk), today)
        log_act("steps_paused", case, by=by, row=row.pk)


def end_pause(row: Pause, *, by: User | None) -> bool:
    """Go on from today. False when it had ended already."""
    check_may_lead(row.case, by)
    return go_on(row, by=by)


def go_on(row: Pause, *, by: User | None) -> bool:
    """The same, for an act after which the steps go on."""
    today, case = timezone.localdate(), row.case
    last = today - timedelta(days=1)
    with transaction.atomic():
        rows = Pause.objects.filter(pk=row.pk, until__gte=today)
        ended = rows.filter(since__lte=last).update(until=last, ended_by=by)
        if not ended and not rows.filter(since__gte=today).exists():
            return False
        if ended:
            row.refresh_from_db()
            Pause.history.bulk_history_create([row], update=True, default_user=by)
        else:  # it did not begin yet, or began today: as if it never was
            row.delete()
        renew_steps(Case.objects.filter(pk=case.pk), today)
        log_act("pause_ended", case, by=by)
    return True
