"""How a dossier moves on and who handles it. Each act: rule, conditional UPDATE, immutable row, log; in one
transaction."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from cases.clock.acts import facts_changed
from cases.dossier.access import check_may, check_may_lead
from cases.dossier.models import Assignment, Case, Division, StatusChange
from cases.dossier.rules import NotNow, check_move, check_open
from cases.dossier.saving import OVERTAKEN, log_act
from cases.dossier.states import State
from cases.owners.queries import codes_to_divide
from leerplicht.models import HomePeriod
from thuiszitters.core.people.users import User

ANOTHER_OPEN = "Deze leerling heeft al een ander open dossier. Werk daarin verder."


def transition(case: Case, to: str, *, by: User | None, because: str, **fields: Any) -> None:
    """Move a dossier to another state. NotNow when the move is not legal now, or a colleague was first."""
    check_may_lead(case, by)
    move = check_move(case, to, because)
    if to == State.VOLGEN and needs_return_day(case):
        raise NotNow("Leg eerst vast op welke dag het kind weer naar school ging.")
    try:
        with transaction.atomic():
            _move(case, move.target.value, by, because, fields)
    except IntegrityError as problem:
        raise NotNow(ANOTHER_OPEN) from problem
    facts_changed([case.pupil_id], timezone.localdate())


def needs_return_day(case: Case) -> bool:
    """Whether the child is at home and nobody recorded that it went to school again."""
    return HomePeriod.objects.filter(pupil=case.pupil_id, last_day=None, back_since=None).exists()


def _move(case: Case, target: str, by: User | None, because: str, fields: dict[str, Any]) -> None:
    source = case.state
    rows = Case.objects.filter(pk=case.pk, state=source)
    if not rows.update(state=target, version=F("version") + 1, **fields):
        raise NotNow(OVERTAKEN)
    case.refresh_from_db()
    _remember(case, by, because)
    StatusChange.objects.create(case=case, source=source, target=target, because=because, result=case.result, by=by)
    log_act("case_moved", case, by=by, source=source, target=target)


def _remember(case: Case, by: User | None, because: str) -> None:
    """A history row for what a conditional UPDATE changed."""
    Case.history.bulk_history_create([case], update=True, default_user=by, default_change_reason=because[:100])


def reopen(case: Case, *, by: User | None, because: str) -> None:
    transition(case, State.ONDERZOEK, by=by, because=because, result="", closed_on=None)


def assign(
    case: Case, handler: User | None, *, by: User | None, because: str = "", division: Division | None = None
) -> None:
    """Give the dossier to `handler`, with the open steps of who had it and those that nobody had. None: nobody has it
    any more, which needs a reason. Who takes it begins the investigation by that. Second click: nothing changes."""
    check_may_lead(case, by)
    check_may(by is None or handler == by or case.municipality_id in codes_to_divide(by))
    check_open(case)
    if case.handler_id == (handler.pk if handler else None):
        return
    if handler is None and not because.strip():
        raise NotNow("Zeg waarom niemand dit dossier meer heeft.")
    with transaction.atomic():
        _give(case, handler, by, because.strip(), division)
        if handler is not None and handler == by and case.state == State.NIEUW:
            _move(case, State.ONDERZOEK, by, "", {})


def _give(case: Case, handler: User | None, by: User | None, because: str, division: Division | None) -> None:
    before = case.handler
    rows = Case.objects.filter(pk=case.pk, handler=case.handler_id)
    if not rows.update(handler=handler, version=F("version") + 1):
        raise NotNow(OVERTAKEN)
    case.refresh_from_db()
    _remember(case, by, because or "toegewezen")
    moved = _steps_along(case, before, handler)
    Assignment.objects.create(
        case=case,
        handler=handler,
        before=before,
        by=by,
        because=because,
        seen_at=timezone.now() if handler == by else None,
        tasks=moved,
        division=division,
    )
    log_act("case_assigned", case, by=by, handler=handler.pk if handler else None)


def _steps_along(case: Case, before: User | None, handler: User | None) -> list[int]:
    """The open steps of who had the dossier, and those of nobody, are for who has it now."""
    tasks = list(case.tasks.filter(Q(owner=before), owner_organisation=None, done_on=None))
    if before is not None and handler is not None:
        tasks += case.tasks.filter(owner=None, owner_organisation=None, done_on=None)
    for task in tasks:
        task.owner = handler
        task.save()
    return [task.pk for task in tasks]


def give_back(row: Assignment, *, by: User | None, because: str) -> None:
    """Undo an assignment of which nothing came since: the dossier and the steps that went along."""
    case = row.case
    check_may_lead(case, by)
    check_open(case)
    with transaction.atomic():
        if not Case.objects.filter(pk=case.pk, handler=row.handler_id).update(
            handler=row.before_id, version=F("version") + 1
        ):
            raise NotNow(OVERTAKEN)
        case.refresh_from_db()
        _remember(case, by, because)
        for task in case.tasks.filter(pk__in=row.tasks, owner=row.handler_id, done_on=None):
            task.owner = row.before
            task.save()
        Assignment.objects.create(case=case, handler=row.before, before=row.handler, by=by, because=because)
        log_act("case_assigned", case, by=by, handler=row.before_id)


def assign_many(cases: Iterable[Case], handler: User | None, *, by: User | None, because: str = "") -> int:
    """Give several dossiers to one colleague, all or none."""
    with transaction.atomic():
        cases = list(cases)
        for case in cases:
            assign(case, handler, by=by, because=because)
    return len(cases)


def mark_seen(case: Case, user: User) -> None:
    Assignment.objects.filter(case=case, handler=user, seen_at=None).update(seen_at=timezone.now())
