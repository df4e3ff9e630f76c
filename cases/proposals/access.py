"""May this user propose that a step was done, or answer such a proposal?"""

from cases.acting.access import Owned, check_may_act, owner_of_task
from cases.acting.matrix import Act, May
from cases.dossier.models import Case, Task
from cases.proposals.models import Proposal
from cases.steps.access import owner_of_step
from cases.steps.models import EscalationStep
from thuiszitters.core.people.users import User


def act_on(row: Task | EscalationStep, case: Case) -> tuple[Act, Owned]:
    """Which act this is about, and whose the step is."""
    if isinstance(row, Task):
        return Act.FINISH_TASK, owner_of_task(row, case)
    return Act.FINISH_STEP, owner_of_step(row, case)


def row_of(proposal: Proposal) -> Task | EscalationStep:
    row = proposal.task or proposal.step
    if row is None:  # the database keeps that
        raise ValueError("a proposal of no step")
    return row


def check_may_propose(row: Task | EscalationStep, case: Case, by: User) -> None:
    act, owned = act_on(row, case)
    check_may_act(act, owned, case, by, wanted=May.PROPOSE)


def check_may_answer(proposal: Proposal, by: User) -> None:
    """Whoever may close the step."""
    act, owned = act_on(row_of(proposal), proposal.case)
    check_may_act(act, owned, proposal.case, by)
