"""A Thuiszitterstop: planning, which dossiers, what was said and agreed. What is agreed is a step in the dossier; a
paper of it is made a floor higher."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypedDict
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone

from cases.acting.facts import Fact
from cases.clock.models import Deadline
from cases.dossier.models import Case, Task
from cases.dossier.queries import CaseQuerySet
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import CHANGED, Overtaken, hold, log_act, still_as_read
from cases.parts.matrix import Part
from cases.sight.access import check_may_write
from cases.sight.queries import reads_course
from cases.steps.models import EscalationStep
from cases.stops.access import check_may_plan
from cases.stops.models import Stop, StopCase
from cases.talks.moment import check_moment
from cases.work.models import Contact
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

ALREADY = "Deze Thuiszitterstop staat er al, op dezelfde dag en tijd."
OVER = "Deze Thuiszitterstop is al gehouden of afgezegd."
NOT_YET = "Wat er is besproken legt u vast vanaf het moment dat de Thuiszitterstop begint."
NOT_HERE = "Dit dossier kunt u niet meenemen: u ziet het niet, of u mag er niets van meenemen."


def save_stop(stop: Stop, *, by: User) -> None:
    """Plan it, or change one that is planned. Overtaken when a colleague was first; NotNow when it stands there
    already."""
    check_may_plan(stop, by)
    if stop.pk and not stop.is_planned:
        raise NotNow(OVER)
    check_moment(stop.starts_at, past=stop.has_begun)
    try:
        with transaction.atomic():
            if not still_as_read(stop, state=Stop.State.PLANNED):
                raise Overtaken(CHANGED)
            stop.by = stop.by if stop.pk else by
            stop.save()
            log_event("stop_saved", by=by, row=stop.pk)
    except IntegrityError as problem:
        raise NotNow(ALREADY) from problem


def cancel_stop(stop: Stop, *, because: str, by: User | None) -> None:
    """Call it off, with a reason, once."""
    check_may_plan(stop, by)
    if not because.strip():
        raise NotNow("Geef een reden op.")
    with transaction.atomic():
        rows = Stop.objects.filter(pk=stop.pk, state=Stop.State.PLANNED)
        values = {"state": Stop.State.CANCELLED, "cancelled_because": because.strip()[:300]}
        if not rows.update(**values, version=F("version") + 1):
            raise NotNow(OVER)
        stop.refresh_from_db()
        stop.save()  # a row in the history
        log_event("stop_saved", by=by, row=stop.pk)


def candidates(user: User) -> QuerySet[Case]:
    """The open dossiers that this user may put on the agenda, the longest at home first."""
    return candidates_ever(user).open().order_by(F("home_since").asc(nulls_last=True), "pk")


def candidates_ever(user: User) -> CaseQuerySet:
    """All dossiers that this user may take along now, closed ones as well: what stands on an agenda."""
    return Case.objects.visible_to(user, Right.EXPORT, urgent=False)


def writable(user: User) -> QuerySet[Case]:
    """The open dossiers in which this user may write."""
    return Case.objects.visible_to(user, Right.CASE_WORK, urgent=False).open()


def told_of(stop: Stop, user: User) -> set[int]:
    """The dossiers on the agenda of which the user reads the course of events: what was said and agreed is of that."""
    return set(Case.objects.filter(reads_course(user), stops__stop=stop).values_list("pk", flat=True))


def longer_than(term_code: str, day: date) -> QuerySet[Deadline]:
    """The deadlines of a term that were exceeded on a day and had not stopped then; for use in a query on dossiers."""
    return Deadline.objects.filter(term_code=term_code, exceeded_from__lte=day).exclude(stopped_on__lte=day)


@transaction.atomic
def add_cases(stop: Stop, cases: Iterable[Case], *, by: User) -> int:
    """Put dossiers at the end of the agenda; what stands there already stays. Returns how many came. NotNow when it is
    over, or for a dossier that the user may not take along."""
    check_may_plan(stop, by)
    if stop.is_cancelled:
        raise NotNow(OVER)
    Stop.objects.select_for_update().get(pk=stop.pk)
    there = set(stop.cases.values_list("case_id", flat=True))
    new = [case for case in cases if case.pk not in there]
    allowed = set(candidates(by).filter(pk__in=[c.pk for c in new]).values_list("pk", flat=True))
    if any(case.pk not in allowed for case in new):
        raise NotNow(NOT_HERE)
    last = stop.cases.aggregate(last=Max("position"))["last"] or 0
    batch = uuid4() if len(new) > 1 else None
    for n, case in enumerate(new, start=last + 1):
        StopCase.objects.create(stop=stop, case=case, position=n, added_by=by, batch=batch)
    log_event("stop_cases_added", by=by, pupils=[c.pupil_id for c in new], row=stop.pk)
    return len(new)


def last_batch(stop: Stop, user: User) -> list[StopCase]:
    """What the user put on the agenda in one act, the last time, as far as nothing was written about it since."""
    last = stop.cases.filter(added_by=user).order_by("-pk").first()
    if last is None or last.batch is None:
        return []
    rows = stop.cases.filter(batch=last.batch, discussed="", ask="").select_related("case", "stop")
    return list(rows.exclude(case__in=Task.objects.filter(stop=stop).values("case")))


@transaction.atomic
def take_off_batch(stop: Stop, *, by: User) -> int:
    """Take back what was put on the agenda in one act. Returns how many went; second click: none."""
    check_may_plan(stop, by)
    rows = last_batch(stop, by)
    for row in rows:
        take_off(row, by=by)
    return len(rows)


@transaction.atomic
def take_off(row: StopCase, *, by: User | None) -> None:
    """Off the agenda; not once something was written about it."""
    check_may_plan(row.stop, by)
    if row.discussed or row.case.tasks.filter(stop=row.stop).exists():
        raise NotNow("Over dit dossier is al iets vastgelegd. Het blijft op de agenda.")
    log_act("stop_case_off", row.case, by=by, row=row.stop_id)
    row.delete()


@transaction.atomic
def move(row: StopCase, up: bool, *, by: User | None) -> None:
    """One place up or down. At the end nothing happens."""
    check_may_plan(row.stop, by)
    Stop.objects.select_for_update().get(pk=row.stop_id)
    rows = list(StopCase.objects.filter(stop=row.stop_id))
    at = next(n for n, r in enumerate(rows) if r.pk == row.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(rows):
        return
    rows[at], rows[to] = rows[to], rows[at]
    for position, each in enumerate(rows, start=1):
        if each.position != position:
            StopCase.objects.filter(pk=each.pk).update(position=position)


def save_minutes(row: StopCase, agreements: Sequence[Task], *, by: User | None) -> None:
    """What was asked, said and learnt about one dossier, and new agreements: steps with an owner and a date. Overtaken
    when a colleague was first; NotNow before it began, after it was called off, or when the dossier was closed."""
    check_may_plan(row.stop, by)
    check_may_write(row.case, by)
    if row.stop.is_cancelled:
        raise NotNow(OVER)
    if not row.stop.has_begun and (row.discussed or agreements):
        raise NotNow(NOT_YET)
    check_open(row.case)
    with transaction.atomic():
        hold(row.case)
        if not still_as_read(row):
            raise Overtaken(CHANGED)
        if row.discussed and not row.discussed_by:
            row.discussed_by = by
        row.save()
        for task in agreements:
            task.case, task.stop, task.by = row.case, row.stop, by
            task.save()
        if row.stop.has_begun:
            Stop.objects.filter(pk=row.stop_id, state=Stop.State.PLANNED).update(state=Stop.State.HELD)
        log_act("stop_minutes", row.case, by=by, row=row.stop_id)


def figures(cases: QuerySet[Case], day: date) -> list[tuple[str, int]]:
    """How many children of these dossiers were longer at home than each of the usual terms, on a day: of dossiers that
    were not closed yet, by what is known now."""
    spoken = {"4-weken": "langer dan 4 lesweken", "6-weken": "langer dan 6 weken", "3-maanden": "langer dan 3 maanden"}
    ids = cases.filter(Q(closed_on=None) | Q(closed_on__gt=day)).values("pk")
    return [(words, longer_than(code, day).filter(case__in=ids).count()) for code, words in spoken.items()]


def last_before(stop: Stop, user: User) -> Stop | None:
    """The Thuiszitterstop of the same region before this one, that was held."""
    rows = Stop.objects.visible_to(user).filter(region=stop.region, state=Stop.State.HELD, starts_at__lt=stop.starts_at)
    return rows.order_by("-starts_at").first()


class Since(TypedDict):
    """What happened in a dossier since a Thuiszitterstop: agreements done and open, steps, contacts."""

    on: date
    days: int
    done: int
    open: int
    steps: int
    contacts: int


def since_last(rows: Iterable[StopCase], before: Stop | None) -> dict[int, Since]:
    """What happened since the Thuiszitterstop before, per dossier that was on its agenda too (id): agreements done and
    open, steps, contacts. Four queries, however many rows."""
    if before is None:
        return {}
    ids = before.cases.filter(case__in=[row.case_id for row in rows]).values_list("case_id", flat=True)
    held, passed = before.on, (timezone.localdate() - before.on).days
    found = {pk: Since(on=held, days=passed, done=0, open=0, steps=0, contacts=0) for pk in ids}
    for pk, done_on in Task.objects.filter(stop=before, case__in=found).values_list("case_id", "done_on"):
        if done_on:
            found[pk]["done"] += 1
        else:
            found[pk]["open"] += 1
    steps = EscalationStep.objects.filter(case__in=found, done_on__gte=before.on).exclude(fact=Fact.REPORT)
    for pk in steps.values_list("case_id", flat=True):
        found[pk]["steps"] += 1
    for pk in Contact.objects.filter(case__in=found, on__gte=before.on, part=Part.VERLOOP).values_list(
        "case_id", flat=True
    ):
        found[pk]["contacts"] += 1
    return found
