"""Is it possible now? No user here. `check_x` raises with a Dutch sentence, which is also the reason shown at a button
that is off."""

from datetime import date
from typing import Protocol

from cases.dossier.results import BY_FACT, BY_TWO, RESULTS, Result
from cases.dossier.states import OPEN, Move, find_move

FARTHEST_START = 366  # days
YOUTH_JOINS_AT, YOUTH_DECIDES_AT = 12, 16


class NotNow(ValueError):
    """Something is not possible now; the message is a sentence for the user."""


class CaseLike(Protocol):
    state: str


def check_move(case: CaseLike, target: str, because: str) -> Move:
    """The legal move to `target`. NotNow when there is none, or when it needs a reason that is missing."""
    move = find_move(case.state, target)
    if not move:
        raise NotNow("Deze stap kan nu niet. Misschien heeft een collega het dossier al bijgewerkt.")
    if move.needs_reason and not because.strip():
        raise NotNow("Geef een reden op.")
    return move


def check_result(code: str, *, at_home: bool, back: bool) -> Result:
    """The result to close with. Closing does not stop a clock (docs/adr/0037): a suitable place counts from the first
    attended day (domain R14) and the clock stops after a whole lesson week, an end by law is a recorded fact."""
    result = RESULTS.get(code)
    if not result:
        raise NotNow("Kies met welke uitkomst u het dossier afsluit.")
    if result.needs_return and at_home and not back:
        raise NotNow("Het kind is nog thuis. Leg eerst vast op welke dag het weer naar school ging.")
    if result.needs_return and at_home:
        raise NotNow("Het kind is terug, maar nog geen hele lesweek. Volg het eerst; de klok loopt zo lang door.")
    if at_home and code in BY_FACT:
        raise NotNow("De klok loopt nog. Leg eerst vast waardoor die eindigt: de vrijstelling of het feit.")
    return result


def needs_second(code: str, *, at_home: bool) -> bool:
    """Whether a second person confirms this result: the clock runs, and one person judges that it should not."""
    return at_home and code in BY_TWO


def check_open(case: CaseLike) -> None:
    if case.state not in OPEN:
        raise NotNow("Dit dossier is afgesloten. Heropen het eerst, met een reden.")


def check_asked_on(asked_on: date, *, born: date, begun: date | None = None) -> None:
    """A question about a child lies after its birth, and before what came of it."""
    if asked_on < born:
        raise NotNow("Deze dag ligt voor de geboorte van het kind. Kijk de datum na.")
    if begun and asked_on > begun:
        raise NotNow(f"Het kind begon al op {begun:%d-%m-%Y}. De vraag ligt daarvoor.")
