"""How near is what somebody typed to the name of a child? One judgement, for searching and for "do we know this
child already?" (docs/adr/0033). Typed as people do at a telephone: in any order, without accents, with a prefix,
without it or abbreviated, a part of a name, one slip of the finger."""

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from leerplicht.names.folding import fold
from leerplicht.names.persons import sounds_like
from leerplicht.names.prefixes import PREFIXES, WORDS

# How far a typed word is from a word of the name; the sum over all words is how far the name is.
EXACT, BEGINS, SLIP, SOUND, WITHIN, OTHER_PREFIX = 0, 2, 5, 6, 7, 1
SHORTEST_PART, SHORTEST_SLIP = 3, 4

_GLUED = {fold(p).replace(" ", "") for p in PREFIXES}
_INITIALS = {"".join(word[0] for word in fold(p).split()) for p in PREFIXES if p.startswith("van")}
# "vd", "v d", "vander", "vant": what stands for a prefix and is no word of one.
SHORT_FOR_PREFIX = (_INITIALS | {"vdr", "vdn", "v", "d"} | {glued for glued in _GLUED if glued.startswith("van")}) - {
    "van"
}
LONGEST_GLUED = sorted((g for g in _GLUED if len(g) > 1), key=len, reverse=True)


@dataclass(frozen=True, slots=True)
class Typed:
    """`words` must be in the name; `light` (of a prefix, whole or abbreviated) only bring a name nearer, unless nothing
    else was typed."""

    words: tuple[str, ...]
    light: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.words or self.light)


def typed(text: str) -> Typed:
    """What was typed, cut into words. Signs are spaces: nothing in it is a wildcard."""
    found = re.sub(r"[^\w]|_", " ", fold(text)).split()[:10]
    light = tuple(w for w in found if w in WORDS or w in SHORT_FOR_PREFIX)
    return Typed(tuple(w for w in found if w not in light), light)


def without_glued_prefix(word: str) -> tuple[str, ...]:
    """What is left of "vandenberg" when a prefix was typed against the name: "berg", and "denberg"."""
    rests = (word.removeprefix(glued) for glued in LONGEST_GLUED if word.startswith(glued))
    return tuple(dict.fromkeys(rest for rest in rests if len(rest) >= SHORTEST_PART))


def nearness(wanted: Typed, first_names: str, prefix: str, last_name: str) -> int | None:
    """How far this name is from what was typed, 0 for every word as it stands; None when it is another name."""
    ahead = fold(prefix).split()
    family = fold(last_name).split()
    there = [*fold(first_names).split(), *family]
    glued = "".join([*ahead, *family])
    if not wanted.words:
        return _only_light(wanted.light, there, ahead)
    far, free = 0, there.copy()
    for word in sorted(wanted.words, key=len, reverse=True):
        best, taken = _best(word, free, glued, there)
        if best is None:
            return None
        far += best
        if taken in free:
            free.remove(taken)
    return far + (0 if _fits(wanted.light, there, ahead) else OTHER_PREFIX)


def _best(word: str, free: list[str], glued: str, there: list[str]) -> tuple[int | None, str]:
    """The nearest word of the name that no other typed word took. An initial may share one: "O Neil" is "O'Neil"."""
    choices = [(far, name) for name in (there if len(word) == 1 else free) if (far := distance(word, name)) is not None]
    if glued == word:
        choices.append((EXACT, ""))
    elif len(word) > SHORTEST_PART and glued.startswith(word):
        choices.append((BEGINS, ""))
    return min(choices, default=(None, ""), key=lambda choice: choice[0])


def distance(word: str, name: str) -> int | None:
    """How far one typed word is from one word of a name; None when it is another word. All folded."""
    if word == name:
        return EXACT
    if name.startswith(word):
        return BEGINS
    if len(word) >= SHORTEST_SLIP and OSA.distance(word, name, score_cutoff=1) == 1:
        return SLIP
    if len(word) >= SHORTEST_SLIP and sounds_like(word, name):
        return SOUND
    return WITHIN if len(word) >= SHORTEST_PART and word in name else None


def _fits(light: tuple[str, ...], there: list[str], ahead: list[str]) -> bool:
    """Whether the prefix that was typed is the one of the name, written out or abbreviated."""
    both = there + ahead
    return all(word in both for word in light) or _initials(light) == _letters(ahead)


def _only_light(light: tuple[str, ...], there: list[str], ahead: list[str]) -> int | None:
    """Only "van der", "vd" or "Ben" was typed: the prefix itself, or a name that is a prefix elsewhere."""
    if ahead and all(word in ahead for word in light):
        return EXACT if len(light) == len(ahead) else BEGINS
    if ahead and any(w in SHORT_FOR_PREFIX for w in light) and _initials(light) == _letters(ahead):
        return BEGINS
    if all(any(name == word for name in there) for word in light):
        return EXACT
    return BEGINS if all(any(n.startswith(w) for n in there) for w in light if len(w) > 1) and _long(light) else None


def _long(light: tuple[str, ...]) -> bool:
    return any(len(word) > 1 for word in light)


def _initials(light: tuple[str, ...]) -> str:
    """ "vd" for "van der", "v d", "vd" and "vander"."""
    return "".join(_INITIALS_OF.get(word, word[0] if word in WORDS else word) for word in light)


_INITIALS_OF = {fold(p).replace(" ", ""): "".join(w[0] for w in fold(p).split()) for p in PREFIXES if " " in p}
_INITIALS_OF |= {"vdr": "vd", "vdn": "vd"}


def _letters(ahead: list[str]) -> str:
    return "".join(word[0] for word in ahead)
