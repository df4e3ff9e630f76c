"""Offers in the course of events."""

from collections.abc import Iterator

from cases.dossier.models import Case
from cases.offers.states import OfferState
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from cases.sight.signing import signed
from thuiszitters.core.words import long_date


def offers(case: Case, sight: Sight) -> Iterator[Event]:
    if not sight.course:
        return
    for c in (change for offer in case.offers.all() for change in offer.changes.all()):
        starts = f"Begint op {long_date(c.on)}. " if c.target == OfferState.AANGEKONDIGD else ""
        on = day_of(c.at) if starts else c.on
        title = f"Aanbod van {c.offer.place}: {c.info.word}"
        by = signed(case, c.by, day_of(c.at))
        yield Event(on, "stappen", title, starts + c.because, by=by, order=c.at)


EVENTS = (offers,)
FETCHED = (fetched("offers", "school"), fetched("offers__changes", "by"))
