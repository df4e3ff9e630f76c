"""Birth dates of which a part is unknown (domain A4): computed on the side that protects the child."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leerplicht.law.births import Known, claimable, first_possible, last_possible, protecting
from leerplicht.law.obligation import OBLIGED, Obligation, leerplicht_end, leerplicht_start, obligation_on
from tests.leerplicht.law.home_facts import D


@pytest.mark.parametrize(
    ("born", "known", "first", "last"),
    [
        ("2012-05-05", Known.DAY, "2012-05-05", "2012-05-05"),
        ("2012-05-05", Known.MONTH, "2012-05-01", "2012-05-31"),
        ("2012-02-10", Known.MONTH, "2012-02-01", "2012-02-29"),
        ("2012-05-05", Known.YEAR, "2012-01-01", "2012-12-31"),
    ],
)
def test_the_days_that_it_can_be(born, known, first, last):
    assert (first_possible(D(born), known), last_possible(D(born), known)) == (D(first), D(last))


@given(st.dates(date(2000, 1, 1), date(2020, 12, 31)))
def test_with_year_and_month_the_start_and_the_end_of_leerplicht_are_certain(born):
    """But for 29 February, who is five on 1 March."""
    assume(born.month != 2)
    first, last = first_possible(born, Known.MONTH), last_possible(born, Known.MONTH)
    assert leerplicht_start(first) == leerplicht_start(last)
    assert leerplicht_end(first) == leerplicht_end(last)


@pytest.mark.parametrize(
    ("born", "known", "day", "runs", "claimed"),
    [
        ("2012-05-01", Known.MONTH, "2026-10-05", Obligation.LEERPLICHT, Obligation.LEERPLICHT),
        ("2008-11-01", Known.MONTH, "2026-10-31", Obligation.KWALIFICATIEPLICHT, Obligation.KWALIFICATIEPLICHT),
        ("2008-11-01", Known.MONTH, "2026-11-15", Obligation.KWALIFICATIEPLICHT, Obligation.DOORSTROOM),
        ("2008-11-01", Known.MONTH, "2026-12-01", Obligation.DOORSTROOM, Obligation.DOORSTROOM),
        ("2021-01-01", Known.YEAR, "2026-06-01", Obligation.LEERPLICHT, Obligation.NOT_YET),
        ("2021-01-01", Known.YEAR, "2027-01-01", Obligation.LEERPLICHT, Obligation.LEERPLICHT),
        ("2010-01-01", Known.YEAR, "2026-10-05", Obligation.KWALIFICATIEPLICHT, Obligation.LEERPLICHT),
        ("2008-01-01", Known.YEAR, "2026-10-05", Obligation.KWALIFICATIEPLICHT, Obligation.DOORSTROOM),
    ],
)
def test_the_clock_runs_and_nothing_is_claimed_where_it_differs(born, known, day, runs, claimed):
    both = [obligation_on(D(day), D(b)) for b in (born, str(last_possible(D(born), known)))]
    assert (protecting(*both), claimable(*both)) == (runs, claimed)


@given(st.sampled_from(Obligation), st.sampled_from(Obligation))
def test_what_is_certain_is_both(earliest, latest):
    certain = earliest in OBLIGED and latest in OBLIGED
    assert (claimable(earliest, latest) in OBLIGED) == certain
    assert (protecting(earliest, latest) in OBLIGED) == (earliest in OBLIGED or latest in OBLIGED)
