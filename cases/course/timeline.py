"""One course of events from all that happened in a dossier, newest first. Reads rows, keeps none."""

from datetime import UTC, datetime

from cases.course.rooms import SOURCES
from cases.dossier.models import Case
from cases.sight.event import Event
from cases.sight.seats import Sight

KINDS = {
    "contacten": "contacten",
    "notities": "notities",
    "bijlagen": "bijlagen",
    "meldingen": "meldingen",
    "stappen": "stappen en signalen",
}
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


def timeline(case: Case, sight: Sight) -> list[Event]:
    """The events of a dossier (`cases.course.whole`) that show to whoever sees this much."""
    events = [event for source in SOURCES for event in source(case, sight)]
    return sorted(events, key=lambda e: (e.on, e.order or LONG_AGO), reverse=True)
