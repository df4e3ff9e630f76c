"""The stappenplan of a region as it is made: a draft that counts for nobody, then agreed from a day on. A version that
holds or held is never edited; a mistake is corrected by a newer one."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from cases.agreements.access import check_may_agree
from cases.agreements.kinds import DossierKind
from cases.agreements.regions import RegionBook, gemeenten_of, hold_region
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.dossier.saving import still_as_read
from cases.ladders.rules import check_ladder
from cases.steps.acts import LadderBook, pauses_of, renew_steps, wanted_of
from cases.steps.kinds import kinds_of
from cases.steps.ladder import DEFAULT, Rung
from cases.steps.models import EscalationStep, Ladder, LadderRung
from leerplicht.models import HomePeriod
from leerplicht.services.calendars import calendars_of_pupils
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User

OVERTAKEN = (
    "Een collega heeft dit stappenplan intussen aangepast of vastgesteld. Wat u typte staat er nog: vergelijk en "
    "bewaar opnieuw."
)
SAME_DAY = "Er is al een stappenplan dat op deze dag begint. Kies een andere dag, of pas dat concept aan."
OUT_OF_THE_WAY = 1000
DAY = timedelta(days=1)


def in_force(region: Organisation, day: date, kind: str = "") -> Ladder | None:
    """The version that holds for a child whose first day at home is `day`: of this kind, else for all dossiers; None:
    the national default."""
    holding = Ladder.objects.filter(Ladder.covers(day), region=region, draft=False, kind__in=["", kind])
    return holding.order_by("-kind", "-valid_from").first()


def rungs_of(ladder: Ladder | None) -> list[Rung]:
    return [r.as_rung() for r in ladder.rungs.all()] if ladder else list(DEFAULT)


def start_draft(ladder: Ladder, *, by: User | None) -> None:
    """A new version with the steps that hold on that day, or those of the national default."""
    check_may_agree(ladder.region, by)
    try:
        with transaction.atomic():
            rungs = rungs_of(in_force(ladder.region, ladder.valid_from, ladder.kind))
            ladder.draft = True
            ladder.save()
            LadderRung.objects.bulk_create(row_of(ladder, rung) for rung in rungs)
            _log("ladder_saved", ladder, by)
    except IntegrityError as problem:
        raise NotNow(SAME_DAY) from problem


def row_of(ladder: Ladder, rung: Rung) -> LadderRung:
    """A step of a ladder as a row; not saved."""
    return LadderRung(
        ladder=ladder,
        position=rung.position,
        name=rung.name,
        trigger=rung.trigger,
        owner=rung.owner.value,
        after_amount=rung.after.amount,
        after_count=rung.after.count.value,
        actions=rung.actions,
        closed_by=rung.closed_by.value if rung.closed_by else "",
        term_amount=rung.term.amount if rung.term else None,
        term_count=rung.term.count.value if rung.term else "",
    )


def save_draft(ladder: Ladder, *, by: User | None) -> None:
    """Another first day or source. NotNow: agreed already, changed by a colleague, or the day is taken."""
    check_may_agree(ladder.region, by)
    try:
        with transaction.atomic():
            _as_read(ladder)
            ladder.save()
            _log("ladder_saved", ladder, by)
    except IntegrityError as problem:
        raise NotNow(SAME_DAY) from problem


def drop_draft(ladder: Ladder, *, by: User | None) -> None:
    check_may_agree(ladder.region, by)
    with transaction.atomic():
        _as_read(ladder)
        _log("ladder_withdrawn", ladder, by)
        ladder.delete()


def save_rung(rung: LadderRung, place: int, *, by: User | None) -> None:
    """Save a step of a draft as number `place`; the others move up. The version on `rung.ladder` is the one read."""
    check_may_agree(rung.ladder.region, by)
    with transaction.atomic():
        _as_read(rung.ladder)
        others = list(rung.ladder.rungs.exclude(pk=rung.pk))
        rung.ladder.rungs.update(position=F("position") + OUT_OF_THE_WAY)
        rung.position = place
        rung.save()
        _number([*others[:place], rung, *others[place:]])
        _log("ladder_saved", rung.ladder, by)


def remove_rung(rung: LadderRung, *, by: User | None) -> None:
    check_may_agree(rung.ladder.region, by)
    ladder = rung.ladder
    with transaction.atomic():
        _as_read(ladder)
        rung.delete()
        _number(list(ladder.rungs.all()))
        _log("ladder_saved", ladder, by)


def _number(rungs: list[LadderRung]) -> None:
    for position, rung in enumerate(rungs):
        LadderRung.objects.filter(pk=rung.pk).update(position=position)


def agree(ladder: Ladder, *, confirmed: bool, by: User | None) -> None:
    """Let a draft hold from its first day on; the former version ends the day before, and dossiers of children who came
    home since then get its dates at once. Steps that are done stay."""
    check_may_agree(ladder.region, by)
    today = timezone.localdate()
    with transaction.atomic():
        hold_region(ladder.region)
        agreed = Ladder.objects.filter(region=ladder.region, kind=ladder.kind, draft=False)
        taken = set(agreed.values_list("valid_from", flat=True))
        check_ladder(ladder.rungs.count(), ladder.valid_from, taken, today=today, confirmed=confirmed)
        _as_read(ladder)
        former = agreed.filter(valid_from__lt=ladder.valid_from).last()
        later = agreed.filter(valid_from__gt=ladder.valid_from).first()
        if former and former.holds_on(ladder.valid_from):
            former.valid_until = ladder.valid_from - DAY
            former.save()
        ladder.draft, ladder.valid_until = False, later.valid_from - DAY if later else None
        ladder.save()
        _log("ladder_agreed", ladder, by)
        if ladder.valid_from <= today:
            renew_steps(_reached(ladder), today)


def take_back(ladder: Ladder, *, by: User | None) -> None:
    """Make a version that has not begun a draft again; the former one goes on."""
    check_may_agree(ladder.region, by)
    with transaction.atomic():
        hold_region(ladder.region)
        rows = Ladder.objects.filter(pk=ladder.pk, draft=False, valid_from__gt=timezone.localdate())
        if not rows.update(draft=True, version=F("version") + 1):
            raise NotNow("Dit stappenplan geldt al. Maak een nieuwe versie om iets te veranderen.")
        ladder.refresh_from_db()
        ends = {"region": ladder.region, "kind": ladder.kind, "draft": False, "valid_until": ladder.valid_from - DAY}
        if former := Ladder.objects.filter(**ends).first():
            former.valid_until = ladder.valid_until
            former.save()
        ladder.valid_until = None
        ladder.save()
        _log("ladder_withdrawn", ladder, by)


def _reached(ladder: Ladder) -> QuerySet[Case]:
    """Open dossiers of children who came home on the first day of this version or later."""
    codes = gemeenten_of(ladder.region)
    return Case.objects.open().filter(municipality__in=codes, home_since__gte=ladder.valid_from)


@dataclass(frozen=True)
class Affected:
    """One gemeente: of how many open dossiers steps or dates change, of how many get this version."""

    gemeente: str
    gets: int
    changes: int


def preview(ladder: Ladder) -> list[Affected]:
    """What agreeing to this draft would do to open dossiers: numbers only, nothing is written."""
    regions = RegionBook()
    book = LadderBook(regions)
    book.suppose(ladder, rungs_of(ladder))
    cases = list(_reached(ladder).select_related("municipality", "pupil__municipality").prefetch_related("formerly"))
    periods = {p.pupil_id: p for p in HomePeriod.objects.filter(pupil__in=[c.pupil_id for c in cases], last_day=None)}
    calendars, pauses = calendars_of_pupils([c.pupil for c in cases]), pauses_of([c.pk for c in cases])
    stored = _open_steps(cases)
    kinds = kinds_of(cases, {c.pk: periods.get(c.pupil_id) for c in cases}, timezone.localdate())
    gets: Counter[str] = Counter()
    changes: Counter[str] = Counter()
    for case in cases:
        period = periods.get(case.pupil_id)
        kind = kinds.get(case.pk, DossierKind.ALL)
        if period and book.of(case.municipality_on(period.first_day), period.first_day, kind)[0] == ladder:
            wanted = wanted_of(case, period, book, calendars[case.pupil_id], pauses[case.pk], kind)
            gets[case.municipality.name] += 1
            changes[case.municipality.name] += _differs(wanted, stored.get(case.pk, {}), period.first_day)
    return [Affected(name, gets[name], changes[name]) for name in sorted(gets)]


Place = tuple[date, str, int]  # the first day, the kind and the position of a step


def _open_steps(cases: list[Case]) -> dict[int, dict[Place, EscalationStep]]:
    """Per dossier the steps by first day, kind and position."""
    found: dict[int, dict[Place, EscalationStep]] = {}
    for step in EscalationStep.objects.filter(case__in=[c.pk for c in cases], stopped_on=None):
        found.setdefault(step.case_id, {})[step.start, step.kind, step.position] = step
    return found


def _differs(wanted: dict[int, EscalationStep], stored: Mapping[Place, EscalationStep], start: date) -> bool:
    kind = next((s.kind for s in wanted.values()), "")
    now = {position: step for (first, of, position), step in stored.items() if (first, of) == (start, kind)}
    done = {position for position, step in now.items() if step.is_done}

    def seen(steps: Mapping[int, EscalationStep]) -> dict[int, tuple[object, ...]]:
        return {p: (s.name, s.owner, s.actions, s.planned_on, s.due_on) for p, s in steps.items() if p not in done}

    return seen(wanted) != seen(now)


def _as_read(ladder: Ladder) -> None:
    """Only a draft, and only as it was read."""
    if not still_as_read(ladder, draft=True):
        raise NotNow(OVERTAKEN)


def _log(action: str, ladder: Ladder, by: User | None) -> None:
    log_event(action, by=by, row=ladder.pk, region=ladder.region_id, valid_from=ladder.valid_from.isoformat())
