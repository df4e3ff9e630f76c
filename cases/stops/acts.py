"""A Thuiszitterstop: planning, which dossiers, what was said and agreed. What is agreed is a step in the dossier; a
paper of it is made a floor higher."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from cases.dossier.models import Case, Task
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import CHANGED, Overtaken, hold, log_act, still_as_read
from cases.meetings.acts import save_agreement
from cases.sight.access import check_may_write
from cases.stops.access import check_may_bring, check_may_plan, check_may_take_off
from cases.stops.models import Stop, StopCase
from cases.stops.queries import candidates, last_batch, untouched
from cases.talks.moment import check_moment
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.people.users import User

ALREADY = "Deze Thuiszitterstop staat er al, op dezelfde dag en tijd."
OVER = "Deze Thuiszitterstop is al gehouden of afgezegd."
NOT_YET = "Wat er is besproken legt u vast vanaf het moment dat de Thuiszitterstop begint."
NOT_HERE = "Dit dossier kunt u niet meenemen: u ziet het niet, of u mag er niets van meenemen."
STAYS = "Over dit dossier is al iets vastgelegd. Het blijft op de agenda."


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


@transaction.atomic
def add_cases(stop: Stop, cases: Iterable[Case], *, by: User) -> int:
    """Put dossiers at the end of the agenda; what stands there already stays. Returns how many came. NotNow when it is
    over, or for a dossier that the user may not take along."""
    check_may_bring(stop, by)
    if stop.is_cancelled:
        raise NotNow(OVER)
    Stop.objects.select_for_update().get(pk=stop.pk)
    there = set(stop.cases.values_list("case_id", flat=True))
    new = [case for case in cases if case.pk not in there]
    allowed = set(candidates(by).filter(pk__in=[c.pk for c in new]).values_list("pk", flat=True))
    if any(case.pk not in allowed for case in new):
        raise NotNow(NOT_HERE)
    last, batch = stop.cases.aggregate(last=Max("position"))["last"] or 0, uuid4()
    for n, case in enumerate(new, start=last + 1):
        StopCase.objects.create(stop=stop, case=case, position=n, added_by=by, batch=batch)
    log_event("stop_cases_added", by=by, pupils=[c.pupil_id for c in new], row=stop.pk)
    return len(new)


@dataclass
class TakenOff:
    """What came of taking several dossiers off: which went, and which stay because something was written about them."""

    gone: list[StopCase] = field(default_factory=list)
    stay: list[StopCase] = field(default_factory=list)


@transaction.atomic
def take_off_batch(stop: Stop, batch: UUID | None, *, by: User) -> TakenOff:
    """Take back what was put on the agenda in one act, when that is still the last one of this user: a second click
    takes nothing more off. What was asked or said about one stays."""
    check_may_bring(stop, by)
    rows = last_batch(stop, by)
    if batch is None or not rows or rows[0].batch != batch:
        return TakenOff()
    blank = untouched(rows)
    done = take_off_many(stop, blank, by=by)
    done.stay += [row for row in rows if row not in blank]
    return done


@transaction.atomic
def take_off_many(stop: Stop, rows: Iterable[StopCase], *, by: User) -> TakenOff:
    """Take several off at once: all that may go, or none when one is not theirs to take off."""
    check_may_bring(stop, by)
    if stop.is_cancelled:
        raise NotNow(OVER)
    done = TakenOff()
    for row in rows:
        try:
            take_off(row, by=by)
            done.gone.append(row)
        except NotNow:
            done.stay.append(row)
    return done


@transaction.atomic
def take_off(row: StopCase, *, by: User | None) -> None:
    """Off the agenda; not once something was written about it."""
    check_may_take_off(row, by)
    if row.is_spoken_of:
        raise NotNow(STAYS)
    log_act("stop_case_off", row.case, by=by, row=row.stop_id)
    row.delete()


def save_minutes(row: StopCase, agreements: Sequence[Task], *, by: User | None) -> None:
    """What was asked, said and learnt about one dossier, and new agreements: steps with an owner and a date. Overtaken
    when a colleague was first; NotNow before it began, after it was called off, or when the dossier was closed."""
    check_may_bring(row.stop, by)
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
            save_agreement(task)
        if row.stop.has_begun:
            Stop.objects.filter(pk=row.stop_id, state=Stop.State.PLANNED).update(state=Stop.State.HELD)
        log_act("stop_minutes", row.case, by=by, row=row.stop_id)
