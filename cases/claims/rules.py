"""Which dates of a claim can be, and how can it end?"""

from datetime import date
from enum import StrEnum
from typing import Protocol

from cases.dossier.rules import FARTHEST_START, NotNow
from leerplicht.law.claims import Ground


class ClaimLike(Protocol):
    received_on: date
    first_day: date
    notice_on: date | None
    previous_until: date | None
    advice_on: date | None
    statement_on: date | None
    board_agreed_on: date | None
    head_statement_on: date | None
    asked_until: date | None
    days: int | None
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
    if claim.notice_on and not born <= claim.notice_on <= claim.received_on:
        raise NotNow("De datum op de kennisgeving kan niet later zijn dan de dag van ontvangst.")
    if claim.previous_until and not born <= claim.previous_until < claim.first_day:
        raise NotNow("De vorige vrijstelling moet zijn afgelopen voor de eerste dag van deze.")
    been = (
        claim.heard_on,
        claim.head_heard_on,
        claim.last_at_direction,
        claim.board_agreed_on,
        claim.head_statement_on,
        claim.advice_on,
    )
    if any(day and not born <= day <= today for day in been):
        raise NotNow("Een van de dagen is nog niet geweest, of ligt voor de geboorte van het kind.")
    if claim.asked_until and not 0 <= (claim.asked_until - claim.first_day).days <= FARTHEST_START:
        raise NotNow("De laatste dag die is gevraagd ligt voor de eerste dag, of meer dan een jaar erna.")


def check_days_asked(claim: ClaimLike, school_days: int | None) -> None:
    """The days of leave that are asked are the school days from the first up to and including the last of them."""
    if school_days is not None and claim.days is not None and school_days != claim.days:
        raise NotNow(
            f"De dagen kloppen niet. Gevraagd: {claim.days}. Van {claim.first_day:%d-%m-%Y} tot en met "
            f"{claim.asked_until:%d-%m-%Y}: {school_days} schooldagen. Vakanties en vrije dagen van de school tellen "
            "niet mee."
        )


def check_days_given(claim: ClaimLike, last_day: date, school_days: int) -> None:
    """Leave stops the clock for no more school days than were granted, and not beyond what was asked."""
    if claim.asked_until and last_day > claim.asked_until:
        raise NotNow(f"Gevraagd is tot en met {claim.asked_until:%d-%m-%Y}. Later kan het verlof niet eindigen.")
    if claim.days is not None and school_days > claim.days:
        raise NotNow(f"Tot en met {last_day:%d-%m-%Y} zijn het {school_days} schooldagen. Gevraagd: {claim.days}.")


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
