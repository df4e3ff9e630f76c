"""An act asks who: what writes on behalf of somebody (`by`) asks whether that person may, whoever calls it."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from cases.course import rooms

ROOT = Path(settings.BASE_DIR)
# What another act does along the way: who may was asked there. Each with the act that asks.
INSIDE = {
    ("cases/dossier/opening.py", "open_cases"): "a report that came in, or a child that somebody registered",
    ("cases/dossier/saving.py", "log_act"): "every act",
    ("cases/dossier/saving.py", "check_not_twice"): "the act that saves a new row",
    ("cases/steps/answers.py", "answer"): "whoever records the fact",
    ("cases/steps/answers.py", "close"): "the same",
    ("cases/dossier/tasks.py", "open_again"): "taking back what had ended the step",
    ("cases/talks/acts.py", "taken_back"): "the same",
    ("cases/talks/acts.py", "spoken"): "who recorded the contact",
    ("cases/talks/acts.py", "invited_by_letter"): "plan, and who wrote the letter",
    ("cases/meetings/acts.py", "call_off_all"): "closing the dossier",
    ("cases/goals/acts.py", "drop_all"): "the same",
    ("cases/family/acts.py", "end_all"): "handing a dossier over",
    ("cases/offers/moves.py", "withdraw_all"): "the same",
    ("cases/dossier/tasks.py", "end_all"): "every act after which a step is done",
    ("cases/decisions/prepare.py", "end_tasks"): "every act on a decision",
    ("cases/sight/signing.py", "signed"): "writes nothing: it says who did it",
    ("cases/dossier/saving.py", "save_versioned"): "every act that saves a row of a dossier",
    ("cases/dossier/tasks.py", "ask"): "every act that asks for a next step",
    ("cases/handling/acts.py", "reopen"): "transition",
    ("cases/handling/aftercare.py", "look_after"): "following a child that is back, or an offer that begins",
    ("cases/handling/acts.py", "assign_many"): "assign, for each of them",
    ("cases/intake/acts.py", "take_in"): "who entered the report, or the file that came in",
    ("cases/intake/acts.py", "take_in_waiting"): "the same, and the nightly round",
    ("cases/intake/entering.py", "save_row"): "who enters a report, or changes the own one",
    ("cases/reports/acts.py", "answers_read"): "what the school of this person was told, by its scope",
    ("cases/intake/joining.py", "join_pupils"): "taking over, saying who it is, joining by hand",
    ("cases/intake/uploads.py", "read_in"): "the command, or who accepted the file; rights are judged again by the job",
    ("cases/takeover/acts.py", "take_over"): "the command, or who agreed to the file; the job judges rights again",
    ("cases/steps/acts.py", "hold_up"): "a question asked back about an escalation",
    ("cases/steps/acts.py", "go_on"): "the answer to it",
    ("cases/offers/moves.py", "put"): "cases.offers.acts, or the signature under a decision",
    ("cases/offers/moves.py", "move"): "the same",
    ("cases/offers/moves.py", "postpone"): "the same",
    ("cases/escalation/acts.py", "take_lead"): "who accepts an escalation",
    ("cases/escalation/acts.py", "end_for"): "ending a share",
    ("cases/escalation/acts.py", "end_all"): "closing or handing over a dossier",
    ("cases/sharing/acts.py", "let_in"): "sharing, or yes to a question",
    ("cases/sharing/acts.py", "let_go"): "ending a share, or withdrawing the consent for it",
    ("cases/sharing/acts.py", "take_back"): "withdrawing a consent, or ending what it was for",
    ("cases/sharing/acts.py", "end_questions"): "closing or handing over a dossier",
    ("cases/sharing/acts.py", "end_proposals"): "the same",
    ("cases/decisions/prepare.py", "end_all"): "closing or handing over a dossier",
    ("cases/decisions/prepare.py", "move"): "laying before the holder, giving back, dropping, signing",
    ("cases/decisions/prepare.py", "log_decision"): "every act on a decision",
    ("cases/sharing/handing_over.py", "take_over"): "yes to the question to take a dossier over",
    ("cases/sharing/handing_over.py", "bring_along"): "the same, or a herindeling",
    ("cases/sharing/handing_over.py", "stop_asking"): "the same, or a herindeling",
    ("cases/sharing/handing_over.py", "go_on_in"): "the same, or a herindeling",
    ("cases/redivision/moving.py", "move_cases"): "carrying out a herindeling, or the choice for a child",
    ("cases/redivision/moving.py", "move_child"): "the same",
    ("cases/decisions/sign.py", "sign"): "the mandate of that day, per scope (docs/adr/0021)",
}
# Who looks and reads; their permission is the scope with which they start.
READERS = {"course", "finding", "page", "worklist", "region", "demo", "messages"}


def modules() -> list[Path]:
    found = (p for p in (ROOT / "cases").glob("*/*.py") if p.parent.name not in {*READERS, "migrations", "management"})
    return sorted(p for p in found if p.stem not in ("access", "views", "forms", "rules"))


def acts_in(path: Path) -> dict[str, ast.FunctionDef]:
    """Public functions of a module that get `by`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = (n for n in tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_"))
    return {n.name: n for n in found if "by" in {a.arg for a in (*n.args.args, *n.args.kwonlyargs)}}


def asks(function: ast.FunctionDef) -> bool:
    """Whether it calls a `check_may...`."""
    called = (getattr(n.func, "id", "") for n in ast.walk(function) if isinstance(n, ast.Call))
    return any(name.startswith("check_may") for name in called)


ACTS = {(p.relative_to(ROOT).as_posix(), name): f for p in modules() for name, f in acts_in(p).items()}


@pytest.mark.parametrize("place", ACTS, ids=lambda place: "-".join(place))
def test_an_act_asks_whether_this_person_may(place):
    assert asks(ACTS[place]) != (place in INSIDE)


def test_what_is_said_to_be_done_along_the_way_still_is():
    assert set(INSIDE) <= set(ACTS)


def test_an_act_that_does_not_ask_is_seen(tmp_path):
    file = tmp_path / "acts.py"
    file.write_text(
        "def a(row, *, by):\n    check_may(by)\n\n\ndef b(row, *, by):\n    row.save()\n\n\ndef _c(by): ...\n"
    )
    assert {name: asks(f) for name, f in acts_in(file).items()} == {"a": True, "b": False}


@pytest.mark.parametrize("path", sorted((ROOT / "cases").glob("*/events.py")), ids=lambda p: p.parent.name)
def test_what_a_room_tells_stands_in_the_course_of_events(path):
    """A function that gives events and is named nowhere, or a room that is not in the list, shows on no page."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {n.name for n in tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")}
    room = next(m for m in rooms.EVENTS if m.__name__ == f"cases.{path.parent.name}.events")
    assert told == {source.__name__ for source in room.EVENTS}
