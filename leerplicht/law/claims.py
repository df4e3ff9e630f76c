"""A claim on an exemption, or a request for one or for leave: what must be there, by when it is decided, until when it
holds. Leerplichtwet art. 3a, 3b, 5 to 9, 11 g, 14 and 15 (domain 1.9)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from leerplicht.law.awb import OF_THE_LEERPLICHTWET, REASONABLE, decision_due
from leerplicht.law.calendar import school_year
from leerplicht.law.dates import add_days, add_months
from leerplicht.law.exemptions import (
    LEAVE_DAYS_OF_THE_HEAD,
    Article,
    first_claim_by,
    leave_decider,
    renewal_in_time,
    statement_fresh,
)
from leerplicht.law.obligation import Obligation, birthday, leerplicht_start
from leerplicht.law.requirements import Requirement, require

ART_3A_FROM = 14  # years


class Ground(StrEnum):
    """On what a claim or request rests."""

    ART_5_ONDER_A = "art-5a"
    ART_5_ONDER_B = "art-5b"
    ART_5_ONDER_C = "art-5c"
    ART_3A = "art-3a"
    ART_3B = "art-3b"
    ART_15 = "art-15"
    LEAVE = "verlof"


ARTICLES: dict[Ground, Article] = {
    Ground.ART_5_ONDER_A: Article.ART_5_ONDER_A,
    Ground.ART_5_ONDER_B: Article.ART_5_ONDER_B,
    Ground.ART_5_ONDER_C: Article.ART_5_ONDER_C,
    Ground.ART_3A: Article.ART_3A,
    Ground.ART_3B: Article.ART_3B,
    Ground.ART_15: Article.ART_15,
}
# These arise by law from a valid kennisgeving: nobody grants them, and there is no decision to object to.
BY_LAW = frozenset({Ground.ART_5_ONDER_A, Ground.ART_5_ONDER_B, Ground.ART_5_ONDER_C})
# For these the Leerplichtwet itself names a term for the decision and for the copy of it.
WITH_OWN_TERM = frozenset({Ground.ART_3A, Ground.ART_3B})


@dataclass(frozen=True, slots=True)
class Claim:
    """What was received about a child born on `born`. `statement_on`: of the expert, of the head abroad, of the plan or
    of the proof, by ground. `earlier`: claimed before. `obligation`: what the law asks of the child on the first day.
    `days` and `granted`: of leave, in this school year."""

    ground: Ground
    born: date
    received_on: date
    first_day: date
    obligation: Obligation
    statement_on: date | None = None
    designated: bool = False
    treats: bool = False
    earlier: bool = False
    last_at_direction: date | None = None
    attends: bool = False
    heard_on: date | None = None
    head_heard_on: date | None = None
    days: int | None = None
    granted: int = 0


def is_decided(ground: Ground) -> bool:
    """Whether somebody decides on it (a besluit, with objection); the others are valid or not by law."""
    return ground not in BY_LAW


def decide_by(ground: Ground, received_on: date) -> date | None:
    """Last day for the decision: four weeks after receipt (art. 3a and 3b), else eight (Awb 4:13). None: nobody decides
    on it (art. 5)."""
    if not is_decided(ground):
        return None
    return decision_due(received_on, OF_THE_LEERPLICHTWET if ground in WITH_OWN_TERM else REASONABLE)


def holds_until(first_day: date) -> date:
    """The end of the school year in which it begins: an exemption is for one school year, unless it is for ever."""
    return date(school_year(first_day) + 1, 7, 31)


def look_again_on(first_day: date) -> date:
    """A month before the new claim must be there (before 1 July, art. 6): 1 June of the school year."""
    return date(school_year(first_day) + 1, 6, 1)


def requirements(claim: Claim) -> list[Requirement]:
    """What must be there for a valid claim, or before a decision, in this order.

    ValueError: a statement dated after the receipt.
    """
    if claim.ground in BY_LAW:
        return [_in_time(claim), *_BY_LAW[claim.ground](claim)]
    if claim.ground == Ground.LEAVE:
        return _leave(claim)
    return [_right_age(claim), _there("Plan of bewijs", claim.statement_on), *_heard(claim)]


def _there(label: str, value: object) -> Requirement:
    return require(label, value, "Is er nog niet.")


def _in_time(claim: Claim) -> Requirement:
    """First claim: a month before the child becomes leerplichtig. Again: before 1 July. Else: at any time."""
    by, met = None, True
    if claim.first_day <= leerplicht_start(claim.born):
        by = first_claim_by(claim.born)
        met = claim.received_on <= by
    elif claim.earlier and (claim.first_day.month, claim.first_day.day) == (8, 1):
        by = date(claim.first_day.year, 6, 30)
        met = renewal_in_time(claim.received_on, claim.first_day.year)
    return require("Op tijd", met, f"Te laat: dit moest er zijn op {by:%d-%m-%Y}." if by else "")


def _medical(claim: Claim) -> list[Requirement]:
    fresh = claim.statement_on is not None and statement_fresh(claim.statement_on, claim.received_on)
    old = "De verklaring is ouder dan drie maanden." if claim.statement_on else "Is er nog niet."
    return [
        require("Verklaring van hoogstens drie maanden oud", fresh, old),
        require(
            "Deskundige is door de gemeente aangewezen",
            claim.designated,
            "Alleen een aangewezen arts, pedagoog of psycholoog kan de verklaring geven.",
        ),
        require(
            "Niet de behandelend arts",
            not claim.treats,
            "De verklaring komt van wie het kind behandelt. Die telt niet.",
        ),
    ]


def _direction(claim: Claim) -> list[Requirement]:
    last = claim.last_at_direction
    possible = add_months(last, 12) if last else None
    met = possible is None or claim.received_on > possible
    why = ""
    if last and possible and not met:
        why = f"Het kind zat tot {last:%d-%m-%Y} op zo’n school. Dit kan vanaf {add_days(possible, 1):%d-%m-%Y}."
    return [
        _there("Verklaring van de ouders over de richting", claim.statement_on),
        require("Een jaar niet op een school van die richting", met, why),
    ]


def _abroad(claim: Claim) -> list[Requirement]:
    return [
        _there("Verklaring van de school in het buitenland", claim.statement_on),
        require(
            "Het kind gaat daar echt naartoe",
            claim.attends,
            "De verklaring moet zeggen dat het kind er is ingeschreven en er komt.",
        ),
    ]


_BY_LAW = {Ground.ART_5_ONDER_A: _medical, Ground.ART_5_ONDER_B: _direction, Ground.ART_5_ONDER_C: _abroad}


def _right_age(claim: Claim) -> Requirement:
    if claim.ground == Ground.ART_3A:
        from_day = birthday(claim.born, ART_3A_FROM)
        met = claim.first_day >= from_day
        return require("14 jaar of ouder", met, f"Kan vanaf {from_day:%d-%m-%Y}.")
    if claim.ground == Ground.ART_15:
        met = claim.obligation == Obligation.KWALIFICATIEPLICHT
        return require("Kwalificatieplichtig", met, "Artikel 15 geldt alleen bij kwalificatieplicht.")
    met = claim.obligation == Obligation.LEERPLICHT
    return require("Leerplichtig", met, "Artikel 3b geldt voor het laatste jaar van de leerplicht.")


def _heard(claim: Claim) -> list[Requirement]:
    heard = [_there("Ouders en jongere gehoord", claim.heard_on)]
    if claim.ground == Ground.ART_15:
        return heard
    return [*heard, _there("Hoofd van de school gehoord", claim.head_heard_on)]


def _leave(claim: Claim) -> list[Requirement]:
    if claim.days is None:
        return [require("Aantal dagen", False, "Is nog niet ingevuld.")]
    ours = leave_decider(claim.days, claim.granted) == "leerplichtambtenaar"
    total = claim.days + claim.granted
    why = f"Samen {total} dagen: tot en met {LEAVE_DAYS_OF_THE_HEAD} dagen beslist het hoofd van de school."
    return [
        require("Meer dan 10 dagen in dit schooljaar", ours, why),
        _there("Hoofd van de school gehoord", claim.head_heard_on),
    ]
