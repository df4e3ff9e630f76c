"""The agenda of one person as a calendar that is subscribed to (iCalendar, RFC 5545 and 7986). A calendar is read by
more people than a dossier and kept elsewhere: it says the number of a dossier and a word of our own tables, never a
name, a school, a place, or a word that somebody typed (docs/adr/0038)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from cases.agenda.entries import Entry, entries_of
from thuiszitters.core.people.users import User

BEFORE, AFTER = timedelta(weeks=2), timedelta(weeks=12)
REFRESH = timedelta(hours=4)
HERE = "Europe/Amsterdam"


def feed_of(user: User, now: datetime) -> bytes:
    """What the user may see at this moment, two weeks back and twelve ahead."""
    today = now.date()
    return calendar_of(entries_of(user, today, today - BEFORE, today + AFTER), now)


def calendar_of(entries: Iterable[Entry], now: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Thuiszitters//Agenda//NL")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, "Thuiszitters")
    calendar.add("x-wr-timezone", HERE)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"PT{REFRESH // timedelta(hours=1)}H")
    calendar.add_component(_zone())  # also when nothing stands in it: a calendar without anything is not valid
    for entry in entries:
        calendar.add_component(_event(entry, now))
    return calendar.to_ical()


def _event(entry: Entry, now: datetime) -> Event:
    event, url = Event(), settings.SITE_URL + entry.url
    event.add("uid", f"{entry.key}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", entry.version)
    event.add("summary", f"{entry.plain} (dossier {entry.case.number})")
    event.add("description", f"Bekijken, na het inloggen: {url}")
    event.add("url", url)
    event.add("class", "CONFIDENTIAL")
    if entry.begins and entry.ends:
        event.add("dtstart", entry.begins)
        event.add("dtend", entry.ends)
    else:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")  # a whole day that does not make somebody busy
    return event


def _zone() -> Timezone:
    """The time of here, by the rule that holds since 1996: as a rule, because every calendar reads that."""
    zone = Timezone()
    zone.add("tzid", HERE)
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    for part, name, begins, before, after, month in (
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), winter, summer, 3),  # noqa: DTZ001
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), summer, winter, 10),  # noqa: DTZ001
    ):
        part.add("dtstart", begins)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        part.add("rrule", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
        zone.add_component(part)
    return zone
