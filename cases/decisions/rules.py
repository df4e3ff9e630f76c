"""When can a doorzettingsbesluit be laid before its holder, and be signed?"""

from datetime import date
from decimal import Decimal
from typing import Protocol

from cases.decisions.states import DecisionMove, DecisionState, find_decision_move
from cases.dossier.rules import FARTHEST_START, NotNow


class DecisionLike(Protocol):
    kind: str
    hours_start: Decimal | None
    hours_full: Decimal | None
    because: str
    teller: str
    start_on: date | None
    presented_by_id: int | None
    state: str

    @property
    def place(self) -> str: ...


def check_decision_move(state: str, target: str, because: str = "") -> DecisionMove:
    """The legal move of a decision. NotNow when there is none, or without a needed reason."""
    move = find_decision_move(state, target)
    if not move:
        raise NotNow("Dit kan nu niet. Misschien heeft een collega dit besluit al bijgewerkt.")
    if move.needs_reason and not because.strip():
        raise NotNow("Geef een reden op.")
    return move


def check_start(start_on: date | None, today: date, *, begun: date | None = None) -> None:
    """A decision is about what is to come, or about a place where the child began already (`begun`)."""
    if start_on and start_on < today and start_on != begun:
        raise NotNow("De begindatum is al voorbij. Kies een dag vanaf vandaag.")
    if start_on and (start_on - today).days > FARTHEST_START:
        raise NotNow("De begindatum ligt meer dan een jaar vooruit. Kijk de datum na.")


def check_decision_whole(decision: DecisionLike, today: date, *, begun: date | None = None) -> None:
    """Whether a holder can read what is to be decided: a place with hours, why, and who tells it."""
    missing = [
        word
        for word, value in (
            ("welke plek", decision.kind and decision.place), ("hoeveel uur per week", decision.hours_start),
            ("waarom deze plek", decision.because.strip()), ("wie het vertelt", decision.teller.strip()),
        )
        if not value
    ]  # fmt: skip
    if missing:
        raise NotNow(f"Vul eerst in: {', '.join(missing)}.")
    check_start(decision.start_on, today, begun=begun)


def check_signer(decision: DecisionLike, user: int, today: date, *, blocked: list[str],
                 begun: date | None = None) -> None:  # fmt: skip
    """Whether this user can sign now: it was laid before the holder by another, it can still begin on its day, and
    nothing blocks it. Whether the mandate holds is for `cases.agreements.mandates`."""
    if decision.state != DecisionState.VOORGELEGD:
        raise NotNow("Dit besluit ligt niet ter ondertekening.")
    if decision.presented_by_id == user:
        raise NotNow("U hebt dit besluit zelf voorgelegd. Een ander moet het tekenen.")
    check_start(decision.start_on, today, begun=begun)
    if blocked:
        raise NotNow(f"Nog niet in orde: {', '.join(blocked)}. Schrijf op waarom u toch tekent, of geef het terug.")
