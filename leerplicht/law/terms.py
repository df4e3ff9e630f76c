"""The terms of a child at home: when is it longer than four lesson weeks, six weeks, three months? And the terms of a
decision and of an objection."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from leerplicht.law.calendar import LessonCalendar, legal_term_end
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


# Terms of a decision (besluit) and of an objection to it: Awb, domain 1.9 and A1. Each ends by the Algemene
# termijnenwet. Of what arises by law (art. 5) there is none of these.
OF_THE_LEERPLICHTWET, REASONABLE = 28, 56  # days for a decision: art. 3a and 3b; Awb 4:13 where the law names none
COPY_WITHIN, OBJECTION_WITHIN, POST_WITHIN = 14, 42, 7  # days


class Arrived(StrEnum):
    """Whether an objection is in time (Awb 6:7 to 6:10)."""

    EARLY = auto()
    IN_TIME = auto()
    IF_POSTED_IN_TIME = auto()
    LATE = auto()


def decision_due(received_on: date, days: int) -> date:
    """Last day for a decision on an application that was received on `received_on`; `days` as the law names them."""
    return legal_term_end(add_days(received_on, days))


def copy_by(decided_on: date) -> date:
    """Last day for the copy of the decision: two weeks after it (Leerplichtwet art. 3a and 3b)."""
    return legal_term_end(add_days(decided_on, COPY_WITHIN))


def objection_until(told_on: date) -> date:
    """Last day to object to a decision that was sent or handed over on `told_on`: six weeks, of which the first day is
    the day after it (Awb 3:41, 6:7, 6:8)."""
    return legal_term_end(add_days(told_on, OBJECTION_WITHIN))


def told_by_post_until(told_on: date) -> date:
    """Last day on which an objection can come in that was posted within the term: a week after it (Awb 6:9)."""
    return legal_term_end(add_days(objection_until(told_on), POST_WITHIN))


def objection_arrived(received_on: date, told_on: date) -> Arrived:
    """Whether an objection of `received_on` is in time, to a decision that was told on `told_on`. One that came before
    the decision was told counts as well (Awb 6:10)."""
    if received_on < told_on:
        return Arrived.EARLY
    if received_on <= objection_until(told_on):
        return Arrived.IN_TIME
    return Arrived.IF_POSTED_IN_TIME if received_on <= told_by_post_until(told_on) else Arrived.LATE
