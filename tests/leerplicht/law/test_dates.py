"""Months after and before a day, up to the ends of the calendar."""

from datetime import date

import pytest

from leerplicht.law.dates import add_days, add_months

D = date.fromisoformat


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        pytest.param("2026-11-30", 3, "2027-02-28", id="the last day of a shorter month"),
        pytest.param("2027-11-30", 3, "2028-02-29", id="a leap year"),
        pytest.param("2026-05-31", -3, "2026-02-28", id="back"),
        pytest.param("2026-12-31", 12, "2027-12-31", id="a year"),
        pytest.param("9999-11-30", 1, "9999-12-30", id="to the last month there is"),
        pytest.param("0001-02-28", -1, "0001-01-28", id="to the first month there is"),
    ],
)
def test_months(day: str, months: int, expected: str) -> None:
    assert add_months(D(day), months) == D(expected)


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(lambda: add_months(D("9999-12-01"), 1), id="a month after the last"),
        pytest.param(lambda: add_months(D("0001-01-31"), -1), id="a month before the first"),
        pytest.param(lambda: add_days(date.max, 1), id="a day after the last"),
        pytest.param(lambda: add_days(date.min, -1), id="a day before the first"),
    ],
)
def test_beyond_the_calendar(call) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="buiten de kalender"):
        call()
