"""The states of a doorzettingsbesluit and what must be there before it, as tables."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cases.decisions.preconditions import Recorded, blocks, preconditions
from cases.decisions.rules import (
    DECISION_MOVES,
    ROUTES,
    DecisionState,
    dispute_routes,
    find_decision_move,
    is_provisional,
    look_again_on,
)

ANSWERS = {"P5": "OPP van mei", "P8": "niet nodig", "P9": "aangeboden", "P10": "gedaan", "P11": "geen van beide"}
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
