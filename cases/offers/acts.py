"""What people do with offers of a place."""

from datetime import date

from cases.acting.access import check_may_act
from cases.acting.matrix import Act
from cases.dossier.access import check_may_lead
from cases.offers import moves
from cases.offers.access import may_record_tlv, owner_of_offer
from cases.offers.models import Offer
from cases.offers.states import find_offer_move
from cases.sight.access import check_may_write
from thuiszitters.core.people.users import User


def save_offer(offer: Offer, *, by: User) -> None:
    """A new offer, or a changed one when nobody changed it in between. NotNow for a school that is closed by then."""
    check_may_write(offer.case, by)
    if before := offer.case.offers.filter(pk=offer.pk).select_related("organisation", "school").first():
        act = Act.RECORD_TLV if _only_the_tlv(before, offer) and may_record_tlv(offer.case, by) else Act.EDIT_OFFER
        check_may_act(act, owner_of_offer(before, offer.case), offer.case, by)
    moves.put(offer, by=by)


def _only_the_tlv(before: Offer, after: Offer) -> bool:
    fields = [f.attname for f in Offer._meta.concrete_fields if f.name not in ("tlv", "tlv_on", "version")]
    return all(getattr(before, name) == getattr(after, name) for name in fields)


def move_offer(offer: Offer, target: str, *, by: User, on: date, because: str = "") -> None:
    """Move an offer on. What a move says about the child is for the gemeente. NotNow when it is not legal, on that day
    or yet, or when a colleague was first."""
    check_may_write(offer.case, by)
    check_may_act(Act.MOVE_OFFER, owner_of_offer(offer, offer.case), offer.case, by)
    found = find_offer_move(offer.state, target)
    if found and found.facts:
        check_may_lead(offer.case, by)
    moves.move(offer, target, by=by, on=on, because=because)


def change_start(offer: Offer, *, by: User, on: date, because: str) -> None:
    """Another day to begin, before it began."""
    check_may_write(offer.case, by)
    check_may_act(Act.EDIT_OFFER, owner_of_offer(offer, offer.case), offer.case, by)
    moves.postpone(offer, by=by, on=on, because=because)
