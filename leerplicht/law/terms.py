"""The terms of a child at home: when is it longer than four lesson weeks, six weeks, three months?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from leerplicht.law.calendar import LessonCalendar
from leerplicht.law.dates import add_days, add_months, check_count, check_date


class Unit(StrEnum):
    """In what a term is spoken. Only lesson weeks skip the school holidays."""

    LESSON_WEEKS = auto()
    WEEKS = auto()
    MONTHS = auto()
    DAYS = auto()


class Standing(StrEnum):
    """How a term stands on one day."""

    RUNNING = auto()
    NEARING = auto()
    EXCEEDED = auto()


@dataclass(frozen=True, slots=True)
class Term:
    """A term as spoken ("6 weeks"); from `warn_days` calendar days before it is exceeded it is nearing.

    ValueError: `amount` is no whole number of 1 or more, `warn_days` is below 0, or `unit` is no Unit.
    """

    code: str
    amount: int
    unit: Unit
    warn_days: int

    def __post_init__(self) -> None:
        check_count(self.amount, "De lengte van een termijn")
        check_count(self.warn_days, "Het aantal dagen om vooraf te waarschuwen", least=0)
        if self.unit not in set(Unit):
            raise ValueError("Een termijn telt in lesweken, weken, maanden of dagen.")


THUISZITTER = Term("4-weken", 4, Unit.LESSON_WEEKS, 7)
AMBITION = Term("6-weken", 6, Unit.WEEKS, 10)
PACT = Term("3-maanden", 3, Unit.MONTHS, 21)


def exceeded_from(start: date, term: Term, calendar: LessonCalendar) -> date:
    """The first day on which an absence that began on `start` is longer than the term.

    Months are calendar months and end at the latest on the last day of a shorter month.
    ValueError: the term is in lesson weeks and leaves the known school holidays.
    """
    check_date(start, "De begindatum")
    if term.unit == Unit.LESSON_WEEKS:
        return calendar.add_lesson_weeks(start, term.amount)
    if term.unit == Unit.MONTHS:
        return add_months(start, term.amount)
    return add_days(start, term.amount * (7 if term.unit == Unit.WEEKS else 1))


def standing(start: date, term: Term, calendar: LessonCalendar, today: date) -> Standing:
    """How the term stands on `today`: NEARING from `warn_days` days before `exceeded_from`, EXCEEDED from that day.

    ValueError: `today` lies before `start`; otherwise as `exceeded_from`.
    """
    check_date(start, "De begindatum")
    check_date(today, "De datum van vandaag")
    if today < start:
        raise ValueError("De datum van vandaag ligt voor de begindatum.")
    exceeded = exceeded_from(start, term, calendar)
    if today >= exceeded:
        return Standing.EXCEEDED
    return Standing.NEARING if (exceeded - today).days <= term.warn_days else Standing.RUNNING
