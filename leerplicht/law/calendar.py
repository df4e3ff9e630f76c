"""School days, lesson weeks and working days.

The dates of school holidays and public holidays come from the `holidays` package. School holidays are published up to
and including the summer of 2030: outside FIRST_KNOWN_DAY..LAST_KNOWN_DAY a calendar refuses to answer, because a guess
would give a wrong deadline. Both ends are the end of a whole week, so every known day lies in a known week.
"""

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Self

from holidays import country_holidays

from leerplicht.law.dates import add_days, check_count, check_date

REGIONS = ("noord", "midden", "zuid")
FIRST_KNOWN_DAY = date(2018, 1, 1)
LAST_KNOWN_DAY = date(2030, 9, 1)
FIRST_WORKING_YEAR, LAST_WORKING_YEAR = 1966, 2100  # the Algemene termijnenwet is of 1965; the package ends in 2100
LIBERATION_DAY_FREE_FOR_SCHOOLS = frozenset({2025, 2030})
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Whole weeks, Monday to Sunday, without a lesson, and by what name ("" for a closing of the school itself)."""

    first_day: date
    last_day: date
    why: str


class LessonCalendar(ABC):
    """On which days there are lessons to miss, and what follows from that for weeks."""

    __slots__ = ()

    @abstractmethod
    def is_school_day(self, day: date) -> bool:
        """Whether there are lessons on `day`. ValueError: a day for which the school holidays are not known."""

    def is_lesson_week(self, day: date) -> bool:
        """Whether the week (Monday-Sunday) of `day` has at least one school day.

        ValueError: a day for which the school holidays are not known.
        """
        check_date(day)
        first = monday(day)
        return any(self.is_school_day(add_days(first, n)) for n in range(7))

    def school_days(self, first: date, last: date) -> int:
        """How many school days lie from `first` up to and including `last`.

        ValueError: `last` before `first`; a day for which the school holidays are not known.
        """
        check_date(first, "De eerste dag")
        check_date(last, "De laatste dag")
        if last < first:
            raise ValueError("De laatste dag ligt voor de eerste dag.")
        return sum(self.is_school_day(add_days(first, n)) for n in range((last - first).days + 1))

    def add_lesson_weeks(self, day: date, weeks: int) -> date:
        """The first day after `weeks` lesson weeks that start with `day` itself; it lies in a lesson week.

        Counts 7 x `weeks` days and skips every day of a week without lessons. So a day in a lesson week ends on the
        same weekday, and a day in a holiday counts from the Monday on which the lessons begin again.
        ValueError: `weeks` is no whole number of 1 or more; the count leaves the known school holidays.
        """
        check_count(weeks, "Het aantal lesweken")
        if not self.is_lesson_week(day):
            day = self._next_lesson_week(monday(day))
        for _ in range(weeks):
            day = self._next_lesson_week(day)
        return day

    @abstractmethod
    def why_free(self, day: date) -> str:
        """By what name the schools of the region are free on `day` ("Herfstvakantie"); empty where that has no name:
        the school itself is closed then."""

    def skipped(self, first: date, until: date) -> list["Skipped"]:
        """The weeks without lessons from the week of `first` to that of `until`, each stretch once: what a count in
        lesson weeks passes over. ValueError: a day for which the school holidays are not known."""
        found: list[Skipped] = []
        day = monday(first)
        while day <= until:
            if not self.is_lesson_week(day):
                why = next((name for n in range(5) if (name := self.why_free(add_days(day, n)))), "")
                last = found[-1] if found else None
                if last and last.last_day + timedelta(days=1) == day and last.why == why:
                    found[-1] = Skipped(last.first_day, day + timedelta(days=6), why)
                else:
                    found.append(Skipped(day, day + timedelta(days=6), why))
            day += WEEK
        return found

    def _next_lesson_week(self, day: date) -> date:
        """The same weekday in the first lesson week after the week of `day`."""
        day += WEEK
        while not self.is_lesson_week(day):
            day += WEEK
        return day


@dataclass(frozen=True, slots=True)
class SchoolCalendar(LessonCalendar):
    """On which days a school gives lessons. Equal input gives equal, hashable calendars."""

    region: str
    extra_closed: frozenset[date] = frozenset()
    extra_open: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.region not in REGIONS:
            raise ValueError("De vakantieregio moet noord, midden of zuid zijn.")
        for day in self.extra_closed | self.extra_open:
            check_date(day, "Een extra vrije dag of extra lesdag")
        if self.extra_closed & self.extra_open:
            raise ValueError("Een dag kan niet tegelijk een extra vrije dag en een extra lesdag zijn.")

    @classmethod
    def for_region(
        cls, region: str, *, extra_closed: AbstractSet[date] = frozenset(), extra_open: AbstractSet[date] = frozenset()
    ) -> Self:
        """The calendar of a school in holiday region "noord", "midden" or "zuid".

        `extra_closed` are days on which this school is closed besides the regional ones (study days, a second May
        week); `extra_open` are days on which it gives lessons all the same, a weekend included.
        ValueError: another spelling of the region, something that is no date, a day in both sets.
        """
        return cls(region, frozenset(extra_closed), frozenset(extra_open))

    def is_school_day(self, day: date) -> bool:
        """Monday-Friday, no public holiday, no school holiday of the region; the school's own days come first.

        Good Friday is an ordinary day and 5 May is free in 2025 and 2030 only: other schools close by `extra_closed`.
        ValueError: a day for which the school holidays are not known.
        """
        check_date(day)
        if not FIRST_KNOWN_DAY <= day <= LAST_KNOWN_DAY:
            raise ValueError("De schoolvakanties zijn alleen bekend van 1 januari 2018 tot en met 1 september 2030.")
        if day in self.extra_open:
            return True
        return day not in self.extra_closed and day in _regional_school_days(self.region)

    def why_free(self, day: date) -> str:
        return _school_holiday_names(self.region).get(day, "")


@dataclass(frozen=True, slots=True)
class CalendarInTurns(LessonCalendar):
    """The calendar of a child that changed schools: of each day that of the school of that day (domain A3).

    `turns`: since when, and which calendar, oldest first; the first counts for all days before it too.
    """

    turns: tuple[tuple[date, SchoolCalendar], ...]

    def __post_init__(self) -> None:
        days = [since for since, _ in self.turns]
        if not days or days != sorted(set(days)):
            raise ValueError("De kalenders van een kind volgen elkaar op, de oudste eerst.")

    def on(self, day: date) -> SchoolCalendar:
        """The calendar of `day`."""
        since = bisect_right([first for first, _ in self.turns], day)
        return self.turns[max(since - 1, 0)][1]

    def is_school_day(self, day: date) -> bool:
        """As `SchoolCalendar.is_school_day`, asked of the school of that day."""
        check_date(day)
        return self.on(day).is_school_day(day)

    def why_free(self, day: date) -> str:
        return self.on(day).why_free(day)


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after `day`; `day` itself does not count.

    A working day is a Monday-Friday that is no day of Algemene termijnenwet art. 3: no public holiday, no Good Friday
    and no 5 May in any year. School holidays do not stop the count.
    ValueError: `n` is no whole number of 1 or more; a year before 1966 or after 2100.
    """
    check_date(day)
    check_count(n, "Het aantal werkdagen")
    while n:
        day = add_days(day, 1)
        n -= _is_working_day(day)
    return day


def legal_term_end(day: date) -> date:
    """The last day of a term of law that ends on `day`: that day, or the next one that is no free day.

    Algemene termijnenwet art. 1: no Saturday, Sunday or day of art. 3 (as `add_working_days` knows them). Not for terms
    that count back from a day (art. 1 lid 2), nor for a day that the law names itself ("before 1 July").
    ValueError: a year before 1966 or after 2100.
    """
    check_date(day)
    while not _is_working_day(day):
        day = add_days(day, 1)
    return day


def _is_working_day(day: date) -> bool:
    free = day in _termijnenwet_days(day.year)
    return day.weekday() < 5 and not free


def school_year(day: date) -> int:
    """The year in which the school year of `day` begins: 2026 for 1 August 2026 up to and including 31 July 2027."""
    check_date(day)
    return day.year if day.month >= 8 else day.year - 1


def monday(day: date) -> date:
    """The Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


@cache
def _regional_school_days(region: str) -> frozenset[date]:
    closed = _school_holidays(region) | _free_for_schools()
    known = (FIRST_KNOWN_DAY + timedelta(days=n) for n in range((LAST_KNOWN_DAY - FIRST_KNOWN_DAY).days + 1))
    return frozenset(day for day in known if day.weekday() < 5 and day not in closed)


def _school_holidays(region: str) -> frozenset[date]:
    return frozenset(_school_holiday_names(region))


@cache
def _school_holiday_names(region: str) -> dict[date, str]:
    days = country_holidays("NL", subdiv=region.title(), years=_known_years(), categories=("school",), language="nl")
    return dict(days)


def _free_for_schools() -> frozenset[date]:
    """The public holidays without Good Friday, and with 5 May only in the years in which schools are free."""
    public = country_holidays("NL", years=_known_years(), categories=("public",), language="nl")
    return frozenset(day for day, name in public.items() if not _is_ordinary_for_schools(day, name))


def _is_ordinary_for_schools(day: date, name: str) -> bool:
    lessons_on_5_may = name == "Bevrijdingsdag" and day.year not in LIBERATION_DAY_FREE_FOR_SCHOOLS
    return name == "Goede vrijdag" or lessons_on_5_may


def _known_years() -> range:
    return range(FIRST_KNOWN_DAY.year, LAST_KNOWN_DAY.year + 1)


@cache
def _termijnenwet_days(year: int) -> frozenset[date]:
    """The days of Algemene termijnenwet art. 3; the package counts Good Friday among the public holidays."""
    if not FIRST_WORKING_YEAR <= year <= LAST_WORKING_YEAR:
        raise ValueError("Werkdagen zijn alleen bekend voor de jaren 1966 tot en met 2100.")
    return frozenset(country_holidays("NL", years=year, categories=("public",))) | {date(year, 5, 5)}
