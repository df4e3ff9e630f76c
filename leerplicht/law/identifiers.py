"""Numbers and codes as people type them, read into one spelling. All are strings: leading zeros count.

No error sentence repeats what was typed, because it may be a burgerservicenummer and sentences end up in logs.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from stdnum.nl import bsn, onderwijsnummer


@dataclass(frozen=True, slots=True)
class Pgn:
    """Persoonsgebonden nummer: nine digits and which of the two numbers it is. The digits stay out of `repr`."""

    kind: Literal["bsn", "onderwijsnummer"]
    digits: str = field(repr=False)


def parse_pgn(text: str) -> Pgn:
    """Reads a burgerservicenummer or an onderwijsnummer.

    Eight or nine digits, spaces around them allowed; eight digits lost their leading zero and get it back.
    ValueError: something else, 000000000, or digits that pass neither check (weights 9..2,-1; rest 0 or 5 of 11).
    """
    digits = _trimmed(text)
    if not re.fullmatch("[0-9]{8,9}", digits):
        raise ValueError("Een persoonsgebonden nummer heeft 8 of 9 cijfers en geen andere tekens.")
    digits = digits.zfill(9)
    if bsn.is_valid(digits):
        return Pgn("bsn", digits)
    if onderwijsnummer.is_valid(digits):
        return Pgn("onderwijsnummer", digits)
    raise ValueError("Dit is geen geldig burgerservicenummer of onderwijsnummer.")


def parse_brin(text: str) -> str:
    """Reads BRIN and location, such as "25PL00": upper-cased, without spaces, never padded.

    ValueError: not two digits, two letters and two digits.
    """
    code = _compact(text)
    if not re.fullmatch("[0-9]{2}[A-Z]{2}[0-9]{2}", code):
        raise ValueError("Een BRIN met vestiging heeft 2 cijfers, 2 letters en 2 cijfers, bijvoorbeeld 25PL00.")
    return code


def parse_samenwerkingsverband(text: str) -> str:
    """Reads the code of a samenwerkingsverband: "VO 25-07" and "vo2507" are "VO2507".

    ValueError: not PO or VO with four digits, after spaces and dashes are taken out.
    """
    code = _compact(text, also="-–")
    if not re.fullmatch("(PO|VO)[0-9]{4}", code):
        raise ValueError("De code van een samenwerkingsverband is PO of VO met 4 cijfers, bijvoorbeeld VO2507.")
    return code


def parse_municipality(text: str) -> str:
    """Reads the CBS code of a gemeente: "344" and "GM0344" are "0344".

    One to four digits are padded; after GM, in any case, there are exactly four.
    ValueError: something else.
    """
    found = re.fullmatch("GM([0-9]{4})|([0-9]{1,4})", _trimmed(text), re.ASCII | re.IGNORECASE)
    if not found:
        raise ValueError("Een gemeentecode heeft 1 tot 4 cijfers, of GM met 4 cijfers, bijvoorbeeld 0344 of GM0344.")
    return (found[1] or found[2]).zfill(4)


def _trimmed(text: str) -> str:
    if not _is_text(text):
        raise ValueError("Een nummer of code moet als tekst worden gegeven.")
    return text.strip()


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _compact(text: str, also: str = "") -> str:
    """Without spaces and the characters of `also`, in capitals; letters outside a-z keep their shape and so fail."""
    code = "".join(char for char in _trimmed(text) if not char.isspace() and char not in also)
    return code.upper() if code.isascii() else code
