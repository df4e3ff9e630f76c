"""The stappenplan as data and dates: the default ladder (domain 4.7), when a step should begin and end, and what a
pause does to that. No Django here.

A step counts from the first day at home, not from a report. School holidays hold up terms in school days and lesson
weeks only. A pause holds up the steps and never the child's own clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from cases.acting.facts import Fact
from leerplicht.law.calendar import LessonCalendar, add_working_days
from leerplicht.law.terms import Term, Unit, exceeded_from

LONGEST_DAYS = 1500


class Count(StrEnum):
    """In what a term of a step is spoken."""

    SCHOOL_DAYS = "schooldagen"
    WORKING_DAYS = "werkdagen"
    DAYS = "dagen"
    WEEKS = "weken"
    LESSON_WEEKS = "lesweken"
    MONTHS = "maanden"


ONE = {
    Count.SCHOOL_DAYS: "schooldag",
    Count.WORKING_DAYS: "werkdag",
    Count.DAYS: "dag",
    Count.WEEKS: "week",
    Count.LESSON_WEEKS: "lesweek",
    Count.MONTHS: "maand",
}
DAYS_IN = {
    Count.SCHOOL_DAYS: 7 / 5,
    Count.WORKING_DAYS: 7 / 5,
    Count.DAYS: 1,
    Count.WEEKS: 7,
    Count.LESSON_WEEKS: 7,
    Count.MONTHS: 30,
}


class StepOwner(StrEnum):
    """Who is to act in a step."""

    SCHOOL = "school"
    GEMEENTE = "gemeente"
    REGISSEUR = "casusregisseur"
    SAMENWERKINGSVERBAND = "samenwerkingsverband"
    BOTH = "samenwerkingsverband en gemeente"
    HOLDER = "houder van doorzettingsmacht"
    BOARD = "wethouder en bestuur"


@dataclass(frozen=True, slots=True)
class Span:
    """So many of something: 2 weken, 10 schooldagen. Zero means the day itself."""

    amount: int
    count: Count

    def __str__(self) -> str:
        return f"1 {ONE[self.count]}" if self.amount == 1 else f"{self.amount} {self.count.value}"

    @property
    def about_days(self) -> float:
        """About how many days, to compare terms with each other; never to compute a date with."""
        return self.amount * DAYS_IN[self.count]


@dataclass(frozen=True, slots=True)
class Rung:
    """A step as a region agreed it. `after`: when it begins, from the first day at home. `term`: how long it may take;
    None when the next meeting decides. `closed_by`: the fact that answers it (`cases.acting.facts`)."""

    position: int
    name: str
    trigger: str
    owner: StepOwner
    after: Span
    term: Span | None
    actions: str
    closed_by: Fact | None = None


DEFAULT: tuple[Rung, ...] = (
    Rung(
        0,
        "signaal op school",
        "eerste gemiste les, of 3 keer te laat in 4 weken",
        StepOwner.SCHOOL,
        Span(0, Count.DAYS),
        Span(3, Count.SCHOOL_DAYS),
        "Ouders bellen en de reden noteren.",
    ),
    Rung(
        1,
        "verzuimgesprek",
        "3 dagen achter elkaar, of vaak ziek",
        StepOwner.SCHOOL,
        Span(3, Count.SCHOOL_DAYS),
        Span(1, Count.WEEKS),
        "Gesprek met ouders en kind, plan, jeugdarts bij ziekte.",
    ),
    Rung(
        2,
        "melding leerplicht",
        "16 uur in 4 lesweken, luxeverzuim of zorgen",
        StepOwner.GEMEENTE,
        Span(1, Count.WEEKS),
        Span(5, Count.WORKING_DAYS),
        "Onderzoek (art. 22): ouders en kind vanaf 12 jaar horen.",
        Fact.REPORT,
    ),
    Rung(
        3,
        "MDO",
        "langer dan 2 weken afwezig, of een oorzaak in de zorg",
        StepOwner.REGISSEUR,
        Span(2, Count.WEEKS),
        Span(10, Count.SCHOOL_DAYS),
        "Eén kind, één plan. Aanbod ter overbrugging, toestemming.",
        Fact.MDO,
    ),
    Rung(
        4,
        "samenwerkingsverband of thuiszitterstafel",
        "4 lesweken, of nergens ingeschreven",
        StepOwner.SAMENWERKINGSVERBAND,
        Span(4, Count.LESSON_WEEKS),
        Span(2, Count.WEEKS),
        "Arrangement, TLV of jeugdhulp aanvragen, onderwijsconsulent, art. 5 onder a nakijken.",
    ),
    Rung(
        5,
        "doorbraakoverleg",
        "6 weken, of geen overeenstemming na 2 keer MDO",
        StepOwner.BOTH,
        Span(6, Count.WEEKS),
        Span(2, Count.WEEKS),
        "Mogelijkheden en geld op tafel, voorstel voor een besluit.",
    ),
    Rung(
        6,
        "doorzettingsmacht",
        "geen oplossing 2 weken na het doorbraakoverleg",
        StepOwner.HOLDER,
        Span(8, Count.WEEKS),
        Span(10, Count.WORKING_DAYS),
        "Besluit over plek, school en begindatum.",
    ),
    Rung(
        7,
        "bestuurlijk overleg of Thuiszitterstop",
        "langer dan 3 maanden thuis",
        StepOwner.BOARD,
        Span(3, Count.MONTHS),
        None,
        "Dossier bespreken en het stappenplan nakijken.",
    ),
)


def out_of_order(rungs: Sequence[Rung]) -> list[tuple[Rung, Rung]]:
    """Pairs of which the later one begins before the earlier one: allowed, but seldom meant."""
    return [(a, b) for a, b in pairwise(rungs) if b.after.about_days < a.after.about_days]


@dataclass(frozen=True, slots=True)
class Interval:
    """Days on which the steps are held up, the last one included."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Dates:
    """When a step should begin, and the last day on which it should be done (None: no term)."""

    planned_on: date
    due_on: date | None


def dates_of(rung: Rung, start: date, calendar: LessonCalendar, pauses: Sequence[Interval] = ()) -> Dates:
    """The dates of a step for a child at home since `start`. ValueError: outside the known school holidays."""
    planned = later(start, rung.after, calendar, pauses)
    return Dates(planned, later(planned, rung.term, calendar, pauses) if rung.term else None)


def later(day: date, span: Span, calendar: LessonCalendar, pauses: Sequence[Interval] = ()) -> date:
    """`span` after `day`. School and working days are counted one by one, without the days of a pause; other terms move
    by as many days as the pauses take of them."""
    if span.amount == 0:
        return day
    if span.count in (Count.SCHOOL_DAYS, Count.WORKING_DAYS):
        return _count_days(day, span, calendar, pauses)
    end = _calendar_term(day, span, calendar)
    return _stretch(day, end, pauses)


def _count_days(day: date, span: Span, calendar: LessonCalendar, pauses: Sequence[Interval]) -> date:
    left = span.amount
    for _ in range(LONGEST_DAYS):
        day += timedelta(days=1)
        if _counts(day, span.count, calendar) and not any(day in p for p in pauses):
            left -= 1
            if left == 0:
                return day
    raise ValueError("Deze termijn loopt te ver door.")


def _counts(day: date, count: Count, calendar: LessonCalendar) -> bool:
    if count == Count.SCHOOL_DAYS:
        return calendar.is_school_day(day)
    return add_working_days(day - timedelta(days=1), 1) == day


def _calendar_term(day: date, span: Span, calendar: LessonCalendar) -> date:
    unit = {
        Count.DAYS: Unit.DAYS,
        Count.WEEKS: Unit.WEEKS,
        Count.LESSON_WEEKS: Unit.LESSON_WEEKS,
        Count.MONTHS: Unit.MONTHS,
    }[span.count]
    return exceeded_from(day, Term("stap", span.amount, unit, 0), calendar)


def _stretch(first: date, end: date, pauses: Sequence[Interval]) -> date:
    """The end, moved by the days of pauses that fall before it; days by which it moves can be days of a pause too."""
    day = first
    while day < end:
        if any(day in p for p in pauses):
            end += timedelta(days=1)
        day += timedelta(days=1)
    return end


def overlap(new: Interval, others: Iterable[Interval]) -> Interval | None:
    """The pause that a new one would lie in or touch."""
    return next((p for p in others if p.first <= new.last and new.first <= p.last), None)
