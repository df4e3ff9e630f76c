"""A planned talk in words."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format

from cases.talks.calendar_file import agenda_file, names_child
from cases.talks.models import Talk
from leerplicht.models import Guardian


def with_whom(talk: Talk, guardians: Iterable[Guardian]) -> str:
    """F. de Groot (moeder), S. Mentor en het kind."""
    names = [f"{g.name} ({g.relation})" for g in guardians]
    names += [talk.name.strip()] if talk.name.strip() else []
    names += ["het kind"] if talk.child else []
    return " en ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def title_of(talk: Talk, guardians: Iterable[Guardian]) -> str:
    """As its step is called."""
    return f"Gesprek met {with_whom(talk, guardians)}, {timezone.localtime(talk.starts_at):%H.%M} uur"


def when(talk: Talk) -> str:
    start, end = timezone.localtime(talk.starts_at), timezone.localtime(talk.ends_at)
    return f"{date_format(start, 'l j F Y')}, van {start:%H.%M} tot {end:%H.%M} uur"


def talk_file(talk: Talk) -> bytes:
    """For an agenda: the number of the dossier, and no name. A place that names the child is left out."""
    place = "" if names_child(talk.place, talk.case.pupil) else talk.place
    return agenda_file(talk, f"Gesprek {talk.case.number}", place, cancelled=talk.is_cancelled)
