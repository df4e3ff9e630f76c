"""Which dates of a claim can be, and how can it end?"""

from datetime import date
from enum import StrEnum
from typing import Protocol

from cases.dossier.rules import FARTHEST_START, NotNow
from leerplicht.law.claims import Ground


class ClaimLike(Protocol):
    received_on: date
    first_day: date
    statement_on: date | None
    last_at_direction: date | None
    heard_on: date | None
    head_heard_on: date | None
    ground: str
    permanent: bool

    @property
    def is_decided(self) -> bool: ...

    @property
    def is_open(self) -> bool: ...


def check_claim_dates(claim: ClaimLike, *, born: date, today: date) -> None:
    """Dates of a claim that can be: nothing of tomorrow but its begin, nothing from before the child was born."""
    if not born <= claim.received_on <= today:
        raise NotNow("De dag van ontvangst is nog niet geweest, of ligt voor de geboorte van het kind.")
    if not born <= claim.first_day or (claim.first_day - claim.received_on).days > FARTHEST_START:
        raise NotNow("De eerste dag ligt voor de geboorte van het kind of meer dan een jaar na de ontvangst.")
    if claim.statement_on and not born <= claim.statement_on <= claim.received_on:
        raise NotNow("De verklaring kan niet later zijn dan de dag van ontvangst.")
    if any(day and not born <= day <= today for day in (claim.heard_on, claim.head_heard_on, claim.last_at_direction)):
        raise NotNow("Een van de dagen is nog niet geweest, of ligt voor de geboorte van het kind.")


class ClaimState(StrEnum):
    RECEIVED = "ontvangen"
    VALID = "geldig"
    INVALID = "niet_geldig"
    GRANTED = "toegewezen"
    REFUSED = "afgewezen"
    WITHDRAWN = "ingetrokken"


# What the law gives is valid or not; what somebody decides on is granted or refused (domain 1.9).
OUTCOMES = {
    True: (ClaimState.GRANTED, ClaimState.REFUSED, ClaimState.WITHDRAWN),
    False: (ClaimState.VALID, ClaimState.INVALID, ClaimState.WITHDRAWN),
}
POSITIVE = (ClaimState.VALID, ClaimState.GRANTED)


def check_judgement(
    claim: ClaimLike,
    outcome: str,
    *,
    because: str,
    last_day: date | None,
    come_back: str,
    missing: list[str],
    until: date,
) -> None:
    """Whether a claim can end like this: once, with words that fit, a reason, an end, and all that the law asks.
    `until`: the end of its school year, beyond which only art. 15 reaches, and what an expert calls permanent."""
    if not claim.is_open:
        raise NotNow("Dit is al beoordeeld.")
    if outcome not in OUTCOMES[claim.is_decided]:
        raise NotNow("Kies een uitkomst die hierbij past.")
    if not because.strip():
        raise NotNow("Schrijf op waarom.")
    if outcome not in POSITIVE:
        return
    if missing:
        raise NotNow(f"Dit kan zo niet: er ontbreekt nog {', '.join(missing)}.")
    if not last_day and not claim.permanent:
        raise NotNow(
            "Vul in tot en met welke dag. Zonder einddatum kan alleen als de verklaring zegt dat het blijvend is."
        )
    if last_day and last_day < claim.first_day:
        raise NotNow("De laatste dag ligt voor de eerste dag.")
    if last_day and last_day > until and claim.ground != Ground.ART_15:
        raise NotNow(f"Dit geldt hoogstens tot het einde van het schooljaar: {until:%d-%m-%Y}.")
    if claim.ground != Ground.LEAVE and not come_back.strip():
        raise NotNow("Schrijf op wat er waar moet zijn om terug te komen naar school.")
