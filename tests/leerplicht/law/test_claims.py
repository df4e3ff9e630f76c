"""Claims on an exemption and requests: what must be there, as tables (domain 1.9, worked dates)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerplicht.law.claims import ARTICLES, BY_LAW, Claim, Ground, holds_until, is_decided, look_again_on, requirements
from leerplicht.law.exemptions import Article
from leerplicht.law.obligation import Obligation

D = date.fromisoformat
MEDICAL = Claim(
    Ground.ART_5_ONDER_A,
    born=D("2014-05-05"),
    received_on=D("2026-10-30"),
    first_day=D("2026-10-30"),
    obligation=Obligation.LEERPLICHT,
    statement_on=D("2026-10-01"),
    designated=True,
)
PARENTS = Claim(
    Ground.ART_5_ONDER_B,
    born=D("2014-05-05"),
    received_on=D("2027-01-10"),
    first_day=D("2027-01-10"),
    obligation=Obligation.LEERPLICHT,
    statement_on=D("2027-01-10"),
)
PLAN = Claim(
    Ground.ART_3A,
    born=D("2012-05-05"),
    received_on=D("2026-10-30"),
    first_day=D("2026-11-20"),
    obligation=Obligation.LEERPLICHT,
    statement_on=D("2026-10-01"),
    heard_on=D("2026-11-02"),
    head_heard_on=D("2026-11-02"),
)
LEAVE = replace(PLAN, ground=Ground.LEAVE, days=3, granted=8)


def unmet(claim: Claim, **changes: Any) -> list[str]:
    return [r.label for r in requirements(replace(claim, **changes)) if not r.met]


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, []),
        ({"statement_on": None}, ["Verklaring van hoogstens drie maanden oud"]),
        ({"statement_on": D("2026-07-30")}, []),  # worked date: just fresh enough
        ({"statement_on": D("2026-07-29")}, ["Verklaring van hoogstens drie maanden oud"]),
        ({"designated": False}, ["Deskundige is door de gemeente aangewezen"]),
        ({"treats": True}, ["Niet de behandelend arts"]),
        # Again for the next school year: before 1 July.
        (
            {
                "earlier": True,
                "first_day": D("2027-08-01"),
                "received_on": D("2027-06-30"),
                "statement_on": D("2027-06-01"),
            },
            [],
        ),
        (
            {
                "earlier": True,
                "first_day": D("2027-08-01"),
                "received_on": D("2027-07-01"),
                "statement_on": D("2027-06-01"),
            },
            ["Op tijd"],
        ),
        # Claimed before, and the situation changed in the middle of a school year: at any time.
        ({"earlier": True}, []),
        # Not claimed before, and the school year happens to begin: at any time.
        ({"first_day": D("2027-08-01"), "received_on": D("2027-07-10"), "statement_on": D("2027-06-01")}, []),
        # The first time: a month before 1 December 2026.
        (
            {
                "born": D("2021-11-22"),
                "first_day": D("2026-12-01"),
                "received_on": D("2026-11-01"),
                "statement_on": D("2026-10-01"),
            },
            [],
        ),
        (
            {
                "born": D("2021-11-22"),
                "first_day": D("2026-12-01"),
                "received_on": D("2026-11-02"),
                "statement_on": D("2026-10-01"),
            },
            ["Op tijd"],
        ),
    ],
)
def test_the_medical_one(changes: dict[str, Any], missing: list[str]) -> None:
    assert unmet(MEDICAL, **changes) == missing


@pytest.mark.parametrize(
    ("last", "received", "missing"),
    [
        (None, "2027-01-10", []),
        ("2026-01-15", "2027-01-10", ["Een jaar niet op een school van die richting"]),  # worked date
        ("2026-01-15", "2027-01-15", ["Een jaar niet op een school van die richting"]),
        ("2026-01-15", "2027-01-16", []),
    ],
)
def test_overwegende_bedenkingen(last: str | None, received: str, missing: list[str]) -> None:
    assert unmet(PARENTS, last_at_direction=D(last) if last else None, received_on=D(received)) == missing


def test_the_day_from_which_it_can_is_told() -> None:
    (found,) = (r for r in requirements(replace(PARENTS, last_at_direction=D("2026-01-15"))) if not r.met)
    assert "vanaf 16-01-2027" in found.why


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, ["Het kind gaat daar echt naartoe"]),
        ({"attends": True}, []),
        ({"attends": True, "statement_on": None}, ["Verklaring van de school in het buitenland"]),
    ],
)
def test_school_abroad(changes: dict[str, Any], missing: list[str]) -> None:
    assert unmet(PARENTS, ground=Ground.ART_5_ONDER_C, **changes) == missing


@pytest.mark.parametrize(
    ("ground", "changes", "missing"),
    [
        (Ground.ART_3A, {}, []),
        (Ground.ART_3A, {"born": D("2012-11-21")}, ["14 jaar of ouder"]),
        (Ground.ART_3A, {"born": D("2012-11-20")}, []),
        (
            Ground.ART_3A,
            {"heard_on": None, "head_heard_on": None},
            ["Ouders en jongere gehoord", "Hoofd van de school gehoord"],
        ),
        (Ground.ART_3A, {"statement_on": None}, ["Plan of bewijs"]),
        (Ground.ART_3B, {}, []),
        (Ground.ART_3B, {"obligation": Obligation.KWALIFICATIEPLICHT}, ["Leerplichtig"]),
        (Ground.ART_15, {}, ["Kwalificatieplichtig"]),
        (Ground.ART_15, {"obligation": Obligation.KWALIFICATIEPLICHT, "head_heard_on": None}, []),
    ],
)
def test_what_is_decided(ground: Ground, changes: dict[str, Any], missing: list[str]) -> None:
    assert unmet(PLAN, ground=ground, **changes) == missing


@pytest.mark.parametrize(
    ("days", "granted", "missing"),
    [
        (3, 8, []),  # worked date: eleven in all
        (2, 8, ["Meer dan 10 dagen in dit schooljaar"]),
        (11, 0, []),
        (None, 0, ["Aantal dagen"]),
    ],
)
def test_leave(days: int | None, granted: int, missing: list[str]) -> None:
    assert unmet(LEAVE, days=days, granted=granted) == missing


def test_a_statement_of_after_the_receipt_cannot_be() -> None:
    with pytest.raises(ValueError, match="niet later"):
        requirements(replace(MEDICAL, statement_on=D("2026-10-31")))


def test_nobody_grants_what_arises_by_law() -> None:
    assert {g for g in Ground if not is_decided(g)} == BY_LAW
    assert set(ARTICLES) | {Ground.LEAVE} == set(Ground) and set(ARTICLES.values()) < set(Article)


@pytest.mark.parametrize(
    ("first", "until", "look"),
    [
        ("2026-10-30", "2027-07-31", "2027-06-01"),
        ("2027-08-01", "2028-07-31", "2028-06-01"),
        ("2027-07-31", "2027-07-31", "2027-06-01"),
    ],
)
def test_until_the_end_of_the_school_year(first: str, until: str, look: str) -> None:
    assert (holds_until(D(first)), look_again_on(D(first))) == (D(until), D(look))


AGAIN = replace(
    MEDICAL, earlier=True, first_day=D("2027-08-01"), received_on=D("2027-07-01"), statement_on=D("2027-06-01")
)
FIRST_TIME = replace(MEDICAL, born=D("2021-11-22"), first_day=D("2026-12-01"), received_on=D("2026-11-02"))


@pytest.mark.parametrize(
    ("claim", "label", "why"),
    [
        (AGAIN, "Op tijd", "Te laat: dit moest er zijn op 30-06-2027."),
        (FIRST_TIME, "Op tijd", "Te laat: dit moest er zijn op 01-11-2026."),
        (
            replace(MEDICAL, statement_on=D("2026-07-29")),
            "Verklaring van hoogstens drie maanden oud",
            "De verklaring is ouder dan drie maanden.",
        ),
        (replace(MEDICAL, statement_on=None), "Verklaring van hoogstens drie maanden oud", "Is er nog niet."),
        (
            replace(LEAVE, days=2),
            "Meer dan 10 dagen in dit schooljaar",
            "Samen 10 dagen: tot en met 10 dagen beslist het hoofd van de school.",
        ),
        (replace(PLAN, born=D("2012-11-21")), "14 jaar of ouder", "Kan vanaf 21-11-2026."),
    ],
)
def test_what_is_missing_is_said_with_its_day_or_number(claim: Claim, label: str, why: str) -> None:
    assert [r.why for r in requirements(claim) if r.label == label] == [why]


@given(st.dates(D("2000-01-01"), D("2090-12-31")), st.integers(0, 400))
def test_it_never_ends_before_it_begins_and_never_lasts_longer_than_a_year(first: date, days: int) -> None:
    end = holds_until(first)
    assert first <= end < first + timedelta(days=366)
    assert holds_until(min(first + timedelta(days=days), end)) == end


@given(st.sampled_from(list(Ground)), st.booleans(), st.booleans(), st.integers(0, 200))
def test_what_is_wrong_is_said(ground: Ground, designated: bool, treats: bool, age: int) -> None:
    changes = {"designated": designated, "treats": treats, "statement_on": D("2026-10-30") - timedelta(days=age)}
    for found in requirements(replace(PLAN, ground=ground, days=3, **changes)):
        assert bool(found.why) == (not found.met)
