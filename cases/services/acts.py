"""What people do with a dossier. Each act: policy, conditional UPDATE, immutable row, audit; one transaction."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from cases.models import Assignment, Case, Meeting, StatusChange, Task
from cases.policies import NotNow, check_move, check_open, check_result
from cases.services.clock import facts_changed
from cases.services.holding import CHANGED, OVERTAKEN, claim_version, hold
from cases.services.sharing import end_proposals, end_questions
from cases.states import State
from leerplicht.models import HomePeriod
from thuiszitters.core.log.audit import log_event

ANOTHER_OPEN = "Deze leerling heeft al een ander open dossier. Werk daarin verder."


def transition(case: Case, to: str, *, by, because: str, **fields) -> None:
    """Move a dossier to another state. NotNow when the move is not legal now, or a colleague was first."""
    move = check_move(case, to, because)
    try:
        with transaction.atomic():
            _move(case, move.target.value, by, because, fields)
    except IntegrityError as problem:
        raise NotNow(ANOTHER_OPEN) from problem
    facts_changed([case.pupil_id], timezone.localdate())


def _move(case: Case, target: str, by, because: str, fields: dict) -> None:
    source = case.state
    rows = Case.objects.filter(pk=case.pk, state=source)
    if not rows.update(state=target, version=F("version") + 1, **fields):
        raise NotNow(OVERTAKEN)
    case.refresh_from_db()
    _remember(case, by, because)
    StatusChange.objects.create(case=case, source=source, target=target, because=because, result=case.result, by=by)
    log_event("case_moved", by=by, pupils=[case.pupil_id], case_number=case.number, source=source, target=target)


def _remember(case: Case, by, because: str) -> None:
    """A history row for what a conditional UPDATE changed."""
    Case.history.bulk_history_create([case], update=True, default_user=by, default_change_reason=because[:100])


def close(case: Case, *, result: str, by, because: str) -> None:
    """Close with a result. A suitable place needs a first attended day (domain R14). Nobody needs to answer a question
    about it any more."""
    running = HomePeriod.objects.filter(pupil=case.pupil_id, last_day=None).first()
    check_result(result, at_home=running is not None, back=bool(running and running.back_since))
    about = {"by": by, "because": "Het dossier is gesloten."}
    with transaction.atomic():  # first the questions: who answers one locks in that order too
        end_questions([case.pk], **about)
        transition(case, State.AFGESLOTEN, by=by, because=because, result=result, closed_on=timezone.localdate())
        end_proposals([case.pk], **about)


def reopen(case: Case, *, by, because: str) -> None:
    transition(case, State.ONDERZOEK, by=by, because=because, result="", closed_on=None)


def assign(case: Case, handler, *, by) -> None:
    """Give the dossier to `handler` (None: to nobody). Second click: nothing changes."""
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
        log_event(
            "case_assigned", by=by, pupils=[case.pupil_id], case_number=case.number,
            handler=handler.pk if handler else None,
        )  # fmt: skip


def assign_many(cases: Iterable[Case], handler, *, by) -> int:
    """Give several dossiers to one colleague, all or none."""
    with transaction.atomic():
        cases = list(cases)
        for case in cases:
            assign(case, handler, by=by)
    return len(cases)


def mark_seen(case: Case, user) -> None:
    Assignment.objects.filter(case=case, handler=user, seen_at=None).update(seen_at=timezone.now())


def save_entry(entry, *, by) -> None:
    """Save a contact or note. A changed one only when nobody changed it in between (version compared in the UPDATE)."""
    with transaction.atomic():
        save_versioned(entry, by=by, action=f"{entry._meta.model_name}_saved")
        cache_last_contact(entry.case)


def save_versioned(row, *, by, action: str) -> None:
    """Save a row of an open dossier that has a version: a changed one only when nobody changed it in between."""
    check_open(row.case)
    with transaction.atomic():
        hold(row.case)
        if not claim_version(row):
            raise NotNow(CHANGED)
        row.save()
        log_event(action, by=by, pupils=[row.case.pupil_id], case_number=row.case.number, row=row.pk)


def cache_last_contact(case: Case) -> None:
    """When there was contact last: somebody was spoken, or an overleg was held."""
    spoken = case.contacts.exclude(channel="niet gelukt").order_by("-on").values_list("on", flat=True).first()
    held = case.meetings.filter(state=Meeting.State.HELD).order_by("-starts_at").first()
    days = [day for day in (spoken, held.on if held else None) if day]
    Case.objects.filter(pk=case.pk).update(last_contact_on=max(days, default=None))


def finish_task(task: Task, *, outcome: str, by) -> None:
    """Mark a step done. NotNow when somebody did so already."""
    check_open(task.case)
    with transaction.atomic():
        if not Task.objects.filter(pk=task.pk, done_on=None).update(done_on=timezone.localdate(), outcome=outcome):
            raise NotNow("Deze stap was al afgerond.")
        task.refresh_from_db()
        Task.history.bulk_history_create([task], update=True, default_user=by)
        log_event("task_done", by=by, pupils=[task.case.pupil_id], case_number=task.case.number, row=task.pk)
