"""Escalations that run and who leads, as the page of a dossier shows it."""

from cases.dossier.models import Case
from cases.escalation.models import Regie, Review


def open_reviews(case: Case) -> list[Review]:
    return [r for r in case.reviews.all() if r.is_open]


def lead_of(case: Case) -> Regie | None:
    """Who leads when it is not the gemeente."""
    return next((r for r in case.regies.all() if r.ended_at is None), None)
