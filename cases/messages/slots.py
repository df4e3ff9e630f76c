"""When a digest may leave: working days from eight to five in Amsterdam, a slot per day or week. No Django here."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from leerplicht.law.calendar import add_working_days, monday

HERE = ZoneInfo("Europe/Amsterdam")
OPENS, CLOSES = time(8, 0), time(17, 0)
DAILY, WEEKLY, OFF = "dag", "week", "uit"


def is_working_day(day: date) -> bool:
    return add_working_days(day - timedelta(days=1), 1) == day


def is_working_time(now: datetime) -> bool:
    """Whether people are at work at this moment, wherever the clock of `now` stands."""
    local = now.astimezone(HERE)
    return is_working_day(local.date()) and OPENS <= local.time() < CLOSES


def slot_of(frequency: str, today: date) -> date | None:
    """The day under which the digest of today is known: today itself, or the first working day of this week. A weekly
    one that was missed is made up for later in the same week. None: no digest."""
    if frequency == OFF:
        return None
    return today if frequency == DAILY else add_working_days(monday(today) - timedelta(days=1), 1)
