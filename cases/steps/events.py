"""Steps and pauses in the course of events."""

from collections.abc import Iterator

from cases.dossier.models import Case
from cases.sight.event import Event
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from thuiszitters.core.words import long_date


def steps(case: Case, sight: Sight) -> Iterator[Event]:
    """What came of the steps of the stappenplan, and when they were held up."""
    if not sight.course:
        return
    for s in case.steps.all():
        if not s.result or s.done_on is None:
            continue
        title = f"Stappenplan: {s.name} ({s.get_result_display()})"
        yield Event(s.done_on, "stappen", title, s.outcome, by=s.done_by.short_name if s.done_by else "")
    for p in case.pauses.all():
        title = f"Stappenplan gepauzeerd tot en met {long_date(p.until)}"
        yield Event(p.since, "stappen", title, p.because, by=p.by.short_name, order=p.at)


EVENTS = (steps,)
FETCHED = (fetched("steps", "done_by"), fetched("pauses", "by"))
