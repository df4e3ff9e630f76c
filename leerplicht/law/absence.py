"""The duty to report sixteen hours in four lesson weeks: Leerplichtwet art. 21 and 21a."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from leerplicht.law.calendar import WEEK, LessonCalendar, add_working_days, monday
from leerplicht.law.dates import add_days, check_date, is_whole
from leerplicht.law.obligation import birthday

LIMIT_HOURS = Decimal(16)
WINDOW_LESSON_WEEKS = 4
REPORT_WITHIN_WORKING_DAYS = 5
HOURS_IN_A_DAY = 24
HOURS_TOLD_BY_PARENTS, HOURS_WITH_THE_HEAD = 5, 10  # a week, of a child under six: art. 11a lid 1, and with lid 2
UNTIL_AGE = 6


@dataclass(frozen=True, slots=True)
class MissedHours:
    """Lesson hours missed on one day, as the school wrote them down; a day may have several rows.

    A whole number becomes a Decimal. ValueError: hours that are neither, not finite, not above 0 or above 24.
    """

    day: date
    hours: Decimal
    authorised: bool = False

    def __post_init__(self) -> None:
        check_date(self.day, "De dag van het verzuim")
        if is_whole(self.hours):
            object.__setattr__(self, "hours", Decimal(self.hours))
        if not _is_possible(self.hours):
            raise ValueError("Het aantal gemiste uren op een dag moet meer dan 0 zijn en niet meer dan 24.")


@dataclass(frozen=True, slots=True)
class LimitReached:
    """Sixteen hours were reached on `last_day`, counted from `first_day`; the school reports by `report_by`."""

    first_day: date
    last_day: date
    hours: Decimal
    report_by: date


@dataclass(frozen=True, slots=True)
class HoursFreed:
    """Hours a week that a child under six may stay at home (art. 11a): five when the parents told the head, up to ten
    when the head gave more. Both days included; no last day: until the sixth birthday.

    ValueError: hours that are no whole number from 1 to 10.
    """

    first_day: date
    last_day: date | None
    hours_a_week: int

    def __post_init__(self) -> None:
        if not is_whole(self.hours_a_week) or not 1 <= self.hours_a_week <= HOURS_WITH_THE_HEAD:
            raise ValueError("Artikel 11a geeft hoogstens 5 uur per week, en met het hoofd samen hoogstens 10.")


def freed_until(born: date) -> date:
    """The last day on which art. 11a can hold: the day before the sixth birthday."""
    return add_days(birthday(born, UNTIL_AGE), -1)


def authorise_under_six(missed: Iterable[MissedHours], born: date, freed: Iterable[HoursFreed]) -> list[MissedHours]:
    """The same hours, those that art. 11a frees as authorised: of each week (Monday-Sunday) the first hours missed, as
    many as hold on that day. A row of which a part is freed becomes two."""
    freed, until = list(freed), freed_until(born)
    used: dict[date, Decimal] = defaultdict(Decimal)
    rows: list[MissedHours] = []
    for row in sorted(missed, key=lambda r: r.day):
        holds = [f.hours_a_week for f in freed if f.first_day <= row.day <= min(f.last_day or until, until)]
        left = max(Decimal(max(holds, default=0)) - used[monday(row.day)], Decimal(0))
        free = Decimal(0) if row.authorised else min(row.hours, left)
        used[monday(row.day)] += free
        if free:
            rows.append(MissedHours(row.day, free, authorised=True))
        if free < row.hours:
            rows.append(MissedHours(row.day, row.hours - free, row.authorised))
    return rows


def limits_reached(missed: Iterable[MissedHours], calendar: LessonCalendar) -> list[LimitReached]:
    """Every moment at which at least 16 unauthorised hours lie within 4 consecutive lesson weeks, in order of time.

    The window is the lesson week of the day and the three lesson weeks before it; holiday weeks are skipped. Counting
    restarts the day after a limit, with nothing carried over. Rows may come in any order (art. 21a).
    ValueError: unauthorised hours on a day that is no school day, or on which the calendar gives no answer.
    """
    hours = _unauthorised_per_day(missed, calendar)
    week = _number_lesson_weeks(hours, calendar)
    reached: list[LimitReached] = []
    window: deque[date] = deque()
    for day in sorted(hours):
        window.append(day)
        while week[monday(day)] - week[monday(window[0])] >= WINDOW_LESSON_WEEKS:
            window.popleft()
        if (total := sum((hours[seen] for seen in window), Decimal(0))) >= LIMIT_HOURS:
            reached.append(_limit(window[0], day, total))
            window.clear()
    return reached


def _unauthorised_per_day(missed: Iterable[MissedHours], calendar: LessonCalendar) -> dict[date, Decimal]:
    hours: dict[date, Decimal] = defaultdict(Decimal)
    for row in missed:
        if row.authorised:
            continue
        if not calendar.is_school_day(row.day):
            raise ValueError(f"Op {row.day:%d-%m-%Y} is er geen les, dus er kan geen ongeoorloofd verzuim zijn.")
        hours[row.day] += row.hours
    return hours


def _number_lesson_weeks(hours: Mapping[date, Decimal], calendar: LessonCalendar) -> dict[date, int]:
    """The lesson weeks from the first to the last missed day, by their Monday, counted without the holiday weeks."""
    if not hours:
        return {}
    numbers: dict[date, int] = {}
    week, last = monday(min(hours)), max(hours)
    while week <= last:
        if calendar.is_lesson_week(week):
            numbers[week] = len(numbers)
        week += WEEK
    return numbers


def _limit(first_day: date, last_day: date, hours: Decimal) -> LimitReached:
    return LimitReached(first_day, last_day, hours, add_working_days(last_day, REPORT_WITHIN_WORKING_DAYS))


def _is_possible(hours: Decimal) -> bool:
    """A float is refused: its sum may be a hair below sixteen."""
    return isinstance(hours, Decimal) and hours.is_finite() and 0 < hours <= HOURS_IN_A_DAY
