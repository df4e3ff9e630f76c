"""That a dossier came from another system, in the course of events."""

from collections.abc import Iterator

from cases.dossier.models import Case
from cases.dossier.origin import told_from
from cases.sight.event import Event
from cases.sight.seats import Sight


def taken_over(case: Case, sight: Sight) -> Iterator[Event]:
    """The number of then is for the own side: others never saw that system."""
    if case.taken_over_on:
        title = f"Dossier {told_from(case.taken_over_from)}"
        there = f"Nummer daar: {case.old_number}." if sight.officer else ""
        yield Event(case.taken_over_on, "stappen", title, there, marker="q")


EVENTS = (taken_over,)
FETCHED: tuple[str, ...] = ()
