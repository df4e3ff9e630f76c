"""Home periods on random facts, beside a naive reading of the rules that walks through the days one by one."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from leerplicht.law.home import EndedBy, Fact, Facts, Kind, home_periods
from tests.leerplicht.law.home_facts import MIDDEN, D

DAY = timedelta(days=1)
FIRST, SPAN = D("2026-06-01"), 150  # over the summer and the autumn holiday
ABSENT, NOWHERE, PERMITTED, AT_SCHOOL = "relatief", "absoluut", "geoorloofd", "school"


@dataclass
class Period:
    first: date
    last_home: date
    kind: str
    clock: date | None = None
    back: date | None = None
    ended: EndedBy | None = None
    permitted_since: date | None = None
    gone_until: date | None = None

    def told(self):
        last = self.last_home if self.ended else None
        return self.first, last, self.kind, self.clock, None if self.ended else self.back, self.ended


def covers(fact: Fact, day: date) -> bool:
    return fact.first_day <= day and (fact.last_day is None or day <= fact.last_day)


def seen_back(fact: Fact, day: date, back: list[date]) -> bool:
    return any(fact.first_day < seen <= day for seen in back)


def missing(facts: Facts, day: date) -> str:
    """What a school day is for a child that has to be at school."""
    if any(covers(f, day) for f in facts.unenrolled):
        return NOWHERE
    if any(covers(f, day) and not seen_back(f, day, facts.back) for f in facts.permitted):
        return PERMITTED
    if any(covers(f, day) and not seen_back(f, day, facts.back) for f in facts.absent):
        return ABSENT
    return AT_SCHOOL


def conditions(facts: Facts, today: date):
    """Each day with its condition. A day off is as the school day before it; an exemption, or not being obliged, lasts
    until there are lessons to miss."""
    before: str | EndedBy = AT_SCHOOL
    last_school_day = AT_SCHOOL
    day = FIRST - 10 * DAY
    while day <= today:
        if MIDDEN.is_school_day(day):
            last_school_day = missing(facts, day)
        now: str | EndedBy = last_school_day
        if not any(covers(f, day) for f in facts.obliged):
            now = EndedBy.NO_OBLIGATION
        elif any(covers(f, day) for f in facts.exempt):
            now = EndedBy.EXEMPTION
        elif now != AT_SCHOOL and isinstance(before, EndedBy) and not MIDDEN.is_school_day(day):
            now = before
        yield day, now
        before = now
        day += DAY


def whole_lesson_week(first: date, last: date) -> bool:
    """Whether no lesson is left of the week that began on `first`."""
    until = MIDDEN.add_lesson_weeks(first, 1)
    left = (last + n * DAY for n in range(1, (until - last).days))
    return not any(MIDDEN.is_school_day(day) for day in left)


def at_home(period: Period, day: date, kind: str) -> None:
    period.back, period.kind, period.gone_until = None, kind, day
    if MIDDEN.is_school_day(day):
        period.last_home = day
    if kind != PERMITTED:
        period.clock = period.clock or day
        period.permitted_since = None
        return
    period.permitted_since = period.permitted_since or day
    if whole_lesson_week(period.permitted_since, day):
        period.clock = None


def at_school(period: Period, day: date) -> None:
    period.permitted_since = None
    period.back = period.back or day
    if whole_lesson_week(period.back, day):
        period.ended = EndedBy.ENROLMENT if period.kind == NOWHERE else EndedBy.RETURN


def no_longer_asked(period: Period, day: date, why: EndedBy) -> None:
    """Exempt or not obliged: days off just before it still belonged to the absence."""
    period.ended = why
    if period.gone_until == day - DAY:
        period.last_home = period.gone_until


def oracle(facts: Facts, today: date) -> list[tuple]:
    periods: list[Period] = []
    for day, now in conditions(facts, today):
        running = periods[-1] if periods and not periods[-1].ended else None
        if now in (ABSENT, NOWHERE, PERMITTED):
            if not running:
                running = Period(day, day, str(now))
                periods.append(running)
            at_home(running, day, str(now))
        elif running and isinstance(now, EndedBy):
            no_longer_asked(running, day, now)
        elif running:
            at_school(running, day)
    return [p.told() for p in periods]


def computed(facts: Facts, today: date) -> list[tuple]:
    return [
        (p.first_day, p.last_day, p.kind.value, p.clock_start, p.back_since, p.ended_by)
        for p in home_periods(facts, MIDDEN, today)
    ]


dates = st.integers(0, SPAN).map(lambda n: FIRST + n * DAY)


def fact_of(first: date, length: int | None) -> Fact:
    return Fact(first, None if length is None else first + length * DAY, f"sinds {first}")


random_facts = st.builds(fact_of, dates, st.one_of(st.none(), st.integers(0, 12), st.integers(0, 60)))
a_few = st.lists(random_facts, max_size=3)
all_facts = st.builds(
    Facts,
    obliged=st.one_of(st.just([Fact(FIRST, None, "")]), st.lists(random_facts, min_size=1, max_size=2)),
    absent=a_few,
    unenrolled=st.lists(random_facts, max_size=2),
    permitted=a_few,
    exempt=st.lists(random_facts, max_size=1),
    back=st.lists(dates, max_size=3),
)


def rows(*facts: tuple[str, str]) -> list[Fact]:
    return [Fact(D(first), D(last) if last else None, "") for first, last in facts]


def test_the_naive_reading_knows_the_worked_examples():
    obliged = [Fact(FIRST, None, "")]
    r7 = Facts(obliged, absent=rows(("2026-09-07", "")), permitted=rows(("2026-09-07", "2026-10-02")))
    expected = (D("2026-09-07"), None, "relatief", D("2026-10-05"), None, None)
    assert oracle(r7, D("2026-10-20")) == [expected]
    r12 = Facts(obliged, unenrolled=rows(("2026-09-14", "2026-09-23")))
    expected = (D("2026-09-14"), D("2026-09-23"), "absoluut", D("2026-09-14"), None, EndedBy.ENROLMENT)
    assert oracle(r12, D("2026-10-20")) == [expected]


@settings(max_examples=400, deadline=None)
@given(all_facts, dates)
def test_home_periods_are_those_of_the_naive_reading(facts, today):
    assert computed(facts, today) == oracle(facts, today)


@settings(max_examples=150, deadline=None)
@given(all_facts, dates)
def test_periods_never_overlap_and_spans_lie_in_their_period(facts, today):
    end = FIRST - 10 * DAY
    for period in home_periods(facts, MIDDEN, today):
        assert period.first_day > end
        assert (period.last_day is None) == (period.ended_by is None)
        for span in period.spans:
            assert span.first_day > end or span.first_day == period.first_day
            end = span.last_day or today
            assert span.first_day <= end <= (period.last_day or today)


@settings(max_examples=150, deadline=None)
@given(all_facts, dates, st.integers(1, 40))
def test_later_days_never_move_a_start_nor_an_end_that_was_reached(facts, today, more):
    now = home_periods(facts, MIDDEN, today)
    later = home_periods(facts, MIDDEN, today + more * DAY)
    assert [p.first_day for p in now] == [p.first_day for p in later[: len(now)]]
    for before, after in zip(now, later, strict=False):
        if before.last_day:
            assert (before.last_day, before.spans) == (after.last_day, after.spans)


def test_the_kinds_have_the_words_of_the_naive_reading():
    assert {k.value for k in Kind} == {ABSENT, NOWHERE, PERMITTED}
