"""Doorzettingsbesluiten in the course of events."""

from collections.abc import Iterator

from cases.dossier.models import Case
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from cases.sight.signing import signed
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
            by=signed(case, d.asked_by, d.asked_on, d.organisation),
            link=link,
        )
        if d.presented_at:
            on, by = day_of(d.presented_at), signed(case, d.presented_by, day_of(d.presented_at))
            yield Event(on, "stappen", f"Besluit {d.number} voorgelegd aan de houder", by=by, order=d.presented_at)
        if d.signed_at:
            start = f", vanaf {long_date(d.start_on)}" if d.start_on else ""
            title = f"Doorzettingsbesluit genomen{' (voorlopig)' if d.is_provisional else ''}"
            on, by = (
                day_of(d.signed_at),
                "; ".join(
                    signed(case, s.by, day_of(s.at), s.mandate.organisation)
                    for s in d.signatures.all()
                    if s.version == d.version
                ),
            )
            yield Event(on, "stappen", title, f"{d.place}{start}.", by=by, link=link, order=d.signed_at)
        elif d.dropped_at:
            by = signed(case, d.dropped_by, day_of(d.dropped_at))
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
            how = f"Door {t.teller}. {t.how}"
            yield Event(t.on, "stappen", title, how, by=signed(case, t.by, day_of(t.at)), order=t.at)


EVENTS = (decisions,)
FETCHED = (
    fetched("decisions", "asked_by", "organisation", "presented_by", "dropped_by", "school"),
    fetched("decisions__told", "guardian", "by"),
    fetched("decisions__signatures", "by", "mandate__organisation"),
)
