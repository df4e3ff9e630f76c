"""What may be said of a child whom nobody should recognise: age in bands, days as months, how long as the term that
passed. An exact first day with an age leads, in one gemeente, to one child (AVG, recital 26)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.clock.models import Deadline
from cases.clock.presentation import LEVELS, Clock
from cases.dossier.models import Case
from thuiszitters.core.dates import age_on
from thuiszitters.core.words import MONTHS

# The oldest age of each band: primary school, up to the age from which a youth speaks for itself, and above.
BANDS = ((11, "jonger dan 12 jaar"), (15, "12 tot en met 15 jaar"), (200, "16 jaar of ouder"))
LONGEST = 6  # months that the drawing shows
FEW = 5  # fewer alike than this, and who knows the gemeente can tell who it is
CAREFUL = "Ook zonder naam kan iemand die de gemeente kent, zien wie het is. Let op wie dit papier krijgt."


@dataclass(frozen=True)
class Standing:
    """How long at home, without a day. `months`: of the calendar, at most LONGEST."""

    level: str
    words: str
    since: str
    months: int

    @property
    def description(self) -> str:
        return f"Thuis sinds {self.since}. {self.words.capitalize()}."


def age_in_words(age: int) -> str:
    return next(words for last, words in BANDS if age <= last)


def month_in_words(day: date | None) -> str:
    """oktober 2026; empty for no date."""
    return f"{MONTHS[day.month - 1]} {day.year}" if day else ""


def standing_of(case: Case, clock: Clock | None, deadlines: Iterable[Deadline], today: date) -> Standing | None:
    """`deadlines`: the terms that run. None when the child is not at home."""
    since = case.home_since
    if clock is None or since is None:
        return None
    passed = [d for d in deadlines if d.stopped_on is None and d.standing(today) == "overschreden"]
    last = max(passed, key=lambda d: d.exceeded_from, default=None)
    words = f"langer dan {last.spoken}" if last else "nog geen termijn voorbij"
    level = clock.level if last else LEVELS["loopt"]
    months = (today.year - since.year) * 12 + today.month - since.month
    return Standing(level, words, month_in_words(since), min(months, LONGEST))


Kind = tuple[str, str, str]


def kind_of(case: Case, today: date) -> Kind:
    """What a paper without names says of a child at home: gemeente, band of age and month."""
    return case.municipality_id, age_in_words(age_on(today, case.pupil.born)), month_in_words(case.home_since)


def alike(cases: Iterable[Case], today: date) -> Counter[Kind]:
    """How many children at home there are of each kind."""
    return Counter(kind_of(case, today) for case in cases if case.home_since)


def alike_in_words(fewest: int) -> str:
    """What the maker is told before a paper about one child leaves; empty when enough children are alike."""
    if fewest >= FEW:
        return ""
    if fewest <= 1:
        return f"In uw dossiers is dit het enige kind van deze leeftijdsgroep dat sinds die maand thuis is. {CAREFUL}"
    return f"In uw dossiers zijn maar {fewest} kinderen van deze leeftijdsgroep sinds die maand thuis. {CAREFUL}"


def pack_in_words(few: int) -> str:
    """The same for many: how many of them have fewer than FEW that are alike."""
    if not few:
        return ""
    number = "Voor 1 kind" if few == 1 else f"Voor {few} kinderen"
    return f"{number} op deze agenda zijn er minder dan {FEW} van dezelfde leeftijdsgroep en maand. {CAREFUL}"
