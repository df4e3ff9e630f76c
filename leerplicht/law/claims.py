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
EXTENDED_BEFORE = 56  # days before the end of the one before: counted back, so without the Algemene termijnenwet


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
    """What was received about a child born on `born`. `obligation`: what the law asks of the child on the first day;
    `leerplicht_until`: the last day of its leerplicht.

    `statement_on`: of the expert, of the head abroad, of the plan or of the proof, by ground. `advice_on`: of the
    educational view on what is possible, asked by bill 36663 only. `notice_on`: the date on
    the kennisgeving, else the receipt counts. `doctor`: whether the expert is one, None when nobody wrote it down.
    `earlier`: claimed before; `previous_until`: until when that ran; `school_since`: the child went to school again
    after it. Of 3a and 3b `previous_until` is of the vervangende leerplicht that goes on. `days` and `granted`: of
    leave, in this school year; `school_days`: those from the first up to and including the last day that was asked."""

    ground: Ground
    born: date
    received_on: date
    first_day: date
    obligation: Obligation
    leerplicht_until: date | None = None
    statement_on: date | None = None
    notice_on: date | None = None
    designated: bool = False
    treats: bool = False
    doctor: bool | None = None
    earlier: bool = False
    previous_until: date | None = None
    school_since: bool = False
    advice_on: date | None = None
    last_at_direction: date | None = None
    attends: bool = False
    board_agreed_on: date | None = None
    head_statement_on: date | None = None
    heard_on: date | None = None
    head_heard_on: date | None = None
    days: int | None = None
    granted: int = 0
    school_days: int | None = None


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


def requirements(claim: Claim, *, wet_terugdringen_schoolverzuim_vanaf: date | None = None) -> list[Requirement]:
    """What must be there for a valid claim, or before a decision, in this order.

    `wet_terugdringen_schoolverzuim_vanaf`: the day on which bill 36663 is in force, None while it is not (domain 1.10).
    Of a claim on art. 5 onder a that is received from that day on it asks an educational view beside the statement.
    ValueError: a statement dated after the receipt.
    """
    if claim.ground in BY_LAW:
        found = [_in_time(claim), *_BY_LAW[claim.ground](claim)]
        since = wet_terugdringen_schoolverzuim_vanaf
        if claim.ground == Ground.ART_5_ONDER_A and since and since <= claim.received_on:
            found.append(_there("Onderwijskundig advies over wat wel kan", claim.advice_on))
        return found
    return _DECIDED[claim.ground](claim)


def _there(label: str, value: object) -> Requirement:
    return require(label, value, "Is er nog niet.")


def _in_time(claim: Claim) -> Requirement:
    """First claim: a month before the child becomes leerplichtig. The next one: before 1 July of its school year,
    whatever first day is asked for (art. 6, A8). After a child went to school again, or for the first time in the
    middle of the leerplicht: at any time."""
    by, met = None, True
    year = school_year(claim.first_day)
    if claim.first_day <= leerplicht_start(claim.born):
        by = first_claim_by(claim.born)
        met = claim.received_on <= by
    elif claim.earlier and not claim.previous_until:
        return require("Op tijd", False, "Vul in tot en met welke dag de vorige vrijstelling liep.")
    elif claim.previous_until and school_year(claim.previous_until) < year and not claim.school_since:
        by = date(year, 6, 30)
        met = renewal_in_time(claim.received_on, year)
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
        require("Niet de behandelend arts", not claim.treats or claim.doctor is False, _treating(claim)),
    ]


def _treating(claim: Claim) -> str:
    """Art. 7 leaves out the treating doctor; another expert may know the child."""
    if claim.doctor is None:
        return "Deze deskundige behandelt het kind. Vul in of het een arts is: dan telt de verklaring niet."
    return "De verklaring komt van de arts die het kind behandelt. Die telt niet."


def _direction(claim: Claim) -> list[Requirement]:
    last = claim.last_at_direction
    possible = add_months(last, 12) if last else None
    met = possible is None or (claim.notice_on or claim.received_on) > possible
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


def _art_3a(claim: Claim) -> list[Requirement]:
    """Instead of the leerplicht, from 14, in agreement with the school board; to go on with it: asked in time, with a
    statement of the head."""
    from_day = birthday(claim.born, ART_3A_FROM)
    return [
        require(
            "Leerplichtig",
            claim.obligation == Obligation.LEERPLICHT,
            "Artikel 3a komt in de plaats van de leerplicht, en die geldt op de eerste dag niet.",
        ),
        require("14 jaar of ouder", claim.first_day >= from_day, f"Kan vanaf {from_day:%d-%m-%Y}."),
        _there("Plan van aanpak van de school", claim.statement_on),
        _there("Bestuur van de school stemt in", claim.board_agreed_on),
        *_going_on(claim),
        *_heard(claim),
    ]


def _going_on(claim: Claim) -> list[Requirement]:
    if not claim.previous_until:
        return []
    by = add_days(claim.previous_until, -EXTENDED_BEFORE)
    late = f"Te laat: een verlenging moest zijn gevraagd op {by:%d-%m-%Y}, acht weken voor het einde."
    return [
        require("Verlenging op tijd gevraagd", claim.received_on <= by, late),
        _there("Verklaring van het hoofd van de school", claim.head_statement_on),
    ]


def _art_3b(claim: Claim) -> list[Requirement]:
    """In the last school year of the leerplicht; who comes from 3a brings a statement of the head."""
    end = claim.leerplicht_until
    last_year = end is not None and holds_until(claim.first_day) == end
    why = "Artikel 3b geldt alleen in het laatste schooljaar van de leerplicht."
    if end:
        why += f" Dat is van {date(end.year - 1, 8, 1):%d-%m-%Y} tot en met {end:%d-%m-%Y}."
    of_the_head = [_there("Verklaring van het hoofd van de school", claim.head_statement_on)]
    return [
        require("Leerplichtig", claim.obligation == Obligation.LEERPLICHT, "Op de eerste dag geldt geen leerplicht."),
        require("Laatste schooljaar van de leerplicht", last_year, why),
        _there("Plan van de mbo-instelling", claim.statement_on),
        *(of_the_head if claim.previous_until else []),
        *_heard(claim),
    ]


def _art_15(claim: Claim) -> list[Requirement]:
    met = claim.obligation == Obligation.KWALIFICATIEPLICHT
    return [
        require("Kwalificatieplichtig", met, "Artikel 15 geldt alleen bij kwalificatieplicht."),
        _there("Bewijs van ander onderwijs", claim.statement_on),
        *_heard(claim),
    ]


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
        require("Dagen kloppen met de schoolkalender", claim.school_days == claim.days, _other_days(claim)),
        _there("Hoofd van de school gehoord", claim.head_heard_on),
    ]


def _other_days(claim: Claim) -> str:
    if claim.school_days is None:
        return "Vul in tot en met welke dag is gevraagd."
    return f"Gevraagd: {claim.days}. Van de eerste tot en met de laatste dag: {claim.school_days} schooldagen."


_DECIDED = {Ground.ART_3A: _art_3a, Ground.ART_3B: _art_3b, Ground.ART_15: _art_15, Ground.LEAVE: _leave}
