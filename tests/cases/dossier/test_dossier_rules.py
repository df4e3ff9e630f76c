"""When a dossier can move on and with what it closes: states, results and rules as tables."""

from dataclasses import dataclass
from datetime import date

import pytest

from cases.dossier.results import RESULTS, Counts, choices
from cases.dossier.rules import check_asked_on, check_move, check_open, check_result
from cases.dossier.states import OPEN, State, find_move, mermaid
from tests.cases.refusal import refusal


@dataclass
class Dossier:
    state: str


LEGAL = {
    # from, to: whether a reason is needed
    ("nieuw", "onderzoek"): False,
    ("onderzoek", "aanpak"): False,
    ("onderzoek", "volgen"): False,
    ("aanpak", "volgen"): False,
    ("volgen", "aanpak"): True,
    ("nieuw", "afgesloten"): True,
    ("onderzoek", "afgesloten"): True,
    ("aanpak", "afgesloten"): True,
    ("volgen", "afgesloten"): True,
    ("afgesloten", "onderzoek"): True,
}


@pytest.mark.parametrize("source", State)
@pytest.mark.parametrize("target", State)
def test_legal_moves_and_which_need_a_reason(source, target):
    move = find_move(source, target)
    assert (move.needs_reason if move else None) == LEGAL.get((source.value, target.value))


@pytest.mark.parametrize(
    ("state", "target", "because", "problem"),
    [
        ("nieuw", "onderzoek", "", ""),
        ("nieuw", "volgen", "x", "Deze stap kan nu niet."),
        ("volgen", "aanpak", " ", "Geef een reden op."),
        ("volgen", "aanpak", "valt weer uit", ""),
    ],
)
def test_a_move_that_is_not_legal_or_lacks_its_reason_gets_a_sentence(state, target, because, problem):
    said = refusal(check_move, Dossier(state), target, because)
    assert said.startswith(problem) and bool(problem) == bool(said)


def test_the_move_is_given_back():
    assert check_move(Dossier("nieuw"), "onderzoek", "").verb == "Onderzoek starten"


@pytest.mark.parametrize("state", State)
def test_only_a_closed_dossier_is_not_open(state):
    assert bool(refusal(check_open, Dossier(state))) == (state == State.AFGESLOTEN) == (state not in OPEN)


@pytest.mark.parametrize(
    ("code", "at_home", "back", "problem"),
    [
        ("", True, False, "Kies met welke uitkomst"),
        ("ANDERS", False, True, "Kies met welke uitkomst"),
        ("SO", True, False, "Het kind is nog thuis."),
        ("SO", True, True, "Het kind is terug, maar nog geen hele lesweek."),
        ("SO", False, False, ""),
        ("VRIJSTELLING_5A", True, False, "De klok loopt nog."),
        ("VRIJSTELLING_5A", False, False, ""),
        ("LEEFTIJD", True, False, "De klok loopt nog."),
        ("STARTKWALIFICATIE", True, False, "De klok loopt nog."),
        ("VERHUISD", True, False, ""),
    ],
)
def test_a_suitable_place_counts_from_the_first_day_that_was_attended(code, at_home, back, problem):
    said = refusal(check_result, code, at_home=at_home, back=back)
    assert said.startswith(problem) and bool(problem) == bool(said)


def test_the_result_is_given_back():
    assert check_result("SO", at_home=False, back=False) is RESULTS["SO"]


def test_results_are_offered_by_how_they_count():
    groups = dict(choices())
    assert list(groups) == ["passende plek", "vrijstelling", "andere reden"]
    assert [code for options in groups.values() for code, _ in options] == list(RESULTS)
    assert ("SO", "speciaal onderwijs") in groups["passende plek"]
    assert {code for code, _ in groups["vrijstelling"]} == {f"VRIJSTELLING_{x}" for x in ("5A", "5B", "5C", "15")}
    assert {r.code for r in RESULTS.values() if r.needs_return} == {code for code, _ in groups[Counts.SUITABLE_PLACE]}


def test_the_drawing_has_a_line_for_each_move():
    lines = mermaid().splitlines()
    assert lines[:2] == ["stateDiagram-v2", "    [*] --> nieuw"]
    assert len(lines) == 2 + len(LEGAL) and "    volgen --> aanpak: Terugval: weer aanpakken" in lines
    assert mermaid().endswith("Heropenen\n")


BORN, BEGUN = date(2013, 5, 5), date(2026, 11, 2)


@pytest.mark.parametrize(
    ("asked_on", "begun", "problem"),
    [
        ("2013-05-04", None, "Deze dag ligt voor de geboorte"),
        ("2013-05-05", None, ""),
        ("2026-11-03", None, ""),
        ("2026-11-02", BEGUN, ""),
        ("2026-11-03", BEGUN, "Het kind begon al op 02-11-2026."),
    ],
)
def test_a_question_lies_after_the_birth_and_before_what_came_of_it(asked_on, begun, problem):
    said = refusal(check_asked_on, date.fromisoformat(asked_on), born=BORN, begun=begun)
    assert said.startswith(problem) and bool(problem) == bool(said)
