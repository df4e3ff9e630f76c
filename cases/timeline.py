"""One course of events from all that happened in a dossier, newest first. Reads rows, keeps none."""

from datetime import UTC, datetime

from cases.events import around, done, said, settled
from cases.events.event import Event
from cases.models import Case
from cases.sight import Sight

KINDS = {
    "contacten": "contacten",
    "notities": "notities",
    "meldingen": "meldingen",
    "stappen": "stappen en signalen",
}  # fmt: skip
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
SOURCES = (
    said.reports, said.contacts, said.notes, done.states, done.assignments, done.flags, done.tasks, done.steps,
    around.involvements, around.emergencies, done.offers, done.barriers, settled.reviews, settled.decisions,
    settled.regie, settled.looks_again, settled.meetings, settled.stops, settled.letters, around.facts,
    around.exemptions,
)  # fmt: skip


def timeline(case: Case, sight: Sight) -> list[Event]:
    """The events of a dossier (`cases.whole`) that show to whoever sees this much."""
    events = [event for source in SOURCES for event in source(case, sight)]
    return sorted(events, key=lambda e: (e.on, e.order or LONG_AGO), reverse=True)
