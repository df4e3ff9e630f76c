"""Escalations, who led and looking again, in the course of events."""

from collections.abc import Iterator

from cases.dossier.models import Case
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from cases.sight.signing import signed
from thuiszitters.core.words import long_date

REVIEW_ACTS = {
    "voorgesteld": "voorgesteld",
    "teruggevraagd": "vraag",
    "aanvaard": "opgepakt",
    "teruggestuurd": "teruggegeven",
    "ingetrokken": "ingetrokken",
    "afgerond": "afgerond",
}


def reviews(case: Case, sight: Sight) -> Iterator[Event]:
    if not sight.course:
        return
    for m in (message for review in case.reviews.all() for message in review.messages.all()):
        title = f"Opschaling naar {m.review.to_organisation.name}: {REVIEW_ACTS[m.state]}"
        by = signed(case, m.by, day_of(m.at), m.organisation)
        yield Event(day_of(m.at), "stappen", title, m.text, by=by, order=m.at)


def regie(case: Case, sight: Sight) -> Iterator[Event]:
    for r in case.regies.all():
        yield Event(r.since, "stappen", f"{r.organisation.name} voert de regie", by=signed(case, r.by, r.since))
        if r.ended_at:
            on, by = day_of(r.ended_at), signed(case, r.ended_by, day_of(r.ended_at))
            yield Event(on, "stappen", "De gemeente voert weer de regie", by=by, order=r.ended_at)


def looks_again(case: Case, sight: Sight) -> Iterator[Event]:
    """For the gemeente: why nothing was to be done then."""
    if not sight.officer:
        return
    for row in case.looks_again.all():
        title = f"Gezien, opnieuw kijken op {long_date(row.until)}"
        on, by = day_of(row.at), signed(case, row.by, day_of(row.at))
        yield Event(on, "stappen", title, row.because, by=by, order=row.at)


EVENTS = (reviews, regie, looks_again)
FETCHED = (
    fetched("reviews", "to_organisation", "owner", "reviewer", "proposed_by", "step"),
    fetched("reviews__messages", "by", "organisation"),
    fetched("regies", "organisation", "by", "ended_by"),
    fetched("looks_again", "by"),
)
