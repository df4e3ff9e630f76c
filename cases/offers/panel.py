"""Offers of a place, as the page of a dossier shows them."""

from cases.dossier.models import Case
from cases.offers.models import Offer


def offers_of(case: Case) -> list[Offer]:
    """The places that were asked for or offered; what still runs comes first."""
    return sorted(case.offers.all(), key=lambda o: (o.is_final, -o.asked_on.toordinal()))
