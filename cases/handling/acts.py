"""How a dossier moves on and who handles it. Each act: rule, conditional UPDATE, immutable row, log; in one
transaction."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from cases.clock.acts import facts_changed
from cases.dossier.access import check_may_lead
from cases.dossier.models import Assignment, Case, StatusChange
from cases.dossier.rules import NotNow, check_move, check_open
from cases.dossier.saving import OVERTAKEN, log_act
from cases.dossier.states import State
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

ANOTHER_OPEN = "Deze leerling heeft al een ander open dossier. Werk daarin verder."


def transition(case: Case, to: str, *, by: User | None, because: str, **fields: Any) -> None:
    """Move a dossier to another state. NotNow when the move is not legal now, or a colleague was first."""
    check_may_lead(case, by)
    move = check_move(case, to, because)
    try:
        with transaction.atomic():
            _move(case, move.target.value, by, because, fields)
    except IntegrityError as problem:
        raise NotNow(ANOTHER_OPEN) from problem
    facts_changed([case.pupil_id], timezone.localdate())


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


def assign(case: Case, handler: User | None, *, by: User | None) -> None:
    """Give the dossier to `handler` (None: to nobody). Second click: nothing changes."""
    check_may_lead(case, by, Right.CASE_WORK if handler == by else Right.CASE_ASSIGN)
    check_open(case)
    if case.handler_id == (handler.pk if handler else None):
        return
    with transaction.atomic():
        rows = Case.objects.filter(pk=case.pk, handler=case.handler_id)
        if not rows.update(handler=handler, version=F("version") + 1):
            raise NotNow(OVERTAKEN)
        case.refresh_from_db()
        _remember(case, by, "toegewezen")
        seen = timezone.now() if handler == by else None
        Assignment.objects.create(case=case, handler=handler, by=by, seen_at=seen)
        log_act("case_assigned", case, by=by, handler=handler.pk if handler else None)


def assign_many(cases: Iterable[Case], handler: User | None, *, by: User | None) -> int:
    """Give several dossiers to one colleague, all or none."""
    with transaction.atomic():
        cases = list(cases)
        for case in cases:
            assign(case, handler, by=by)
    return len(cases)


def mark_seen(case: Case, user: User) -> None:
    Assignment.objects.filter(case=case, handler=user, seen_at=None).update(seen_at=timezone.now())
