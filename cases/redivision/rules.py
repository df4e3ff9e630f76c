"""Where a child of a gemeente that ends goes: plain functions."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cases.dossier.rules import NotNow

POSTCODE = re.compile(r"\b([1-9][0-9]{3}) ?[A-Z]{2}\b", re.IGNORECASE)
SINCE_DAYS, AHEAD_DAYS = 366, 3 * 366


@dataclass(frozen=True)
class Part:
    """A gemeente in which a part of the old one goes on. `postcodes`: four digits each; `chosen`: ids of children."""

    code: str
    postcodes: frozenset[str] = frozenset()
    chosen: frozenset[int] = frozenset()


def part_of(child: int, address: str, parts: Sequence[Part]) -> str | None:
    """The code of the part where the child goes: as a person chose, else the only part, else by the postcode in the
    address. None: nobody knows, so a person chooses."""
    for part in parts:
        if child in part.chosen:
            return part.code
    if len(parts) == 1:
        return parts[0].code
    digits = {found[1] for found in POSTCODE.finditer(address)}
    fitting = [part.code for part in parts if digits & part.postcodes]
    return fitting[0] if len(digits) == 1 and len(fitting) == 1 else None


def check_day(day: date, today: date) -> None:
    """NotNow: too long ago to be done as if on the day, or so far ahead that it is a typing error."""
    if (today - day).days > SINCE_DAYS:
        raise NotNow("Deze dag is langer dan een jaar geleden.")
    if (day - today).days > AHEAD_DAYS:
        raise NotNow("Deze dag ligt meer dan drie jaar vooruit.")


def check_parts(old: str, codes: Iterable[str], postcodes: Iterable[Iterable[str]]) -> None:
    """NotNow: a part that is the old gemeente itself, stands there twice, or shares a postcode with another."""
    codes = list(codes)
    if old in codes and len(codes) == 1:
        raise NotNow("Een gemeente kan niet opgaan in zichzelf.")
    if old in codes:
        raise NotNow("De oude gemeente houdt op te bestaan en kan zelf geen deel zijn.")
    if len(set(codes)) < len(codes):
        raise NotNow("Een gemeente staat er twee keer.")
    seen: set[str] = set()
    for digits in map(set, postcodes):
        if both := seen & digits:
            raise NotNow(f"Postcode {min(both)} staat bij twee gemeenten.")
        seen |= digits
