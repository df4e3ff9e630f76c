"""Moves and handlers in the course of events."""

from collections.abc import Iterator

from cases.dossier.models import Case
from cases.dossier.states import STATES, State
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from cases.sight.signing import signed


def states(case: Case, sight: Sight) -> Iterator[Event]:
    """Why a dossier moved was written for the own side; that it moved everybody sees."""
    for s in case.status_changes.all():
        title = f"Stand: {STATES[State(s.target)].word}" if s.source else "Dossier geopend"
        result = f"Uitkomst: {s.result_label}. " if s.result and sight.sees_result(s.result) else ""
        because = s.because if sight.officer else ""
        by = signed(case, s.by, day_of(s.at))
        on = day_of(s.at) if s.source else case.opened_on
        yield Event(on, "stappen", title, result + because, by=by, marker="" if s.by else "q", order=s.at)


def assignments(case: Case, sight: Sight) -> Iterator[Event]:
    for a in case.assignments.all():
        title = f"Behandelaar: {a.handler.short_name}" if a.handler else "Geen behandelaar meer"
        because = a.because if sight.officer else ""
        yield Event(day_of(a.at), "stappen", title, because, by=signed(case, a.by, day_of(a.at)), order=a.at)


EVENTS = (states, assignments)
FETCHED = (fetched("status_changes", "by"), fetched("assignments", "handler", "by"))
