"""The states of a doorzettingsbesluit and its legal moves, and when it can be laid before its holder and be signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from cases.dossier.rules import FARTHEST_START, NotNow
from leerplicht.law.dates import add_months


class DecisionState(StrEnum):
    AANGEVRAAGD = "aangevraagd"
    VOORGELEGD = "voorgelegd"
    ONDERTEKEND = "ondertekend"
    NIET_GENOMEN = "niet_genomen"
    VERVANGEN = "vervangen"


@dataclass(frozen=True, slots=True)
class DecisionInfo:
    """`word` and `meaning`: what people see. `colour`: ok, near, over or quiet."""

    word: str
    meaning: str
    colour: str


DECISION_STATES: dict[DecisionState, DecisionInfo] = {
    DecisionState.AANGEVRAAGD: DecisionInfo("in voorbereiding", "De gemeente bereidt het besluit voor.", "near"),
    DecisionState.VOORGELEGD: DecisionInfo("te ondertekenen", "Ligt bij de houder van doorzettingsmacht.", "near"),
    DecisionState.ONDERTEKEND: DecisionInfo("genomen", "Ondertekend. Verandert niet meer.", "ok"),
    DecisionState.NIET_GENOMEN: DecisionInfo("niet nodig of niet genomen", "Er kwam geen besluit.", "quiet"),
    DecisionState.VERVANGEN: DecisionInfo("vervangen", "Een later besluit geldt.", "quiet"),
}
PREPARING = (DecisionState.AANGEVRAAGD, DecisionState.VOORGELEGD)
TAKEN = (DecisionState.ONDERTEKEND, DecisionState.VERVANGEN)


@dataclass(frozen=True, slots=True)
class DecisionMove:
    """A legal move of the gemeente; `holder`: a holder of a mandate may make it (too)."""

    source: DecisionState
    target: DecisionState
    verb: str
    needs_reason: bool = False
    holder: bool = False


# A signed decision is never taken back and never edited: it only gives way when a later one is signed.
DECISION_MOVES: tuple[DecisionMove, ...] = (
    DecisionMove(DecisionState.AANGEVRAAGD, DecisionState.VOORGELEGD, "Voorleggen aan de houder"),
    DecisionMove(
        DecisionState.VOORGELEGD, DecisionState.AANGEVRAAGD, "Terug naar voorbereiding", needs_reason=True, holder=True
    ),
    DecisionMove(DecisionState.VOORGELEGD, DecisionState.ONDERTEKEND, "Tekenen", holder=True),
    DecisionMove(DecisionState.AANGEVRAAGD, DecisionState.NIET_GENOMEN, "Er komt geen besluit", needs_reason=True),
    DecisionMove(
        DecisionState.VOORGELEGD, DecisionState.NIET_GENOMEN, "Er komt geen besluit", needs_reason=True, holder=True
    ),
    DecisionMove(DecisionState.ONDERTEKEND, DecisionState.VERVANGEN, "Vervangen", holder=True),
)


def find_decision_move(source: str, target: str) -> DecisionMove | None:
    """The move between two states, or None when it is not legal."""
    return next((m for m in DECISION_MOVES if m.source == source and m.target == target), None)


def is_provisional(start_on: date | None, responsible_school: object | None) -> bool:
    """Whether a signed decision is only "voorlopig": it names no start date or no responsible school."""
    return start_on is None or responsible_school is None


def look_again_on(signed_on: date, start_on: date | None) -> list[date]:
    """When people look whether the child is there: 2 weeks, 6 weeks and 3 months after the start; after the signing as
    long as no start is known."""
    begin = start_on or signed_on
    return [begin + timedelta(weeks=2), begin + timedelta(weeks=6), add_months(begin, 3)]


# Where somebody who disagrees can go (domain 4.6), by what the decision is about.
ROUTES: dict[str, str] = {
    "klacht": "Een klacht bij de organisatie die iets deed of naliet.",
    "geschil": "De Geschillencommissie passend onderwijs: over toelating, verwijdering of het "
    "ontwikkelingsperspectief.",
    "tlv": "Bezwaar bij het samenwerkingsverband tegen een besluit over de toelaatbaarheidsverklaring (TLV).",
    "gemeente": "Bezwaar bij de gemeente tegen een besluit over jeugdhulp of leerlingenvervoer.",
}


def dispute_routes(scopes: Iterable[str], *, tlv: bool) -> list[str]:
    """Which of `ROUTES` are told with a decision of these scopes. `tlv`: it depends on a toelaatbaarheidsverklaring."""
    about = set(scopes)
    open_to = {
        "geschil": "onderwijs" in about,
        "tlv": tlv,
        "gemeente": bool(about & {"zorg", "vervoer"}),
        "klacht": True,
    }
    return [code for code, holds in open_to.items() if holds]


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
            ("welke plek", decision.kind and decision.place),
            ("hoeveel uur per week", decision.hours_start),
            ("waarom deze plek", decision.because.strip()),
            ("wie het vertelt", decision.teller.strip()),
        )
        if not value
    ]
    if missing:
        raise NotNow(f"Vul eerst in: {', '.join(missing)}.")
    check_start(decision.start_on, today, begun=begun)


def check_signer(
    decision: DecisionLike, user: int, today: date, *, blocked: list[str], begun: date | None = None
) -> None:
    """Whether this user can sign now: it was laid before the holder by another, it can still begin on its day, and
    nothing blocks it. Whether the mandate holds is for `cases.agreements.mandates`."""
    if decision.state != DecisionState.VOORGELEGD:
        raise NotNow("Dit besluit ligt niet ter ondertekening.")
    if decision.presented_by_id == user:
        raise NotNow("U hebt dit besluit zelf voorgelegd. Een ander moet het tekenen.")
    check_start(decision.start_on, today, begun=begun)
    if blocked:
        raise NotNow(f"Nog niet in orde: {', '.join(blocked)}. Schrijf op waarom u toch tekent, of geef het terug.")
