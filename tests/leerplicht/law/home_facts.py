"""How the tests of home periods write facts, and read periods: as words."""

from datetime import date

from leerplicht.law.calendar import SchoolCalendar
from leerplicht.law.home import Fact, Facts, HomePeriod, home_periods

D = date.fromisoformat
NOORD, MIDDEN, ZUID = (SchoolCalendar.for_region(region) for region in ("noord", "midden", "zuid"))
ALWAYS = [Fact(D("2018-10-01"), D("2030-07-31"), "leerplicht")]


def days(text: str) -> list[Fact]:
    """ "2026-10-05..2026-10-09 2026-11-02..": facts with a first and a last day, or still so."""
    parts = (part.split("..") for part in text.split())
    return [Fact(D(first), D(last) if last else None, f"sinds {first}") for first, last in parts]


def facts(absent="", unenrolled="", permitted="", exempt="", back="", obliged="") -> Facts:
    return Facts(
        obliged=days(obliged) or ALWAYS,
        absent=days(absent),
        unenrolled=days(unenrolled),
        permitted=days(permitted),
        exempt=days(exempt),
        back=[D(day) for day in back.split()],
    )


def said(period: HomePeriod) -> str:
    """A period in words: its days, what it is, since when the clock runs, and whether the child is back."""
    words = [f"{period.first_day}..{period.last_day or ''}", period.kind.value, f"klok {period.clock_start}"]
    if period.back_since:
        words.append(f"terug {period.back_since}")
    if period.ended_by:
        words.append(period.ended_by.value)
    return ", ".join(words)


def told(known: Facts, today: str, calendar=MIDDEN) -> list[str]:
    return [said(p) for p in home_periods(known, calendar, D(today))]
