"""The invitation for an overleg: a file for any agenda, and a text to copy. Neither says who the child is or what the
question is: an agenda is read by more people than a dossier (domain 8.1, data minimisation). What will be asked of whom
stands in the text, for who was asked to prepare, and not in the file."""

from django.utils import timezone
from django.utils.formats import date_format

from cases.meetings.models import Meeting
from cases.talks.calendar_file import agenda_file, names_child


def invitation_file(meeting: Meeting) -> bytes:
    return agenda_file(
        meeting, f"{meeting.label} {meeting.case.number}", place_of(meeting), cancelled=meeting.is_cancelled
    )


def place_of(meeting: Meeting) -> str:
    """Where, unless that names the child: the form refuses it, but a child can get another name later."""
    return "" if names_child(meeting.place, meeting.case.pupil) else meeting.place


def asks_of(meeting: Meeting) -> str:
    """What will be asked, on the same condition."""
    return "" if names_child(meeting.asks, meeting.case.pupil) else meeting.asks


def invitation_text(meeting: Meeting) -> str:
    """What can be copied into a letter or a mail."""
    start, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    article = "het" if meeting.kind == Meeting.Kind.MDO else "de"
    asks = f"Wat wij gaan vragen:\n{said}\n\n" if (said := asks_of(meeting)) else ""
    where = f"Waar: {place}\n" if (place := place_of(meeting)) else ""
    return (
        f"Wij nodigen u uit voor {article} {meeting.get_kind_display()} over dossier {meeting.case.number}.\n\n"
        f"Wanneer: {date_format(start, 'l j F Y')}, van {start:%H.%M} tot {end:%H.%M} uur\n{where}\n"
        f"{asks}Kunt u dan niet? Laat het ons weten. Zet de naam van het kind niet in uw agenda.\n\n"
        f"Met vriendelijke groet,\n{meeting.organisation.name}"
    )
