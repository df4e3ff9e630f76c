"""A file for any agenda. It does not say who the child is or what it is about: an agenda is read by more people than a
dossier (domain 8.1, data minimisation)."""

from datetime import UTC

from icalendar import Calendar, Event, vCalAddress, vText

from cases.sight.naming import stands_in
from cases.talks.planned import Moment
from leerplicht.models import Pupil

# The standard asks for an address of who invites. There is none that reads mail here, and this says so.
NO_ADDRESS = "invalid:nomail"


def names_child(text: str, pupil: Pupil) -> bool:
    """Whether a text holds a first or last name of the child as a word."""
    return any(stands_in(text, name) for name in [*pupil.first_names.split(), pupil.last_name])


def agenda_file(row: Moment, summary: str, place: str, *, cancelled: bool) -> bytes:
    """An iCalendar file (RFC 5545, 5546). The same UID always, a SEQUENCE that goes up with each change; after calling
    off a CANCEL, which takes it out of the agenda again. Times in UTC: every agenda knows that."""
    event = Event()
    event.add("uid", str(row.uid))
    event.add("sequence", row.version - 1)
    event.add("dtstamp", row.changed_at.astimezone(UTC))
    event.add("dtstart", row.starts_at.astimezone(UTC))
    event.add("dtend", row.ends_at.astimezone(UTC))
    event.add("summary", summary)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "CONFIDENTIAL")
    event["organizer"] = _organizer(row)
    if place:
        event.add("location", place)
    calendar = Calendar()
    calendar.add("prodid", "-//Thuiszitters//Overleg//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "REQUEST")
    calendar.add_component(event)
    return calendar.to_ical()


def _organizer(row: Moment) -> vCalAddress:
    address = vCalAddress(NO_ADDRESS)
    address.params["CN"] = vText(row.organisation.name)
    return address
