"""Is it possible now? No user here. Each comes as a pair: `check_x` raises with a Dutch sentence, `can_x` is a boolean;
the same sentence is the reason shown at a button that is off."""

from typing import Protocol

from cases.results import RESULTS, Result
from cases.states import OPEN, Move, find_move


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
    """The result to close with. A suitable place counts from the first attended day (domain R14): while the child is
    still at home, somebody first records on which day it was back."""
    result = RESULTS.get(code)
    if not result:
        raise NotNow("Kies met welke uitkomst u het dossier afsluit.")
    if result.needs_return and at_home and not back:
        raise NotNow("Het kind is nog thuis. Leg eerst vast op welke dag het weer naar school ging.")
    return result


def check_open(case: CaseLike) -> None:
    if case.state not in OPEN:
        raise NotNow("Dit dossier is afgesloten. Heropen het eerst, met een reden.")


def can_work(case: CaseLike) -> bool:
    return case.state in OPEN
