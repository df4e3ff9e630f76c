"""What becomes of a doorzettingsbesluit, as data: its states, the legal moves, when it is final and when people look
how it goes (domain 4.6). No Django here."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from leerplicht.law.dates import add_months


class DecisionState(StrEnum):
    AANGEVRAAGD = "aangevraagd"
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
    DecisionState.AANGEVRAAGD: DecisionInfo("in voorbereiding", "Nog niet ondertekend.", "near"),
    DecisionState.ONDERTEKEND: DecisionInfo("genomen", "Ondertekend. Verandert niet meer.", "ok"),
    DecisionState.NIET_GENOMEN: DecisionInfo("niet nodig of niet genomen", "Er kwam geen besluit.", "quiet"),
    DecisionState.VERVANGEN: DecisionInfo("vervangen", "Een later besluit geldt.", "quiet"),
}


@dataclass(frozen=True, slots=True)
class DecisionMove:
    """A legal move. `holder_only`: nobody but the holder of a mandate makes it."""

    source: DecisionState
    target: DecisionState
    verb: str
    needs_reason: bool = False
    holder_only: bool = False


S = DecisionState
# A signed decision is never taken back and never edited: it only gives way when a later one is signed.
DECISION_MOVES: tuple[DecisionMove, ...] = (
    DecisionMove(S.AANGEVRAAGD, S.ONDERTEKEND, "Onderteken", holder_only=True),
    DecisionMove(S.AANGEVRAAGD, S.NIET_GENOMEN, "Er komt geen besluit", needs_reason=True),
    DecisionMove(S.ONDERTEKEND, S.VERVANGEN, "Vervang", holder_only=True),
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
