"""The invitation for an overleg: a file for any agenda, and a text to copy. Neither says who the child is or what the
question is: an agenda is read by more people than a dossier (domain 8.1, data minimisation)."""

from datetime import UTC

from django.utils import timezone
from django.utils.formats import date_format
from icalendar import Calendar, Event, vCalAddress, vText

from cases.meetings.models import Meeting
from cases.meetings.planned import Planned
from cases.sight.naming import stands_in
from leerplicht.models import Pupil

# The standard asks for an address of who invites. There is none that reads mail here, and this says so.
NO_ADDRESS = "invalid:nomail"


def names_child(text: str, pupil: Pupil) -> bool:
    """Whether a text holds a first or last name of the child as a word."""
    return any(stands_in(text, name) for name in [*pupil.first_names.split(), pupil.last_name])


def invitation_file(meeting: Meeting) -> bytes:
    """An iCalendar file (RFC 5545, 5546). The same UID always, a SEQUENCE that goes up with each change; after calling
    off a CANCEL, which takes it out of the agenda again. Times in UTC: every agenda knows that."""
    return _file(meeting, f"{meeting.label} {meeting.case.number}", place_of(meeting))


def _file(row: Planned, summary: str, place: str) -> bytes:
    cancelled = row.is_cancelled
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


def _organizer(row: Planned) -> vCalAddress:
    address = vCalAddress(NO_ADDRESS)
    address.params["CN"] = vText(row.organisation.name)
    return address


def place_of(meeting: Meeting) -> str:
    """Where, unless that names the child: the form refuses it, but a child can get another name later."""
    return "" if names_child(meeting.place, meeting.case.pupil) else meeting.place


def invitation_text(meeting: Meeting) -> str:
    """What can be copied into a letter or a mail."""
    start, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    article = "het" if meeting.kind == Meeting.Kind.MDO else "de"
    where = f"Waar: {place}\n" if (place := place_of(meeting)) else ""
    return (
        f"Wij nodigen u uit voor {article} {meeting.get_kind_display()} over dossier {meeting.case.number}.\n\n"
        f"Wanneer: {date_format(start, 'l j F Y')}, van {start:%H.%M} tot {end:%H.%M} uur\n{where}\n"
        "Kunt u dan niet? Laat het ons weten. Zet de naam van het kind niet in uw agenda.\n\n"
        f"Met vriendelijke groet,\n{meeting.organisation.name}"
    )
