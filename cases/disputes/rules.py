"""Which routes there are when people do not agree, how each can end, and which days can be: one table. No Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from cases.dossier.rules import NotNow
from cases.parts.matrix import Part


class Route(StrEnum):
    COMMITTEE = "geschillencommissie"
    CONSULTANT = "onderwijsconsulent"
    TLV = "bezwaar_tlv"
    YOUTH_CARE = "bezwaar_jeugdwet"
    TRANSPORT = "bezwaar_vervoer"
    LEERPLICHT = "bezwaar_leerplicht"
    COMPLAINT = "klacht"
    COURT = "rechter"


class Outcome(StrEnum):
    UPHELD = "gegrond"
    PARTLY = "deels_gegrond"
    REJECTED = "ongegrond"
    INADMISSIBLE = "niet_ontvankelijk"
    SETTLED = "opgelost"
    WITHDRAWN = "ingetrokken"
    PLACE_FOUND = "plek_gevonden"
    ADVISED = "advies_gegeven"
    STOPPED = "gestopt"


class State(StrEnum):
    RUNNING = "loopt"
    ENDED = "afgelopen"
    WITHDRAWN = "ingetrokken"


OUTCOMES: dict[Outcome, str] = {
    Outcome.UPHELD: "gegrond",
    Outcome.PARTLY: "deels gegrond",
    Outcome.REJECTED: "ongegrond",
    Outcome.INADMISSIBLE: "niet-ontvankelijk",
    Outcome.SETTLED: "geschikt of in overleg opgelost",
    Outcome.WITHDRAWN: "ingetrokken",
    Outcome.PLACE_FOUND: "plek gevonden",
    Outcome.ADVISED: "advies gegeven",
    Outcome.STOPPED: "gestopt",
}
# Somebody judges, or people settle it; a consultant judges nothing and helps.
JUDGED = (Outcome.UPHELD, Outcome.PARTLY, Outcome.REJECTED, Outcome.INADMISSIBLE, Outcome.SETTLED, Outcome.WITHDRAWN)
HELPED = (Outcome.PLACE_FOUND, Outcome.ADVISED, Outcome.STOPPED)


@dataclass(frozen=True, slots=True)
class RouteInfo:
    """`word`: what people call it. `outcomes`: how it can end. `part`: to which part of the dossier it belongs, so who
    knows of it. `term`: within what it must be started, only where the law of this application says so."""

    word: str
    outcomes: tuple[Outcome, ...] = JUDGED
    part: Part = Part.VERLOOP
    term: str = ""


ROUTES: dict[Route, RouteInfo] = {
    Route.COMMITTEE: RouteInfo("Geschillencommissie passend onderwijs"),
    Route.CONSULTANT: RouteInfo("hulp van een onderwijsconsulent of onderwijszorgconsulent", HELPED),
    Route.TLV: RouteInfo("bezwaar bij het samenwerkingsverband over een toelaatbaarheidsverklaring (TLV)"),
    Route.YOUTH_CARE: RouteInfo("bezwaar bij de gemeente over jeugdhulp (Jeugdwet)"),
    Route.TRANSPORT: RouteInfo("bezwaar bij de gemeente over leerlingenvervoer"),
    # Who may know that an exemption was asked for may know of an objection to it.
    Route.LEERPLICHT: RouteInfo(
        "bezwaar bij de gemeente over de Leerplichtwet (art. 3a, 3b of 15)",
        part=Part.VRIJSTELLING,
        term="Bezwaar kan tot 6 weken nadat het besluit is verzonden.",
    ),
    Route.COMPLAINT: RouteInfo("klacht bij een klachtencommissie"),
    Route.COURT: RouteInfo("zaak bij de rechter"),
}


class DisputeLike(Protocol):
    route: str
    started_on: date
    outcome: str
    outcome_on: date | None


def state_of(outcome: str) -> State:
    if not outcome:
        return State.RUNNING
    return State.WITHDRAWN if outcome == Outcome.WITHDRAWN else State.ENDED


def outcomes_of(routes: Iterable[str]) -> list[tuple[str, str]]:
    """How these routes can end, as a form offers it."""
    possible = {outcome for route in routes for outcome in ROUTES[Route(route)].outcomes}
    return [(outcome.value, word) for outcome, word in OUTCOMES.items() if outcome in possible]


def check_started(dispute: DisputeLike, *, born: date, today: date) -> None:
    """NotNow for a begin of tomorrow, or from before the child was born."""
    if dispute.started_on > today:
        raise NotNow("De dag van het begin is nog niet geweest.")
    if dispute.started_on < born:
        raise NotNow("De dag van het begin ligt voor de geboorte van het kind. Kijk de datum na.")


def check_outcome(dispute: DisputeLike, *, today: date) -> None:
    """Whether a route can end like this: with words that are of this route, on a day that was, and after its begin."""
    if dispute.outcome not in ROUTES[Route(dispute.route)].outcomes:
        raise NotNow("Kies een uitkomst die bij deze route past.")
    if dispute.outcome_on is None or not dispute.started_on <= dispute.outcome_on <= today:
        raise NotNow(f"Kies voor de uitkomst een dag vanaf {dispute.started_on:%d-%m-%Y} tot en met vandaag.")
