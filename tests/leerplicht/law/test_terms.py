"""When is a child at home longer than four lesson weeks, six weeks, three months?"""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leerplicht.law.calendar import SchoolCalendar
from leerplicht.law.terms import AMBITION, PACT, THUISZITTER, Standing, Term, Unit, exceeded_from, standing

D = date.fromisoformat
MIDDEN = SchoolCalendar.for_region("midden")
FOUR_CALENDAR_WEEKS = Term("4-kalenderweken", 4, Unit.WEEKS, 7)
TERMS = (THUISZITTER, FOUR_CALENDAR_WEEKS, AMBITION, PACT)
STARTS = st.dates(date(2018, 1, 1), date(2030, 3, 1))
RUNNING, NEARING, EXCEEDED = Standing


def test_the_three_terms_as_agreed() -> None:
    assert Term("4-weken", 4, Unit.LESSON_WEEKS, 7) == THUISZITTER
    assert Term("6-weken", 6, Unit.WEEKS, 10) == AMBITION
    assert Term("3-maanden", 3, Unit.MONTHS, 21) == PACT


@pytest.mark.parametrize(
    ("start", "lesson_weeks", "calendar_weeks", "six_weeks", "three_months"),
    [
        pytest.param("2026-10-05", "2026-11-09", "2026-11-02", "2026-11-16", "2027-01-05", id="over herfstvakantie"),
        pytest.param("2026-06-29", "2026-09-07", "2026-07-27", "2026-08-10", "2026-09-29", id="R8 over summer"),
        pytest.param("2026-12-07", "2027-01-18", "2027-01-04", "2027-01-18", "2027-03-07", id="over kerstvakantie"),
        pytest.param("2026-11-30", "2027-01-11", "2026-12-28", "2027-01-11", "2027-02-28", id="R8 month-end clamp"),
    ],
)
def test_first_day_that_is_longer(
    start: str, lesson_weeks: str, calendar_weeks: str, six_weeks: str, three_months: str
) -> None:
    expected = [D(lesson_weeks), D(calendar_weeks), D(six_weeks), D(three_months)]
    assert [exceeded_from(D(start), term, MIDDEN) for term in TERMS] == expected


@pytest.mark.parametrize(
    ("start", "term", "expected"),
    [
        pytest.param("2026-10-07", THUISZITTER, "2026-11-11", id="a Wednesday ends on a Wednesday"),
        pytest.param("2026-11-02", THUISZITTER, "2026-11-30", id="R6 no holiday in between"),
        pytest.param("2026-06-08", THUISZITTER, "2026-07-06", id="R8 six lesson weeks before summer"),
        pytest.param("2026-10-20", THUISZITTER, "2026-11-23", id="began in a holiday: from the Monday after it"),
        pytest.param("2026-11-30", Term("1 maand", 1, Unit.MONTHS, 7), "2026-12-30", id="a month, no clamp"),
        pytest.param("2027-11-30", PACT, "2028-02-29", id="clamp in a leap year"),
        pytest.param("2026-10-31", Term("1 maand", 1, Unit.MONTHS, 7), "2026-11-30", id="31 October plus a month"),
        pytest.param("2026-10-05", Term("12-maanden", 12, Unit.MONTHS, 7), "2027-10-05", id="a year of months"),
        pytest.param("2026-10-05", Term("42-dagen", 42, Unit.DAYS, 10), "2026-11-16", id="days are calendar days"),
        pytest.param("2031-01-01", AMBITION, "2031-02-12", id="weeks need no school holidays"),
    ],
)
def test_other_terms(start: str, term: Term, expected: str) -> None:
    assert exceeded_from(D(start), term, MIDDEN) == D(expected)


@pytest.mark.parametrize(
    ("start", "term", "today", "expected"),
    [
        pytest.param("2026-10-05", THUISZITTER, "2026-10-05", RUNNING, id="4 lesson weeks: first day"),
        pytest.param("2026-10-05", THUISZITTER, "2026-11-01", RUNNING, id="eight days before"),
        pytest.param("2026-10-05", THUISZITTER, "2026-11-02", NEARING, id="R7 seven days before"),
        pytest.param("2026-10-05", THUISZITTER, "2026-11-08", NEARING, id="the day before"),
        pytest.param("2026-10-05", THUISZITTER, "2026-11-09", EXCEEDED, id="R7 longer than four lesson weeks"),
        pytest.param("2026-10-05", AMBITION, "2026-11-05", RUNNING, id="6 weeks: eleven days before"),
        pytest.param("2026-10-05", AMBITION, "2026-11-06", NEARING, id="6 weeks: ten days before"),
        pytest.param("2026-10-05", AMBITION, "2026-11-16", EXCEEDED, id="6 weeks: exceeded"),
        pytest.param("2026-10-05", PACT, "2026-12-14", RUNNING, id="3 months: 22 days before"),
        pytest.param("2026-10-05", PACT, "2026-12-15", NEARING, id="3 months: 21 days before"),
        pytest.param("2026-10-05", PACT, "2027-01-05", EXCEEDED, id="3 months: exceeded"),
        pytest.param("2026-10-05", PACT, "2035-01-01", EXCEEDED, id="today may lie beyond the known holidays"),
        pytest.param("2026-10-05", Term("week", 1, Unit.WEEKS, 30), "2026-10-05", NEARING, id="warns from the start"),
        pytest.param("2026-10-05", Term("week", 1, Unit.WEEKS, 0), "2026-10-11", RUNNING, id="a term without warning"),
    ],
)
def test_standing(start: str, term: Term, today: str, expected: Standing) -> None:
    assert standing(D(start), term, MIDDEN, D(today)) is expected


def test_a_unit_read_from_a_database_is_the_unit() -> None:
    assert exceeded_from(D("2026-11-30"), Term("3-maanden", 3, "months", 21), MIDDEN) == D("2027-02-28")  # type: ignore[arg-type]


MONDAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        pytest.param(lambda: standing(MONDAY, PACT, MIDDEN, date(2026, 10, 4)), "voor de begindatum", id="today first"),
        pytest.param(lambda: standing(MONDAY, PACT, MIDDEN, datetime(2026, 10, 6)), "zonder tijd", id="now as today"),
        pytest.param(lambda: exceeded_from(datetime(2026, 10, 5), PACT, MIDDEN), "zonder tijd", id="now as start"),
        pytest.param(lambda: exceeded_from(date(2017, 12, 31), THUISZITTER, MIDDEN), "schoolvakanties", id="in 2017"),
        pytest.param(lambda: exceeded_from(date(2030, 8, 26), THUISZITTER, MIDDEN), "schoolvakanties", id="past 2030"),
        pytest.param(
            lambda: exceeded_from(date(9999, 12, 1), PACT, MIDDEN), "buiten de kalender", id="past the calendar"
        ),
        pytest.param(
            lambda: exceeded_from(date(9999, 12, 1), AMBITION, MIDDEN), "buiten de kalender", id="weeks past it"
        ),
        pytest.param(lambda: Term("x", 0, Unit.WEEKS, 7), "1 of meer", id="no weeks"),
        pytest.param(lambda: Term("x", -1, Unit.DAYS, 7), "1 of meer", id="days below 0"),
        pytest.param(lambda: Term("x", 1.5, Unit.WEEKS, 7), "heel getal", id="half weeks"),  # type: ignore[arg-type]
        pytest.param(lambda: Term("x", True, Unit.WEEKS, 7), "heel getal", id="yes is no number"),
        pytest.param(lambda: Term("x", 1, Unit.WEEKS, -1), "0 of meer", id="a warning after the fact"),
        pytest.param(lambda: Term("x", 1, "jaren", 1), "lesweken", id="an unknown unit"),  # type: ignore[arg-type]
    ],
)
def test_refused(call, sentence: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=sentence):
        call()


@settings(deadline=None)
@given(STARTS, STARTS, st.sampled_from(TERMS))
def test_who_began_earlier_is_not_exceeded_later(one: date, other: date, term: Term) -> None:
    first, second = sorted((one, other))
    assert exceeded_from(first, term, MIDDEN) <= exceeded_from(second, term, MIDDEN)


@settings(deadline=None)
@given(STARTS)
def test_lesson_weeks_never_run_faster_than_calendar_weeks(start: date) -> None:
    assert exceeded_from(start, THUISZITTER, MIDDEN) >= exceeded_from(start, FOUR_CALENDAR_WEEKS, MIDDEN)


@settings(deadline=None)
@given(STARTS, st.sampled_from(TERMS), st.integers(0, 200), st.integers(0, 200))
def test_a_term_only_moves_forward(start: date, term: Term, one: int, other: int) -> None:
    order = [RUNNING, NEARING, EXCEEDED]
    earlier, later = (
        order.index(standing(start, term, MIDDEN, start + timedelta(days=days))) for days in sorted((one, other))
    )
    assert earlier <= later
