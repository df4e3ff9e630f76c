"""The states of a dossier and the legal moves between them, as data. No Django here."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    NIEUW = "nieuw"
    ONDERZOEK = "onderzoek"
    AANPAK = "aanpak"
    VOLGEN = "volgen"
    AFGESLOTEN = "afgesloten"


class Owner(StrEnum):
    """Who is to act in a state."""

    TEAM = "het team"
    HANDLER = "de behandelaar"
    NOBODY = "niemand"


@dataclass(frozen=True, slots=True)
class StateInfo:
    """What people see: the word, what it means, who is to act, and the colour (ok, near, over or quiet)."""

    word: str
    meaning: str
    owner: Owner
    colour: str


@dataclass(frozen=True, slots=True)
class Move:
    """A legal move. `verb` is the text of the button."""

    source: State
    target: State
    verb: str
    needs_reason: bool = False


STATES: dict[State, StateInfo] = {
    State.NIEUW: StateInfo("nieuw", "Het onderzoek is nog niet begonnen.", Owner.TEAM, "near"),
    State.ONDERZOEK: StateInfo("in onderzoek", "Ouders en kind worden gehoord (art. 22).", Owner.HANDLER, "quiet"),
    State.AANPAK: StateInfo("aanpak loopt", "Er is een plan; partijen zijn aan het werk.", Owner.HANDLER, "quiet"),
    State.VOLGEN: StateInfo("terug, wordt gevolgd", "Het kind gaat weer; we kijken of het lukt.", Owner.HANDLER, "ok"),
    State.AFGESLOTEN: StateInfo("afgesloten", "Klaar, met een uitkomst.", Owner.NOBODY, "quiet"),
}

MOVES: tuple[Move, ...] = (
    Move(State.NIEUW, State.ONDERZOEK, "Onderzoek starten"),
    Move(State.ONDERZOEK, State.AANPAK, "Aanpak starten"),
    Move(State.ONDERZOEK, State.VOLGEN, "Kind is terug: volgen"),
    Move(State.AANPAK, State.VOLGEN, "Kind is terug: volgen"),
    Move(State.VOLGEN, State.AANPAK, "Terugval: weer aanpakken", needs_reason=True),
    Move(State.NIEUW, State.AFGESLOTEN, "Afsluiten", needs_reason=True),
    Move(State.ONDERZOEK, State.AFGESLOTEN, "Afsluiten", needs_reason=True),
    Move(State.AANPAK, State.AFGESLOTEN, "Afsluiten", needs_reason=True),
    Move(State.VOLGEN, State.AFGESLOTEN, "Afsluiten", needs_reason=True),
    Move(State.AFGESLOTEN, State.ONDERZOEK, "Heropenen", needs_reason=True),
)

OPEN = tuple(state for state in State if state != State.AFGESLOTEN)


def find_move(source: str, target: str) -> Move | None:
    """The move between two states, or None when it is not legal."""
    return next((m for m in MOVES if m.source == source and m.target == target), None)


def mermaid() -> str:
    """The states and moves as a Mermaid diagram, for the documentation."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.NIEUW.value}"]
    lines += [f"    {m.source.value} --> {m.target.value}: {m.verb}" for m in MOVES]
    return "\n".join(lines) + "\n"
