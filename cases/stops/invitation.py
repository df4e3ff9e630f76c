"""The invitation for a Thuiszitterstop: which children is not in it."""

from django.utils import timezone
from django.utils.formats import date_format

from cases.stops.models import Stop
from cases.talks.calendar_file import agenda_file


def stop_file(stop: Stop) -> bytes:
    """The same for a Thuiszitterstop: which children is not in it."""
    return agenda_file(stop, f"Thuiszitterstop {stop.region.name}", stop.place, cancelled=stop.is_cancelled)


def stop_text(stop: Stop) -> str:
    """What can be copied into a mail for a Thuiszitterstop: who comes and the agenda, no children."""
    start, end = timezone.localtime(stop.starts_at), timezone.localtime(stop.ends_at)
    agenda = f"Agenda:\n{stop.agenda}\n\n" if stop.agenda else ""
    guests = f"Wie komen er:\n{stop.guests}\n\n" if stop.guests else ""
    return (
        f"Wij nodigen u uit voor de Thuiszitterstop van de regio {stop.region.name}.\n\n"
        f"Wanneer: {date_format(start, 'l j F Y')}, van {start:%H.%M} tot {end:%H.%M} uur\nWaar: {stop.place}\n\n"
        f"{agenda}{guests}Kunt u dan niet? Laat het ons weten. Zet geen namen van kinderen in uw agenda.\n\n"
        f"Met vriendelijke groet,\n{stop.organisation.name}"
    )
