"""Flags in the course of events."""

from collections.abc import Iterator

from cases.clock.models import Flag
from cases.dossier.models import Case
from cases.sight.event import Event
from cases.sight.seats import Sight
from thuiszitters.core.words import long_date


def flags(case: Case, sight: Sight) -> Iterator[Event]:
    for f in (flag for deadline in case.deadlines.all() for flag in deadline.flags.all()):
        spoken = f.deadline.spoken
        title = f"Langer dan {spoken} thuis" if f.level == Flag.Level.EXCEEDED else f"Signaal: nadert {spoken}"
        if f.withdrawn_at:
            title += " (ingetrokken)"
        text = f.withdrawn_because.capitalize() if f.withdrawn_at else f"Geldt vanaf {long_date(f.holds_from)}."
        yield Event(f.raised_on, "stappen", title, text, marker="q" if f.withdrawn_at else "f", order=f.raised_at)


EVENTS = (flags,)
FETCHED = ("deadlines__flags", "pupil__home_periods")
