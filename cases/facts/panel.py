"""What the law asks of the child per school year, as the page of a dossier shows it: from when, until when, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cases.clock.presentation import OBLIGATIONS
from leerplicht.law.births import Known
from leerplicht.law.exemptions import LABELS, Article
from leerplicht.law.obligation import Obligation
from leerplicht.law.school_years import Exempted, Stretch, stretches
from leerplicht.models import Exemption, Pupil

WHY = {
    Obligation.LEERPLICHT: "vanaf de maand na de vijfde verjaardag, tot en met het schooljaar waarin het kind 16 wordt "
    "(art. 3)",
    Obligation.KWALIFICATIEPLICHT: "na de leerplicht, tot de 18e verjaardag of een startkwalificatie (art. 4a en 4b)",
    Obligation.RELEASED: "diploma praktijkonderwijs, of vso arbeidsmarkt of dagbesteding (art. 4a lid 2)",
    Obligation.STARTKWALIFICATIE: "het diploma is behaald, er is geen plicht meer",
    Obligation.DOORSTROOM: "jonger dan 27 jaar (voor 2026: 23) en geen startkwalificatie",
}
TWELVE_YEARS = "vanaf de maand na de vijfde verjaardag, tot en met twaalf volledige schooljaren (art. 3)"
EXEMPT = "vrijgesteld"


@dataclass(frozen=True, slots=True)
class YearShown:
    """A stretch of days in one school year, or in all years after the duty. `now`: today lies in it."""

    year: str
    first_day: date
    last_day: date
    words: str
    why: str
    now: bool


def years_of(pupil: Pupil, exemptions: Sequence[Exemption], today: date) -> list[YearShown]:
    """`exemptions`: those that the reader may know of. Of a birth date of which the day is unknown the last that it can
    be, which protects longest (domain A4); of one of which only the year is known nothing can be said per year. Empty
    too when the dates on record contradict each other."""
    if pupil.born_known == Known.YEAR:
        return []
    held = [Exempted(Article(e.article), e.first_day, e.last_day) for e in exemptions]
    try:
        found = stretches(
            pupil.born_last,
            twelve_years_done=pupil.twelve_years_done,
            startkwalificatie=pupil.startkwalificatie_on,
            released=pupil.released,
            exemptions=held,
        )
    except ValueError:
        return []
    shown: list[YearShown] = []
    for row in (_shown(s, pupil, today) for s in found):
        # Of the years after the duty one line is enough.
        if shown and row.why == shown[-1].why == WHY[Obligation.DOORSTROOM]:
            last = shown.pop()
            years = f"{last.year[:7]} tot en met {row.year}"
            row = replace(row, year=years, first_day=last.first_day, now=last.now or row.now)
        shown.append(row)
    return shown


def _shown(s: Stretch, pupil: Pupil, today: date) -> YearShown:
    words = EXEMPT if s.exempt else OBLIGATIONS[s.obligation]
    why = LABELS[s.exempt] if s.exempt else WHY[s.obligation]
    if s.obligation == Obligation.LEERPLICHT and not s.exempt and pupil.twelve_years_done:
        why = TWELVE_YEARS
    year = f"{s.school_year}/{(s.school_year + 1) % 100:02}"
    return YearShown(year, s.first_day, s.last_day, words, why, s.first_day <= today <= s.last_day)
