"""What becomes of an offer of a place (aanbod), as data: its states, the legal moves, and which kinds bring a child
back to school (domain 4.6 and 5.1). No Django here."""

from dataclasses import dataclass
from enum import StrEnum

from cases.dossier.results import RESULTS, Counts

SECURE_AFTER = 4  # lesson weeks at the full number of hours without a relapse (domain 4.6)
# No lessons at a school: the child stays at home by the definition, however good the offer is (domain 5.1).
AWAY_FROM_SCHOOL = frozenset({"ZORGAANBOD", "AFSTANDSONDERWIJS"})


class OfferState(StrEnum):
    GEVRAAGD = "gevraagd"
    AANGEBODEN = "aangeboden"
    GEWEIGERD = "geweigerd"
    AANGEKONDIGD = "aangekondigd"
    GESTART = "gestart"
    VOLLEDIG = "volledig"
    GEBORGD = "geborgd"
    MISLUKT = "mislukt"


@dataclass(frozen=True, slots=True)
class OfferInfo:
    """`word` and `meaning`: what people see. `colour`: ok, near, over or quiet."""

    word: str
    meaning: str
    colour: str


OFFER_STATES: dict[OfferState, OfferInfo] = {
    OfferState.GEVRAAGD: OfferInfo("gevraagd", "Wacht op antwoord van de plek.", "near"),
    OfferState.AANGEBODEN: OfferInfo("aangeboden", "Wacht op antwoord van ouders en kind.", "near"),
    OfferState.GEWEIGERD: OfferInfo("geweigerd", "Gaat niet door.", "quiet"),
    OfferState.AANGEKONDIGD: OfferInfo("begint nog", "Afgesproken. Het kind is nog thuis.", "near"),
    OfferState.GESTART: OfferInfo("begonnen", "Het kind gaat, nog niet alle uren.", "ok"),
    OfferState.VOLLEDIG: OfferInfo("volledig", "Alle afgesproken uren. Nog te volgen.", "ok"),
    OfferState.GEBORGD: OfferInfo("geborgd", "Vier lesweken volledig, zonder terugval.", "ok"),
    OfferState.MISLUKT: OfferInfo("mislukt", "Er is iets anders nodig.", "over"),
}
FINAL = frozenset({OfferState.GEWEIGERD, OfferState.GEBORGD, OfferState.MISLUKT})
# Somebody waits for an answer: the one who asked, or the place.
UNANSWERED = (OfferState.GEVRAAGD, OfferState.AANGEBODEN)
# It did not come to a child that stays.
FAILED = (OfferState.GEWEIGERD, OfferState.MISLUKT)
# The child is there, or was until it failed.
ATTENDED = frozenset({OfferState.GESTART, OfferState.VOLLEDIG, OfferState.GEBORGD})


@dataclass(frozen=True, slots=True)
class OfferMove:
    """A legal move. `day`: what the date of the form is called. `facts`: it changes when the child is at home, which
    the gemeente records. `ahead`: the day may lie in the future."""

    source: OfferState
    target: OfferState
    verb: str
    day: str
    needs_reason: bool = False
    facts: bool = False
    ahead: bool = False


OFFER_MOVES: tuple[OfferMove, ...] = (
    OfferMove(OfferState.GEVRAAGD, OfferState.AANGEBODEN, "Is aangeboden", "Op welke dag is het aangeboden?"),
    OfferMove(OfferState.GEVRAAGD, OfferState.GEWEIGERD, "Plek zegt nee", "Op welke dag?", needs_reason=True),
    OfferMove(OfferState.AANGEBODEN, OfferState.AANGEKONDIGD, "Aanvaard", "Op welke dag begint het?", ahead=True),
    OfferMove(OfferState.AANGEBODEN, OfferState.GEWEIGERD, "Geweigerd", "Op welke dag?", needs_reason=True),
    OfferMove(OfferState.AANGEKONDIGD, OfferState.GESTART, "Is begonnen", "Eerste dag dat het kind er was", facts=True),
    OfferMove(OfferState.AANGEKONDIGD, OfferState.MISLUKT, "Is niet begonnen", "Op welke dag?", needs_reason=True),
    OfferMove(OfferState.GESTART, OfferState.VOLLEDIG, "Alle uren gehaald", "Eerste dag met alle afgesproken uren"),
    OfferMove(
        OfferState.GESTART,
        OfferState.MISLUKT,
        "Is mislukt",
        "Laatste dag dat het kind er was",
        needs_reason=True,
        facts=True,
    ),
    OfferMove(OfferState.VOLLEDIG, OfferState.GEBORGD, "Is geborgd", "Op welke dag?"),
    OfferMove(
        OfferState.VOLLEDIG,
        OfferState.MISLUKT,
        "Is mislukt",
        "Laatste dag dat het kind er was",
        needs_reason=True,
        facts=True,
    ),
)


def find_offer_move(source: str, target: str) -> OfferMove | None:
    """The move between two states, or None when it is not legal."""
    return next((m for m in OFFER_MOVES if m.source == source and m.target == target), None)


def brings_to_school(kind: str) -> bool:
    """Whether attending an offer of this kind ends the time at home (domain R14)."""
    return kind not in AWAY_FROM_SCHOOL


def kinds() -> list[tuple[str, str]]:
    """What can be offered: the suitable places of `cases.dossier.results`."""
    return [(r.code, r.label) for r in RESULTS.values() if r.counts == Counts.SUITABLE_PLACE]
