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
    board_agreed_on=D("2026-11-02"),
    leerplicht_until=D("2028-07-31"),
)
LAST_YEAR = replace(PLAN, ground=Ground.ART_3B, born=D("2010-10-05"), leerplicht_until=D("2027-07-31"))
QUALIFYING = replace(PLAN, ground=Ground.ART_15, obligation=Obligation.KWALIFICATIEPLICHT)
LEAVE = replace(PLAN, ground=Ground.LEAVE, days=3, granted=8, school_days=3)


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
        # Only the treating doctor is left out (art. 7, A8).
        ({"treats": True, "doctor": True}, ["Niet de behandelend arts"]),
        ({"treats": True, "doctor": False}, []),
        ({"doctor": True}, []),
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
    ("received", "first", "previous", "since", "missing"),
    [
        pytest.param("2027-06-30", "2027-08-01", "2027-07-31", False, [], id="R10 the day before 1 July"),
        pytest.param("2027-07-01", "2027-08-01", "2027-07-31", False, ["Op tijd"], id="R10 on 1 July: late"),
        pytest.param("2027-07-15", "2027-08-02", "2027-07-31", False, ["Op tijd"], id="F6.4 another first day: late"),
        pytest.param("2027-07-15", "2027-08-30", "2027-07-31", False, ["Op tijd"], id="the first school day: late"),
        pytest.param("2027-10-01", "2027-10-01", "2027-07-31", False, ["Op tijd"], id="months later: late"),
        pytest.param("2027-07-15", "2027-08-02", "2027-06-30", False, ["Op tijd"], id="it ended in June: late as well"),
        pytest.param("2027-10-01", "2027-10-01", "2026-07-31", False, ["Op tijd"], id="a year later, no school"),
        pytest.param("2027-10-01", "2027-10-01", "2027-07-31", True, [], id="went to school and dropped out again"),
        pytest.param("2027-03-01", "2027-03-01", "2026-12-31", False, [], id="goes on in the same school year"),
        pytest.param("2027-06-30", "2027-08-01", None, False, ["Op tijd"], id="claimed before: until when is asked"),
    ],
)
def test_the_next_one_is_there_before_1_july(
    received: str, first: str, previous: str | None, since: bool, missing: list[str]
) -> None:
    about = {"received_on": D(received), "first_day": D(first), "statement_on": D(received)}
    about |= {"previous_until": D(previous) if previous else None, "school_since": since}
    assert unmet(MEDICAL, earlier=True, **about) == missing


ADVICE = "Onderwijskundig advies over wat wel kan"


@pytest.mark.parametrize(
    ("since", "changes", "missing"),
    [
        pytest.param(None, {}, [], id="36663 is not in force"),
        pytest.param("2026-10-31", {}, [], id="received the day before"),
        pytest.param("2026-10-30", {}, [ADVICE], id="received on the day it is in force"),
        pytest.param("2026-10-30", {"advice_on": D("2026-10-20")}, [], id="with the advice"),
        pytest.param("2026-10-30", {"ground": Ground.ART_5_ONDER_B}, [], id="of another ground it asks nothing"),
    ],
)
def test_the_bill_on_school_absence_asks_more_from_its_day_on(
    since: str | None, changes: dict[str, Any], missing: list[str]
) -> None:
    found = requirements(replace(MEDICAL, **changes), wet_terugdringen_schoolverzuim_vanaf=D(since) if since else None)
    assert [r.label for r in found if not r.met] == missing


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


@pytest.mark.parametrize(
    ("notice", "missing"),
    [(None, []), ("2027-01-16", []), ("2027-01-15", ["Een jaar niet op een school van die richting"])],
)
def test_the_year_counts_from_the_date_on_the_kennisgeving(notice: str | None, missing: list[str]) -> None:
    """F6.10, art. 8 lid 2: received 20 January, of a child that was there until 15 January of the year before."""
    about = {"last_at_direction": D("2026-01-15"), "received_on": D("2027-01-20")}
    assert unmet(PARENTS, notice_on=D(notice) if notice else None, **about) == missing


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
    ("claim", "changes", "missing"),
    [
        (PLAN, {}, []),
        (PLAN, {"born": D("2012-11-21")}, ["14 jaar of ouder"]),
        (PLAN, {"born": D("2012-11-20")}, []),
        (PLAN, {"obligation": Obligation.KWALIFICATIEPLICHT}, ["Leerplichtig"]),  # F6.3
        (PLAN, {"obligation": Obligation.RELEASED}, ["Leerplichtig"]),
        (PLAN, {"heard_on": None, "head_heard_on": None}, ["Ouders en jongere gehoord", "Hoofd van de school gehoord"]),
        (PLAN, {"statement_on": None}, ["Plan van aanpak van de school"]),
        (PLAN, {"board_agreed_on": None}, ["Bestuur van de school stemt in"]),
        # To go on: asked eight weeks before the end, with a statement of the head.
        (PLAN, {"previous_until": D("2026-12-25"), "head_statement_on": D("2026-10-20")}, []),
        (PLAN, {"previous_until": D("2026-12-25")}, ["Verklaring van het hoofd van de school"]),
        (
            PLAN,
            {"previous_until": D("2026-12-24"), "head_statement_on": D("2026-10-20")},
            ["Verlenging op tijd gevraagd"],
        ),
        # Only in the last school year of the leerplicht.
        (LAST_YEAR, {}, []),
        (LAST_YEAR, {"first_day": D("2026-08-01")}, []),
        (LAST_YEAR, {"first_day": D("2026-07-31")}, ["Laatste schooljaar van de leerplicht"]),
        (
            LAST_YEAR,
            {"born": D("2018-05-05"), "leerplicht_until": D("2034-07-31")},  # F6.3: a child of 8
            ["Laatste schooljaar van de leerplicht"],
        ),
        (LAST_YEAR, {"leerplicht_until": D("2028-07-31")}, ["Laatste schooljaar van de leerplicht"]),
        (
            LAST_YEAR,
            {"obligation": Obligation.KWALIFICATIEPLICHT, "leerplicht_until": D("2026-07-31")},
            ["Leerplichtig", "Laatste schooljaar van de leerplicht"],
        ),
        (LAST_YEAR, {"previous_until": D("2026-11-19")}, ["Verklaring van het hoofd van de school"]),
        (LAST_YEAR, {"previous_until": D("2026-11-19"), "head_statement_on": D("2026-10-20")}, []),
        (LAST_YEAR, {"statement_on": None}, ["Plan van de mbo-instelling"]),
        (QUALIFYING, {}, []),
        (QUALIFYING, {"obligation": Obligation.LEERPLICHT}, ["Kwalificatieplichtig"]),
        (QUALIFYING, {"head_heard_on": None}, []),
    ],
)
def test_what_is_decided(claim: Claim, changes: dict[str, Any], missing: list[str]) -> None:
    assert unmet(claim, **changes) == missing


@pytest.mark.parametrize(
    ("days", "granted", "between", "missing"),
    [
        (3, 8, 3, []),  # worked date: eleven in all
        (2, 8, 2, ["Meer dan 10 dagen in dit schooljaar"]),
        (11, 0, 11, []),
        (None, 0, 3, ["Aantal dagen"]),
        (12, 0, 156, ["Dagen kloppen met de schoolkalender"]),  # F6.10: twelve days, until 31 July
        (12, 0, 11, ["Dagen kloppen met de schoolkalender"]),
        (12, 0, None, ["Dagen kloppen met de schoolkalender"]),
    ],
)
def test_leave(days: int | None, granted: int, between: int | None, missing: list[str]) -> None:
    assert unmet(LEAVE, days=days, granted=granted, school_days=between) == missing


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
    MEDICAL,
    earlier=True,
    previous_until=D("2027-07-31"),
    first_day=D("2027-08-02"),
    received_on=D("2027-07-01"),
    statement_on=D("2027-06-01"),
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
        (
            replace(LEAVE, days=12, school_days=156),
            "Dagen kloppen met de schoolkalender",
            "Gevraagd: 12. Van de eerste tot en met de laatste dag: 156 schooldagen.",
        ),
        (
            replace(LAST_YEAR, leerplicht_until=D("2028-07-31")),
            "Laatste schooljaar van de leerplicht",
            "Artikel 3b geldt alleen in het laatste schooljaar van de leerplicht. "
            "Dat is van 01-08-2027 tot en met 31-07-2028.",
        ),
        (
            replace(PLAN, previous_until=D("2026-12-24")),
            "Verlenging op tijd gevraagd",
            "Te laat: een verlenging moest zijn gevraagd op 29-10-2026, acht weken voor het einde.",
        ),
        (
            replace(MEDICAL, treats=True),
            "Niet de behandelend arts",
            "Deze deskundige behandelt het kind. Vul in of het een arts is: dan telt de verklaring niet.",
        ),
        (
            replace(MEDICAL, treats=True, doctor=True),
            "Niet de behandelend arts",
            "De verklaring komt van de arts die het kind behandelt. Die telt niet.",
        ),
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
