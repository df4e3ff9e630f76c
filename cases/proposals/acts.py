"""Proposing that a step was done, and what its owner answers."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.dossier.access import acting_organisation
from cases.dossier.models import Case, Task
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import hold, log_act
from cases.proposals.access import check_may_answer, check_may_propose, row_of
from cases.proposals.models import Proposal
from cases.sight.access import check_may_write
from cases.steps import acts as steps
from cases.steps.models import EscalationStep
from cases.work import acts as work
from cases.work.acts import OF_A_GOAL
from thuiszitters.core.people.users import User

ANSWERED = "Op dit voorstel is al geantwoord, of de stap is al afgerond."


def propose(row: Task | EscalationStep, case: Case, *, text: str, by: User) -> Proposal:
    """Say that a step of another organisation was done. NotNow when it is closed, or when somebody proposed it."""
    check_may_write(case, by)
    check_may_propose(row, case, by)
    check_open(case)
    if _is_closed(row):
        raise NotNow("Deze stap is al afgerond.")
    if isinstance(row, Task) and row.kind == Task.Kind.GOAL:
        raise NotNow(OF_A_GOAL)
    if not text.strip():
        raise NotNow("Schrijf op wat er is gedaan.")
    of = {"task": row} if isinstance(row, Task) else {"step": row}
    try:
        with transaction.atomic():
            hold(case)
            proposal = Proposal.objects.create(
                case=case, text=text.strip(), by=by, organisation=acting_organisation(case, by), **of
            )
            log_act("step_proposed", case, by=by, row=proposal.pk)
    except IntegrityError as problem:
        raise NotNow("Iemand stelde dit al voor. De eigenaar van de stap moet nog antwoorden.") from problem
    return proposal


def confirm(
    proposal: Proposal, *, outcome: str, late_because: str = "", reasons: Mapping[str, str] | None = None, by: User
) -> None:
    """The owner says so too: the step is done, by who confirms. Rules as for closing the step itself."""
    check_may_answer(proposal, by)
    row, case = row_of(proposal), proposal.case
    row.case = case
    with transaction.atomic():
        _answer(proposal, Proposal.Answer.CONFIRMED, by)
        if isinstance(row, Task):
            work.finish_task(row, outcome=outcome, by=by)
        else:
            done = EscalationStep.Result.DONE.value
            steps.finish(row, result=done, outcome=outcome, late_because=late_because, reasons=reasons or {}, by=by)


def refuse(proposal: Proposal, *, because: str, by: User) -> None:
    """The owner says: not yet, and why. The step stays."""
    check_may_answer(proposal, by)
    if not because.strip():
        raise NotNow("Schrijf op waarom het nog niet gedaan is.")
    with transaction.atomic():
        hold(proposal.case)
        _answer(proposal, Proposal.Answer.NOT_YET, by, because)


def _answer(proposal: Proposal, answer: str, by: User, because: str = "") -> None:
    check_open(proposal.case)
    given = {"answer": answer, "because": because.strip(), "answered_by": by, "answered_at": timezone.now()}
    if not Proposal.objects.waiting().filter(pk=proposal.pk).update(**given):
        raise NotNow(ANSWERED)
    log_act("proposal_answered", proposal.case, by=by, row=proposal.pk, answer=answer)


def _is_closed(row: Task | EscalationStep) -> bool:
    if isinstance(row, Task):
        return row.done_on is not None
    return row.is_done or row.stopped_on is not None
