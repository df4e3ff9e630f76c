"""Whose offer is it?"""

from cases.acting.access import Owned, owned_by
from cases.dossier.models import Case
from cases.offers.models import Offer
from cases.parts.matrix import Level
from cases.sight.seats import sight_of
from thuiszitters.core.people.users import User


def owner_of_offer(offer: Offer, case: Case) -> Owned:
    """Of who asked for the place, and of the school whose place it is."""
    code = offer.school.code if offer.school else ""
    takes_part = [i.organisation for i in case.involvements.all()]
    schools = [o for o in takes_part if o.is_school and o.code == code]
    return owned_by(case, offer.organisation, *schools)


def may_record_tlv(case: Case, user: User | None) -> bool:
    """Row OPP/TLV of the matrix: samenwerkingsverband and school."""
    return user is not None and sight_of(case, user).tlv >= Level.WRITE
