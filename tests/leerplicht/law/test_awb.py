"""Terms of a decision and of an objection to it, as tables (Awb, Algemene termijnenwet; domain 1.9 and A1)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerplicht.law.awb import Arrived, copy_by, objection_arrived, objection_until, told_by_post_until
from leerplicht.law.claims import Ground, decide_by

D = date.fromisoformat


@pytest.mark.parametrize(
    ("ground", "received", "by"),
    [
        pytest.param(Ground.ART_3A, "2026-11-27", "2026-12-28", id="A1 four weeks, over Christmas and a Sunday"),
        pytest.param(Ground.ART_3A, "2026-10-30", "2026-11-27", id="four weeks, a Friday"),
        pytest.param(Ground.ART_3B, "2026-10-31", "2026-11-30", id="four weeks, from a Saturday to a Monday"),
        pytest.param(Ground.ART_15, "2026-10-30", "2026-12-28", id="Awb 4:13 eight weeks, over Christmas"),
        pytest.param(Ground.LEAVE, "2026-11-02", "2026-12-28", id="Awb 4:13 eight weeks, a Monday"),
        pytest.param(Ground.LEAVE, "2026-11-27", "2027-01-22", id="Awb 4:13 eight weeks, a Friday"),
        pytest.param(Ground.ART_5_ONDER_A, "2026-11-27", None, id="art. 5 is no application: no decision, no term"),
        pytest.param(Ground.ART_5_ONDER_B, "2026-11-27", None, id="nor onder b"),
        pytest.param(Ground.ART_5_ONDER_C, "2026-11-27", None, id="nor onder c"),
    ],
)
def test_last_day_for_a_decision(ground: Ground, received: str, by: str | None) -> None:
    assert decide_by(ground, D(received)) == (D(by) if by else None)


@pytest.mark.parametrize(
    ("decided", "copy"),
    [
        pytest.param("2026-11-27", "2026-12-11", id="two weeks"),
        pytest.param("2026-12-11", "2026-12-28", id="two weeks, over Christmas"),
        pytest.param("2026-11-28", "2026-12-14", id="two weeks, from a Saturday to a Monday"),
    ],
)
def test_last_day_for_the_copy(decided: str, copy: str) -> None:
    assert copy_by(D(decided)) == D(copy)


@pytest.mark.parametrize(
    ("told", "until"),
    [
        pytest.param("2026-11-13", "2026-12-28", id="A1 six weeks, over Christmas and a Sunday"),
        pytest.param("2026-11-27", "2027-01-08", id="six weeks, a Friday"),
        pytest.param("2026-11-20", "2027-01-04", id="New Year's day is a Friday"),
        pytest.param("2026-03-24", "2026-05-06", id="5 May"),
    ],
)
def test_last_day_to_object(told: str, until: str) -> None:
    assert objection_until(D(told)) == D(until)


@pytest.mark.parametrize(
    ("received", "arrived"),
    [
        pytest.param("2026-11-12", Arrived.EARLY, id="before the decision was sent"),
        pytest.param("2026-11-13", Arrived.IN_TIME, id="the day it was sent"),
        pytest.param("2026-12-28", Arrived.IN_TIME, id="A1 the last day"),
        pytest.param("2026-12-29", Arrived.IF_POSTED_IN_TIME, id="a day later: in time when it was posted in time"),
        pytest.param("2027-01-04", Arrived.IF_POSTED_IN_TIME, id="a week after the end"),
        pytest.param("2027-01-05", Arrived.LATE, id="more than a week after it"),
    ],
)
def test_whether_an_objection_is_in_time(received: str, arrived: Arrived) -> None:
    """Sent 13 November 2026; Awb 6:7 to 6:10."""
    assert objection_arrived(D(received), D("2026-11-13")) == arrived


@given(st.dates(D("2020-01-01"), D("2090-12-31")))
def test_nobody_has_less_than_six_weeks_and_the_post_has_a_week_more(told: date) -> None:
    until = objection_until(told)
    assert timedelta(weeks=6) <= until - told <= timedelta(weeks=6, days=5)
    assert told_by_post_until(told) - until >= timedelta(weeks=1)
    assert objection_arrived(until, told) == Arrived.IN_TIME
