"""The clock once more, read from the domain and walked through day by day: written without looking at
`leerplicht.law.home`. It asks the calendars only whether a day has lessons.

What a child is on a school day: exempt or not obliged, enrolled nowhere, permitted, absent, or at school. A day off is
as the school day before it. A period ends when each lesson of seven counted days went well.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from leerplicht.law.calendar import SchoolCalendar

DAY = timedelta(days=1)
WEEK = 7 * DAY
FREE, NOWHERE, PERMITTED, ABSENT, SCHOOL = "vrij", "absoluut", "geoorloofd", "relatief", "school"
AT_HOME = (NOWHERE, PERMITTED, ABSENT)


@dataclass
class Days:
    """First and last day, both included; no last day: still so."""

    first: date
    last: date | None = None

    def has(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass
class Child:
    """All that was written down of a child. `schools`: the enrolments with their holiday region, in order; `seen`: back
    at school, with the last day there if it left again; `tells`: whether the end of a report says that it came back."""

    obliged: Days
    region: str
    schools: list[tuple[Days, str]] = field(default_factory=list)
    reports: list[tuple[Days, bool]] = field(default_factory=list)
    seen: list[Days] = field(default_factory=list)
    permitted: list[Days] = field(default_factory=list)
    exempt: list[Days] = field(default_factory=list)
    nowhere: list[Days] = field(default_factory=list)


@dataclass
class Period:
    first: date
    last: date
    kind: str
    clock: date | None = None
    back: date | None = None
    ended: str = ""


REGIONS = {name: SchoolCalendar.for_region(name) for name in ("noord", "midden", "zuid")}


class Walk:
    """One child, up to and including a day."""

    def __init__(self, child: Child, today: date):
        self.child, self.today = child, today
        self.periods: list[Period] = []

    def lessons(self, day: date) -> bool:
        region = self.child.region
        for school, where in self.child.schools:
            if school.first <= day:
                region = where
        return REGIONS[region].is_school_day(day)

    def lesson_week(self, day: date) -> bool:
        first = day - timedelta(days=day.weekday())
        return any(self.lessons(first + n * DAY) for n in range(7))

    def after_lesson_weeks(self, day: date, weeks: int) -> date:
        """The day after so many times seven days of weeks with lessons."""
        left = 7 * weeks
        while left or not self.lesson_week(day):
            left -= self.lesson_week(day)
            day += DAY
        return day

    def whole_week(self, first: date, last: date) -> bool:
        day, until = last + DAY, self.after_lesson_weeks(first, 1)
        while day < until and not self.lessons(day):
            day += DAY
        return day >= until

    def back_between(self, first: date, day: date) -> bool:
        return any(first < seen.first <= day for seen in self.child.seen)

    def absences(self) -> list[Days]:
        found = []
        for days, tells in self.child.reports:
            ends = [days.last] if tells else [d.last for d, told in self.child.reports if told and d.has(days.first)]
            found.append(Days(days.first, max(ends) if ends and None not in ends else None))
        return found + [Days(seen.last + DAY) for seen in self.child.seen if seen.last]

    def enrolled_nowhere(self, day: date) -> bool:
        starts = [school.first for school, _ in self.child.schools]
        gaps = [*self.child.nowhere, *(Days(school.last + DAY) for school, _ in self.child.schools if school.last)]
        return any(gap.has(day) and not any(gap.first <= start <= day for start in starts) for gap in gaps)

    def on_school_day(self, day: date) -> str:
        if self.enrolled_nowhere(day):
            return NOWHERE
        if any(p.has(day) and not self.back_between(p.first, day) for p in self.child.permitted):
            return PERMITTED
        if any(a.has(day) and not self.back_between(a.first, day) for a in self.absences()):
            return ABSENT
        return SCHOOL

    def free(self, day: date) -> str:
        if not self.child.obliged.has(day):
            return "niet leerplichtig"
        return "vrijgesteld" if any(e.has(day) for e in self.child.exempt) else ""

    def run(self, since: date) -> "Walk":
        before, day, was_free = SCHOOL, since, False
        while day <= self.today:
            lessons = self.lessons(day)
            if lessons:
                before = self.on_school_day(day)
            if why := self.free(day):
                self.let_go(day, why)
            elif before in AT_HOME and not (was_free and not lessons):
                self.at_home(day, before, lessons)
            elif not was_free or lessons:
                self.at_school(day)
            was_free = bool(why) or (was_free and not lessons)
            day += DAY
        return self

    @property
    def running(self) -> Period | None:
        return self.periods[-1] if self.periods and not self.periods[-1].ended else None

    def at_home(self, day: date, kind: str, lessons: bool) -> None:
        if not self.running:
            self.periods.append(Period(day, day, kind))
            self.permitted_since, self.gone_until = None, day
        period = self.periods[-1]
        period.kind, period.back, self.gone_until = kind, None, day
        if lessons:
            period.last = day
        if kind != PERMITTED:
            period.clock, self.permitted_since = period.clock or day, None
            return
        self.permitted_since = self.permitted_since or day
        if self.whole_week(self.permitted_since, day):
            period.clock = None

    def at_school(self, day: date) -> None:
        if not (period := self.running):
            return
        self.permitted_since = None
        period.back = period.back or day
        if self.whole_week(period.back, day):
            period.ended = "ingeschreven" if period.kind == NOWHERE else "terug"

    def let_go(self, day: date, why: str) -> None:
        if not (period := self.running):
            return
        period.ended = why
        if self.gone_until == day - DAY:
            period.last = self.gone_until

    def exceeded(self, start: date) -> dict[str, date]:
        """The first day on which each term is passed; six weeks is what the region agreed."""
        month = start.month + 3
        year, month = start.year + (month - 1) // 12, (month - 1) % 12 + 1
        clamped = min(start.day, ((date(year + month // 12, month % 12 + 1, 1)) - DAY).day)
        return {
            "4-weken": self.after_lesson_weeks(start, 4),
            "6-weken": start + 6 * WEEK,
            "3-maanden": date(year, month, clamped),
        }


def told(walk: Walk) -> list[tuple]:
    """As rows: first day, last day, kind, clock, back, why it ended."""
    return [
        (p.first, p.last if p.ended else None, p.kind, p.clock, None if p.ended else p.back, p.ended)
        for p in walk.periods
    ]
