"""Thuiszitterstops in the course of events."""

from collections.abc import Iterator

from cases.dossier.models import Case
from cases.sight.event import Event
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from cases.sight.signing import signed


def stops(case: Case, sight: Sight) -> Iterator[Event]:
    """What was said about this child at a Thuiszitterstop."""
    if not sight.course:
        return
    for row in case.stops.all():
        if not row.discussed:
            continue
        title = f"Besproken op de Thuiszitterstop {row.stop.region.name}"
        by = signed(case, row.discussed_by, row.stop.on)
        yield Event(row.stop.on, "stappen", title, row.discussed, by=by, order=row.stop.starts_at)


EVENTS = (stops,)
FETCHED = (fetched("stops", "stop__region", "stop__organisation", "discussed_by"),)
