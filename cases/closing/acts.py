"""Closing a dossier with a result, and what ends with it."""

from django.db import transaction
from django.utils import timezone

from cases.dossier.access import check_may_lead
from cases.dossier.models import Case
from cases.dossier.rules import check_result
from cases.dossier.states import State
from cases.handling.acts import transition
from cases.sharing.acts import end_proposals, end_questions
from leerplicht.models import HomePeriod
from thuiszitters.core.people.users import User

CLOSED = "Het dossier is gesloten."


def close(case: Case, *, result: str, by: User | None, because: str) -> None:
    """Close with a result. A suitable place needs a first attended day (domain R14). Nobody needs to answer a question
    about it any more."""
    check_may_lead(case, by)
    running = HomePeriod.objects.filter(pupil=case.pupil_id, last_day=None).first()
    check_result(result, at_home=running is not None, back=bool(running and running.back_since))
    with transaction.atomic():  # first the questions: who answers one locks in that order too
        end_questions([case.pk], by=by, because=CLOSED)
        transition(case, State.AFGESLOTEN, by=by, because=because, result=result, closed_on=timezone.localdate())
        end_proposals([case.pk], by=by, because=CLOSED)
