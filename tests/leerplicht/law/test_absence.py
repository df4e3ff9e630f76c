"""Sixteen hours in four lesson weeks: Leerplichtwet art. 21 and 21a."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leerplicht.law.absence import HoursFreed, LimitReached, MissedHours, authorise_under_six, limits_reached
from leerplicht.law.calendar import SchoolCalendar

D = date.fromisoformat
NOORD, MIDDEN, ZUID = (SchoolCalendar.for_region(region) for region in ("noord", "midden", "zuid"))

Rows = list[MissedHours]


def missed(text: str) -> Rows:
    """ "2026-10-05=5 2026-10-06=3x": day and hours, x for authorised."""
    parts = (part.split("=") for part in text.split())
    return [MissedHours(D(day), Decimal(hours.rstrip("x")), hours.endswith("x")) for day, hours in parts]


def limit(first_day: str, last_day: str, hours: str, report_by: str) -> LimitReached:
    return LimitReached(D(first_day), D(last_day), Decimal(hours), D(report_by))


WORKED = limit("2026-10-05", "2026-11-05", "16", "2026-11-12")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param("", [], id="nothing missed"),
        pytest.param(
            "2026-10-05=5 2026-10-14=4 2026-10-27=4 2026-11-05=3",
            [WORKED],
            id="R5 weeks 41, 42, 44, 45: the holiday skips",
        ),
        pytest.param("2026-10-05=2 2026-10-14=4 2026-10-27=4 2026-11-05=3", [], id="R5 two hours on 5 October"),
        pytest.param("2026-10-05=4 2026-10-14=4 2026-10-27=4 2026-11-05=3", [], id="R5 fifteen hours"),
        pytest.param(
            "2026-10-05=4.99 2026-10-14=4 2026-10-27=4 2026-11-05=3", [], id="a hundredth of an hour below sixteen"
        ),
        pytest.param(
            "2026-11-05=3 2026-10-14=4 2026-10-05=5 2026-10-27=4", [WORKED], id="the same rows in another order"
        ),
        pytest.param(
            "2026-10-05=2 2026-10-05=3 2026-10-14=4 2026-10-27=4 2026-11-05=1 2026-11-05=2",
            [WORKED],
            id="several rows on one day add up",
        ),
        pytest.param(
            "2026-09-01=5 2026-09-02=5 2026-09-03=5 2026-09-28=1", [], id="R5 fifteen in week 36, one in week 40"
        ),
        pytest.param(
            "2026-09-01=5 2026-09-02=5 2026-09-03=5 2026-09-25=1",
            [limit("2026-09-01", "2026-09-25", "16", "2026-10-02")],
            id="fifteen in week 36, one in week 39",
        ),
        pytest.param("2026-10-05=8 2026-10-06=8x", [], id="R5 authorised hours never add"),
        pytest.param(
            "2026-10-05=8x 2026-10-06=8 2026-10-07=8",
            [limit("2026-10-06", "2026-10-07", "16", "2026-10-14")],
            id="an authorised day is not the first day",
        ),
        pytest.param(
            "2026-10-05=8 2026-10-06=8 2026-10-20=8x",
            [limit("2026-10-05", "2026-10-06", "16", "2026-10-13")],
            id="authorised hours on a day without lessons do no harm",
        ),
        pytest.param(
            "2026-11-02=6 2026-11-03=6 2026-11-04=6 2026-11-05=6 2026-11-06=6 2026-11-09=6"
            " 2026-11-10=6 2026-11-11=6 2026-11-12=6",
            [
                limit("2026-11-02", "2026-11-04", "18", "2026-11-11"),
                limit("2026-11-05", "2026-11-09", "18", "2026-11-16"),
                limit("2026-11-10", "2026-11-12", "18", "2026-11-19"),
            ],
            id="R6 six hours a day: restarts, two hours are not carried over",
        ),
        pytest.param(
            "2026-08-31=5 2026-09-28=8 2026-09-29=8",
            [limit("2026-09-28", "2026-09-29", "16", "2026-10-06")],
            id="first_day lies inside the window",
        ),
        pytest.param(
            "2026-11-02=16 2026-11-02=16 2026-11-03=1",
            [limit("2026-11-02", "2026-11-02", "32", "2026-11-09")],
            id="a day is counted whole: one limit, and a restart the day after",
        ),
        pytest.param(
            "2026-07-16=8 2026-08-31=8",
            [limit("2026-07-16", "2026-08-31", "16", "2026-09-07")],
            id="the summer is skipped",
        ),
        pytest.param(
            "2027-04-21=8 2027-04-22=8",
            [limit("2027-04-21", "2027-04-22", "16", "2027-04-30")],
            id="R5 report over Koningsdag and meivakantie",
        ),
        pytest.param(
            "2026-12-17=8 2026-12-18=8",
            [limit("2026-12-17", "2026-12-18", "16", "2026-12-28")],
            id="R5 report over Christmas",
        ),
        pytest.param(
            "2018-01-08=8 2018-01-09=8",
            [limit("2018-01-08", "2018-01-09", "16", "2018-01-16")],
            id="in the first week that is known",
        ),
        pytest.param(
            "2030-08-26=8 2030-08-30=8",
            [limit("2030-08-26", "2030-08-30", "16", "2030-09-06")],
            id="in the last week that is known",
        ),
    ],
)
def test_limits_in_midden(rows: str, expected: list[LimitReached]) -> None:
    assert limits_reached(missed(rows), MIDDEN) == expected


def test_the_calendar_of_the_school_makes_the_window() -> None:
    rows = missed("2027-04-12=8 2027-05-24=8")
    may_week = frozenset(D("2027-05-03") + timedelta(days=n) for n in range(5))
    another = frozenset(D("2027-05-10") + timedelta(days=n) for n in range(5))
    assert limits_reached(rows, MIDDEN) == []
    school = SchoolCalendar.for_region("midden", extra_closed=may_week | another)
    assert limits_reached(rows, school) == [limit("2027-04-12", "2027-05-24", "16", "2027-05-31")]


def test_noord_has_herfstvakantie_on_14_october() -> None:
    rows = missed("2026-10-05=5 2026-10-14=4 2026-10-27=4 2026-11-05=3")
    with pytest.raises(ValueError, match="14-10-2026"):
        limits_reached(rows, NOORD)
    assert limits_reached([row for row in rows if row.day != D("2026-10-14")], NOORD) == []


@pytest.mark.parametrize(
    ("rows", "calendar", "sentence"),
    [
        pytest.param("2026-10-20=1", MIDDEN, "geen les", id="in a holiday"),
        pytest.param("2026-10-04=1", MIDDEN, "geen les", id="on a Sunday"),
        pytest.param("2027-08-20=1", ZUID, "geen les", id="R2 Zuid in August 2027"),
        pytest.param(
            "2026-10-05=1", SchoolCalendar.for_region("zuid", extra_closed={D("2026-10-05")}), "geen les", id="study"
        ),
        pytest.param("2017-12-20=1", MIDDEN, "alleen bekend van", id="before 2018"),
        pytest.param("2030-10-01=1", MIDDEN, "alleen bekend van", id="beyond the published years"),
    ],
)
def test_no_unauthorised_hours_without_lessons(rows: str, calendar: SchoolCalendar, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        limits_reached(missed(rows), calendar)


@pytest.mark.parametrize(
    "hours",
    [
        pytest.param(Decimal("NaN"), id="not a number"),
        pytest.param(Decimal("sNaN"), id="signalling not a number"),
        pytest.param(Decimal("Infinity"), id="without end"),
        pytest.param(Decimal("-Infinity"), id="without begin"),
        pytest.param(Decimal(0), id="zero"),
        pytest.param(Decimal(-1), id="below zero"),
        pytest.param(Decimal("24.01"), id="above 24"),
        pytest.param(25, id="a whole number above 24"),
        pytest.param(1.5, id="a float"),
        pytest.param(float("nan"), id="a float that is no number"),
        pytest.param("5", id="text"),
        pytest.param(True, id="yes is no number of hours"),
        pytest.param(None, id="no hours"),
    ],
)
@pytest.mark.parametrize("authorised", [False, True], ids=["unauthorised", "authorised"])
def test_hours_that_cannot_be(hours: Decimal, authorised: bool) -> None:
    with pytest.raises(ValueError, match=r"meer dan 0 zijn en niet meer dan 24"):
        MissedHours(date(2026, 10, 5), hours, authorised)


def test_hours_that_can_be() -> None:
    assert MissedHours(date(2026, 10, 5), Decimal(24)).hours == 24
    assert MissedHours(date(2026, 10, 5), Decimal("0.25")).hours == Decimal("0.25")
    assert repr(MissedHours(date(2026, 10, 5), 5).hours) == "Decimal('5')"  # type: ignore[arg-type]


def test_a_moment_is_no_day_of_absence() -> None:
    with pytest.raises(ValueError, match="zonder tijd"):
        MissedHours(datetime(2026, 10, 5, 8, 30), Decimal(1))


# From here on: properties over a year and a half of possible rows.

SPAN = [date(2026, 5, 1) + timedelta(days=n) for n in range(550)]
SCHOOL_DAYS = [day for day in SPAN if MIDDEN.is_school_day(day)]
HOURS = st.integers(1, 32).map(lambda quarters: Decimal(quarters) / 4)
ROW = st.builds(MissedHours, st.sampled_from(SCHOOL_DAYS), HOURS, st.sampled_from([False, False, False, True]))
NEAR = st.integers(0, len(SCHOOL_DAYS) - 60).flatmap(
    lambda start: st.lists(
        st.builds(MissedHours, st.sampled_from(SCHOOL_DAYS[start : start + 60]), HOURS, st.just(False)), max_size=30
    )
)
ROWS = st.lists(ROW, max_size=60) | NEAR


def four_lesson_weeks(day: date) -> set[date]:
    """Every day of the lesson week of `day` and of the three lesson weeks before it, found by walking back."""
    found: set[date] = set()
    monday = day - timedelta(days=day.weekday())
    while len(found) < 4 * 7:
        week = [monday + timedelta(days=n) for n in range(7)]
        if any(MIDDEN.is_school_day(one) for one in week):
            found.update(week)
        monday -= timedelta(days=7)
    return found


def naive(rows: Rows) -> list[tuple[date, date, Decimal]]:
    """Every day of the span, everything looked up anew."""
    reached: list[tuple[date, date, Decimal]] = []
    restart = date.min
    for today in SCHOOL_DAYS:
        window = four_lesson_weeks(today)
        counted = [r for r in rows if not r.authorised and restart <= r.day <= today and r.day in window]
        total = sum((r.hours for r in counted), Decimal(0))
        if total >= 16:
            reached.append((min(r.day for r in counted), today, total))
            restart = today + timedelta(days=1)
    return reached


@settings(deadline=None, max_examples=150)
@given(ROWS)
def test_a_slow_reading_of_the_rule_finds_the_same(rows: Rows) -> None:
    found = limits_reached(rows, MIDDEN)
    assert [(one.first_day, one.last_day, one.hours) for one in found] == naive(rows)


@settings(deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows: Rows, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert limits_reached(shuffled, MIDDEN) == limits_reached(rows, MIDDEN)


@settings(deadline=None)
@given(ROWS)
def test_windows_never_overlap_and_hold_sixteen_hours(rows: Rows) -> None:
    found = limits_reached(rows, MIDDEN)
    for one in found:
        assert one.first_day <= one.last_day < one.report_by
        assert one.hours >= 16
    for one, following in pairwise(found):
        assert one.last_day < following.first_day
    assert sum(one.hours for one in found) <= sum(row.hours for row in rows if not row.authorised)


@settings(deadline=None)
@given(ROWS, ROW)
def test_authorised_hours_change_nothing(rows: Rows, extra: MissedHours) -> None:
    excused = MissedHours(extra.day, extra.hours, authorised=True)
    assert limits_reached([*rows, excused], MIDDEN) == limits_reached(rows, MIDDEN)


FREED = HoursFreed(D("2026-09-01"), None, 5)


@pytest.mark.parametrize(
    ("missed", "freed", "expected"),
    [
        pytest.param({"2026-10-09": 5}, [], {"2026-10-09": (0, 5)}, id="nothing was told to the head"),
        pytest.param({"2026-10-09": 5}, [FREED], {"2026-10-09": (5, 0)}, id="five hours a week"),
        pytest.param({"2026-10-09": 7}, [FREED], {"2026-10-09": (5, 2)}, id="the rest counts"),
        pytest.param(
            {"2026-10-07": 3, "2026-10-09": 5},
            [FREED],
            {"2026-10-07": (3, 0), "2026-10-09": (2, 3)},
            id="two days of one week",
        ),
        pytest.param(
            {"2026-10-09": 5, "2026-10-12": 5},
            [FREED],
            {"2026-10-09": (5, 0), "2026-10-12": (5, 0)},
            id="each week anew",
        ),
        pytest.param(
            {"2026-10-09": 12}, [replace(FREED, hours_a_week=10)], {"2026-10-09": (10, 2)}, id="ten with the head"
        ),
        pytest.param({"2026-08-31": 5}, [FREED], {"2026-08-31": (0, 5)}, id="before it was told"),
        pytest.param(
            {"2026-10-09": 5}, [replace(FREED, last_day=D("2026-10-08"))], {"2026-10-09": (0, 5)}, id="it ended"
        ),
        pytest.param({"2026-12-04": 5}, [FREED], {"2026-12-04": (5, 0)}, id="the day before the sixth birthday"),
        pytest.param({"2026-12-07": 5}, [FREED], {"2026-12-07": (0, 5)}, id="six years old"),
    ],
)
def test_hours_of_a_child_under_six_are_authorised_up_to_the_legal_number(missed, freed, expected):
    """Art. 11a; born on 5 December 2020."""
    rows = authorise_under_six([MissedHours(D(day), n) for day, n in missed.items()], D("2020-12-05"), freed)
    told = {day: [0, 0] for day in missed}
    for row in rows:
        told[str(row.day)][0 if row.authorised else 1] += row.hours
    assert {day: tuple(pair) for day, pair in told.items()} == expected


def test_four_fridays_of_five_hours_are_no_sixteen_hours_under_six():
    fridays = [MissedHours(D(f"2026-{day}"), 5) for day in ("10-02", "10-09", "10-16", "10-30")]
    assert len(limits_reached(fridays, MIDDEN)) == 1
    assert limits_reached(authorise_under_six(fridays, D("2021-01-05"), [FREED]), MIDDEN) == []


@pytest.mark.parametrize("hours", [0, 11, 5.0, True])
def test_the_law_frees_one_to_ten_whole_hours(hours):
    with pytest.raises(ValueError, match="11a"):
        HoursFreed(D("2026-09-01"), None, hours)
