"""Clean input and date arithmetic, shared by the rules."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta

TOO_FAR = "Deze datum valt buiten de kalender."


def check_date(value: date, name: str = "De datum") -> None:
    """A datetime is a date to Python, but it compares and hashes differently: refuse it."""
    if not _is_plain_date(value):
        raise ValueError(f"{name} moet een datum zonder tijd zijn.")


def check_count(value: int, name: str, least: int = 1) -> None:
    """Counts are whole: 2.5 and True are refused, and so is anything below `least`."""
    if not is_whole(value) or value < least:
        raise ValueError(f"{name} moet een heel getal van {least} of meer zijn.")


def is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def add_days(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise ValueError(TOO_FAR) from None


def add_months(day: date, months: int) -> date:
    """The same day `months` later (or earlier), or the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(TOO_FAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _is_plain_date(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)
