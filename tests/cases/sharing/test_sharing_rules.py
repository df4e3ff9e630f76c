"""What is said when something cannot be shared, or somebody must still agree: the rules as tables."""

from datetime import date

import pytest

from cases.sharing.rules import check_consent, check_settled_once, check_shareable
from tests.cases.refusal import refusal

GIVEN = date(2026, 11, 20)
PARENTS, BOTH, YOUTH = "Bij een kind onder de 12", "Van 12 tot en met 15 jaar", "Vanaf 16 jaar"


@pytest.mark.parametrize(
    ("born", "parents", "youth", "problem"),
    [
        ("2026-11-21", True, False, "De toestemming is van voor de geboorte"),
        ("2026-11-20", True, False, ""),
        ("2014-11-21", True, False, ""),  # twelve tomorrow
        ("2014-11-21", False, True, PARENTS),
        ("2014-11-20", True, True, ""),  # twelve today
        ("2014-11-20", True, False, BOTH),
        ("2014-11-20", False, True, BOTH),
        ("2010-11-21", False, True, BOTH),  # sixteen tomorrow
        ("2010-11-20", False, True, ""),  # sixteen today
        ("2010-11-20", True, False, YOUTH),
    ],
)
def test_who_must_still_agree_is_said(born, parents, youth, problem):
    said = refusal(check_consent, date.fromisoformat(born), GIVEN, parents=parents, youth=youth)
    assert said.startswith(problem) and bool(problem) == bool(said)


@pytest.mark.parametrize(
    ("kind", "parts", "problem"),
    [
        ("zorgpartij", ["verloop"], ""),
        ("school", ["verzuim", "verloop", "vrijstelling"], ""),
        ("school", [], ""),
        ("regio", [], "Met deze organisatie kan een dossier niet worden gedeeld."),
        ("zorgpartij", ["verloop", "verzuim"], "Dit onderdeel mag deze organisatie niet zien: verzuim."),
        (
            "school",
            ["handhaving", "gezondheid"],
            "Dit onderdeel mag deze organisatie niet zien: gezondheid, handhaving.",
        ),
        (
            "zorgpartij",
            ["vrijstelling"],
            "Dit onderdeel mag deze organisatie niet zien: verklaring bij een vrijstelling.",
        ),
        ("school", ["nergens"], "Dit onderdeel mag deze organisatie niet zien: nergens."),
    ],
)
def test_what_cannot_be_shared_is_named(kind, parts, problem):
    assert refusal(check_shareable, kind, parts) == problem


@pytest.mark.parametrize(("waits", "problem"), [(True, ""), (False, "Dit verzoek is al beantwoord of teruggenomen.")])
def test_a_request_is_answered_once(waits, problem):
    assert refusal(check_settled_once, waits=waits) == problem
