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
    """The names of the child, its parents and schools, and the number of the dossier, that stand in a text as words."""
    pupil = case.pupil
    names = [pupil.first_names, pupil.last_name, *pupil.guardians.values_list("name", flat=True),
             *(e.school.name for e in pupil.enrolments.select_related("school"))]  # fmt: skip
    pieces = [piece for name in names for piece in re.split(r"[\s\-]+", name)]
    found = [p for p in dict.fromkeys(pieces) if searchable(p) not in COMMON and stands_in(text, p)]
    return found + ([case.number] if case.number.casefold() in text.casefold() else [])


def stands_in(text: str, name: str) -> bool:
    """Whether a name of some length stands in a text as whole words, whatever the accents and capitals."""
    plain, sought = searchable(text), searchable(name)
    return len(sought) >= SHORTEST_NAME and bool(re.search(rf"(?<!\w){re.escape(sought)}(?!\w)", plain))
