"""Overleg in the course of events."""

from collections.abc import Iterator

from django.utils import timezone

from cases.dossier.models import Case
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
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
            yield Event(m.on, "stappen", f"{m.label} gehouden", text, by=m.by.short_name, link=link, order=m.starts_at)
        elif m.is_planned:
            title = f"{m.label} gepland op {when}"
            yield Event(day_of(m.at), "stappen", title, by=m.by.short_name, link=link, order=m.at)
        else:
            title = f"{m.label} van {when} afgezegd"
            yield Event(day_of(m.changed_at), "stappen", title, m.cancelled_because, link=link, order=m.changed_at)


EVENTS = (meetings,)
FETCHED = (fetched("meetings", "by"), "meetings__people__organisation", "meetings__people__guardian")
