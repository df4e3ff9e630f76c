"""One course of events from all that happened in a dossier, newest first. Reads rows, keeps none."""

from datetime import UTC, datetime

from cases.barriers import events as barriers
from cases.claims import events as claims
from cases.clock import events as clock
from cases.decisions import events as decisions
from cases.documents import events as documents
from cases.dossier.models import Case
from cases.escalation import events as escalation
from cases.facts import events as facts
from cases.handling import events as handling
from cases.intake import events as intake
from cases.meetings import events as meetings
from cases.offers import events as offers
from cases.sight import events as sight
from cases.sight.event import Event
from cases.sight.seats import Sight
from cases.steps import events as steps
from cases.stops import events as stops
from cases.work import events as work

KINDS = {"contacten": "contacten", "notities": "notities", "meldingen": "meldingen", "stappen": "stappen en signalen"}
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
SOURCES = (
    intake.reports,
    work.contacts,
    work.notes,
    handling.states,
    handling.assignments,
    clock.flags,
    work.tasks,
    steps.steps,
    sight.involvements,
    sight.emergencies,
    offers.offers,
    barriers.barriers,
    escalation.reviews,
    decisions.decisions,
    escalation.regie,
    escalation.looks_again,
    meetings.meetings,
    stops.stops,
    documents.letters,
    facts.facts,
    claims.exemptions,
)


def timeline(case: Case, seen: Sight) -> list[Event]:
    """The events of a dossier (`cases.course.whole`) that show to whoever sees this much."""
    events = [event for source in SOURCES for event in source(case, seen)]
    return sorted(events, key=lambda e: (e.on, e.order or LONG_AGO), reverse=True)
