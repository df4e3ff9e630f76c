"""A subject is one folder: where a module may stand, how many stand together, and what each room says it answers."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FLOORS = ("thuiszitters/core", "leerplicht", "cases", "reporting")
# What stands beside the rooms of a floor, because Django or Celery looks for it there or because it is of all rooms.
BESIDE = {
    "cases": {"admin", "apps", "models", "nightly", "tasks", "urls"},
    "reporting": {"apps", "models", "urls"},
    "thuiszitters/core": {"admin", "apps", "checks", "dates", "kept", "memory", "models", "tasks", "urls", "words"},
}
NO_ROOMS = {"management", "migrations", "templatetags"}
MOST = 12
KINDS_IN_TESTS = {"tests/cases": "cases", "tests/reporting": "reporting"}


def modules_in(folder: Path) -> list[str]:
    return sorted(p.stem for p in folder.glob("*.py") if p.stem != "__init__")


def folders() -> list[Path]:
    found = {p.parent for floor in FLOORS for p in (ROOT / floor).rglob("*.py") if "migrations" not in p.parts}
    return sorted(found)


def rooms(floor: str) -> list[Path]:
    return [p for p in sorted((ROOT / floor).iterdir()) if (p / "__init__.py").exists() and p.name not in NO_ROOMS]


def too_full(folder: Path) -> bool:
    return len(modules_in(folder)) > MOST


def answers(room: Path) -> str:
    """The question that the docstring of a room says it answers; nothing when it says none."""
    said = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))) or ""
    return said if said.endswith("?") and "\n" not in said else ""


@pytest.mark.parametrize("floor", BESIDE)
def test_a_module_stands_in_a_room(floor):
    assert set(modules_in(ROOT / floor)) == BESIDE[floor]


@pytest.mark.parametrize("folder", folders(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_folder_can_be_seen_at_once(folder):
    assert not too_full(folder), modules_in(folder)


@pytest.mark.parametrize(
    "room", [r for floor in BESIDE for r in rooms(floor) if r.name != "demo"], ids=lambda p: f"{p.parent.name}/{p.name}"
)
def test_a_room_says_what_it_answers(room):
    assert answers(room)


@pytest.mark.parametrize("floor", ["cases", "reporting"])
def test_templates_stand_in_folders_of_the_same_names(floor):
    folder = ROOT / "templates" / floor
    assert {p.parent.name for p in folder.rglob("*.html")} <= {r.name for r in rooms(floor)}
    assert not list(folder.glob("*.html"))


@pytest.mark.parametrize("floor", ["cases", "reporting"])
def test_tests_stand_in_folders_of_the_same_names(floor):
    """What walks through several rooms stands above them."""
    folder = ROOT / "tests" / floor
    assert {p.parent.name for p in folder.rglob("test_*.py")} <= {floor} | {r.name for r in rooms(floor)}


def test_rows_come_from_their_room():
    """The list for Django is no way in: who imports from it does not say which room is meant."""
    for floor in (*FLOORS, "tests", "bench"):
        for path in (ROOT / floor).rglob("*.py"):
            assert not re.search(r"from (cases|reporting|thuiszitters\.core)\.models import", path.read_text()), path


def test_every_row_is_named_for_django():
    """A model that nobody names is not there for Django, and has no table."""
    for floor in ("cases", "reporting"):
        named = (ROOT / floor / "models.py").read_text()
        bases = r"models\.Model|Period|Moment|Planned|Entry|WrittenEntry|DecisionRow|FromElsewhere|Upload"
        rows = re.findall(rf"^class (\w+)\((?:{bases})\)",
                          "\n".join(p.read_text() for p in (ROOT / floor).rglob("*.py")), re.MULTILINE)  # fmt: skip
        abstract = {"Entry", "WrittenEntry", "Moment", "Planned", "DecisionRow", "FromElsewhere"}
        assert [name for name in rows if name not in abstract and f'"{name}"' not in named] == []


def test_what_these_tests_look_for_is_seen(tmp_path):
    """Each of the rules above, broken on purpose."""
    for n in range(MOST + 1):
        (tmp_path / f"m{n}.py").write_text("")
    assert too_full(tmp_path) and "m0" in modules_in(tmp_path)
    (tmp_path / "__init__.py").write_text('"""Rooms."""')
    assert answers(tmp_path) == ""
    (tmp_path / "__init__.py").write_text('"""What is it?"""')
    assert answers(tmp_path) == "What is it?"


def test_no_two_rooms_answer_the_same():
    said = Counter(answers(r) for floor in BESIDE for r in rooms(floor) if r.name != "demo")
    assert max(said.values()) == 1
