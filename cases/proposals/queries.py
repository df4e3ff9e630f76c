"""Which proposals wait for an answer, in one dossier and for one person."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.dossier.models import Case
from cases.owners.queries import codes_to_divide, had_by, unattended
from cases.proposals.models import Proposal
from cases.sight.queries import reads_course
from cases.sight.waits import Waits
from cases.steps.access import KINDS
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


def waiting_in(case: Case) -> list[Proposal]:
    """Of a dossier that was fetched (`events.FETCHED`): those that are not answered, of steps that are still open."""
    return [p for p in case.proposals.all() if not p.answer and _is_open(p)]


def _is_open(proposal: Proposal) -> bool:
    task, step = proposal.task, proposal.step
    return bool((task and not task.done_on) or (step and not step.is_done and not step.stopped_on))


def to_answer_by(user: User) -> QuerySet[Proposal]:
    """What waits for this user: in the dossiers that the user or nobody looks after, and of steps of the user or
    of the own organisation. Not what the user proposed."""
    access = access_of(user)
    gemeenten = access.municipalities_with(Right.CASE_WORK)
    organisations = access.organisations_with(Right.CASE_WORK)
    kinds = {m.organisation.kind for m in access.memberships if m.organisation_id in organisations}
    owners = [owner.value for owner, of in KINDS.items() if of & kinds]
    today = timezone.localdate()
    alone = Q(unattended(today), municipality__in=[*codes_to_divide(user), *gemeenten])
    handled = Case.objects.filter(had_by(user, today) | alone)
    ours = Q(case__municipality__in=gemeenten, case__in=handled) | Q(task__owner=user)
    ours |= Q(task__owner_organisation__in=organisations) | (
        ~Q(case__municipality__in=gemeenten) & Q(step__owner__in=owners)
    )
    seen = Case.objects.visible_to(user, Right.CASE_WORK, urgent=False).open().filter(reads_course(user))
    return Proposal.objects.waiting().filter(ours, case__in=seen).exclude(by=user)


def to_answer(user: User, today: date) -> set[int]:
    return set(to_answer_by(user).values_list("pk", flat=True))


def every_proposal(today: date) -> dict[int, str]:
    rows = Proposal.objects.waiting().filter(case__in=Case.objects.open())
    return dict(rows.values_list("pk", "case__municipality"))


WAITS = (
    Waits(
        "voorstellen",
        "Bij 1 stap zegt een ander: gedaan. U bevestigt dat.",
        "Bij {} stappen zegt een ander: gedaan. U bevestigt dat.",
        "proposals",
        to_answer,
        every_proposal,
    ),
)
