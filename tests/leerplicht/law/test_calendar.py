"""School days, lesson weeks, working days and school years."""

from dataclasses import FrozenInstanceError
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leerplicht.law.calendar import (
    FIRST_KNOWN_DAY,
    LAST_KNOWN_DAY,
    SchoolCalendar,
    add_working_days,
    legal_term_end,
    school_year,
)

D = date.fromisoformat
MIDDEN = SchoolCalendar.for_region("midden")
KNOWN_DAYS = st.dates(FIRST_KNOWN_DAY, LAST_KNOWN_DAY)


@pytest.mark.parametrize(
    ("calendar", "first", "until", "skipped"),
    [
        pytest.param(MIDDEN, "2026-10-05", "2026-11-09", ["2026-10-19 2026-10-25 Herfstvakantie"], id="autumn"),
        pytest.param(MIDDEN, "2026-10-05", "2026-10-18", [], id="until the day before"),
        pytest.param(MIDDEN, "2026-10-21", "2026-10-26", ["2026-10-19 2026-10-25 Herfstvakantie"], id="begins in it"),
        pytest.param(
            MIDDEN, "2026-12-14", "2027-01-11", ["2026-12-21 2027-01-03 Kerstvakantie"], id="two weeks are one stretch"
        ),
        pytest.param(
            SchoolCalendar.for_region("midden", extra_closed={D("2026-11-02") + timedelta(days=n) for n in range(5)}),
            "2026-10-26",
            "2026-11-09",
            ["2026-11-02 2026-11-08 "],
            id="a closing of the school has no name",
        ),
    ],
)
def test_which_weeks_a_count_in_lesson_weeks_passes_over(calendar, first, until, skipped):
    found = calendar.skipped(D(first), D(until))
    assert [f"{s.first_day} {s.last_day} {s.why}" for s in found] == skipped


@given(day=st.dates(D("2020-01-01"), D("2029-01-01")), weeks=st.integers(1, 12))
def test_what_is_passed_over_is_what_the_count_took_longer(day, weeks):
    """From a day in a lesson week: the weeks between are those that count and those that are passed over."""
    if MIDDEN.is_lesson_week(day):
        end = MIDDEN.add_lesson_weeks(day, weeks)
        passed = sum((s.last_day - s.first_day).days + 1 for s in MIDDEN.skipped(day, end))
        assert (end - day).days == 7 * weeks + passed


@pytest.mark.parametrize(
    ("day", "lessons"),
    [
        pytest.param("2026-10-05", True, id="a Monday"),
        pytest.param("2026-10-03", False, id="a Saturday"),
        pytest.param("2026-10-04", False, id="a Sunday"),
        pytest.param("2026-10-19", False, id="herfstvakantie"),
        pytest.param("2026-04-03", True, id="Good Friday 2026 is an ordinary school day"),
        pytest.param("2025-04-18", True, id="Good Friday 2025 is an ordinary school day"),
        pytest.param("2026-04-06", False, id="2e paasdag"),
        pytest.param("2027-05-06", False, id="Hemelvaart"),
        pytest.param("2027-05-07", True, id="the Friday after Hemelvaart: closed by the school itself"),
        pytest.param("2026-05-25", False, id="2e pinksterdag"),
        pytest.param("2027-04-27", False, id="Koningsdag"),
        pytest.param("2025-05-05", False, id="5 May 2025 is free"),
        pytest.param("2026-05-05", True, id="5 May 2026 is a school day"),
        pytest.param("2027-05-05", True, id="5 May 2027 is a school day"),
        pytest.param("2020-05-05", True, id="5 May 2020 is a school day: only 2025 and 2030 are free"),
        pytest.param("2030-05-05", False, id="5 May 2030, a Sunday"),
        pytest.param("2018-01-01", False, id="the first known day"),
        pytest.param("2018-01-08", True, id="the first school day that is known"),
        pytest.param("2030-08-26", True, id="after the last published summer"),
        pytest.param("2030-09-01", False, id="the last known day, a Sunday"),
    ],
)
def test_school_day(day: str, lessons: bool) -> None:
    assert MIDDEN.is_school_day(D(day)) is lessons


@pytest.mark.parametrize(
    ("closed", "opened", "day", "lessons"),
    [
        pytest.param("2026-10-05", None, "2026-10-05", False, id="a study day"),
        pytest.param("2026-10-05", None, "2026-10-06", True, id="the day after it"),
        pytest.param("2026-04-03", None, "2026-04-03", False, id="a school that closes on Good Friday"),
        pytest.param(None, "2026-10-03", "2026-10-03", True, id="an open Saturday"),
        pytest.param(None, "2026-10-19", "2026-10-19", True, id="lessons in the holiday"),
        pytest.param(None, "2027-04-27", "2027-04-27", True, id="lessons on Koningsdag"),
    ],
)
def test_the_days_of_the_school_come_first(closed: str | None, opened: str | None, day: str, lessons: bool) -> None:
    calendar = SchoolCalendar.for_region(
        "midden", extra_closed={D(closed)} if closed else frozenset(), extra_open={D(opened)} if opened else frozenset()
    )
    assert calendar.is_school_day(D(day)) is lessons


@pytest.mark.parametrize(
    ("calendar", "day", "lessons"),
    [
        pytest.param(MIDDEN, "2026-10-11", True, id="a Sunday belongs to the week before it"),
        pytest.param(MIDDEN, "2026-10-18", True, id="Sunday in the holiday, week with lessons"),
        pytest.param(MIDDEN, "2026-10-19", False, id="Monday of the herfstvakantie"),
        pytest.param(MIDDEN, "2026-10-25", False, id="Sunday of the herfstvakantie"),
        pytest.param(MIDDEN, "2027-05-06", True, id="the week of Hemelvaart"),
        pytest.param(
            SchoolCalendar.for_region("midden", extra_open={D("2026-10-24")}),
            "2026-10-19",
            True,
            id="one open Saturday makes a lesson week",
        ),
        pytest.param(
            SchoolCalendar.for_region("midden", extra_closed={D("2027-05-03") + timedelta(days=n) for n in range(5)}),
            "2027-05-06",
            False,
            id="the second May week of a school",
        ),
    ],
)
def test_lesson_week(calendar: SchoolCalendar, day: str, lessons: bool) -> None:
    assert calendar.is_lesson_week(D(day)) is lessons


@pytest.mark.parametrize(
    ("start", "weeks", "end"),
    [
        pytest.param("2026-10-05", 4, "2026-11-09", id="over herfstvakantie"),
        pytest.param("2026-10-07", 4, "2026-11-11", id="from a Wednesday"),
        pytest.param("2026-06-29", 4, "2026-09-07", id="over summer"),
        pytest.param("2026-12-07", 4, "2027-01-18", id="over kerstvakantie"),
        pytest.param("2026-11-30", 4, "2027-01-11", id="three weeks before Christmas, one after"),
        pytest.param("2026-10-12", 1, "2026-10-26", id="the day after the count falls in a holiday"),
        pytest.param("2026-10-21", 1, "2026-11-02", id="from within a holiday"),
        pytest.param("2026-10-24", 1, "2026-11-02", id="from a Saturday in a holiday"),
        pytest.param("2026-10-17", 1, "2026-10-31", id="from a Saturday in a lesson week"),
    ],
)
def test_add_lesson_weeks(start: str, weeks: int, end: str) -> None:
    assert MIDDEN.add_lesson_weeks(D(start), weeks) == D(end)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        pytest.param("2026-11-05", 5, "2026-11-12", id="R5 the worked example"),
        pytest.param("2027-04-22", 5, "2027-04-30", id="R5 Koningsdag stops it, meivakantie does not"),
        pytest.param("2026-12-18", 5, "2026-12-28", id="R5 Christmas day stops it, kerstvakantie does not"),
        pytest.param("2026-10-02", 1, "2026-10-05", id="Friday to Monday"),
        pytest.param("2026-10-03", 1, "2026-10-05", id="from a Saturday"),
        pytest.param("2025-04-17", 1, "2025-04-22", id="Good Friday is no working day"),
        pytest.param("2026-04-02", 1, "2026-04-07", id="Good Friday and 2e paasdag"),
        pytest.param("2025-05-02", 1, "2025-05-06", id="5 May 2025 is no working day"),
        pytest.param("2026-05-04", 1, "2026-05-06", id="5 May 2026 is no working day either"),
        pytest.param("2028-05-04", 1, "2028-05-08", id="5 May 2028, a Friday"),
        pytest.param("2027-04-29", 5, "2027-05-10", id="5 May and Hemelvaart"),
        pytest.param("2026-12-31", 1, "2027-01-04", id="New Year"),
        pytest.param("2041-05-02", 1, "2041-05-03", id="needs no school holidays"),
        pytest.param("1966-01-03", 1, "1966-01-04", id="in the first year of the Algemene termijnenwet"),
        pytest.param("2100-12-30", 1, "2100-12-31", id="in the last year of which the days are known"),
    ],
)
def test_add_working_days(start: str, n: int, end: str) -> None:
    assert add_working_days(D(start), n) == D(end)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        pytest.param("2026-07-31", 2025, id="R3 31 July"),
        pytest.param("2026-08-01", 2026, id="R3 1 August"),
        pytest.param("2027-01-01", 2026, id="1 January"),
        pytest.param("2026-12-31", 2026, id="31 December"),
    ],
)
def test_school_year(day: str, year: int) -> None:
    assert school_year(D(day)) == year


MONDAY = date(2026, 10, 5)
MOMENT = datetime(2026, 10, 5, 8, 30)
FIRST, LAST = FIRST_KNOWN_DAY - timedelta(days=1), LAST_KNOWN_DAY + timedelta(days=1)
for_region = SchoolCalendar.for_region


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        pytest.param(lambda: for_region("Midden"), "noord, midden of zuid", id="a capital in the region"),
        pytest.param(lambda: for_region("west"), "noord, midden of zuid", id="a region that is not there"),
        pytest.param(lambda: for_region(None), "noord, midden of zuid", id="no region"),  # type: ignore[arg-type]
        pytest.param(lambda: SchoolCalendar("west"), "noord, midden of zuid", id="without for_region"),
        pytest.param(
            lambda: for_region("zuid", extra_closed={MONDAY}, extra_open={MONDAY}), "tegelijk", id="open and closed"
        ),
        pytest.param(lambda: for_region("zuid", extra_closed={MOMENT}), "zonder tijd", id="a moment as closed day"),
        pytest.param(lambda: for_region("zuid", extra_open={"2026-10-05"}), "zonder tijd", id="text as open day"),  # type: ignore[arg-type]
        pytest.param(lambda: MIDDEN.is_school_day(FIRST), "alleen bekend van", id="a day before 2018"),
        pytest.param(lambda: MIDDEN.is_school_day(LAST), "alleen bekend van", id="a day beyond the published years"),
        pytest.param(lambda: MIDDEN.is_school_day(date(2030, 10, 21)), "alleen bekend van", id="autumn 2030"),
        pytest.param(lambda: MIDDEN.is_school_day(date(2031, 1, 1)), "alleen bekend van", id="2031"),
        pytest.param(lambda: MIDDEN.is_lesson_week(FIRST), "alleen bekend van", id="a week before 2018"),
        pytest.param(lambda: MIDDEN.is_lesson_week(LAST), "alleen bekend van", id="a week beyond the published years"),
        pytest.param(
            lambda: for_region("zuid", extra_open={FIRST}).is_school_day(FIRST),
            "alleen bekend van",
            id="an extra day does not make an unknown day known",
        ),
        pytest.param(lambda: MIDDEN.add_lesson_weeks(date(2030, 8, 26), 1), "alleen bekend van", id="count runs out"),
        pytest.param(lambda: MIDDEN.is_school_day(MOMENT), "zonder tijd", id="a moment as school day"),
        pytest.param(lambda: MIDDEN.is_lesson_week(MOMENT), "zonder tijd", id="a moment as week"),
        pytest.param(lambda: MIDDEN.is_lesson_week(date.min), "alleen bekend van", id="the first week there is"),
        pytest.param(lambda: MIDDEN.is_lesson_week(date.max), "alleen bekend van", id="the last week there is"),
        pytest.param(lambda: MIDDEN.add_lesson_weeks(MOMENT, 1), "zonder tijd", id="a moment as start"),
        pytest.param(lambda: MIDDEN.add_lesson_weeks(MONDAY, 0), "1 of meer", id="no lesson weeks"),
        pytest.param(lambda: MIDDEN.add_lesson_weeks(MONDAY, -4), "1 of meer", id="lesson weeks below 0"),
        pytest.param(lambda: MIDDEN.add_lesson_weeks(MONDAY, 1.0), "heel getal", id="a broken count of weeks"),  # type: ignore[arg-type]
        pytest.param(lambda: add_working_days(MONDAY, 0), "1 of meer", id="no working days"),
        pytest.param(lambda: add_working_days(MONDAY, -5), "1 of meer", id="working days below 0"),
        pytest.param(lambda: add_working_days(MONDAY, 2.5), "heel getal", id="half working days"),  # type: ignore[arg-type]
        pytest.param(lambda: add_working_days(MOMENT, 5), "zonder tijd", id="a moment as start of working days"),
        pytest.param(lambda: add_working_days(date(1965, 1, 4), 1), "1966", id="before the Algemene termijnenwet"),
        pytest.param(lambda: add_working_days(date(2100, 12, 31), 1), "2100", id="after the known public holidays"),
        pytest.param(lambda: add_working_days(date.max, 1), "kalender", id="after the last day there is"),
        pytest.param(lambda: school_year(MOMENT), "zonder tijd", id="a moment as day of a school year"),
    ],
)
def test_refused(call, sentence: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=sentence):
        call()


def test_a_calendar_is_a_value_that_can_be_cached() -> None:
    one, same = (SchoolCalendar.for_region("zuid", extra_closed={MONDAY}) for _ in range(2))
    other = SchoolCalendar.for_region("zuid", extra_open={MONDAY})
    assert len({one, same, other, SchoolCalendar.for_region("noord", extra_closed={MONDAY})}) == 3
    with pytest.raises(FrozenInstanceError):
        one.region = "noord"  # type: ignore[misc]


def slow_lesson_weeks(day: date, weeks: int) -> date:
    """Day by day, as the rule is written."""
    left = 7 * weeks
    while True:
        if MIDDEN.is_lesson_week(day):
            if left == 0:
                return day
            left -= 1
        day += timedelta(days=1)


@settings(deadline=None)
@given(st.dates(date(2018, 1, 1), date(2029, 1, 1)), st.integers(1, 30))
def test_add_lesson_weeks_counts_as_the_rule_is_written(day: date, weeks: int) -> None:
    assert MIDDEN.add_lesson_weeks(day, weeks) == slow_lesson_weeks(day, weeks)


@settings(deadline=None)
@given(KNOWN_DAYS)
def test_a_week_has_lessons_when_one_of_its_days_has(day: date) -> None:
    monday = date.fromisocalendar(*day.isocalendar()[:2], 1)
    assert MIDDEN.is_lesson_week(day) == any(MIDDEN.is_school_day(monday + timedelta(days=n)) for n in range(7))


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 40), st.integers(1, 40))
def test_working_days_can_be_added_in_two_steps(day: date, one: int, other: int) -> None:
    assert add_working_days(add_working_days(day, one), other) == add_working_days(day, one + other)


@settings(deadline=None)
@given(st.dates(date(2014, 1, 1), date(2090, 1, 1)), st.integers(1, 40))
def test_a_working_day_is_a_weekday_after_the_start_and_never_5_may(day: date, n: int) -> None:
    end = add_working_days(day, n)
    assert end > day
    assert end.weekday() < 5
    assert (end.month, end.day) not in {(1, 1), (5, 5), (12, 25), (12, 26)}


@pytest.mark.parametrize(
    ("day", "end"),
    [
        pytest.param("2026-11-27", "2026-11-27", id="a Friday: that day itself"),
        pytest.param("2026-11-28", "2026-11-30", id="a Saturday: Monday"),
        pytest.param("2026-11-29", "2026-11-30", id="a Sunday: Monday"),
        pytest.param("2026-12-25", "2026-12-28", id="A1 both days of Christmas and a Sunday"),
        pytest.param("2027-01-01", "2027-01-04", id="New Year's day on a Friday"),
        pytest.param("2026-04-03", "2026-04-07", id="Good Friday, Easter and the Monday after it"),
        pytest.param("2026-04-27", "2026-04-28", id="Koningsdag"),
        pytest.param("2026-05-05", "2026-05-06", id="5 May in any year"),
        pytest.param("2026-05-14", "2026-05-15", id="Hemelvaart: the Friday after it is a working day"),
        pytest.param("2026-05-23", "2026-05-26", id="the Saturday before Pentecost"),
        pytest.param("2026-10-19", "2026-10-19", id="a school holiday stops no term of law"),
    ],
)
def test_a_term_of_law_never_ends_on_a_free_day(day: str, end: str) -> None:
    assert legal_term_end(D(day)) == D(end)


@given(st.dates(date(1966, 1, 1), date(2100, 12, 1)))
def test_a_term_of_law_ends_on_a_working_day_and_no_earlier(day: date) -> None:
    end = legal_term_end(day)
    assert day <= end <= day + timedelta(days=5) and legal_term_end(end) == end
    assert add_working_days(day - timedelta(days=1), 1) == end, "the same free days as for working days"


@pytest.mark.parametrize("day", [datetime(2026, 12, 25, 10), date(1965, 12, 31), date(2101, 1, 1)])
def test_a_term_of_law_is_a_day_of_years_that_are_known(day: date) -> None:
    with pytest.raises(ValueError):
        legal_term_end(day)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        pytest.param("2026-11-10", "2026-11-25", 12, id="F6.10 twelve days of leave"),
        pytest.param("2026-11-10", "2027-07-31", 156, id="F6.10 until the end of the school year"),
        pytest.param("2026-11-20", "2026-11-23", 2, id="over a weekend"),
        pytest.param("2026-10-16", "2026-10-26", 2, id="over the herfstvakantie"),
        pytest.param("2026-10-19", "2026-10-23", 0, id="within the holiday"),
        pytest.param("2026-11-20", "2026-11-20", 1, id="one day"),
    ],
)
def test_school_days_between(first: str, last: str, days: int) -> None:
    assert MIDDEN.school_days(D(first), D(last)) == days


@pytest.mark.parametrize(("first", "last"), [("2026-11-21", "2026-11-20"), ("2030-08-30", "2030-09-02")])
def test_school_days_of_days_that_cannot_be(first: str, last: str) -> None:
    with pytest.raises(ValueError):
        MIDDEN.school_days(D(first), D(last))
