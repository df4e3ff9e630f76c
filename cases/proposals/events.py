"""Proposals in the course of events."""

from collections.abc import Iterator

from cases.dossier.models import Case
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from cases.sight.signing import signed


def proposals(case: Case, sight: Sight) -> Iterator[Event]:
    """Who said that a step of another was done, and what the owner answered."""
    if not sight.course:
        return
    for p in case.proposals.all():
        on, by = day_of(p.at), signed(case, p.by, day_of(p.at), p.organisation)
        yield Event(on, "stappen", f"Voorgesteld als gedaan: {p.title}", p.text, by=by, order=p.at)
        if p.answered_at:
            on, by = day_of(p.answered_at), signed(case, p.answered_by, day_of(p.answered_at))
            title = f"Voorstel {p.get_answer_display()}: {p.title}"
            yield Event(on, "stappen", title, p.because, by=by, order=p.answered_at)


EVENTS = (proposals,)
FETCHED = (fetched("proposals", "by", "organisation", "answered_by", "task", "step"),)
