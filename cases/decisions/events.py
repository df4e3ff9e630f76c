"""Doorzettingsbesluiten in the course of events."""

from collections.abc import Iterator

from cases.dossier.models import Case
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from thuiszitters.core.words import long_date


def decisions(case: Case, sight: Sight) -> Iterator[Event]:
    """When a decision was asked for, taken or not taken, and who was told."""
    if not sight.course:
        return
    for d in case.decisions.all():
        link = ("decision", d.pk)
        yield Event(
            d.asked_on,
            "stappen",
            f"Doorzettingsbesluit gevraagd ({d.number})",
            d.question,
            by=d.asked_by.short_name,
            link=link,
        )
        if d.presented_at:
            yield Event(
                day_of(d.presented_at), "stappen", f"Besluit {d.number} voorgelegd aan de houder", order=d.presented_at
            )
        if d.signed_at:
            start = f", vanaf {long_date(d.start_on)}" if d.start_on else ""
            title = f"Doorzettingsbesluit genomen{' (voorlopig)' if d.is_provisional else ''}"
            yield Event(day_of(d.signed_at), "stappen", title, f"{d.place}{start}.", link=link, order=d.signed_at)
        elif d.dropped_at:
            by = d.dropped_by.short_name if d.dropped_by else ""
            yield Event(
                day_of(d.dropped_at),
                "stappen",
                "Er komt geen doorzettingsbesluit",
                d.dropped_because,
                by=by,
                link=link,
                order=d.dropped_at,
            )
        for t in d.told.all():
            title = f"Besluit {d.number} verteld aan {t.whom}"
            yield Event(t.on, "stappen", title, t.how, by=t.teller, order=t.at)


EVENTS = (decisions,)
FETCHED = (fetched("decisions", "asked_by", "dropped_by", "school"), fetched("decisions__told", "guardian"))
