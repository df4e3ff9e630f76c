"""When can an offer move on?"""

from datetime import date
from typing import Protocol

from cases.dossier.rules import FARTHEST_START, NotNow
from cases.offers.states import OfferMove, find_offer_move


class OfferLike(Protocol):
    state: str
    asked_on: date
    started_on: date | None


def check_offer_move(offer: OfferLike, target: str, *, on: date, because: str, today: date) -> OfferMove:
    """The legal move of an offer to `target` on a day. NotNow when there is none, without a needed reason, or with a
    day that cannot be."""
    move = find_offer_move(offer.state, target)
    if not move:
        raise NotNow("Dit kan nu niet. Misschien heeft een collega dit aanbod al bijgewerkt.")
    if move.needs_reason and not because.strip():
        raise NotNow("Geef een reden op.")
    if on > today and not move.ahead:
        raise NotNow("Deze dag is nog niet geweest.")
    if (on - today).days > FARTHEST_START:
        raise NotNow("Deze dag ligt meer dan een jaar vooruit. Kijk de datum na.")
    since = offer.started_on or offer.asked_on
    if on < since:
        raise NotNow(f"Deze dag kan niet: {'begonnen' if offer.started_on else 'gevraagd'} op {since:%d-%m-%Y}.")
    return move


def check_secured(*, on: date, secure_from: date, at_home: bool) -> None:
    """Secured: the full hours for four lesson weeks, without a relapse (domain 4.6)."""
    if at_home:
        raise NotNow("Het kind telt nog als thuis. Geborgd kan pas als het weer een hele lesweek naar school ging.")
    if on < secure_from:
        raise NotNow(f"Nog geen vier lesweken alle uren. Geborgd kan vanaf {secure_from:%d-%m-%Y}.")
