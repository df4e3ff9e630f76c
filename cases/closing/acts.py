"""Closing a dossier with a result, and what ends with it; and following a child that is back."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.closing.models import ClosingProposal
from cases.dossier.access import check_may, check_may_lead
from cases.dossier.models import Case, Task
from cases.dossier.results import RESULTS
from cases.dossier.rules import NotNow, check_open, check_result, needs_second
from cases.dossier.saving import hold, log_act
from cases.dossier.states import State, find_move
from cases.dossier.tasks import end_all
from cases.facts.acts import save_fact
from cases.goals.acts import drop_all
from cases.handling.acts import transition
from cases.handling.aftercare import look_after
from cases.meetings.acts import call_off_all
from cases.offers.moves import withdraw_all
from cases.sharing.acts import end_proposals, end_questions
from leerplicht.models import HomePeriod, SchoolReturn
from thuiszitters.core.people.users import User

CLOSED = "Het dossier is gesloten."


def running_period(case: Case) -> HomePeriod | None:
    return HomePeriod.objects.filter(pupil=case.pupil_id, last_day=None).first()


def close(case: Case, *, result: str, by: User, because: str) -> None:
    """Close with a result. A suitable place needs a first attended day and a whole lesson week (domain R14); an end by
    law the fact of it; that the clock runs wrongly, a second person (`propose`). What was still to be done ends with
    it: nobody needs to answer a question about it any more."""
    check_may_lead(case, by)
    running = running_period(case)
    check_result(result, at_home=running is not None, back=bool(running and running.back_since))
    if needs_second(result, at_home=running is not None):
        raise NotNow("De klok loopt nog. Een collega bevestigt eerst dat dit klopt.")
    _close(case, result, by, because)


def _close(case: Case, result: str, by: User, because: str) -> None:
    with transaction.atomic():  # first the questions: who answers one locks in that order too
        end_questions([case.pk], by=by, because=CLOSED)
        hold(case)
        call_off_all(case, because=CLOSED, by=by)
        withdraw_all(case, because=CLOSED, by=by)
        transition(case, State.AFGESLOTEN, by=by, because=because, result=result, closed_on=timezone.localdate())
        end_proposals([case.pk], by=by, because=CLOSED)
        drop_all(case, because=CLOSED, by=by)
        end_all(Task.objects.filter(case=case, done_on=None), CLOSED, by=by)
        open_ = ClosingProposal.objects.filter(case=case).open()
        open_.update(agreed=False, answer=CLOSED, answered_by=by, answered_at=timezone.now())


def follow(case: Case, *, first_day: date, source: str, by: User, full_on: date | None = None) -> None:
    """The child is back: the day as a fact, the dossier is followed, and there is a step for the end of the first week,
    for when the hours should be full, and after 4 and 12 weeks. NotNow when the child is not in work."""
    check_may_lead(case, by)
    check_open(case)
    with transaction.atomic():
        if not case.pupil.returns.filter(first_day=first_day, trial=False).exists():
            save_fact(SchoolReturn(pupil=case.pupil, first_day=first_day, source=source), by=by, case=case)
        case.refresh_from_db()
        if case.state == State.NIEUW:
            transition(case, State.ONDERZOEK, by=by, because="")
        if find_move(case.state, State.VOLGEN):
            transition(case, State.VOLGEN, by=by, because=source)
        look_after(case, first_day, by=by, full_on=full_on)


def propose(case: Case, *, result: str, because: str, by: User) -> ClosingProposal:
    """Ask a second person to close it. NotNow when that was asked already, or is not needed."""
    check_may_lead(case, by)
    check_open(case)
    if not because.strip():
        raise NotNow("Geef een reden op.")
    if result not in RESULTS or not needs_second(result, at_home=running_period(case) is not None):
        raise NotNow("Hiervoor is geen tweede persoon nodig.")
    try:
        with transaction.atomic():
            row = ClosingProposal.objects.create(case=case, result=result, because=because.strip(), by=by)
            log_act("closing_proposed", case, by=by, row=row.pk)
    except IntegrityError as problem:
        raise NotNow("Er ligt al een voorstel om dit dossier af te sluiten.") from problem
    return row


def answer(row: ClosingProposal, *, agreed: bool, words: str, by: User) -> None:
    """The second person: yes closes it with the reason of the first, no says why and the dossier goes on. Who proposed
    may say no, which takes it back."""
    may = ClosingProposal.objects.to_answer_by(by).filter(pk=row.pk).exists()
    check_may(may or (not agreed and row.by_id == by.pk))
    if not agreed and row.by_id != by.pk and not words.strip():
        raise NotNow("Zeg waarom het dossier niet dicht kan.")
    with transaction.atomic():
        fields = {"agreed": agreed, "answer": words.strip(), "answered_by": by, "answered_at": timezone.now()}
        if not ClosingProposal.objects.filter(pk=row.pk, answered_at=None).update(**fields):
            raise NotNow("Een collega heeft dit net beantwoord.")
        log_act("closing_answered", row.case, by=by, row=row.pk)
        if agreed:
            because = f"{row.because} Voorgesteld door {row.by.short_name}."[:500]
            _close(row.case, row.result, by, because)
