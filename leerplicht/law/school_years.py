"""What the law asks of one child, school year by school year: from which day, until which, and why (art. 3, 4a, 4b, 5,
5a, 15; after that the Doorstroompunt)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from leerplicht.law.calendar import school_year
from leerplicht.law.dates import add_days
from leerplicht.law.exemptions import Article
from leerplicht.law.obligation import (
    DOORSTROOM_FROM_27,
    OBLIGED,
    Obligation,
    birthday,
    leerplicht_end,
    leerplicht_start,
    obligation_on,
)

# These take the duty away while they hold. Art. 3a and 3b put another programme in its place, art. 11 excuses absence.
FREES = frozenset(
    {Article.ART_5_ONDER_A, Article.ART_5_ONDER_B, Article.ART_5_ONDER_C, Article.ART_5A_TREKKEND, Article.ART_15}
)


@dataclass(frozen=True, slots=True)
class Exempted:
    """An exemption with its first and last day; without a last day it goes on."""

    article: Article
    first_day: date
    last_day: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in one school year on which the law asks the same. `exempt`: by which article the duty does not hold."""

    first_day: date
    last_day: date
    obligation: Obligation
    exempt: Article | None = None

    @property
    def school_year(self) -> int:
        """2027 is 2027/28."""
        return school_year(self.first_day)


def stretches(
    born: date,
    *,
    twelve_years_done: date | None = None,
    startkwalificatie: date | None = None,
    released: bool = False,
    exemptions: Iterable[Exempted] = (),
) -> list[Stretch]:
    """From the first day of the leerplicht until the law asks nothing more; what changes within a school year begins a
    new stretch, and so does each 1 August.

    ValueError: a date before birth; `twelve_years_done` is no 31 July.
    """
    freeing = [e for e in exemptions if e.article in FREES]
    begin, end = leerplicht_start(born), birthday(born, 27)
    turns = {leerplicht_end(born, twelve_years_done), *(e.last_day for e in freeing if e.last_day)}
    changes = {begin, end, birthday(born, 18), birthday(born, 23), DOORSTROOM_FROM_27}
    changes |= {add_days(day, 1) for day in turns} | {e.first_day for e in freeing}
    changes |= {date(year, 8, 1) for year in range(begin.year, end.year + 1)}
    changes |= {startkwalificatie} if startkwalificatie else set()
    found: list[Stretch] = []
    for first, after in pairwise(sorted(day for day in changes if begin <= day <= end)):
        asked = obligation_on(
            first, born, twelve_years_done=twelve_years_done, startkwalificatie=startkwalificatie, released=released
        )
        exempt = next((e.article for e in freeing if asked in OBLIGED and e.holds_on(first)), None)
        found = _joined(found, Stretch(first, add_days(after, -1), asked, exempt))
    # Of a diploma it is told once that it is there, not each year anew.
    while len(found) > 1 and found[-1].obligation == found[-2].obligation == Obligation.STARTKWALIFICATIE:
        found.pop()
    return [s for s in found if s.obligation != Obligation.NONE]


def _joined(found: list[Stretch], new: Stretch) -> list[Stretch]:
    """A day on which nothing changed after all begins no stretch."""
    last = found[-1] if found else None
    same = last and (last.obligation, last.exempt, last.school_year) == (new.obligation, new.exempt, new.school_year)
    if last and same:
        return [*found[:-1], Stretch(last.first_day, new.last_day, last.obligation, last.exempt)]
    return [*found, new]
