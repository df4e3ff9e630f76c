"""Days that cannot be: a slip of the finger rather than a fact. Such a day is a question for a person, by file and by
form; it opens no dossier and stands in nobody's way."""

from datetime import date, datetime

from leerplicht.law.calendar import FIRST_KNOWN_DAY
from leerplicht.law.dates import add_days
from leerplicht.law.obligation import birthday
from thuiszitters.core.words import long_date

FIRST_BORN = date(1990, 1, 1)
YOUNGEST, OLDEST = 4, 26  # years, of a child that is reported: from the first school age to the Doorstroompunt
AHEAD = 14  # days that an absence can be reported before it begins
ENDS_WITHIN, FACT_WITHIN = 366, 2 * 366  # days that the end of an absence, or the begin of a fact, may lie ahead


def odd_birth(born: date, on: date, today: date) -> str:
    """Why this cannot be the day of birth of a child that was reported or registered on `on`; empty when it can."""
    if born < FIRST_BORN or born > today:
        return f"{born:%d-%m-%Y} kan niet kloppen. Vraag de geboortedatum na"
    age = next(years for years in range(OLDEST + 20, -1, -1) if years == 0 or birthday(born, years) <= on)
    if not YOUNGEST <= age <= OLDEST:
        return f"het kind was toen {age} jaar. Klopt de geboortedatum {born:%d-%m-%Y}?"
    return ""


def odd_start(first_day: date, today: date, *, ahead: int = AHEAD) -> str:
    """Why an absence cannot begin on this day; empty when it can."""
    if first_day < FIRST_KNOWN_DAY:
        return f"{first_day:%d-%m-%Y} ligt voor {long_date(FIRST_KNOWN_DAY)}. Klopt het jaar?"
    if first_day > add_days(today, ahead):
        return f"{first_day:%d-%m-%Y} ligt ver in de toekomst. Klopt het jaar?"
    return ""


def odd_end(last_day: date | None, today: date) -> str:
    """Why an absence cannot end on this day; empty when it can."""
    if last_day and last_day > add_days(today, ENDS_WITHIN):
        return f"{last_day:%d-%m-%Y} ligt meer dan een jaar vooruit. Klopt het jaar?"
    return ""


def odd_mutation(changed_at: datetime, today: date) -> str:
    """Why something cannot have been changed at this moment; empty when it can. The clock of a school may run ahead of
    ours, but not by a day."""
    if changed_at.date() > add_days(today, 1):
        return "ligt na de dag van inlezen. Klopt het jaar?"
    return ""
