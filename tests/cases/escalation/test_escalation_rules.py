"""Who judges an escalation, and how long it can be left alone: the rules as tables."""

from datetime import date

import pytest

from cases.escalation.rules import check_look_again, check_review
from tests.cases.refusal import refusal

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("state", "proposed_by", "problem"),
    [
        ("voorgesteld", 2, ""),
        ("voorgesteld", None, ""),
        ("voorgesteld", 1, "zelf voorgesteld"),
        ("opgepakt", 2, "Dit kan nu niet."),
        ("opgepakt", 1, "Dit kan nu niet."),
    ],
)
def test_a_colleague_judges_what_still_lies_there(state, proposed_by, problem):
    said = refusal(check_review, state, ["voorgesteld", "gevraagd"], proposed_by=proposed_by, by=1)
    assert problem in said and bool(problem) == bool(said)


@pytest.mark.parametrize(
    ("until", "problem"),
    [
        ("2026-11-19", "Kies een dag na vandaag."),
        ("2026-11-20", "Kies een dag na vandaag."),
        ("2026-11-21", ""),
        ("2027-01-01", ""),  # six weeks
        ("2027-01-02", "Hoogstens zes weken vooruit."),
    ],
)
def test_seen_and_nothing_to_do_now_for_six_weeks_at_most(until, problem):
    said = refusal(check_look_again, date.fromisoformat(until), TODAY)
    assert said.startswith(problem) and bool(problem) == bool(said)
