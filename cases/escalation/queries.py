"""Escalations that wait for a judgement or an answer."""

from datetime import date

from django.db.models import Q, QuerySet

from cases.dossier.models import Case
from cases.dossier.states import OPEN
from cases.escalation.models import Review
from cases.owners.queries import codes_to_divide, had_by, unattended
from cases.sight.waits import Waits
from thuiszitters.core.people.access import organisations_where_somebody_holds
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


def to_judge(user: User, today: date) -> set[int]:
    """Those of the own samenwerkingsverband; and of the own side, those that nobody there can judge: take it back."""
    proposed = Review.objects.filter(state=Review.State.PROPOSED)
    held = organisations_where_somebody_holds(Right.REVIEW)
    deaf = proposed.asked_by_side_of(user).exclude(to_organisation__in=held)
    return _ids(proposed.to_review_by(user)) | _ids(deaf)


def to_answer(user: User, today: date) -> set[int]:
    """Of who proposed it and who has the dossier; where neither is there, of who divides the work."""
    asked = Review.objects.filter(state=Review.State.ASKED_BACK)
    alone = Case.objects.filter(unattended(today), municipality__in=codes_to_divide(user))
    stands_in = Case.objects.filter(had_by(user, today))
    rest = asked.asked_by_side_of(user).filter(Q(case__in=alone) | Q(case__in=stands_in))
    return _ids(Review.objects.to_answer_by(user)) | _ids(rest)


def every_proposal(today: date) -> dict[int, str]:
    return _codes(Review.State.PROPOSED)


def every_question_back(today: date) -> dict[int, str]:
    return _codes(Review.State.ASKED_BACK)


def _ids(rows: QuerySet[Review]) -> set[int]:
    return set(rows.values_list("pk", flat=True))


def _codes(state: Review.State) -> dict[int, str]:
    return dict(Review.objects.filter(state=state, case__state__in=OPEN).values_list("pk", "case__municipality"))


WAITS = (
    Waits(
        "opschalingen",
        "1 opschaling wacht op uw oordeel.",
        "{} opschalingen wachten op uw oordeel.",
        "reviews",
        to_judge,
        every_proposal,
    ),
    Waits(
        "antwoorden",
        "Bij 1 opschaling is u iets gevraagd.",
        "Bij {} opschalingen is u iets gevraagd.",
        "worklist",
        to_answer,
        every_question_back,
    ),
)
