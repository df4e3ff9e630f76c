"""What the law asks per school year, with first and last day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerplicht.law.exemptions import Article
from leerplicht.law.obligation import OBLIGED, Obligation, birthday, leerplicht_start, obligation_on
from leerplicht.law.school_years import FREES, Exempted, stretches

L, K, R = Obligation.LEERPLICHT, Obligation.KWALIFICATIEPLICHT, Obligation.RELEASED
D, S = Obligation.DOORSTROOM, Obligation.STARTKWALIFICATIE


def day(text: str) -> date:
    return date.fromisoformat(text)


JULY, DIPLOMA = day("2026-07-31"), day("2027-01-15")


def turns(found) -> list[tuple]:
    """Where the law begins to ask something else: first day and what; school years in between left out."""
    kept: list[tuple] = []
    for s in found:
        now = (s.obligation, s.exempt)
        if not kept or kept[-1][1:] != now:
            kept.append((s.first_day.isoformat(), *now))
    return kept


@pytest.mark.parametrize(
    ("born", "facts", "expected"),
    [
        # domain 1.3: born one day apart, a year of leerplicht
        ("2010-07-31", {}, [("2015-08-01", L), ("2026-08-01", K), ("2028-07-31", D)]),
        ("2010-08-01", {}, [("2015-09-01", L), ("2027-08-01", K), ("2028-08-01", D)]),
        ("2012-02-29", {}, [("2017-04-01", L), ("2028-08-01", K), ("2030-03-01", D)]),
        # twelve full school years
        ("2010-08-15", {"twelve_years_done": JULY}, [("2015-09-01", L), ("2026-08-01", K), ("2028-08-15", D)]),
        # art. 4a lid 2
        ("2009-10-01", {"released": True}, [("2014-11-01", L), ("2026-08-01", R), ("2027-10-01", D)]),
        # a diploma during the leerplicht, and one in the kwalificatieplicht
        ("2009-10-01", {"startkwalificatie": day("2026-07-10")}, [("2014-11-01", L), ("2026-08-01", S)]),
        ("2009-10-01", {"startkwalificatie": DIPLOMA}, [("2014-11-01", L), ("2026-08-01", K), ("2027-01-15", S)]),
        # the old limit of 23 ended before 2026
        ("2002-06-01", {}, [("2007-07-01", L), ("2018-08-01", K), ("2020-06-01", D), ("2026-01-01", D)]),
    ],
)  # fmt: skip
def test_where_the_law_turns(born, facts, expected):
    found = [(first, asked) for first, asked, _ in turns(stretches(day(born), **facts))]
    if born == "2002-06-01":  # nothing was asked between 23 and the new law
        found.append(("2026-01-01", D))
    assert found == expected


def test_an_exemption_frees_from_day_to_day():
    freed = Exempted(Article.ART_5_ONDER_A, day("2020-10-05"), day("2021-03-31"))
    found = stretches(day("2013-05-05"), exemptions=[freed])
    year = [(s.first_day.isoformat(), s.last_day.isoformat(), s.exempt) for s in found if s.school_year == 2020]
    assert year == [
        ("2020-08-01", "2020-10-04", None),
        ("2020-10-05", "2021-03-31", Article.ART_5_ONDER_A),
        ("2021-04-01", "2021-07-31", None),
    ]


@pytest.mark.parametrize("article", sorted(set(Article) - FREES))
def test_what_frees_nobody_is_no_exemption(article):
    without = stretches(day("2013-05-05"))
    assert stretches(day("2013-05-05"), exemptions=[Exempted(article, day("2020-10-05"))]) == without


def test_an_exemption_without_end_ends_with_the_duty():
    found = stretches(day("2013-05-05"), exemptions=[Exempted(Article.ART_15, day("2030-01-01"))])
    freed = [s for s in found if s.exempt]
    assert (freed[0].first_day, freed[-1].last_day) == (day("2030-01-01"), day("2031-05-04"))


BORN = st.dates(date(1998, 1, 1), date(2021, 12, 31))
DAYS = st.dates(date(2003, 1, 1), date(2045, 12, 31))


@given(
    BORN,
    st.none() | DAYS,
    st.booleans(),
    st.lists(st.tuples(st.sampled_from(Article), DAYS, st.none() | DAYS), max_size=3),
)
def test_each_day_is_as_the_law_says_of_that_day(born, diploma, released, claims):
    """Day by day beside `obligation_on`: no day twice, none forgotten, none in another school year."""
    freed = [Exempted(a, first, last) for a, first, last in claims if last is None or last >= first]
    diploma = diploma if diploma is None or diploma > born else None
    facts = {"startkwalificatie": diploma, "released": released}
    found = stretches(born, exemptions=freed, **facts)
    first, until = leerplicht_start(born), birthday(born, 27)
    for s in found:
        for probe in {s.first_day, s.last_day, s.first_day + (s.last_day - s.first_day) // 2}:
            assert obligation_on(probe, born, **facts) == s.obligation
            freeing = [e.article for e in freed if e.article in FREES and e.holds_on(probe)]
            assert s.exempt == (freeing[0] if freeing and s.obligation in OBLIGED else None)
        assert (s.last_day.month, s.first_day.month) != (8, 7) and s.first_day <= s.last_day < until
    assert found[0].first_day == first
    obliged = [s for s in found if s.obligation in OBLIGED]
    for one, other in pairwise(obliged):
        assert other.first_day == one.last_day + timedelta(days=1)


@pytest.mark.parametrize("facts", [{"twelve_years_done": day("2026-06-30")}, {"startkwalificatie": day("2000-01-01")}])
def test_dates_that_cannot_be(facts):
    with pytest.raises(ValueError, match=r"31 juli|geboortedatum"):
        stretches(day("2013-05-05"), **facts)
