"""Enforcement: when Halt is possible, when the SVB is told, what a proces-verbaal needs (domain 1.8 and 4.8)."""

from dataclasses import dataclass
from datetime import date

from leerplicht.law.dates import check_date
from leerplicht.law.obligation import OBLIGED, Obligation, birthday
from leerplicht.law.requirements import Requirement, require

HALT_FROM, HALT_UNTIL, PARENTS_UNTIL = 12, 18, 16  # years
LEAST_HOURS, LEAST_LATE, MOST = 9, 12, 60
SVB_FROM, SVB_UNTIL = 16, 18  # years


@dataclass(frozen=True, slots=True)
class HaltFacts:
    """About a youth on the day of the referral. `hours` and `late`: of absence, and times late. `own_choice`: the
    absence was. `untreated`: serious problems without adequate help. `with_om`: decided with the officier van
    justitie."""

    on: date
    born: date
    obligation: Obligation
    hours: int
    late: int
    youth_agrees: bool
    parents_agree: bool
    own_choice: bool
    untreated: bool
    earlier: bool
    with_om: bool


def halt_requirements(f: HaltFacts) -> list[Requirement]:
    """What must hold before a youth is sent to Halt for absence, in this order."""
    young = birthday(f.born, HALT_FROM) <= f.on < birthday(f.born, HALT_UNTIL)
    under_16 = f.on < birthday(f.born, PARENTS_UNTIL)
    much = f.hours > MOST or f.late > MOST
    return [
        require("Leerplichtig of kwalificatieplichtig", f.obligation in OBLIGED, "Op die dag geldt geen leerplicht."),
        require("12 tot en met 17 jaar", young, "Halt is er voor 12 tot en met 17 jaar."),
        require(
            "Genoeg verzuim",
            f.hours >= LEAST_HOURS or f.late >= LEAST_LATE,
            f"Nodig is {LEAST_HOURS} uur verzuim of {LEAST_LATE} keer te laat.",
        ),
        require(
            "Niet te veel verzuim",
            not much or f.with_om,
            f"Boven {MOST} uur of {MOST} keer te laat beslist u samen met de officier van justitie.",
        ),
        require("De jongere wil", f.youth_agrees, "De jongere stemt niet in."),
        require(
            "De ouders willen, onder 16 jaar",
            not under_16 or f.parents_agree,
            "Onder 16 jaar moeten ook de ouders instemmen.",
        ),
        require("Eigen keuze van de jongere", f.own_choice, "Het verzuim was niet de eigen keuze van de jongere."),
        require("Geen ernstige problemen zonder hulp", not f.untreated, "Eerst is hulp nodig."),
        require("Niet eerder naar Halt voor verzuim", not f.earlier, "Een tweede keer kan niet."),
    ]


def svb_requirements(
    on: date, born: date, *, obligation: Obligation, startkwalificatie: bool, exempt: bool
) -> list[Requirement]:
    """When the SVB is told that a youth does not comply (art. 7 lid 3 AKW). Who is released (art. 4a lid 2) breaks no
    duty."""
    check_date(on)
    age = birthday(born, SVB_FROM) <= on < birthday(born, SVB_UNTIL)
    obliged = obligation in OBLIGED or startkwalificatie or not age  # those two say it themselves
    return [
        require("16 of 17 jaar", age, "De melding geldt alleen voor 16 en 17 jaar."),
        require("Leerplichtig of kwalificatieplichtig", obliged, "Op die dag geldt geen leer- of kwalificatieplicht."),
        require("Geen startkwalificatie", not startkwalificatie, "De jongere heeft al een startkwalificatie."),
        require("Geen vrijstelling", not exempt, "Er loopt een vrijstelling."),
    ]


def duty_article(obligation: Obligation, *, youth: bool, on: date, born: date) -> str:
    """In which article of the Leerplichtwet the duty to go to school stands, of the parents or of the `youth`; empty
    when there is none on that day: who is released, has a startkwalificatie, is too old, or is no 12 yet (A8)."""
    if obligation == Obligation.KWALIFICATIEPLICHT:
        return "4c" if youth else "4a"
    if obligation != Obligation.LEERPLICHT or (youth and on < birthday(born, HALT_FROM)):
        return ""
    return "2 lid 3" if youth else "2"


def benefit_revives_on(complies_since: date) -> date:
    """First day of the quarter from which the right to child benefit revives."""
    check_date(complies_since)
    return date(complies_since.year, (complies_since.month - 1) // 3 * 3 + 1, 1)


@dataclass(frozen=True, slots=True)
class PvFacts:
    """About the days of absence of a child born on `born`, from `first` to `last` (None: not written down).
    `obligations`: what the law asked on each of them. `exempt`: an exemption ran on one of them."""

    born: date
    about_youth: bool
    heard: bool
    first: date | None
    last: date | None
    obligations: frozenset[Obligation]
    exempt: bool


def pv_requirements(f: PvFacts) -> list[Requirement]:
    """Before a proces-verbaal (art. 22): a duty on all of those days and no exemption on any, heard, and of the youth
    only from 12."""
    known = f.first is not None and f.last is not None
    old = f.first is None or birthday(f.born, HALT_FROM) <= f.first
    return [
        require("Dagen waarover het gaat", known, "Vul in over welke dagen het proces-verbaal gaat."),
        require(
            "Leerplichtig of kwalificatieplichtig op die dagen",
            not known or f.obligations <= set(OBLIGED),
            "Niet op al die dagen geldt leerplicht of kwalificatieplicht.",
        ),
        require("Geen vrijstelling op die dagen", not known or not f.exempt, "In die dagen loopt een vrijstelling."),
        require("Gehoord", f.heard, "Leg vast wanneer u hebt gehoord."),
        require("Jongere is 12 jaar of ouder", not f.about_youth or old, "Onder 12 jaar gaat het over de ouders."),
    ]
