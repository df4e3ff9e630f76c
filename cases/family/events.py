"""Meekijken in the course of events, for the gemeente: who was let in, and when it ended."""

from collections.abc import Iterator

from cases.dossier.models import Case
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from cases.sight.signing import signed


def looking_along(case: Case, sight: Sight) -> Iterator[Event]:
    if not sight.officer:
        return
    for row in case.lookers.all():
        on = day_of(row.at)
        by = signed(case, row.by, on, row.organisation)
        yield Event(on, "stappen", f"{row.who} kan meekijken", by=by, order=row.at)
        if row.ended_at:
            ended = day_of(row.ended_at)
            title = f"{row.who} kijkt niet meer mee"
            yield Event(ended, "stappen", title, row.because, by=signed(case, row.ended_by, ended), order=row.ended_at)


EVENTS = (looking_along,)
FETCHED = (fetched("lookers", "by", "ended_by", "organisation", "guardian"),)
