"""Whether a text says of whom a dossier is: for texts that are read by who may not know that."""

import re

from cases.dossier.models import Case
from leerplicht.law.identifiers import parse_pgn
from leerplicht.names.folding import fold
from thuiszitters.core.words import long_date

SHORTEST_NAME = 3  # letters; a shorter one stands in too many other words
# Words that stand in names of schools and people, and in any sentence.
COMMON = frozenset(
    ["van", "den", "der", "het", "een", "school", "college", "lyceum", "basisschool", "voor", "met", "over", "aan"]
)


def names_in(text: str, case: Case) -> list[str]:
    """The names of the child, its parents, schools and gemeente, of which a part stands in a text as a word, and what
    else says who it is: for what is written about this one child."""
    names = [*_names(case), case.municipality.name]
    pieces = dict.fromkeys(piece for name in names for piece in _pieces(name))
    return [p for p in pieces if stands_in(text, p)] + _else_in(text, case)


def whole_names_in(text: str, case: Case) -> list[str]:
    """As `names_in`, of a name as a whole, one word after the other: for what is written about many children, where a
    reader can be called Jansen as one of them is."""
    found = [name for name in _names(case) if stands_in(_words(text), _words(name))]
    return list(dict.fromkeys(found)) + _else_in(text, case)


def _names(case: Case) -> list[str]:
    """Reads `pupil.guardians` and `pupil.enrolments` with the school, so lists prefetch them."""
    pupil = case.pupil
    prefix, last = pupil.prefix, pupil.last_name
    found: list[tuple[str, ...]] = []
    for given in pupil.first_names.split() or [""]:
        found += [(given, prefix, last), (given, last), (prefix, last, given), (last, given), (last, given, prefix)]
    return [
        *(" ".join(filter(None, parts)) for parts in found),
        *(guardian.name for guardian in pupil.guardians.all()),
        *(e.school.name for e in pupil.enrolments.all()),
    ]


def _pieces(name: str) -> list[str]:
    found = re.split(r"[\s\-]+", name)
    return [p for p in found if len(p) >= SHORTEST_NAME and fold(p) not in COMMON]


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))


def _else_in(text: str, case: Case) -> list[str]:
    """The number of the dossier, where the child lives, its day of birth, and any BSN or onderwijsnummer."""
    pupil, words = case.pupil, _words(text)
    born = {long_date(pupil.born), f"{pupil.born:%d-%m-%Y}", f"{pupil.born.day}-{pupil.born.month}-{pupil.born.year}"}
    street = pupil.address.split(",")[0]
    found = [case.number] if case.number.casefold() in text.casefold() else []
    found += [street] if street and stands_in(words, _words(street)) else []
    found += ["de geboortedatum"] if any(stands_in(words, _words(day)) for day in born) else []
    return found + (["een BSN of onderwijsnummer"] if _numbers_in(text) else [])


def _numbers_in(text: str) -> list[str]:
    """Runs of nine digits that pass the check of a BSN or onderwijsnummer, also with dots or spaces between."""
    runs = [re.sub(r"\D", "", run) for run in re.findall(r"(?<!\d)\d(?:[ .]?\d){8}(?![ .]?\d)", text)]
    return [run for run in runs if _is_pgn(run)]


def _is_pgn(digits: str) -> bool:
    try:
        return bool(parse_pgn(digits))
    except ValueError:
        return False


def stands_in(text: str, name: str) -> bool:
    """Whether a name of some length stands in a text as whole words, whatever the accents and capitals."""
    plain, sought = fold(text), fold(name)
    return len(sought) >= SHORTEST_NAME and bool(re.search(rf"(?<!\w){re.escape(sought)}(?!\w)", plain))
