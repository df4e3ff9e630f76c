"""Is what somebody sent about the child we know under that number? One judgement, for file, form and joining.

A number alone says too little: twins and brothers get mixed up, and digits are mistyped into somebody else's. So birth
date and name must fit as well. Where they do not, a person of the gemeente says who it is (docs/adr/0029).
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from leerplicht.law.obligation import Known, last_possible
from leerplicht.names.folding import fold, parts
from leerplicht.names.prefixes import WORDS


class Likeness(StrEnum):
    """SAME: this child. RENAMED: this child, under another last name. ASK: perhaps another child."""

    SAME = "zelfde"
    RENAMED = "andere naam"
    ASK = "vraag"


@dataclass(frozen=True, slots=True)
class Person:
    """A name as it was written, and a birth date. `last_name` may hold its prefix."""

    first_names: str
    last_name: str
    born: date
    known: str = Known.DAY.value

    @property
    def key(self) -> str:
        """The same for what differs only in capitals, accents, signs and spaces."""
        day = self.born.isoformat() if self.known == Known.DAY else f"{self.born.isoformat()} ({self.known})"
        return f"{day} {fold(self.last_name)}, {fold(self.first_names)}"


def likeness(sent: Person, known: Person) -> Likeness:
    """Whether what was sent under the number of a known child is about that child."""
    if sent == known:  # nearly always
        return Likeness.SAME
    if not same_birth(sent, known):
        return Likeness.ASK
    given = same_given_names(sent.first_names, known.first_names)
    family = same_last_name(sent.last_name, known.last_name)
    if given is False or (given is None and not family):
        return Likeness.ASK
    return Likeness.SAME if family else Likeness.RENAMED


def is_like(one: Person, other: Person) -> bool:
    """Whether two rows may be of one child when no number tells: birth date, given name and last name all fit, and none
    of them is missing. Initials say too little here."""
    if not same_birth(one, other) or not parts(one.last_name) or not parts(other.last_name):
        return False
    shared = _spelled_out(one.first_names) & _spelled_out(other.first_names)
    given = same_given_names(one.first_names, other.first_names)
    return bool(shared and given and same_last_name(one.last_name, other.last_name))


def same_birth(one: Person, other: Person) -> bool:
    """Whether two birth dates can be one: of a date of which the day is unknown each day of the month will do."""
    return one.born <= last_possible(other.born, other.known) and other.born <= last_possible(one.born, one.known)


def same_given_names(one: str, other: str) -> bool | None:
    """Whether two rows of given names can be of one child; None when one of them says nothing. A given name more,
    another order, another spelling or initials make no other child; the first name alone may also agree."""
    ones, others = [_sound(p) for p in parts(one)], [_sound(p) for p in parts(other)]
    if not ones or not others:
        return None
    if _agree(ones[0], others[0]):
        return True
    few, many = sorted((ones, others), key=len)
    return all(any(_agree(a, b) for b in many) for a in few)


def _spelled_out(names: str) -> set[str]:
    return {_sound(p) for p in parts(names) if len(p) > 1}


def same_last_name(one: str, other: str) -> bool:
    """Whether two last names are written for one: with or without prefix, and one part of a double name is enough."""
    ones, others = _family(one), _family(other)
    return not ones or not others or bool(ones & others)


def _family(name: str) -> set[str]:
    """The words that tell a family apart, and the whole: prefixes say nothing, unless there is nothing else."""
    words = parts(name)
    telling = {_sound(word) for word in words if word not in WORDS}
    return telling | {_sound("".join(words))} if words else set()


# How Dutch clerks and parents write one sound in two ways; the order counts.
_SPELLINGS = (
    (r"chr", "kr"),
    (r"ph", "f"),
    (r"th|dt", "t"),
    (r"sch", "s"),
    (r"ck|qu|q|c(?!h)", "k"),
    (r"x", "ks"),
    (r"ij|y|j", "i"),
    (r"z", "s"),
    (r"v", "f"),
    (r"ou", "u"),
    (r"oe", "u"),
    (r"(?<=[^aeiou])h|(?<=.)h$", ""),
    (r"(.)\1+", r"\1"),
)


@lru_cache(maxsize=4096)
def _sound(word: str) -> str:
    """One spelling for names that sound alike: Mohammed and Mohamed, Sarah and Sara, Liza and Lisa."""
    for pattern, plain in _SPELLINGS:
        word = re.sub(pattern, plain, word)
    return word


def sounds_like(one: str, other: str) -> bool:
    """Whether two folded words are two spellings of one sound."""
    return _sound(one) == _sound(other)


def _agree(one: str, other: str) -> bool:
    """The same, or an initial of it."""
    return one == other or (1 in (len(one), len(other)) and one[:1] == other[:1])
