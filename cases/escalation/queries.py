"""Escalations that wait for a judgement or an answer."""

from datetime import date

from cases.escalation.models import Review
from cases.sight.waits import Waits
from thuiszitters.core.people.users import User


def count_to_judge(user: User, today: date) -> int:
    return Review.objects.to_review_by(user).filter(state=Review.State.PROPOSED).count()


def count_to_answer(user: User, today: date) -> int:
    return Review.objects.to_answer_by(user).count()


WAITS = (
    Waits(
        "opschalingen",
        "1 opschaling wacht op uw oordeel.",
        "{} opschalingen wachten op uw oordeel.",
        "reviews",
        count_to_judge,
    ),
    Waits(
        "antwoorden",
        "Bij 1 opschaling is u iets gevraagd.",
        "Bij {} opschalingen is u iets gevraagd.",
        "worklist",
        count_to_answer,
    ),
)
