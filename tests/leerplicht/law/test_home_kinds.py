"""What a child at home is: permitted or not, enrolled or not. Domain rules R2, R7, R12 and R14."""

import pytest

from tests.leerplicht.law.home_facts import facts, told

SICK_THEN_NOT = {"permitted": "2026-09-07..2026-10-02"}


@pytest.mark.parametrize(
    ("known", "today", "expected"),
    [
        pytest.param(
            SICK_THEN_NOT,
            "2026-09-20",
            "2026-09-07.., geoorloofd, klok None",
            id="R7 in September: at home, no verzuim",
        ),
        pytest.param(
            SICK_THEN_NOT | {"absent": "2026-10-05.."},
            "2026-11-02",
            "2026-09-07.., relatief, klok 2026-10-05",
            id="R7 sickness not accepted from 5 October",
        ),
        pytest.param(
            SICK_THEN_NOT | {"absent": "2026-09-07.."},
            "2026-11-02",
            "2026-09-07.., relatief, klok 2026-10-05",
            id="R7 a running report, sick until Friday: the clock starts on Monday, not on Saturday",
        ),
        pytest.param(
            {"absent": "2026-08-31..", "permitted": "2026-10-05..2026-10-08"},
            "2026-11-02",
            "2026-08-31.., relatief, klok 2026-08-31",
            id="four days of permission interrupt nothing",
        ),
        pytest.param(
            {"absent": "2026-08-31..", "permitted": "2026-10-05..2026-10-09"},
            "2026-11-02",
            "2026-08-31.., relatief, klok 2026-10-12",
            id="Monday to Friday is a whole lesson week",
        ),
        pytest.param(
            {"absent": "2026-08-31..", "permitted": "2026-10-12..2026-10-16"},
            "2026-11-02",
            "2026-08-31.., relatief, klok 2026-10-26",
            id="Monday to Friday before the autumn holiday too",
        ),
        pytest.param(
            {"absent": "2026-08-31..", "permitted": "2026-10-19..2026-10-23"},
            "2026-11-02",
            "2026-08-31.., relatief, klok 2026-08-31",
            id="permission in a holiday is no lesson week",
        ),
        pytest.param(
            {"absent": "2026-08-31..", "permitted": "2026-10-07..2026-10-09 2026-10-12..2026-10-13"},
            "2026-11-02",
            "2026-08-31.., relatief, klok 2026-10-14",
            id="Wednesday to Tuesday in two notices is a whole lesson week",
        ),
        pytest.param(
            {"absent": "2026-08-31..", "permitted": "2026-11-02.."},
            "2026-11-05",
            "2026-08-31.., geoorloofd, klok 2026-08-31",
            id="permitted since Monday, not yet a week: the clock runs",
        ),
        pytest.param(
            {"absent": "2026-08-31..", "permitted": "2026-11-02.."},
            "2026-11-08",
            "2026-08-31.., geoorloofd, klok None",
            id="permitted for a whole week: the clock stands still",
        ),
        pytest.param(
            {"permitted": "2026-09-07..", "back": "2026-10-05"},
            "2026-10-06",
            "2026-09-07.., geoorloofd, klok None, terug 2026-10-05",
            id="a sick child that was seen back is back",
        ),
        pytest.param(
            {"permitted": "2026-09-07..2026-10-02"},
            "2026-10-11",
            "2026-09-07..2026-10-02, geoorloofd, klok None, terug",
            id="better again: the period ends like any other",
        ),
    ],
)
def test_permitted_absence_is_time_at_home_but_no_verzuim(known, today, expected):
    assert told(facts(**known), today) == [expected]


NEXT_DAY = {"absent": "2026-10-05..", "unenrolled": "2026-11-03.."}


@pytest.mark.parametrize(
    ("known", "today", "expected"),
    [
        pytest.param(
            {"unenrolled": "2026-09-14..2026-09-23"},
            "2026-11-22",
            ["2026-09-14..2026-09-23, absoluut, klok 2026-09-14, ingeschreven"],
            id="R12 from 14 to 23 September",
        ),
        pytest.param(
            {"unenrolled": "2026-09-14..2026-09-23"},
            "2026-09-28",
            ["2026-09-14.., absoluut, klok 2026-09-14, terug 2026-09-24"],
            id="R12 enrolled, but not yet a whole lesson week",
        ),
        pytest.param({"unenrolled": "2026-08-01..2026-08-30"}, "2026-11-22", [], id="R12 in August between schools"),
        pytest.param(
            {"unenrolled": "2026-08-01.."},
            "2026-11-22",
            ["2026-08-31.., absoluut, klok 2026-08-31"],
            id="R12 no new school: from the first school day",
        ),
        pytest.param({"unenrolled": "2026-08-01.."}, "2026-08-30", [], id="R12 the day before the first school day"),
        pytest.param(
            {"unenrolled": "2026-08-01..2026-09-01"},
            "2026-11-22",
            ["2026-08-31..2026-09-01, absoluut, klok 2026-08-31, ingeschreven"],
            id="R12 two school days missed are absoluut verzuim",
        ),
        pytest.param(
            {"unenrolled": "2026-03-01..", "obliged": "2026-10-01..2030-07-31"},
            "2026-11-22",
            ["2026-10-01.., absoluut, klok 2026-10-01"],
            id="R12 a child of four is not leerplichtig: from the month after the fifth birthday",
        ),
        pytest.param(
            {"unenrolled": "2026-03-01..", "obliged": "2027-01-01..2030-07-31"},
            "2027-01-31",
            ["2027-01-04.., absoluut, klok 2027-01-04"],
            id="R2 leerplichtig in the Christmas holiday: from the first school day",
        ),
        pytest.param(
            {"unenrolled": "2026-03-01..", "obliged": "2026-10-01..2030-07-31"}, "2026-09-30", [], id="still four"
        ),
        pytest.param({"unenrolled": "2026-09-14..", "obliged": "2018-10-01..2026-09-13"}, "2026-11-22", [], id="18"),
        pytest.param(
            NEXT_DAY | {"permitted": "2026-11-09.."},
            "2026-11-22",
            ["2026-10-05.., absoluut, klok 2026-10-05"],
            id="permission is about a school: not enrolled comes first",
        ),
        pytest.param(
            NEXT_DAY,
            "2026-11-22",
            ["2026-10-05.., absoluut, klok 2026-10-05"],
            id="R14 G with reason 2: absoluut the next day, the same period, the clock runs on",
        ),
        pytest.param(
            NEXT_DAY | {"unenrolled": "2026-11-03..2026-11-10"},
            "2026-11-30",
            ["2026-10-05.., relatief, klok 2026-10-05"],
            id="enrolled on paper: the absence that began with missed lessons runs on",
        ),
        pytest.param(
            {"absent": "2026-10-05..", "unenrolled": "2026-11-03..2026-12-13", "back": "2026-12-14"},
            "2026-12-13",
            ["2026-10-05.., absoluut, klok 2026-10-05"],
            id="R14 placement decided, starts in three weeks: still at home",
        ),
        pytest.param(
            {"absent": "2026-10-05..", "unenrolled": "2026-11-03..2026-12-13", "back": "2026-12-14"},
            "2026-12-14",
            ["2026-10-05.., absoluut, klok 2026-10-05, terug 2026-12-14"],
            id="R14 the first attended day",
        ),
    ],
)
def test_not_enrolled_is_absoluut_verzuim_from_the_first_school_day(known, today, expected):
    assert told(facts(**known), today) == expected
