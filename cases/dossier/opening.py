"""Opening dossiers: one open dossier per pupil, numbers without gaps within a transaction."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from simple_history.utils import bulk_create_with_history

from cases.dossier.models import Case, StatusChange, Task
from cases.dossier.results import PLACES
from cases.dossier.states import State
from cases.dossier.tasks import ask
from leerplicht.law.calendar import add_working_days
from leerplicht.models import Pupil
from thuiszitters.core.jobs.queue import next_numbers
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.people.users import User

FIRST_TASK = "Spreek met de ouders en met het kind"
FIRST_TASK_WORKING_DAYS = 5
# A child that is at home again within this time after a place is a relapse: no second dossier.
RELAPSE_WITHIN = timedelta(weeks=12)
AGAIN, AGAIN_WORKING_DAYS = "Weer thuis: spreek met de ouders, het kind en de school", 2


def open_cases(reasons: Mapping[int, str], *, on: date, by: User | None = None) -> dict[int, Case]:
    """The open dossier of each pupil in `reasons` (pupil id to why): the one that runs, else a new one."""
    with transaction.atomic():
        # Locked, so that two who open at once do not both see that there is none.
        list(Pupil.objects.select_for_update().filter(pk__in=reasons).order_by("pk").values_list("pk"))
        running = {c.pupil_id: c for c in Case.objects.open().filter(pupil__in=reasons)}
        running |= _reopened({pk: why for pk, why in reasons.items() if pk not in running}, on, by)
        fresh = _create({pk: why for pk, why in reasons.items() if pk not in running}, on, by)
    return running | fresh


def _reopened(reasons: Mapping[int, str], on: date, by: User | None) -> dict[int, Case]:
    """A relapse: what was closed with a place shortly before goes on, with its handler and all that was tried."""
    closed = Case.objects.filter(pupil__in=reasons, result__in=PLACES, closed_on__gte=on - RELAPSE_WITHIN)
    rows = closed.filter(municipality=F("pupil__municipality")).order_by("closed_on", "pk")
    found = {case.pupil_id: case for case in rows.select_related("handler")}
    for pupil, case in found.items():
        result = case.result
        Case.objects.filter(pk=case.pk).update(
            state=State.ONDERZOEK, closed_on=None, result="", version=F("version") + 1
        )
        case.refresh_from_db()
        Case.history.bulk_history_create([case], update=True, default_user=by)
        because = f"Weer thuis. {reasons[pupil]}"[:500]
        StatusChange.objects.create(
            case=case, source=State.AFGESLOTEN, target=State.ONDERZOEK, because=because, result=result, by=by
        )
        ask(case, AGAIN, add_working_days(on, AGAIN_WORKING_DAYS), by=by)
    if found:
        log_event("cases_reopened", by=by, pupils=found, count=len(found))
    return found


def new_numbers(how_many: Mapping[str, int], year: int) -> dict[str, Iterator[str]]:
    """New numbers per gemeente. Each gemeente counts for itself, so that a number tells nothing about another."""
    numbers = {}
    for code, count in sorted(how_many.items()):
        reserved = next_numbers(f"dossier-{code}-{year}", count)
        numbers[code] = iter([f"TZ-{code}-{year}-{n:04}" for n in reserved])
    return numbers


def _create(reasons: Mapping[int, str], on: date, by: User | None) -> dict[int, Case]:
    if not reasons:
        return {}
    municipality = dict(Pupil.objects.filter(pk__in=reasons).values_list("pk", "municipality"))
    numbers = new_numbers(Counter(municipality.values()), on.year)
    cases = [
        Case(
            number=next(numbers[municipality[pk]]),
            pupil_id=pk,
            municipality_id=municipality[pk],
            opened_on=on,
            opened_because=why[:200],
        )
        for pk, why in reasons.items()
    ]
    bulk_create_with_history(cases, Case, batch_size=500, default_user=by)
    created = {c.pupil_id: c for c in Case.objects.filter(number__in=[c.number for c in cases])}
    StatusChange.objects.bulk_create(
        StatusChange(case=c, target=State.NIEUW, because=c.opened_because, by=by) for c in created.values()
    )
    due = add_working_days(on, FIRST_TASK_WORKING_DAYS)
    tasks = [Task(case=c, title=FIRST_TASK, kind=Task.Kind.SPEAKING, due_on=due, by=by) for c in created.values()]
    bulk_create_with_history(tasks, Task, batch_size=500, default_user=by)
    log_event("cases_opened", by=by, pupils=created, count=len(created))
    return created
