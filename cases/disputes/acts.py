"""A route: written down when it was started, ended once, put right with a reason."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cases.acting.matrix import Act
from cases.disputes.access import check_may_change
from cases.disputes.models import Dispute
from cases.disputes.rules import check_outcome, check_started
from cases.dossier.models import Case
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import CHANGED, TWICE, Overtaken, Twice, check_not_twice, hold, log_act, still_as_read
from thuiszitters.core.people.users import User


class Ended(NotNow):
    """What came of it was recorded already, by somebody else or otherwise."""


ENDED = "De uitkomst is al vastgelegd. Klopt zij niet, verbeter haar dan met een reden."


def save_dispute(row: Dispute, *, by: User | None) -> None:
    """A route that was started, or one that still runs put right. NotNow for days that cannot be or when it ended
    meanwhile, Overtaken when a colleague was first, Twice for the same once more."""
    check_may_change(row, Act.EDIT_DISPUTE, by)
    check_open(row.case)
    check_started(row, born=row.case.pupil.born, today=timezone.localdate())
    with transaction.atomic():
        hold(row.case)
        check_not_twice(row, by=by)
        if not still_as_read(row, outcome=""):
            raise _too_late(row)
        row.save()
        log_act("dispute_saved", row.case, by=by, row=row.pk)


def end_dispute(row: Dispute, *, outcome: str, on: date, came_of: str, by: User) -> None:
    """What came of it, once. NotNow for an outcome that is not of this route, a day that cannot be, or when a colleague
    recorded it; Twice when the same was said already; Overtaken when the route changed since it was read."""
    row.outcome, row.outcome_on, row.came_of, row.ended_by = outcome, on, came_of, by
    check_may_change(row, Act.END_DISPUTE, by)
    check_open(row.case)
    check_outcome(row, today=timezone.localdate())
    with transaction.atomic():
        hold(row.case)
        if not still_as_read(row, outcome=""):
            raise _too_late(row)
        row.save()
        log_act("dispute_ended", row.case, by=by, row=row.pk, state=row.outcome)


def correct_dispute(row: Dispute, *, because: str, by: User) -> None:
    """What was recorded of a route that ended was not right. The version before stays in the history. NotNow without a
    reason, or for what cannot be; Overtaken when a colleague was first."""
    check_may_change(row, Act.EDIT_DISPUTE, by)
    check_open(row.case)
    if not because.strip():
        raise NotNow("Schrijf op waarom u dit verbetert.")
    check_started(row, born=row.case.pupil.born, today=timezone.localdate())
    check_outcome(row, today=timezone.localdate())
    row.corrected_because = because.strip()
    with transaction.atomic():
        hold(row.case)
        stored = Dispute.objects.get(pk=row.pk)
        if not still_as_read(row):
            raise Overtaken(CHANGED)
        if _outcome(row) != _outcome(stored):  # who typed it signs it
            row.ended_by = by
        row.save()
        log_act("dispute_corrected", row.case, by=by, row=row.pk)


def go_along(case: Case, running: Case) -> None:
    """The work goes on in another dossier of the child: what still runs goes along, else nobody could end it."""
    Dispute.objects.filter(case=case, outcome="").update(case=running)


def _too_late(row: Dispute) -> NotNow:
    stored = Dispute.objects.get(pk=row.pk)
    if stored.is_running:
        return Overtaken(CHANGED)
    same = _outcome(stored) == _outcome(row) and stored.ended_by_id == row.ended_by_id
    return Twice(TWICE) if same else Ended(ENDED)


def _outcome(row: Dispute) -> tuple[str, date | None, str]:
    return row.outcome, row.outcome_on, row.came_of
