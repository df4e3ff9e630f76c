"""Steps and pauses in the course of events."""

from collections.abc import Iterator

from cases.dossier.models import Case
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from cases.sight.signing import signed
from cases.steps.access import is_of
from cases.steps.models import EscalationStep
from thuiszitters.core.words import long_date


def steps(case: Case, sight: Sight) -> Iterator[Event]:
    """What came of the steps of the stappenplan, and when they were held up."""
    if not sight.course:
        return
    for s in case.steps.all():
        if not s.result or s.done_on is None:
            continue
        title = f"Stappenplan: {s.name} ({s.get_result_display()})"
        by = signed(case, s.done_by, s.done_on, s.done_organisation, behalf=_behalf(s))
        marker = "" if by else "q"  # answered by a report: nobody did it
        yield Event(s.done_on, "stappen", title, s.outcome, by=by, marker=marker)
    for p in case.pauses.all():
        title = f"Stappenplan gepauzeerd tot en met {long_date(p.until)}"
        by = signed(case, p.by, day_of(p.at))
        yield Event(p.since, "stappen", title, p.because, by=by, order=p.at)


def _behalf(step: EscalationStep) -> str:
    """Whose step it was, when another organisation closed it."""
    organisation = step.done_organisation
    return "" if organisation is None or is_of(step, organisation) else step.owner


EVENTS = (steps,)
FETCHED = (fetched("steps", "done_by", "done_organisation"), fetched("pauses", "by"))
