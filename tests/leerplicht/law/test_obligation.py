"""From when until when: Leerplichtwet art. 3, 4a, 4b and the Doorstroompunt."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leerplicht.law.calendar import SchoolCalendar
from leerplicht.law.obligation import (
    Obligation,
    birthday,
    first_school_day,
    leerplicht_end,
    leerplicht_start,
    obligation_on,
)

D = date.fromisoformat
NOORD, MIDDEN, ZUID = (SchoolCalendar.for_region(region) for region in ("noord", "midden", "zuid"))
BIRTHS = st.dates(date(1990, 1, 1), date(2025, 12, 31))

NOT_YET, LEERPLICHT, KWALIFICATIEPLICHT, RELEASED, STARTKWALIFICATIE, DOORSTROOM, NONE = Obligation


@pytest.mark.parametrize(
    ("born", "age", "reached"),
    [
        pytest.param("2021-09-01", 5, "2026-09-01", id="an ordinary birthday"),
        pytest.param("2020-02-29", 5, "2025-03-01", id="29 February, no leap year: 1 March"),
        pytest.param("2012-02-29", 16, "2028-02-29", id="29 February, leap year: the day itself"),
        pytest.param("2012-02-29", 18, "2030-03-01", id="29 February turns 18 on 1 March 2030"),
        pytest.param("2012-02-28", 18, "2030-02-28", id="28 February stays 28 February"),
        pytest.param("2012-02-29", 0, "2012-02-29", id="the day of birth"),
        pytest.param("9994-05-05", 5, "9999-05-05", id="in the last year there is"),
    ],
)
def test_reaching_an_age(born: str, age: int, reached: str) -> None:
    assert birthday(D(born), age) == D(reached)


@pytest.mark.parametrize(
    ("born", "start", "noord", "midden", "zuid"),
    [
        pytest.param("2021-08-31", "2026-09-01", "2026-09-01", "2026-09-01", "2026-09-01", id="last day of the month"),
        pytest.param("2021-09-01", "2026-10-01", "2026-10-01", "2026-10-01", "2026-10-01", id="R1 birthday on the 1st"),
        pytest.param("2021-09-30", "2026-10-01", "2026-10-01", "2026-10-01", "2026-10-01", id="end of September"),
        pytest.param("2021-12-05", "2027-01-01", "2027-01-04", "2027-01-04", "2027-01-04", id="after kerstvakantie"),
        pytest.param("2021-07-14", "2026-08-01", "2026-08-17", "2026-08-31", "2026-08-24", id="the region matters"),
        pytest.param("2021-06-10", "2026-07-01", "2026-07-01", "2026-07-01", "2026-07-01", id="July has lessons"),
        pytest.param("2022-07-14", "2027-08-01", "2027-08-23", "2027-08-30", "2027-09-06", id="R2 Zuid has no August"),
        pytest.param("2020-02-29", "2025-04-01", "2025-04-01", "2025-04-01", "2025-04-01", id="R1 leap-day child"),
        pytest.param("2021-11-22", "2026-12-01", "2026-12-01", "2026-12-01", "2026-12-01", id="the example of today"),
        pytest.param("2022-01-01", "2027-02-01", "2027-02-01", "2027-02-01", "2027-02-01", id="R1 born on 1 January"),
        pytest.param(
            "2019-07-02", "2024-08-01", "2024-09-02", "2024-08-26", "2024-08-19", id="Noord has no August 2024"
        ),
        pytest.param("2020-07-02", "2025-08-01", "2025-08-25", "2025-09-01", "2025-08-18", id="Midden: no August 2025"),
    ],
)
def test_start(born: str, start: str, noord: str, midden: str, zuid: str) -> None:
    assert leerplicht_start(D(born)) == D(start)
    assert [first_school_day(D(born), region) for region in (NOORD, MIDDEN, ZUID)] == [D(noord), D(midden), D(zuid)]


def test_first_school_day_follows_the_calendar_of_the_school() -> None:
    school = SchoolCalendar.for_region("midden", extra_closed={date(2026, 10, 1), date(2026, 10, 2)})
    assert first_school_day(date(2021, 9, 1), school) == date(2026, 10, 5)


@pytest.mark.parametrize(
    ("born", "end", "eighteen"),
    [
        pytest.param("2010-07-31", "2026-07-31", "2028-07-31", id="R3 born on 31 July"),
        pytest.param("2010-08-01", "2027-07-31", "2028-08-01", id="R3 born on 1 August: a year later"),
        pytest.param("2010-11-22", "2027-07-31", "2028-11-22", id="born in November"),
        pytest.param("2009-10-01", "2026-07-31", "2027-10-01", id="born in October"),
        pytest.param("2012-02-29", "2028-07-31", "2030-03-01", id="leap-day child"),
    ],
)
def test_end_and_kwalificatieplicht(born: str, end: str, eighteen: str) -> None:
    after, adult = D(end) + timedelta(days=1), D(eighteen)
    assert leerplicht_end(D(born)) == D(end)
    days = (D(end), after, adult - timedelta(days=1), adult)
    expected = [LEERPLICHT, KWALIFICATIEPLICHT, KWALIFICATIEPLICHT, DOORSTROOM]
    assert [obligation_on(day, D(born)) for day in days] == expected


@pytest.mark.parametrize(
    ("born", "twelve_years_done", "end"),
    [
        pytest.param("2010-08-15", "2026-07-31", "2026-07-31", id="R3 twelve full years at 15"),
        pytest.param("2010-08-15", "2025-07-31", "2025-07-31", id="basisschool in seven years, then four years VO"),
        pytest.param("2010-03-10", "2026-07-31", "2026-07-31", id="R3 a half first year is not full: both ends equal"),
        pytest.param("2010-03-10", "2027-07-31", "2026-07-31", id="sixteen comes first"),
        pytest.param("2010-08-15", None, "2027-07-31", id="without the twelve years"),
    ],
)
def test_twelve_full_school_years(born: str, twelve_years_done: str | None, end: str) -> None:
    done = D(twelve_years_done) if twelve_years_done else None
    assert leerplicht_end(D(born), done) == D(end)


@pytest.mark.parametrize(
    ("day", "born", "facts", "expected"),
    [
        pytest.param("2026-09-30", "2021-09-01", {}, NOT_YET, id="five, but not yet the month after"),
        pytest.param("2026-10-01", "2021-09-01", {}, LEERPLICHT, id="first day of the month after"),
        pytest.param("2021-09-01", "2021-09-01", {}, NOT_YET, id="on the day of birth"),
        pytest.param("2025-11-22", "2021-06-01", {}, NOT_YET, id="a child of four at school"),
        pytest.param(
            "2026-08-01", "2010-08-15", {"twelve_years_done": D("2026-07-31")}, KWALIFICATIEPLICHT, id="R3 at age 15"
        ),
        pytest.param("2026-08-01", "2010-08-15", {}, LEERPLICHT, id="the same youth without twelve years"),
        pytest.param("2026-11-21", "2008-11-22", {}, KWALIFICATIEPLICHT, id="R4 the day before 18"),
        pytest.param("2026-11-22", "2008-11-22", {}, DOORSTROOM, id="R4 ends on the birthday, not on 31 July"),
        pytest.param("2026-11-22", "2009-12-01", {}, KWALIFICATIEPLICHT, id="R4 vmbo-tl or mbo-1 does not count"),
        pytest.param(
            "2026-11-22", "2009-12-01", {"startkwalificatie": D("2026-07-03")}, STARTKWALIFICATIE, id="R4 mbo-2 diploma"
        ),
        pytest.param("2026-11-22", "2009-12-01", {"released": True}, RELEASED, id="R4 praktijkonderwijs diploma"),
        pytest.param("2027-12-01", "2009-12-01", {"released": True}, DOORSTROOM, id="R4 praktijkonderwijs, at 18"),
        pytest.param(
            "2025-11-22", "2010-12-01", {"released": True}, LEERPLICHT, id="released never ends the leerplicht"
        ),
        pytest.param(
            "2026-07-03",
            "2010-07-01",
            {"startkwalificatie": D("2026-07-02")},
            LEERPLICHT,
            id="havo in July: to 31 July",
        ),
        pytest.param(
            "2026-08-01", "2010-07-01", {"startkwalificatie": D("2026-07-02")}, STARTKWALIFICATIE, id="and then nothing"
        ),
        pytest.param(
            "2026-11-22", "2009-12-01", {"startkwalificatie": D("2026-11-22")}, STARTKWALIFICATIE, id="on diploma day"
        ),
        pytest.param(
            "2026-11-21", "2009-12-01", {"startkwalificatie": D("2026-11-22")}, KWALIFICATIEPLICHT, id="day before it"
        ),
        pytest.param(
            "2026-11-22",
            "2009-12-01",
            {"startkwalificatie": D("2026-07-03"), "released": True},
            STARTKWALIFICATIE,
            id="the diploma decides before the release",
        ),
        pytest.param(
            "2040-01-01", "2000-05-01", {"startkwalificatie": D("2018-07-01")}, STARTKWALIFICATIE, id="for good"
        ),
        pytest.param("2025-12-31", "2000-05-01", {}, NONE, id="R4 25 years, limit 23"),
        pytest.param("2026-01-01", "2000-05-01", {}, DOORSTROOM, id="R4 25 years, limit 27"),
        pytest.param("2025-04-30", "2002-05-01", {}, DOORSTROOM, id="the day before 23 in 2025"),
        pytest.param("2025-05-01", "2002-05-01", {}, NONE, id="23 in 2025"),
        pytest.param("2027-04-30", "2000-05-01", {}, DOORSTROOM, id="the day before 27"),
        pytest.param("2027-05-01", "2000-05-01", {}, NONE, id="27 years"),
    ],
)
def test_obligation_on(day: str, born: str, facts: dict[str, date], expected: Obligation) -> None:
    assert obligation_on(D(day), D(born), **facts) is expected  # type: ignore[arg-type]


BORN = date(2010, 8, 15)
MOMENT = datetime(2026, 1, 1, 12)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        pytest.param(lambda: obligation_on(date(2010, 8, 14), BORN), "voor de geboortedatum", id="a day before birth"),
        pytest.param(
            lambda: obligation_on(date(2026, 1, 1), BORN, startkwalificatie=date(2010, 8, 14)),
            "voor de geboortedatum",
            id="a diploma before birth",
        ),
        pytest.param(
            lambda: leerplicht_end(BORN, date(2010, 7, 31)), "voor de geboortedatum", id="twelve years before birth"
        ),
        pytest.param(lambda: leerplicht_end(BORN, date(2026, 8, 1)), "31 juli", id="twelve years done on 1 August"),
        pytest.param(lambda: leerplicht_end(BORN, date(2026, 5, 31)), "31 juli", id="twelve years done on 31 May"),
        pytest.param(
            lambda: obligation_on(BORN, BORN, twelve_years_done=date(2026, 7, 30)), "31 juli", id="checked at any age"
        ),
        pytest.param(lambda: obligation_on(MOMENT, BORN), "datum zonder tijd", id="a moment as day"),
        pytest.param(lambda: obligation_on(date(2026, 1, 1), MOMENT), "datum zonder tijd", id="a moment as birth"),
        pytest.param(lambda: leerplicht_end(BORN, datetime(2026, 7, 31)), "datum zonder tijd", id="a moment as end"),
        pytest.param(lambda: leerplicht_start("2010-08-15"), "datum zonder tijd", id="text as birth"),  # type: ignore[arg-type]
        pytest.param(
            lambda: obligation_on(BORN, BORN, startkwalificatie=MOMENT),
            "^De datum van de startkwalificatie moet een datum zonder tijd",
            id="which date it is about is said",
        ),
        pytest.param(lambda: birthday(BORN, -1), "heel getal", id="an age below 0"),
        pytest.param(lambda: birthday(date(9999, 1, 1), 5), "buiten de kalender", id="a birthday beyond the calendar"),
        pytest.param(
            lambda: first_school_day(date(2012, 1, 5), MIDDEN), "schoolvakanties", id="school day before 2018"
        ),
        pytest.param(lambda: first_school_day(date(2025, 9, 1), MIDDEN), "schoolvakanties", id="school day after 2030"),
    ],
)
def test_refused(call, sentence: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=sentence):
        call()


@given(BIRTHS)
def test_start_is_the_first_of_the_month_after_the_fifth_birthday(born: date) -> None:
    start, five = leerplicht_start(born), birthday(born, 5)
    assert start.day == 1
    assert (start - timedelta(days=1)).replace(day=1) == five.replace(day=1)


@given(BIRTHS)
def test_end_is_the_first_31_july_at_which_the_youth_is_sixteen(born: date) -> None:
    end = leerplicht_end(born)
    assert (end.month, end.day) == (7, 31)
    assert end.replace(year=end.year - 1) < birthday(born, 16) <= end


@given(BIRTHS, BIRTHS)
def test_who_is_older_starts_and_ends_no_later(one: date, other: date) -> None:
    older, younger = sorted((one, other))
    assert leerplicht_start(older) <= leerplicht_start(younger)
    assert leerplicht_end(older) <= leerplicht_end(younger)


@given(BIRTHS, st.lists(st.integers(0, 18 * 366), min_size=2), st.booleans())
def test_before_eighteen_nobody_goes_back_a_phase(born: date, ages: list[int], released: bool) -> None:
    days = sorted(born + timedelta(days=age) for age in ages)
    phases = [NOT_YET, LEERPLICHT, RELEASED, KWALIFICATIEPLICHT, DOORSTROOM]
    seen = [phases.index(obligation_on(day, born, released=released)) for day in days]
    assert seen == sorted(seen)


@given(st.dates(date(2013, 2, 1), date(2024, 12, 31)))
@settings(deadline=None)
def test_first_school_day_is_never_before_the_start(born: date) -> None:
    first = first_school_day(born, ZUID)
    assert first >= leerplicht_start(born)
    assert ZUID.is_school_day(first)
