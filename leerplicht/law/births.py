"""A birth date of which the day, or the day and the month, is unknown, as the BRP knows them (domain A4). Kept as the
first day that it can be, with how much of it is known."""

from calendar import monthrange
from datetime import date
from enum import StrEnum

from leerplicht.law.dates import check_date
from leerplicht.law.obligation import OBLIGED, Obligation


class Known(StrEnum):
    """How much of a birth date is known."""

    DAY = "dag"
    MONTH = "maand"
    YEAR = "jaar"


def first_possible(born: date, known: Known | str) -> date:
    """The first day of birth that it can be: of the month, or of the year."""
    check_date(born, "De geboortedatum")
    month = 1 if known == Known.YEAR else born.month
    return born if known == Known.DAY else date(born.year, month, 1)


def last_possible(born: date, known: Known | str) -> date:
    """The last day of birth that it can be."""
    check_date(born, "De geboortedatum")
    if known == Known.YEAR:
        return date(born.year, 12, 31)
    return date(born.year, born.month, monthrange(born.year, born.month)[1]) if known == Known.MONTH else born


def protecting(earliest: Obligation, latest: Obligation) -> Obligation:
    """What the law asks when it differs for the first and the last day that a birth date can be: the clock of the child
    runs as for one that is obliged."""
    return earliest if earliest in OBLIGED else latest


def claimable(earliest: Obligation, latest: Obligation) -> Obligation:
    """The other way round: where it differs nothing is claimed against parents or youth."""
    return latest if earliest in OBLIGED else earliest
