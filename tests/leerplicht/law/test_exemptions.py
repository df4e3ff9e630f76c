"""Exemptions and leave: the dates and who decides."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leerplicht.law.calendar import school_year
from leerplicht.law.exemptions import LABELS, Article, first_claim_by, leave_decider, renewal_in_time, statement_fresh
from leerplicht.law.obligation import leerplicht_start

D = date.fromisoformat


@pytest.mark.parametrize(
    ("article", "label"),
    [
        pytest.param(Article.ART_5_ONDER_A, "art. 5 onder a", id="R9 the medical one"),
        pytest.param(Article.ART_5A_TREKKEND, "art. 5a (trekkend bestaan)", id="R9 the travelling one"),
        pytest.param(Article.ART_15, "art. 15", id="other education"),
    ],
)
def test_label(article: Article, label: str) -> None:
    assert article.label == LABELS[article] == label


def test_every_article_has_its_own_label() -> None:
    assert set(LABELS) == set(Article)
    assert len(set(LABELS.values())) == len(Article) == 9


@pytest.mark.parametrize(
    ("born", "latest"),
    [
        pytest.param("2021-11-22", "2026-11-01", id="R10 leerplichtig on 1 December 2026"),
        pytest.param("2021-09-01", "2026-09-01", id="born on the 1st: leerplichtig on 1 October"),
        pytest.param("2021-12-05", "2026-12-01", id="leerplichtig on 1 January: the year before"),
        pytest.param("2020-02-29", "2025-03-01", id="leap-day child"),
    ],
)
def test_first_claim(born: str, latest: str) -> None:
    assert first_claim_by(D(born)) == D(latest)


@pytest.mark.parametrize(
    ("statement", "received", "fresh"),
    [
        pytest.param("2026-07-30", "2026-10-30", True, id="R10 three months to the day"),
        pytest.param("2026-07-29", "2026-10-30", False, id="R10 a day too old"),
        pytest.param("2026-02-28", "2026-05-31", True, id="R10 clamp: 31 May back to 28 February"),
        pytest.param("2026-02-27", "2026-05-31", False, id="a day before the clamp"),
        pytest.param("2028-02-29", "2028-05-31", True, id="clamp in a leap year"),
        pytest.param("2028-02-28", "2028-05-31", False, id="the day before it"),
        pytest.param("2026-11-15", "2027-02-15", True, id="over the turn of the year"),
        pytest.param("2026-10-30", "2026-10-30", True, id="dated on the day of receipt"),
    ],
)
def test_statement(statement: str, received: str, fresh: bool) -> None:
    assert statement_fresh(D(statement), D(received)) is fresh


@pytest.mark.parametrize(
    ("received", "year", "in_time"),
    [
        pytest.param("2027-06-30", 2027, True, id="R10 30 June"),
        pytest.param("2027-07-01", 2027, False, id="R10 1 July is late"),
        pytest.param("2026-06-30", 2027, True, id="a year early"),
        pytest.param("2027-06-30", 2026, False, id="for the year before"),
        pytest.param("2027-06-30", 9999, True, id="for the last year there is"),
    ],
)
def test_renewal(received: str, year: int, in_time: bool) -> None:
    assert renewal_in_time(D(received), year) is in_time


@pytest.mark.parametrize(
    ("requested", "granted", "decider"),
    [
        pytest.param(3, 8, "leerplichtambtenaar", id="R11 eleven days in all"),
        pytest.param(2, 8, "hoofd", id="R11 ten days in all"),
        pytest.param(10, 0, "hoofd", id="ten days at once"),
        pytest.param(11, 0, "leerplichtambtenaar", id="eleven days at once"),
        pytest.param(1, 10, "leerplichtambtenaar", id="the eleventh day"),
    ],
)
def test_leave(requested: int, granted: int, decider: str) -> None:
    assert leave_decider(requested, granted) == decider


def test_leave_in_june_does_not_count_in_september() -> None:
    leave = {date(2026, 6, 8): 8}
    this_year = sum(days for day, days in leave.items() if school_year(day) == school_year(date(2026, 9, 14)))
    assert leave_decider(3, this_year) == "hoofd"


NOON = datetime(2026, 10, 30, 12)
DAY = date(2026, 10, 30)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        pytest.param(lambda: statement_fresh(date(2026, 10, 31), DAY), "later", id="statement after receipt"),
        pytest.param(lambda: statement_fresh(NOON, DAY), "zonder tijd", id="a moment as statement"),
        pytest.param(lambda: statement_fresh(DAY, NOON), "zonder tijd", id="a moment as receipt"),
        pytest.param(lambda: renewal_in_time(NOON, 2027), "zonder tijd", id="a moment as receipt of a renewal"),
        pytest.param(lambda: renewal_in_time(DAY, 0), "schooljaar", id="year 0"),
        pytest.param(lambda: renewal_in_time(DAY, 20272028), "kalender", id="two years in one"),
        pytest.param(lambda: renewal_in_time(DAY, "2027"), "schooljaar", id="a year as text"),  # type: ignore[arg-type]
        pytest.param(lambda: leave_decider(0, 0), "1 of meer", id="no days"),
        pytest.param(lambda: leave_decider(1, -1), "0 of meer", id="days below 0"),
        pytest.param(lambda: leave_decider(2.5, 0), "heel getal", id="half days"),  # type: ignore[arg-type]
        pytest.param(lambda: first_claim_by(NOON), "zonder tijd", id="a moment as birth"),
    ],
)
def test_refused(call, sentence: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=sentence):
        call()


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_first_claim_is_28_to_31_days_before_the_start(born: date) -> None:
    assert 28 <= (leerplicht_start(born) - first_claim_by(born)).days <= 31


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 200), st.integers(0, 200))
def test_an_older_statement_is_never_fresher(received: date, one: int, other: int) -> None:
    newer, older = sorted((one, other))
    assume(statement_fresh(received - timedelta(days=older), received))
    assert statement_fresh(received - timedelta(days=newer), received)
