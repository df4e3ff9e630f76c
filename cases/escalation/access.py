"""May this user judge this escalation, or speak for the side that proposed it?"""

from cases.dossier.access import check_may
from cases.escalation.models import Review
from thuiszitters.core.people.users import User


def check_may_judge(review: Review, by: User | None) -> None:
    """For the samenwerkingsverband to which it was proposed, while that takes part."""
    check_may(by is None or Review.objects.to_review_by(by).filter(pk=review.pk).exists())


def check_may_speak(review: Review, by: User | None) -> None:
    """For the gemeente, and the organisation that proposed it while that takes part."""
    check_may(by is None or Review.objects.asked_by_side_of(by).filter(pk=review.pk).exists())
