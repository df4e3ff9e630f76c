"""Which dates of a claim can be, and how it can end: the rules as tables."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from cases.claims.rules import check_claim_dates, check_days_asked, check_days_given, check_judgement
from tests.cases.refusal import refusal

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
BORN, RECEIVED, UNTIL = date(2014, 5, 5), date(2026, 11, 10), date(2027, 7, 31)


@dataclass(frozen=True)
class Claim:
    received_on: date = RECEIVED
    first_day: date = RECEIVED
    notice_on: date | None = None
    previous_until: date | None = None
    advice_on: date | None = None
    statement_on: date | None = None
    board_agreed_on: date | None = None
    head_statement_on: date | None = None
    asked_until: date | None = None
    days: int | None = None
    last_at_direction: date | None = None
    heard_on: date | None = None
    head_heard_on: date | None = None
    ground: str = "art-5a"
    permanent: bool = False
    is_decided: bool = False
    is_open: bool = True


RECEIPT, BEGIN = "De dag van ontvangst", "De eerste dag ligt voor de geboorte"
STATEMENT, ONE_OF = "De verklaring kan niet later zijn", "Een van de dagen"

NOTICE, FORMER, ASKED = "De datum op de kennisgeving", "De vorige vrijstelling", "De laatste dag die is gevraagd"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({}, ""),
        ({"received_on": TODAY}, ""),
        ({"received_on": TODAY + DAY}, RECEIPT),
        ({"received_on": BORN - DAY}, RECEIPT),
        ({"received_on": BORN, "first_day": BORN}, ""),
        ({"first_day": BORN - DAY}, BEGIN),
        ({"first_day": BORN}, ""),
        ({"first_day": RECEIVED + 366 * DAY}, ""),
        ({"first_day": RECEIVED + 367 * DAY}, BEGIN),
        ({"statement_on": RECEIVED}, ""),
        ({"statement_on": RECEIVED + DAY}, STATEMENT),
        ({"statement_on": BORN}, ""),
        ({"statement_on": BORN - DAY}, STATEMENT),
        ({"heard_on": TODAY, "head_heard_on": TODAY, "last_at_direction": TODAY}, ""),
        ({"heard_on": BORN, "head_heard_on": BORN, "last_at_direction": BORN}, ""),
        ({"heard_on": TODAY + DAY}, ONE_OF),
        ({"head_heard_on": TODAY + DAY}, ONE_OF),
        ({"last_at_direction": BORN - DAY}, ONE_OF),
        ({"board_agreed_on": TODAY, "head_statement_on": TODAY}, ""),
        ({"board_agreed_on": TODAY + DAY}, ONE_OF),
        ({"head_statement_on": TODAY + DAY}, ONE_OF),
        ({"advice_on": TODAY}, ""),
        ({"advice_on": TODAY + DAY}, ONE_OF),
        ({"notice_on": RECEIVED}, ""),
        ({"notice_on": RECEIVED + DAY}, NOTICE),
        ({"notice_on": BORN - DAY}, NOTICE),
        ({"previous_until": RECEIVED - DAY}, ""),
        ({"previous_until": RECEIVED}, FORMER),
        ({"previous_until": BORN - DAY}, FORMER),
        ({"asked_until": RECEIVED}, ""),
        ({"asked_until": RECEIVED - DAY}, ASKED),
        ({"asked_until": RECEIVED + 367 * DAY}, ASKED),
    ],
)
def test_nothing_of_tomorrow_but_the_begin_and_nothing_from_before_the_birth(changes, problem):
    said = refusal(check_claim_dates, replace(Claim(), **changes), born=BORN, today=TODAY)
    assert said.startswith(problem) and bool(problem) == bool(said)


VALID, PLAN = Claim(), Claim(ground="art-3a", is_decided=True)
LEAVE, OTHER = Claim(ground="verlof", is_decided=True), Claim(ground="art-15", is_decided=True)


@pytest.mark.parametrize(
    ("claim", "outcome", "changes", "problem"),
    [
        (VALID, "geldig", {}, ""),
        (VALID, "toegewezen", {}, "Kies een uitkomst"),
        (PLAN, "toegewezen", {}, ""),
        (PLAN, "geldig", {}, "Kies een uitkomst"),
        (replace(VALID, is_open=False), "geldig", {}, "Dit is al beoordeeld."),
        (VALID, "geldig", {"because": " "}, "Schrijf op waarom."),
        (VALID, "niet_geldig", {"because": " "}, "Schrijf op waarom."),
        # A refusal or a withdrawal needs no end and nothing of what is asked for.
        (VALID, "niet_geldig", {"last_day": None, "come_back": "", "missing": ["Op tijd"]}, ""),
        (VALID, "ingetrokken", {"last_day": None, "come_back": "", "missing": ["Op tijd"]}, ""),
        (PLAN, "afgewezen", {"last_day": None, "come_back": "", "missing": ["Gehoord"]}, ""),
        (VALID, "geldig", {"missing": ["Op tijd", "Gehoord"]}, "Dit kan zo niet: er ontbreekt nog Op tijd, Gehoord."),
        (PLAN, "toegewezen", {"missing": ["Gehoord"]}, "Dit kan zo niet: er ontbreekt nog Gehoord."),
        (VALID, "geldig", {"last_day": None}, "Vul in tot en met welke dag."),
        (replace(VALID, permanent=True), "geldig", {"last_day": None}, ""),
        (VALID, "geldig", {"last_day": RECEIVED}, ""),
        (VALID, "geldig", {"last_day": RECEIVED - DAY}, "De laatste dag ligt voor de eerste dag."),
        (
            VALID,
            "geldig",
            {"last_day": UNTIL + DAY},
            "Dit geldt hoogstens tot het einde van het schooljaar: 31-07-2027.",
        ),
        (replace(VALID, permanent=True), "geldig", {"last_day": UNTIL + DAY}, "Dit geldt hoogstens"),
        (OTHER, "toegewezen", {"last_day": UNTIL + DAY}, ""),
        (VALID, "geldig", {"come_back": " "}, "Schrijf op wat er waar moet zijn"),
        (LEAVE, "toegewezen", {"come_back": ""}, ""),
    ],
)
def test_how_a_claim_can_end(claim, outcome, changes, problem):
    given = {"because": "Voldoet", "last_day": UNTIL, "come_back": "Herstel", "missing": [], "until": UNTIL}
    said = refusal(check_judgement, claim, outcome, **given | changes)
    assert said.startswith(problem) and bool(problem) == bool(said)


ASKS = Claim(ground="verlof", is_decided=True, days=12, asked_until=date(2026, 11, 25))


@pytest.mark.parametrize(
    ("claim", "school_days", "problem"),
    [
        (ASKS, 12, ""),
        (
            ASKS,
            11,
            "De dagen kloppen niet. Gevraagd: 12. Van 10-11-2026 tot en met 25-11-2026: 11 schooldagen. "
            "Vakanties en vrije dagen van de school tellen niet mee.",
        ),
        (replace(ASKS, asked_until=None), None, ""),
        (replace(ASKS, days=None), 11, ""),
    ],
)
def test_days_of_leave_are_the_school_days_between(claim, school_days, problem):
    assert refusal(check_days_asked, claim, school_days) == problem


@pytest.mark.parametrize(
    ("last", "school_days", "problem"),
    [
        (date(2026, 11, 25), 12, ""),
        (date(2026, 11, 12), 3, ""),  # less was granted than was asked
        (date(2026, 11, 25), 13, "Tot en met 25-11-2026 zijn het 13 schooldagen. Gevraagd: 12."),
        (UNTIL, 156, "Gevraagd is tot en met 25-11-2026. Later kan het verlof niet eindigen."),  # F6.10
    ],
)
def test_leave_stops_the_clock_for_no_more_than_was_granted(last, school_days, problem):
    assert refusal(check_days_given, ASKS, last, school_days) == problem
