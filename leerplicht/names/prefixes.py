"""Prefixes of last names, as the BRP knows them (RvIG, landelijke tabel 36, without the variants in capitals), and how
a last name is cut into its prefix and the rest, and joined again."""

import re

from leerplicht.names.folding import APOSTROPHES, HYPHENS, fold

# One line per first word; what has an apostrophe is also written without.
TABLE = """
's | 't
a
aan | aan 't | aan de | aan den | aan der | aan het
af | al | am | am de
auf | auf dem | auf den | auf der | auf ter
aus | aus 'm | aus dem | aus den | aus der
ben | bin
bij | bij 't | bij de | bij den | bij het
boven d' | boven de | boven den
d' | da | dal | dal' | dalla | das
de | de die | de die le | de l' | de la | de las | de le | de los | de van der
deca | degli | dei | del | della | dello
den | der | des | di | die | die le deca | do | don | dos | du
el | het | i | im
in | in 't | in de | in den | in der | in het
l' | la | las | le | les | lo | los
of
onder | onder 't | onder de | onder den | onder het
op | op 't | op de | op den | op der | op gen | op het | op ten
over | over 't | over de | over den | over het
s' | te | ten | ter | tho | thoe | thor | to | toe | tot
uijt | uijt 't | uijt de | uijt den | uijt te de | uijt ten
uit | uit 't | uit de | uit den | uit het | uit te de | uit ten
unter
van | van 't | van de | van de l' | van den | van der | van gen | van het | van la | van ter | van van de
ver | vom
von | von 't | von dem | von den | von der
voor | voor 't | voor de | voor den | voor in 't | vor | vor der
zu | zum | zur
"""
PREFIXES = tuple(prefix.strip() for line in TABLE.strip().splitlines() for prefix in line.split("|"))
# The words that stand in prefixes, folded: what is left of a name without them tells families apart.
WORDS = frozenset(word for prefix in PREFIXES for word in fold(prefix).split())
# As wide as the column must be: the longest, with some room for spaces and hyphens as they were typed.
WIDEST = 40

_SIGN, _DASH = f"[{APOSTROPHES}]", f"[{re.escape(HYPHENS)}]"


def _pattern(prefix: str) -> str:
    """Any spaces, any apostrophe or none; what ends in an apostrophe may be glued to the name, "'s" by a hyphen."""
    body = r"\s+".join(re.escape(word).replace("'", f"{_SIGN}?") for word in prefix.split())
    if prefix.endswith("'"):
        return rf"{body.removesuffix('?')}\s*|{body}\s+"
    return rf"{body}{_DASH}|{body}\s+" if prefix == "'s" else rf"{body}\s+"


# The longest first, so that "van de" is not read as "van".
_FOUND = re.compile(
    "|".join(f"(?:{_pattern(p)})" for p in sorted(PREFIXES, key=lambda p: (-len(p.split()), -len(p)))), re.IGNORECASE
)


def split_prefix(name: str) -> tuple[str, str]:
    """("van den", "Berg") for "van den Berg" and ("'s-", "Gravesande") for "'s-Gravesande"; a name that is a prefix
    only stays whole. `join_name` gives back what was typed, but for spaces."""
    name = name.strip()
    found = _FOUND.match(name)
    rest = name[found.end() :].strip() if found else ""
    if not found or not rest or len(found.group()) > WIDEST:
        return "", name
    return " ".join(found.group().split()), rest


def spoken_name(first_names: str, prefix: str, last_name: str) -> str:
    """As people speak: the first of the first names, prefix and last name. Who has no last name ("." in the BRP) is
    called by all first names; of whom nothing is known it says so."""
    given = first_names.split()
    if not last_name.strip(" .-"):
        return " ".join(given).strip(" .") or "naam onbekend"
    return " ".join([*given[:1], join_name(prefix, last_name)])


def join_name(prefix: str, last_name: str) -> str:
    """Prefix and last name as they are written: a space between, but not after an apostrophe or a hyphen."""
    glued = prefix[-1:] in (*APOSTROPHES, *HYPHENS) if prefix else True
    return f"{prefix}{last_name}" if glued else f"{prefix} {last_name}"
