"""Whether a text names the people of a dossier: for texts that are read by who may not know who it is about."""

import re

from cases.models import Case
from leerplicht.models.pupils import searchable

SHORTEST_NAME = 3  # letters; a shorter one stands in too many other words
# Words that stand in names of schools and people, and in any sentence.
COMMON = frozenset(
    ["van", "den", "der", "het", "een", "school", "college", "lyceum", "basisschool", "voor", "met", "over", "aan"]
)


def names_in(text: str, case: Case) -> list[str]:
    """The names of the child, its parents and schools, and the number of the dossier, of which a part stands in a text
    as a word: for what is written about this one child."""
    pieces = dict.fromkeys(piece for name in _names(case) for piece in _pieces(name))
    return [p for p in pieces if stands_in(text, p)] + _number_in(text, case)


def whole_names_in(text: str, case: Case) -> list[str]:
    """As `names_in`, of a name as a whole, one word after the other: for what is written about many children, where a
    reader can be called Jansen as one of them is."""
    found = [name for name in _names(case) if stands_in(_words(text), _words(name))]
    return list(dict.fromkeys(found)) + _number_in(text, case)


def _names(case: Case) -> list[str]:
    """Reads `pupil.guardians` and `pupil.enrolments` with the school, so lists prefetch them."""
    pupil = case.pupil
    child = [(given, pupil.last_name) for given in pupil.first_names.split()]
    return [
        *(f"{given} {last}" for given, last in child), *(f"{last} {given}" for given, last in child),
        *(guardian.name for guardian in pupil.guardians.all()), *(e.school.name for e in pupil.enrolments.all()),
    ]  # fmt: skip


def _pieces(name: str) -> list[str]:
    found = re.split(r"[\s\-]+", name)
    return [p for p in found if len(p) >= SHORTEST_NAME and searchable(p) not in COMMON]


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))


def _number_in(text: str, case: Case) -> list[str]:
    return [case.number] if case.number.casefold() in text.casefold() else []


def stands_in(text: str, name: str) -> bool:
    """Whether a name of some length stands in a text as whole words, whatever the accents and capitals."""
    plain, sought = searchable(text), searchable(name)
    return len(sought) >= SHORTEST_NAME and bool(re.search(rf"(?<!\w){re.escape(sought)}(?!\w)", plain))
