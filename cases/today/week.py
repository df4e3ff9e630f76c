"""This week as a calendar: terms that pass, steps, overleg and children that begin or return."""

from dataclasses import dataclass
from datetime import date, timedelta

from cases.agenda.entries import Entry, entries_of
from thuiszitters.core.people.users import User

DAY_NAMES = ("ma", "di", "wo", "do", "vr", "za", "zo")


@dataclass(frozen=True)
class Day:
    day: date
    label: str
    today: bool
    entries: list[Entry]


def week_of(user: User, today: date) -> list[Day]:
    """Monday to Friday of this week; a day of the weekend only when something is in it, or when it is today. Empty for
    who has nothing in it."""
    monday = today - timedelta(days=today.weekday())
    entries = entries_of(user, today, monday, monday + timedelta(days=6))
    if not entries:
        return []
    found = []
    for n in range(7):
        day = monday + timedelta(days=n)
        its = [e for e in entries if e.day == day]
        if n < 5 or its or day == today:
            found.append(Day(day, f"{DAY_NAMES[n]} {day.day}", day == today, its))
    return found
