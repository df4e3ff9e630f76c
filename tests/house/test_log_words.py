"""Every act that is logged has words for the controller, and no words are left without an act."""

import ast
from pathlib import Path

from django.conf import settings

from thuiszitters.core.log.audit import ACTIONS, is_look

ROOT = Path(settings.BASE_DIR)
WRITERS = {"log_family": 0, "log_event": 0, "log_act": 0, "log_look": 1, "look_at": 2, "_log": 0, "log_decision": 0}
# Built from the name of the model.
BUILT = {
    "enforcement_saved",
    "claim_saved",
    "contact_saved",
    "note_saved",
    "offer_saved",
    "barrier_saved",
    "attachment_saved",
    "professional_saved",
}


def logged() -> set[str]:
    found = set()
    for floor in ("thuiszitters", "leerplicht", "cases", "reporting"):
        for path in (ROOT / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                place = WRITERS.get(getattr(getattr(node, "func", None), "id", ""))
                if isinstance(node, ast.Call) and place is not None and len(node.args) > place:
                    action = node.args[place]
                    found |= {action.value} if isinstance(action, ast.Constant) else set()
    return found


def test_a_look_is_told_from_an_act():
    """What `log_look` and `look_at` write changed nothing; undoing a joining counts on it."""
    looks = set()
    for floor in ("thuiszitters", "leerplicht", "cases", "reporting"):
        for path in (ROOT / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                name = getattr(getattr(node, "func", None), "id", "")
                if isinstance(node, ast.Call) and name in ("log_look", "look_at") and len(node.args) > WRITERS[name]:
                    action = node.args[WRITERS[name]]
                    looks |= {action.value} if isinstance(action, ast.Constant) else set()
    assert {action for action in looks if not is_look(action)} == set()
    assert not is_look("fact_saved") and not is_look("case_moved") and not is_look("letter_kept")


def test_what_is_logged_has_words_and_what_has_words_is_logged():
    assert logged() | BUILT == set(ACTIONS)
