"""The calendar agrees, day by day, with the published school holidays and public holidays."""

from datetime import date, timedelta

import pytest

from leerplicht.law.calendar import FIRST_KNOWN_DAY, LAST_KNOWN_DAY, SchoolCalendar

REGIONS = ("noord", "midden", "zuid")
NAMES = {"NO": "noord", "MI": "midden", "ZU": "zuid"}
ROWS_PER_REGION = 36

# kind (Zomer, Herfst, Kerst, Voorjaar, Mei), region, first and last day
SCHOOL_HOLIDAYS = """
Z,MI,2023-07-08,2023-08-20
Z,ZU,2023-07-15,2023-08-27
Z,NO,2023-07-22,2023-09-03
H,MI,2023-10-14,2023-10-22
H,ZU,2023-10-14,2023-10-22
H,NO,2023-10-21,2023-10-29
K,NO,2023-12-23,2024-01-07
K,MI,2023-12-23,2024-01-07
K,ZU,2023-12-23,2024-01-07
V,ZU,2024-02-10,2024-02-18
V,NO,2024-02-17,2024-02-25
V,MI,2024-02-17,2024-02-25
M,NO,2024-04-27,2024-05-05
M,MI,2024-04-27,2024-05-05
M,ZU,2024-04-27,2024-05-05
Z,ZU,2024-07-06,2024-08-18
Z,MI,2024-07-13,2024-08-25
Z,NO,2024-07-20,2024-09-01
H,ZU,2024-10-19,2024-10-27
H,NO,2024-10-26,2024-11-03
H,MI,2024-10-26,2024-11-03
K,NO,2024-12-21,2025-01-05
K,MI,2024-12-21,2025-01-05
K,ZU,2024-12-21,2025-01-05
V,NO,2025-02-15,2025-02-23
V,MI,2025-02-22,2025-03-02
V,ZU,2025-02-22,2025-03-02
M,NO,2025-04-26,2025-05-04
M,MI,2025-04-26,2025-05-04
M,ZU,2025-04-26,2025-05-04
Z,ZU,2025-07-05,2025-08-17
Z,NO,2025-07-12,2025-08-24
Z,MI,2025-07-19,2025-08-31
H,ZU,2025-10-11,2025-10-19
H,NO,2025-10-18,2025-10-26
H,MI,2025-10-18,2025-10-26
K,NO,2025-12-20,2026-01-04
K,MI,2025-12-20,2026-01-04
K,ZU,2025-12-20,2026-01-04
V,MI,2026-02-14,2026-02-22
V,ZU,2026-02-14,2026-02-22
V,NO,2026-02-21,2026-03-01
M,NO,2026-04-25,2026-05-03
M,MI,2026-04-25,2026-05-03
M,ZU,2026-04-25,2026-05-03
Z,NO,2026-07-04,2026-08-16
Z,ZU,2026-07-11,2026-08-23
Z,MI,2026-07-18,2026-08-30
H,NO,2026-10-10,2026-10-18
H,MI,2026-10-17,2026-10-25
H,ZU,2026-10-17,2026-10-25
K,NO,2026-12-19,2027-01-03
K,MI,2026-12-19,2027-01-03
K,ZU,2026-12-19,2027-01-03
V,ZU,2027-02-13,2027-02-21
V,NO,2027-02-20,2027-02-28
V,MI,2027-02-20,2027-02-28
M,NO,2027-04-24,2027-05-02
M,MI,2027-04-24,2027-05-02
M,ZU,2027-04-24,2027-05-02
Z,NO,2027-07-10,2027-08-22
Z,MI,2027-07-17,2027-08-29
Z,ZU,2027-07-24,2027-09-05
H,NO,2027-10-16,2027-10-24
H,MI,2027-10-16,2027-10-24
H,ZU,2027-10-23,2027-10-31
K,NO,2027-12-25,2028-01-09
K,MI,2027-12-25,2028-01-09
K,ZU,2027-12-25,2028-01-09
V,NO,2028-02-19,2028-02-27
V,MI,2028-02-26,2028-03-05
V,ZU,2028-02-26,2028-03-05
M,NO,2028-04-29,2028-05-07
M,MI,2028-04-29,2028-05-07
M,ZU,2028-04-29,2028-05-07
Z,MI,2028-07-08,2028-08-20
Z,NO,2028-07-15,2028-08-27
Z,ZU,2028-07-22,2028-09-03
H,NO,2028-10-14,2028-10-22
H,MI,2028-10-21,2028-10-29
H,ZU,2028-10-21,2028-10-29
K,NO,2028-12-23,2029-01-07
K,MI,2028-12-23,2029-01-07
K,ZU,2028-12-23,2029-01-07
V,ZU,2029-02-10,2029-02-18
V,NO,2029-02-17,2029-02-25
V,MI,2029-02-17,2029-02-25
M,NO,2029-04-28,2029-05-06
M,MI,2029-04-28,2029-05-06
M,ZU,2029-04-28,2029-05-06
Z,MI,2029-07-07,2029-08-19
Z,ZU,2029-07-14,2029-08-26
Z,NO,2029-07-21,2029-09-02
H,ZU,2029-10-13,2029-10-21
H,NO,2029-10-20,2029-10-28
H,MI,2029-10-20,2029-10-28
K,NO,2029-12-22,2030-01-06
K,MI,2029-12-22,2030-01-06
K,ZU,2029-12-22,2030-01-06
V,NO,2030-02-16,2030-02-24
V,MI,2030-02-23,2030-03-03
V,ZU,2030-02-23,2030-03-03
M,NO,2030-04-27,2030-05-05
M,MI,2030-04-27,2030-05-05
M,ZU,2030-04-27,2030-05-05
Z,ZU,2030-07-06,2030-08-18
Z,MI,2030-07-13,2030-08-25
Z,NO,2030-07-20,2030-09-01
"""

# 2e paasdag, Koningsdag, Hemelvaart, 2e pinksterdag
PUBLIC_HOLIDAYS = """
2023: 04-10 04-27 05-18 05-29
2024: 04-01 04-27 05-09 05-20
2025: 04-21 04-26 05-29 06-09
2026: 04-06 04-27 05-14 05-25
2027: 03-29 04-27 05-06 05-17
2028: 04-17 04-27 05-25 06-05
2029: 04-02 04-27 05-10 05-21
2030: 04-22 04-27 05-30 06-10
"""


def days(first: date, last: date) -> set[date]:
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}


def rows() -> list[tuple[str, str, date, date]]:
    split = (line.split(",") for line in SCHOOL_HOLIDAYS.split())
    return [(kind, NAMES[region], date.fromisoformat(a), date.fromisoformat(b)) for kind, region, a, b in split]


def public() -> set[date]:
    found = {date(2025, 5, 5), date(2030, 5, 5)}
    for line in PUBLIC_HOLIDAYS.strip().splitlines():
        year, *moving = line.replace(":", "").split()
        found |= {date.fromisoformat(f"{year}-{day}") for day in (*moving, "01-01", "12-25", "12-26")}
    return found


def test_the_table_itself_is_sound() -> None:
    lengths = {"Z": 44, "K": 16, "H": 9, "V": 9, "M": 9}
    for kind, _, first, last in rows():
        assert (first.weekday(), len(days(first, last))) == (5, lengths[kind])
    assert [sum(row[1] == region for row in rows()) for region in REGIONS] == [ROWS_PER_REGION] * 3


@pytest.mark.parametrize("region", REGIONS)
def test_every_day_of_the_published_years(region: str) -> None:
    calendar = SchoolCalendar.for_region(region)
    closed = public().union(*(days(first, last) for _, where, first, last in rows() if where == region))
    first = min(first for _, where, first, _ in rows() if where == region)
    different = [
        day
        for day in days(first, LAST_KNOWN_DAY)
        if calendar.is_school_day(day) != (day.weekday() < 5 and day not in closed)
    ]
    assert different == []


@pytest.mark.parametrize(
    ("region", "day", "lessons"),
    [
        pytest.param("zuid", "2027-02-19", False, id="voorjaar Zuid 2027, last Friday"),
        pytest.param("zuid", "2027-02-22", True, id="voorjaar Zuid 2027 ends on 21 February, not in March"),
        pytest.param("zuid", "2029-02-16", False, id="voorjaar Zuid 2029, last Friday"),
        pytest.param("zuid", "2029-02-19", True, id="voorjaar Zuid 2029 ends on 18 February, not in March"),
        pytest.param("zuid", "2026-07-13", False, id="zomer Zuid 2026 starts on 11 July, not on the 17th"),
        pytest.param("zuid", "2027-08-20", False, id="R2 Zuid has no lessons in August 2027"),
        pytest.param("noord", "2026-10-14", False, id="R5 herfstvakantie Noord"),
        pytest.param("midden", "2026-10-14", True, id="R5 lessons in Midden that day"),
    ],
)
def test_dates_that_were_once_wrong(region: str, day: str, lessons: bool) -> None:
    assert SchoolCalendar.for_region(region).is_school_day(date.fromisoformat(day)) is lessons


@pytest.mark.parametrize("region", REGIONS)
def test_no_known_school_year_lacks_its_holidays(region: str) -> None:
    calendar = SchoolCalendar.for_region(region)
    mondays = [FIRST_KNOWN_DAY + timedelta(days=n) for n in range(0, (LAST_KNOWN_DAY - FIRST_KNOWN_DAY).days, 7)]
    for year in range(2018, 2030):
        free = [m for m in mondays if m.year == year and not calendar.is_lesson_week(m)]
        # zomer 6, kerst 2 (one of them may begin on 31 December or belong to the year before), herfst, voorjaar, mei
        assert 10 <= len(free) <= 12, (year, free)
        assert sum(m.month == 10 for m in free) == 1, "herfstvakantie"
