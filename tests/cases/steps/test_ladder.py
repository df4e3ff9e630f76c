"""When a step begins and ends: the default ladder of domain 4.7 as a table, holidays, and what a pause does."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.steps.ladder import DEFAULT, Count, Interval, Span, dates_of, later, out_of_order, overlap
from leerplicht.law.calendar import SchoolCalendar

D = date.fromisoformat
MIDDEN = SchoolCalendar.for_region("midden")
# At home since Monday 5 October 2026; the autumn holiday of Midden is 17 to 25 October, Christmas from 19 December.
EXPECTED = [
    (0, "2026-10-05", "2026-10-08"),  # 3 school days
    (1, "2026-10-08", "2026-10-15"),  # 1 week
    (2, "2026-10-12", "2026-10-19"),  # 5 working days: a school holiday does not hold these up
    (3, "2026-10-19", "2026-11-06"),  # 10 school days: the holiday week does not count
    (4, "2026-11-09", "2026-11-23"),  # after 4 lesson weeks
    (5, "2026-11-16", "2026-11-30"),  # after 6 weeks
    (6, "2026-11-30", "2026-12-14"),  # 10 working days
    (7, "2027-01-05", None),  # after 3 months
]


@pytest.mark.parametrize(("position", "planned", "due"), EXPECTED)
def test_the_default_ladder_from_the_first_day_at_home(position, planned, due):
    found = dates_of(DEFAULT[position], D("2026-10-05"), MIDDEN)
    assert (found.planned_on, found.due_on) == (D(planned), D(due) if due else None)


@pytest.mark.parametrize(
    ("day", "span", "expected"),
    [
        ("2026-10-16", Span(1, Count.SCHOOL_DAYS), "2026-10-26"),  # the Friday before the holiday
        ("2026-10-16", Span(1, Count.WORKING_DAYS), "2026-10-19"),
        ("2026-10-16", Span(2, Count.WEEKS), "2026-10-30"),  # calendar weeks run through a holiday
        ("2026-10-16", Span(0, Count.SCHOOL_DAYS), "2026-10-16"),
        ("2026-11-30", Span(3, Count.MONTHS), "2027-02-28"),
        ("2026-06-29", Span(4, Count.LESSON_WEEKS), "2026-09-07"),  # the summer does not count
        ("2026-12-31", Span(1, Count.WORKING_DAYS), "2027-01-04"),  # New Year's Day and a weekend
    ],
)
def test_terms_in_each_unit(day, span, expected):
    assert later(D(day), span, MIDDEN) == D(expected)


@pytest.mark.parametrize(
    ("span", "words", "about"),
    [
        (Span(1, Count.WEEKS), "1 week", 7),
        (Span(2, Count.WEEKS), "2 weken", 14),
        (Span(0, Count.DAYS), "0 dagen", 0),
        (Span(1, Count.SCHOOL_DAYS), "1 schooldag", 1.4),
        (Span(10, Count.SCHOOL_DAYS), "10 schooldagen", 14),
        (Span(10, Count.WORKING_DAYS), "10 werkdagen", 14),
        (Span(4, Count.LESSON_WEEKS), "4 lesweken", 28),
        (Span(3, Count.MONTHS), "3 maanden", 90),
    ],
)
def test_how_a_term_is_spoken_and_about_how_long_it_is(span, words, about):
    assert (str(span), span.about_days) == (words, about)


def test_a_step_that_begins_before_the_one_above_it_is_told():
    assert out_of_order(DEFAULT) == []
    first, second, third = DEFAULT[5], DEFAULT[4], DEFAULT[7]
    assert out_of_order([first, second, third]) == [(first, second)]
    assert out_of_order([first, first]) == [], "at the same time is in order"


PAUSE = [Interval(D("2026-11-02"), D("2026-11-06"))]


@pytest.mark.parametrize(
    ("day", "span", "expected"),
    [
        ("2026-10-30", Span(1, Count.SCHOOL_DAYS), "2026-11-09"),  # all days of the pause are passed over
        ("2026-10-30", Span(1, Count.WORKING_DAYS), "2026-11-09"),
        ("2026-10-30", Span(1, Count.WEEKS), "2026-11-11"),  # Monday to Friday of the pause fall in it: five days
        ("2026-10-26", Span(1, Count.WEEKS), "2026-11-02"),  # ends as the pause begins
        ("2026-11-04", Span(1, Count.WEEKS), "2026-11-14"),  # begins in the pause: three days of it are left
        ("2026-11-10", Span(1, Count.WEEKS), "2026-11-17"),  # after the pause
    ],
)
def test_what_a_pause_does(day, span, expected):
    assert later(D(day), span, MIDDEN, PAUSE) == D(expected)


@pytest.mark.parametrize(
    ("position", "planned", "due"),
    [
        (2, "2026-10-12", "2026-10-19"),  # done before the pause
        (3, "2026-10-19", "2026-11-13"),  # begins before it, and five of its ten school days are held up
        (4, "2026-11-14", "2026-11-28"),  # begins five days later
        (7, "2027-01-10", None),
    ],
)
def test_a_pause_moves_begin_and_end_of_a_step(position, planned, due):
    found = dates_of(DEFAULT[position], D("2026-10-05"), MIDDEN, PAUSE)
    assert (found.planned_on, found.due_on) == (D(planned), D(due) if due else None)


days = st.dates(date(2026, 8, 1), date(2027, 6, 30))
spans = st.builds(Span, st.integers(0, 12), st.sampled_from([c for c in Count if c != Count.MONTHS]))
pauses = st.lists(
    st.tuples(days, st.integers(0, 40)).map(lambda p: Interval(p[0], p[0] + timedelta(days=p[1]))), max_size=3
)


@given(day=days, span=spans, holding=pauses)
def test_a_pause_never_makes_a_step_earlier(day, span, holding):
    assert later(day, span, MIDDEN, holding) >= later(day, span, MIDDEN)


@given(day=days, span=spans, holding=pauses)
def test_the_same_pause_twice_holds_up_once(day, span, holding):
    assert later(day, span, MIDDEN, holding + holding) == later(day, span, MIDDEN, holding)


@given(day=days, span=spans, holding=pauses)
def test_a_day_that_ends_a_term_in_days_is_no_day_of_a_pause(day, span, holding):
    end = later(day, span, MIDDEN, holding)
    if span.amount and span.count in (Count.SCHOOL_DAYS, Count.WORKING_DAYS):
        assert not any(end in p for p in holding)


@pytest.mark.parametrize(
    ("first", "last", "touches"),
    [
        ("2026-10-01", "2026-11-01", False),
        ("2026-10-01", "2026-11-02", True),
        ("2026-11-06", "2026-12-01", True),
        ("2026-11-07", "2026-12-01", False),
        ("2026-11-03", "2026-11-04", True),
        ("2026-10-01", "2026-12-01", True),
    ],
)
def test_a_pause_inside_a_pause_is_seen(first, last, touches):
    assert (overlap(Interval(D(first), D(last)), PAUSE) is not None) == touches


def test_a_term_that_leaves_the_known_holidays_is_an_error():
    with pytest.raises(ValueError, match=r"."):
        later(D("2031-06-01"), Span(300, Count.SCHOOL_DAYS), MIDDEN)
