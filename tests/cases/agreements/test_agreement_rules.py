"""Periods of what a region agreed: they never overlap, and what held is never changed."""

from dataclasses import dataclass
from datetime import date

import pytest

from cases.agreements.rules import check_end, check_new_term, clash
from tests.cases.refusal import refusal

D = date.fromisoformat
TODAY = D("2026-11-20")


@dataclass
class Period:
    valid_from: date
    valid_until: date | None


def period(text: str) -> Period:
    """ "2026-01-01..2026-12-31", or without an end."""
    first, last = text.split("..")
    return Period(D(first), D(last) if last else None)


@pytest.mark.parametrize(
    ("new", "shares_a_day"),
    [
        ("2025-01-01..2025-12-31", False),
        ("2025-01-01..2026-01-01", True),
        ("2025-01-01..", True),
        ("2026-03-01..2026-03-31", True),
        ("2026-12-31..", True),
        ("2027-01-01..", False),
    ],
)
def test_two_periods_that_share_a_day(new, shares_a_day):
    year = period("2026-01-01..2026-12-31")
    assert clash(period(new), [year]) is (year if shares_a_day else None)


def test_a_period_without_end_shares_every_day_from_its_begin():
    running = period("2026-01-01..")
    assert clash(period("2030-01-01..2030-01-31"), [running]) is running
    assert clash(period("2025-01-01..2025-12-31"), [running]) is None


@pytest.mark.parametrize(
    ("row", "last_day", "problem"),
    [
        ("2026-01-01..", "2026-11-18", "gisteren zijn of later"),
        ("2026-01-01..", "2026-11-19", ""),
        ("2026-01-01..", "2027-07-31", ""),
        ("2026-01-01..2027-07-31", "2027-07-31", ""),
        ("2026-01-01..2027-07-31", "2027-08-01", "eindigt al eerder"),
        ("2026-12-01..", "2026-11-30", "ligt voor de begindatum"),
        ("2026-12-01..", "2026-12-01", ""),
    ],
)
def test_when_an_agreement_can_end(row, last_day, problem):
    said = refusal(check_end, period(row), D(last_day), TODAY)
    assert problem in said and bool(problem) == bool(said)


@pytest.mark.parametrize(
    ("code", "begins", "problem"),
    [
        ("8-weken", "2026-11-20", ""),
        ("8-weken", "2026-11-19", "Kies vandaag of een latere dag."),
        ("3-maanden", "2026-12-01", "Een regio kan hem niet veranderen."),
    ],
)
def test_a_term_of_a_region_is_its_own_and_begins_today_at_the_earliest(code, begins, problem):
    said = refusal(check_new_term, code, ["4-weken", "3-maanden"], D(begins), TODAY)
    assert problem in said and bool(problem) == bool(said)
