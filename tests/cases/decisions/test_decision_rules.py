"""The states of a doorzettingsbesluit and what must be there before it, as tables."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cases.decisions.preconditions import Recorded, blocks, preconditions
from cases.decisions.rules import (
    DECISION_MOVES,
    ROUTES,
    DecisionState,
    check_decision_move,
    check_decision_whole,
    check_signer,
    check_start,
    dispute_routes,
    find_decision_move,
    is_provisional,
    look_again_on,
)
from tests.cases.refusal import refusal

ANSWERS = {
    "P5": "OPP van mei",
    "P5H": "op 12 mei",
    "P8": "niet nodig",
    "P9": "aangeboden",
    "P10": "gedaan",
    "P11": "geen van beide",
}
READY = Recorded(
    gezag_known=True,
    child_heard=True,
    met_lately=True,
    options_failed=2,
    tlv_known=True,
    responsible_school=True,
    answers=ANSWERS,
)


def unmet(recorded: Recorded) -> list[str]:
    return [c.code for c in preconditions(recorded) if not c.met]


def without(code: str, text: str = "") -> dict[str, str]:
    return ANSWERS | {code: text}


def test_all_is_met_and_nothing_is_said_about_it():
    checks = preconditions(READY)
    assert [c.code for c in checks] == [f"P{n}" for n in range(1, 12)]
    assert all(c.met and not c.why for c in checks)


# As people read them, and whether a decision cannot do without.
LABELS = {
    "P1": ("Ouders met gezag gehoord", True),
    "P2": ("Kind gehoord", True),
    "P3": ("Overleg in de laatste 8 weken", True),
    "P4": ("Wat al is geprobeerd", True),
    "P5": ("Ontwikkelingsperspectief (OPP) en TLV", True),
    "P6": ("Medisch advies", False),
    "P7": ("School die verantwoordelijk is", True),
    "P8": ("Vervoer en jeugdhulp", False),
    "P9": ("Onderwijsconsulent", False),
    "P10": ("Veiligheid", False),
    "P11": ("Vrijstelling en proces-verbaal", True),
}


def test_what_they_are_called_and_which_block():
    assert {c.code: (c.label, c.blocking) for c in preconditions(READY)} == LABELS


def test_of_all_that_is_missing_is_said_why():
    checks = preconditions(Recorded(gezag_known=False, health_known=False))
    assert [c.code for c in checks if not c.met] == list(LABELS)
    assert all(c.why.endswith(".") for c in checks)


@pytest.mark.parametrize(
    ("opp", "heard", "tlv_known", "why"),
    [
        ("OPP van mei", "op 12 mei", True, ""),
        ("OPP van mei", " ", True, "Nog niet vastgelegd: of de leerling over het OPP is gehoord."),
        ("", "op 12 mei", True, "Nog niet vastgelegd: hoe het staat met het OPP."),
        ("OPP van mei", "op 12 mei", False, "Nog niet vastgelegd: de TLV."),
        (
            "",
            "",
            False,
            "Nog niet vastgelegd: hoe het staat met het OPP, of de leerling over het OPP is gehoord, de TLV.",
        ),
    ],
)
def test_which_of_opp_hearing_and_tlv_is_missing(opp: str, heard: str, tlv_known: bool, why: str):
    recorded = replace(READY, tlv_known=tlv_known, answers=without("P5", opp) | {"P5H": heard})
    assert preconditions(recorded)[4].why == why


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"gezag_known": False}, ["P1"]),
        ({"unheard_parents": {"A. Voorbeeld": 1}}, ["P1"]),
        ({"unheard_parents": {"A. Voorbeeld": 2}}, []),
        ({"unheard_parents": {"A. Voorbeeld": 2, "B. Voorbeeld": 0}}, ["P1"]),
        ({"child_heard": False}, ["P2"]),
        ({"child_heard": False, "answers": without("P2", "te ziek voor een gesprek")}, []),
        ({"met_lately": False}, ["P3"]),
        ({"options_failed": 1}, ["P4"]),
        ({"tlv_known": False}, ["P5"]),
        ({"answers": without("P5", "  ")}, ["P5"]),
        ({"health_known": False}, ["P6"]),
        ({"health_plays": True}, ["P6"]),
        ({"health_plays": True, "medical_advice": True}, ["P6"]),
        ({"health_plays": True, "doctor_met": True}, ["P6"]),
        ({"health_plays": True, "medical_advice": True, "doctor_met": True}, []),
        ({"responsible_school": False}, ["P7"]),
        ({"answers": without("P8")}, ["P8"]),
        ({"answers": without("P8"), "needs_known": True}, []),
        ({"answers": without("P9")}, ["P9"]),
        ({"answers": without("P10")}, ["P10"]),
        ({"answers": without("P11")}, ["P11"]),
        ({"exemption_running": True}, []),
    ],
)
def test_what_is_missing(change: dict[str, Any], codes: list[str]):
    assert unmet(replace(READY, **change)) == codes


def test_only_the_one_who_was_not_reached_is_named():
    recorded = replace(READY, unheard_parents={"A. Voorbeeld": 2, "B. Voorbeeld": 0})
    assert "B. Voorbeeld" in preconditions(recorded)[0].why and "A. Voorbeeld" not in preconditions(recorded)[0].why


def test_a_warning_does_not_block_and_a_reason_passes_a_block():
    checks = preconditions(Recorded(gezag_known=False, health_plays=True))
    blocking = ["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P11"]
    assert [c.code for c in blocks(checks, {})] == blocking
    assert [c.code for c in blocks(checks, {"P3": "  ", "P6": "arts is ziek"})] == [c for c in blocking if c != "P6"]


def test_medical_advice_blocks_only_where_health_plays():
    assert not next(c for c in preconditions(READY) if c.code == "P6").blocking


@pytest.mark.parametrize("answers", [without("P11"), ANSWERS])
def test_a_running_exemption_is_said_whatever_was_typed(answers: dict[str, str]):
    recorded = replace(READY, exemption_running=True, answers=answers)
    assert preconditions(recorded)[10].why.startswith("Er loopt een vrijstelling.")


def test_only_p6_tells_of_health():
    with_health = preconditions(replace(READY, health_plays=True))
    assert [c.code for c, d in zip(with_health, preconditions(READY), strict=True) if c != d] == ["P6"]


@pytest.mark.parametrize("source", DecisionState)
@pytest.mark.parametrize("target", DecisionState)
def test_legal_moves(source: DecisionState, target: DecisionState):
    legal = {
        ("aangevraagd", "voorgelegd"),
        ("voorgelegd", "aangevraagd"),
        ("voorgelegd", "ondertekend"),
        ("aangevraagd", "niet_genomen"),
        ("voorgelegd", "niet_genomen"),
        ("ondertekend", "vervangen"),
    }
    assert (find_decision_move(source, target) is not None) == ((source.value, target.value) in legal)


def test_a_holder_acts_on_what_lies_before_the_holder():
    assert {m.source for m in DECISION_MOVES if m.holder} == {DecisionState.VOORGELEGD, DecisionState.ONDERTEKEND}


@pytest.mark.parametrize(
    ("scopes", "tlv", "routes"),
    [
        (["onderwijs"], False, ["geschil", "klacht"]),
        (["onderwijs"], True, ["geschil", "tlv", "klacht"]),
        (["zorg"], False, ["gemeente", "klacht"]),
        (["vervoer", "onderwijs"], False, ["geschil", "gemeente", "klacht"]),
        (["geld"], False, ["klacht"]),
    ],
)
def test_where_somebody_who_disagrees_can_go(scopes: list[str], tlv: bool, routes: list[str]):
    assert dispute_routes(scopes, tlv=tlv) == routes
    assert set(routes) <= set(ROUTES)


@pytest.mark.parametrize(
    ("start", "school", "provisional"),
    [(date(2026, 3, 2), 1, False), (None, 1, True), (date(2026, 3, 2), None, True), (None, None, True)],
)
def test_final_only_with_start_and_school(start: date | None, school: int | None, provisional: bool):
    assert is_provisional(start, school) == provisional


@pytest.mark.parametrize(
    ("signed", "start", "days"),
    [
        (date(2026, 2, 1), date(2026, 3, 2), [date(2026, 3, 16), date(2026, 4, 13), date(2026, 6, 2)]),
        (date(2026, 11, 30), None, [date(2026, 12, 14), date(2027, 1, 11), date(2027, 2, 28)]),
    ],
)
def test_when_people_look_again(signed: date, start: date | None, days: list[date]):
    assert look_again_on(signed, start) == days


@pytest.mark.parametrize(
    ("state", "target", "because", "problem"),
    [
        ("aangevraagd", "voorgelegd", "", ""),
        ("aangevraagd", "ondertekend", "x", "Dit kan nu niet."),
        ("voorgelegd", "aangevraagd", " ", "Geef een reden op."),
        ("voorgelegd", "aangevraagd", "er ontbreekt iets", ""),
        ("aangevraagd", "niet_genomen", "", "Geef een reden op."),
    ],
)
def test_a_move_that_is_not_legal_or_lacks_its_reason(state: str, target: str, because: str, problem: str):
    said = refusal(check_decision_move, state, target, because)
    assert said.startswith(problem) and bool(problem) == bool(said)


def test_without_a_word_the_reason_is_missing():
    assert refusal(check_decision_move, "voorgelegd", "aangevraagd") == "Geef een reden op."


def test_the_move_is_given_back():
    assert check_decision_move("voorgelegd", "ondertekend").holder


TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
OVER, FAR = "De begindatum is al voorbij.", "De begindatum ligt meer dan een jaar vooruit."


@pytest.mark.parametrize(
    ("start", "begun", "problem"),
    [
        (None, None, ""),
        (TODAY, None, ""),
        (TODAY - DAY, None, OVER),
        (TODAY - DAY, TODAY - DAY, ""),
        (TODAY - DAY, TODAY - 2 * DAY, OVER),
        (TODAY + 366 * DAY, None, ""),
        (TODAY + 367 * DAY, None, FAR),
    ],
)
def test_it_is_about_what_is_to_come_or_where_the_child_began_already(start: date | None, begun, problem: str):
    said = refusal(check_start, start, TODAY, begun=begun)
    assert said.startswith(problem) and bool(problem) == bool(said)


@dataclass(frozen=True)
class Draft:
    kind: str = "SO"
    place: str = "De Brug"
    hours_start: Decimal | None = Decimal(10)
    hours_full: Decimal | None = None
    because: str = "Rust en structuur"
    teller: str = "de casusregisseur"
    start_on: date | None = None
    presented_by_id: int | None = 1
    state: str = "voorgelegd"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({}, ""),
        ({"kind": ""}, "Vul eerst in: welke plek."),
        ({"place": ""}, "Vul eerst in: welke plek."),
        ({"hours_start": None}, "Vul eerst in: hoeveel uur per week."),
        ({"because": "  "}, "Vul eerst in: waarom deze plek."),
        ({"teller": "  "}, "Vul eerst in: wie het vertelt."),
        ({"place": "", "teller": ""}, "Vul eerst in: welke plek, wie het vertelt."),
        ({"start_on": TODAY - DAY}, OVER),
    ],
)
def test_a_holder_can_read_what_is_to_be_decided(changes: dict[str, Any], problem: str):
    said = refusal(check_decision_whole, replace(Draft(), **changes), TODAY)
    assert said.startswith(problem) and bool(problem) == bool(said)


@pytest.mark.parametrize(
    ("changes", "user", "blocked", "problem"),
    [
        ({}, 2, [], ""),
        ({"state": "aangevraagd"}, 2, [], "Dit besluit ligt niet ter ondertekening."),
        ({}, 1, [], "U hebt dit besluit zelf voorgelegd."),
        ({"start_on": TODAY - DAY}, 2, [], OVER),
        ({}, 2, ["P1", "P3"], "Nog niet in orde: P1, P3. "),
    ],
)
def test_another_signs_what_lies_before_the_holder(changes: dict[str, Any], user: int, blocked, problem: str):
    said = refusal(check_signer, replace(Draft(), **changes), user, TODAY, blocked=blocked)
    assert said.startswith(problem) and bool(problem) == bool(said)


def test_a_day_of_before_today_is_no_hindrance_where_the_child_began_on_it():
    began = {"begun": TODAY - DAY}
    decision = Draft(start_on=TODAY - DAY)
    assert not refusal(check_decision_whole, decision, TODAY, **began)
    assert not refusal(check_signer, decision, 2, TODAY, blocked=[], **began)
