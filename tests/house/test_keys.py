"""What a text says is for people: no rule hangs on its words, and a state is named by its table."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FLOORS = ("leerplicht", "cases", "reporting", "thuiszitters/core")
FILES = sorted(
    p
    for floor in FLOORS
    for p in (ROOT / floor).rglob("*.py")
    if not {"migrations", "demo"} & set(p.relative_to(ROOT).parts)
)
TREES = {p: ast.parse(p.read_text(encoding="utf-8")) for p in FILES}
COMPARED = ("startswith", "istartswith", "endswith", "iendswith", "contains", "icontains", "exact", "iexact", "in")
TEXTS = {"title", "because", "text", "outcome", "explanation", "question", "remarks"}


def sentences(trees: dict[Path, ast.Module]) -> set[str]:
    """Names of constants that hold a sentence, of all modules."""
    found = set()
    for tree in trees.values():
        for node in tree.body:
            if isinstance(node, ast.Assign) and is_sentence(node.value):
                found |= {t.id for t in node.targets if isinstance(t, ast.Name)}
    return found


def is_sentence(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value.split()) > 2


def hangs_on_words(tree: ast.Module, names: set[str]) -> list[int]:
    """Lines that compare with a sentence, or look for one in a query or a text."""

    def is_one(node: ast.AST) -> bool:
        return is_sentence(node) or (isinstance(node, ast.Name) and node.id in names)

    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and any(is_one(n) for n in (node.left, *node.comparators)):
            lines.append(node.lineno)
        if isinstance(node, ast.Call):
            method = getattr(node.func, "attr", "")
            if method in ("startswith", "endswith") and any(is_one(a) for a in node.args):
                lines.append(node.lineno)
            for word in node.keywords:
                field, _, how = (word.arg or "").rpartition("__")
                if (how in COMPARED and field and is_one(word.value)) or (
                    method in ("filter", "exclude", "get") and word.arg in TEXTS and is_one(word.value)
                ):
                    lines.append(node.lineno)
    return lines


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_rule_hangs_on_the_words_of_a_text(path):
    assert hangs_on_words(TREES[path], sentences(TREES)) == []


def states() -> set[str]:
    """The values of every column that says in which state a row is."""
    fields = [f for m in apps.get_models() for f in m._meta.concrete_fields if f.name in ("state", "source", "target")]
    own = [f for f in fields if f.model._meta.app_label in ("leerplicht", "cases", "reporting", "core")]
    return {str(value) for f in own for value, _ in f.flatchoices if value}


def literal_states(tree: ast.Module, known: set[str]) -> list[tuple[int, str]]:
    """Where a state is compared with, or looked for, by its text."""
    found = []
    for node in ast.walk(tree):
        values: list[ast.AST] = []
        if isinstance(node, ast.Compare):
            values = [n for side in (node.left, *node.comparators) for n in ast.walk(side)]
        elif isinstance(node, ast.keyword) and set((node.arg or "").split("__")) & {"state", "source", "target"}:
            values = list(ast.walk(node.value))
        found += [(n.lineno, n.value) for n in values if isinstance(n, ast.Constant) and n.value in known]
    return found


# Models say their constraints in the words of the database; the others speak of something else in the same word.
OTHER_WORDS = {"leerplicht/imports/absence.py": "what becomes of a line of a file", "cases/region/views.py": ""}
TABLES = ("models.py", "taking_part.py", "planned.py", "states.py")


@pytest.mark.parametrize(
    "path",
    [p for p in FILES if p.name not in TABLES and "models" not in p.parts],
    ids=lambda p: p.relative_to(ROOT).as_posix(),
)
def test_a_state_is_named_by_its_table(path):
    if path.relative_to(ROOT).as_posix() not in OTHER_WORDS:
        assert literal_states(TREES[path], states()) == []


def test_what_these_tests_look_for_is_seen():
    tree = ast.parse(
        'WHY = "Vervangen door een besluit"\n'
        'a = row.because == WHY\nb = rows.exclude(because__startswith="Vervangen door besluit")\n'
        'c = row.state == "gepland"\nd = rows.filter(state="gepland")\ne = rows.filter(state__in=["gepland"])\n'
    )
    assert hangs_on_words(tree, sentences({Path("x"): tree})) == [2, 3]
    assert [line for line, _ in literal_states(tree, {"gepland"})] == [4, 5, 6]
