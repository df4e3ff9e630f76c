"""Overleg in the course of events."""

from collections.abc import Iterator

from django.utils import timezone

from cases.dossier.models import Case
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from cases.sight.signing import signed
from thuiszitters.core.words import long_date


def meetings(case: Case, sight: Sight) -> Iterator[Event]:
    """An overleg stands on its own day; one that is still to come, or was called off, on the day somebody did that."""
    if not sight.course:
        return
    for m in case.meetings.all():
        when, link = f"{long_date(m.on)}, {timezone.localtime(m.starts_at):%H.%M} uur", ("meeting", m.pk)
        if m.is_held:
            there = "; ".join(p.words for p in m.people.all() if p.was_there)
            text = f"Erbij: {there}. Vraag: {m.question}"
            by = signed(case, m.settled_by, m.on)
            yield Event(m.on, "stappen", f"{m.label} gehouden", text, by=by, link=link, order=m.starts_at)
        elif m.is_planned:
            title, by = f"{m.label} gepland op {when}", signed(case, m.by, day_of(m.at), m.organisation)
            yield Event(day_of(m.at), "stappen", title, by=by, link=link, order=m.at)
        else:
            title, on = f"{m.label} van {when} afgezegd", day_of(m.changed_at)
            by = signed(case, m.settled_by, on)
            yield Event(on, "stappen", title, m.cancelled_because, by=by, link=link, order=m.changed_at)


EVENTS = (meetings,)
FETCHED = (
    fetched("meetings", "by", "organisation", "settled_by"),
    "meetings__people__organisation",
    "meetings__people__guardian",
)
