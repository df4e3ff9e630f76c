"""When a child is at home, since when and of which kind: domain rules 1.6, 3.1, 3.2, R8 and R14."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from leerplicht.law.calendar import LAST_KNOWN_DAY, CalendarInTurns, SchoolCalendar
from leerplicht.law.home import EndedBy, Fact, Facts, Kind, home_periods
from leerplicht.law.terms import AMBITION, PACT, THUISZITTER, exceeded_from
from tests.leerplicht.law.home_facts import ALWAYS, MIDDEN, NOORD, ZUID, D, days, facts, said, told

RUNNING = "2026-10-05.., relatief, klok 2026-10-05"


@pytest.mark.parametrize(
    ("known", "today", "expected"),
    [
        pytest.param({}, "2026-11-22", [], id="no facts, nobody at home"),
        pytest.param({"absent": "2026-10-05.."}, "2026-10-04", [], id="the day before the first day"),
        pytest.param({"absent": "2026-10-05.."}, "2026-10-05", [RUNNING], id="the first day missed"),
        pytest.param({"absent": "2026-10-05.."}, "2026-11-22", [RUNNING], id="the autumn holiday changes nothing"),
        pytest.param(
            {"absent": "2026-10-05..2026-10-09"},
            "2026-10-15",
            [RUNNING + ", terug 2026-10-12"],
            id="an end date: back the next school day, not yet a whole lesson week",
        ),
        pytest.param(
            {"absent": "2026-09-28..2026-10-01"},
            "2026-10-07",
            ["2026-09-28.., relatief, klok 2026-09-28, terug 2026-10-02"],
            id="back on Friday, Wednesday after it: not yet a whole lesson week",
        ),
        pytest.param(
            {"absent": "2026-09-28..2026-10-01"},
            "2026-10-08",
            ["2026-09-28..2026-10-01, relatief, klok 2026-09-28, terug"],
            id="back on Friday, Thursday after it: a whole lesson week",
        ),
        pytest.param(
            {"absent": "2026-09-28..", "back": "2026-10-05"},
            "2026-10-11",
            ["2026-09-28..2026-10-02, relatief, klok 2026-09-28, terug"],
            id="seen back on Monday: ended on the Friday before",
        ),
        pytest.param(
            {"absent": "2026-09-28..", "back": "2026-10-05"},
            "2026-10-08",
            ["2026-09-28.., relatief, klok 2026-09-28, terug 2026-10-05"],
            id="seen back on Monday, Thursday after it: not yet a whole lesson week",
        ),
        pytest.param(
            {"absent": "2026-09-28..", "back": "2026-10-05"},
            "2026-10-09",
            ["2026-09-28..2026-10-02, relatief, klok 2026-09-28, terug"],
            id="A2: Monday to Friday is a whole lesson week, the weekend adds nothing",
        ),
        pytest.param(
            {"absent": "2026-10-05..", "back": "2026-10-12"},
            "2026-10-16",
            ["2026-10-05..2026-10-09, relatief, klok 2026-10-05, terug"],
            id="A2: the holiday after a whole lesson week adds nothing",
        ),
        pytest.param(
            {"absent": "2026-10-05..", "back": "2026-10-14"},
            "2026-10-25",
            ["2026-10-05.., relatief, klok 2026-10-05, terug 2026-10-14"],
            id="the autumn holiday is no lesson week",
        ),
        pytest.param(
            {"absent": "2026-09-28..2026-10-04 2026-10-09.."},
            "2026-11-22",
            ["2026-09-28.., relatief, klok 2026-09-28"],
            id="four days at school and home again: one period",
        ),
        pytest.param(
            {"absent": "2026-09-28..2026-10-04 2026-10-12.."},
            "2026-11-22",
            ["2026-09-28..2026-10-02, relatief, klok 2026-09-28, terug", "2026-10-12.., relatief, klok 2026-10-12"],
            id="a whole lesson week at school and home again: two periods",
        ),
        pytest.param(
            {"absent": "2026-10-05..", "back": "2026-10-05 2026-10-01"},
            "2026-11-22",
            [RUNNING],
            id="a return on or before the first day missed ends nothing",
        ),
        pytest.param(
            {"absent": "2026-11-02.. 2026-11-09.. 2026-11-16.."},
            "2026-11-22",
            ["2026-11-02.., relatief, klok 2026-11-02"],
            id="V3 chain: weekly reports of 16 hours are one period",
        ),
        pytest.param(
            {"absent": "2026-11-02.. 2026-11-09..", "back": "2026-11-12"},
            "2026-11-22",
            ["2026-11-02..2026-11-11, relatief, klok 2026-11-02, terug"],
            id="V3 chain: a return ends all of it",
        ),
        pytest.param(
            {"absent": "2026-11-02.. 2026-11-16..", "back": "2026-11-05"},
            "2026-11-22",
            ["2026-11-02..2026-11-04, relatief, klok 2026-11-02, terug", "2026-11-16.., relatief, klok 2026-11-16"],
            id="V3 after a return: a new period",
        ),
    ],
)
def test_unauthorised_absence_runs_until_a_whole_lesson_week_at_school(known, today, expected):
    assert told(facts(**known), today) == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(
            {"absent": "2026-03-27..", "gone": "2026-06-22..2026-06-26"},
            ["2026-03-27..2026-06-19, relatief, klok 2026-03-27, terug", "2026-06-29.., relatief, klok 2026-06-29"],
            id="A2: at school Monday to Friday, typed with Friday as the last day",
        ),
        pytest.param(
            {"absent": "2026-03-27..", "gone": "2026-06-22..2026-06-28"},
            ["2026-03-27..2026-06-19, relatief, klok 2026-03-27, terug", "2026-06-29.., relatief, klok 2026-06-29"],
            id="A2: the same week, typed with Sunday as the last day",
        ),
        pytest.param(
            {"absent": "2026-03-27..", "gone": "2026-06-20..2026-06-25"},
            ["2026-03-27.., relatief, klok 2026-03-27"],
            id="A2: a Saturday before it makes no whole week of four days",
        ),
        pytest.param(
            {"gone": "2026-06-15..2026-06-19"},
            ["2026-06-22.., relatief, klok 2026-06-22"],
            id="A2: gone again after Friday, so from Monday",
        ),
        pytest.param({"absent": "2026-07-20.."}, ["2026-08-31.., relatief, klok 2026-08-31"], id="A2: from the summer"),
        pytest.param({"absent": "2026-05-25.."}, ["2026-05-26.., relatief, klok 2026-05-26"], id="A2: Whit Monday"),
        pytest.param({"permitted": "2026-05-14.."}, ["2026-05-15.., geoorloofd, klok None"], id="A2: Ascension Day"),
        pytest.param({"absent": "2026-07-20..2026-08-29"}, [], id="A2: a report wholly in the summer"),
        pytest.param(
            {"absent": "2026-07-20..", "back": "2026-08-31"}, [], id="from the summer, back on the first school day"
        ),
        pytest.param(
            {"unenrolled": "2026-07-13..2026-08-30", "permitted": "2026-07-20..2026-08-22"},
            ["2026-07-13..2026-07-17, absoluut, klok 2026-07-13, ingeschreven"],
            id="a permission wholly in the summer decides nothing",
        ),
    ],
)
def test_only_days_on_which_something_could_be_missed_speak(known, expected):
    """`gone`: at school on these days, at home again after them."""
    seen = days(known.pop("gone", ""))
    base = facts(**known)
    again = [Fact(f.end, None, "weer thuis") for f in seen]
    whole = replace(base, absent=[*base.absent, *again], back=[*base.back, *(f.first_day for f in seen)])
    assert [said(p) for p in home_periods(whole, MIDDEN, D("2026-11-22"))] == expected


@pytest.mark.parametrize(
    ("start", "four_weeks", "three_months"),
    [
        pytest.param("2026-07-20", "2026-09-28", "2026-11-30", id="A2: a report from the summer"),
        pytest.param("2026-06-20", "2026-08-31", "2026-09-22", id="A2: from the Saturday after a failed return"),
        pytest.param("2026-11-21", "2027-01-04", "2027-02-23", id="F3.2: from a Saturday in November"),
    ],
)
def test_terms_count_from_the_first_day_on_which_something_was_missed(start, four_weeks, three_months):
    (period,) = home_periods(facts(absent=f"{start}.."), MIDDEN, D("2027-03-31"))
    assert period.clock_start
    ends = [exceeded_from(period.clock_start, term, MIDDEN) for term in (THUISZITTER, PACT)]
    assert ends == [D(four_weeks), D(three_months)]


def test_each_day_has_the_calendar_of_the_school_of_that_day():
    """A3: at home from a Midden school, a school in Noord (autumn holiday a week earlier) from 15 October."""
    child = CalendarInTurns(((date.min, MIDDEN), (D("2026-10-15"), NOORD)))
    (period,) = home_periods(facts(absent="2026-09-14.."), child, D("2026-11-22"))
    assert exceeded_from(period.clock_start, THUISZITTER, child) == D("2026-10-12")
    assert exceeded_from(period.clock_start, THUISZITTER, NOORD) == D("2026-10-19")


@pytest.mark.parametrize(
    ("known", "today", "expected"),
    [
        pytest.param(
            {"absent": "2026-10-05..", "exempt": "2026-11-02..2027-07-31"},
            "2026-11-02",
            ["2026-10-05..2026-11-01, relatief, klok 2026-10-05, vrijgesteld"],
            id="an exemption ends it at once",
        ),
        pytest.param(
            {"unenrolled": "2026-03-01..", "exempt": "2026-03-01..2026-07-31"},
            "2026-11-22",
            ["2026-08-31.., absoluut, klok 2026-08-31"],
            id="the exemption was for a school year: from the first school day of the next",
        ),
        pytest.param(
            {"unenrolled": "2026-03-01..2026-08-30", "exempt": "2026-03-01..2026-07-31"},
            "2026-11-22",
            [],
            id="exempt until the summer, enrolled after it",
        ),
        pytest.param(
            {"absent": "2026-10-05..", "obliged": "2018-10-01..2026-11-21"},
            "2026-11-22",
            ["2026-10-05..2026-11-21, relatief, klok 2026-10-05, niet leerplichtig"],
            id="the 18th birthday, or a startkwalificatie",
        ),
        pytest.param(
            {"absent": "2026-06-01..", "obliged": "2018-10-01..2026-07-31 2026-08-01..2028-11-21"},
            "2026-11-22",
            ["2026-06-01.., relatief, klok 2026-06-01"],
            id="from leerplicht to kwalificatieplicht nothing changes",
        ),
        pytest.param(
            {"absent": "2026-10-05..2026-11-03", "exempt": "2026-11-05.."},
            "2026-11-22",
            ["2026-10-05..2026-11-03, relatief, klok 2026-10-05, vrijgesteld"],
            id="back for a day, then exempt",
        ),
    ],
)
def test_exemption_and_the_end_of_the_obligation_end_it_at_once(known, today, expected):
    assert told(facts(**known), today) == expected


@pytest.mark.parametrize(
    ("start", "four_weeks", "six_weeks", "three_months"),
    [
        pytest.param("2026-06-29", "2026-09-07", "2026-08-10", "2026-09-29", id="R8 over the summer"),
        pytest.param("2026-11-30", "2027-01-11", "2027-01-11", "2027-02-28", id="R8 end of a month"),
        pytest.param("2026-10-05", "2026-11-09", "2026-11-16", "2027-01-05", id="R8 over the autumn holiday"),
        pytest.param("2026-12-07", "2027-01-18", "2027-01-18", "2027-03-07", id="over Christmas"),
        pytest.param("2026-06-08", "2026-07-06", "2026-07-20", "2026-09-08", id="R8 six lesson weeks before summer"),
    ],
)
def test_terms_count_from_the_start_of_the_clock(start, four_weeks, six_weeks, three_months):
    (period,) = home_periods(facts(absent=f"{start}.."), MIDDEN, D("2027-03-31"))
    assert period.clock_start == period.first_day == D(start)
    ends = [exceeded_from(period.clock_start, term, MIDDEN) for term in (THUISZITTER, AMBITION, PACT)]
    assert ends == [D(four_weeks), D(six_weeks), D(three_months)]


@pytest.mark.parametrize("end", ["2026-07-03", "2026-07-31", "2026-08-30"])
def test_a_report_that_ends_with_the_school_year_and_begins_again_is_one_period(end):
    """Midden: the last lessons are on Friday 17 July 2026, the first on Monday 31 August."""
    known = facts(absent=f"2026-06-01..{end} 2026-08-31..")
    expected = [D("2026-06-01"), D("2026-08-31")] if end == "2026-07-03" else [D("2026-06-01")]
    assert [p.first_day for p in home_periods(known, MIDDEN, D("2026-11-22"))] == expected


def test_a_period_tells_how_it_came_about():
    known = Facts(
        obliged=ALWAYS,
        absent=[Fact(D("2026-10-05"), None, "melding 123, alle lessen gemist")],
        unenrolled=[Fact(D("2026-11-03"), None, "uitgeschreven")],
    )
    (period,) = home_periods(known, MIDDEN, D("2026-11-22"))
    assert [(s.kind, s.first_day, s.last_day, s.source) for s in period.spans] == [
        (Kind.RELATIEF, D("2026-10-05"), D("2026-11-02"), "melding 123, alle lessen gemist"),
        (Kind.ABSOLUUT, D("2026-11-03"), None, "uitgeschreven"),
    ]


def test_the_calendar_of_the_school_decides_when_lessons_begin():
    known = facts(unenrolled="2027-08-01..")
    (period,) = home_periods(known, ZUID, D("2027-10-01"))
    assert period.first_day == D("2027-09-06")


@pytest.mark.parametrize("later", ["2031-08-01..", "2027-08-01.."])
def test_facts_after_today_do_not_count_yet(later):
    """An enrolment may well be recorded with the day on which it will end, beyond the published holidays."""
    known = facts(unenrolled=later, absent=later, permitted=later, exempt=later)
    assert home_periods(known, MIDDEN, D("2026-11-22")) == []


def test_a_day_before_the_known_holidays_is_refused():
    with pytest.raises(ValueError, match="schoolvakanties"):
        home_periods(facts(unenrolled="2016-09-01..", obliged="2010-01-01..2030-01-01"), MIDDEN, D("2026-11-22"))


def test_on_the_last_known_day_nothing_is_asked_about_tomorrow():
    """Enrolled nowhere since Monday 26 August 2030; the school is closed in that week, the last one that is known."""
    closed = {LAST_KNOWN_DAY - timedelta(days=n) for n in range(7)}
    calendar = SchoolCalendar.for_region("midden", extra_closed=closed)
    known = facts(unenrolled="2030-08-26..", obliged="2018-10-01..2031-07-31")
    assert home_periods(known, calendar, LAST_KNOWN_DAY) == []


def test_a_return_ends_with_return_and_an_enrolment_with_enrolment():
    (period,) = home_periods(facts(absent="2026-11-02..2026-11-04"), MIDDEN, D("2026-11-22"))
    assert period.ended_by == EndedBy.RETURN
