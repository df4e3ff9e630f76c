"""What was asked of others and settled with them."""

from collections.abc import Iterator

from django.utils import timezone

from cases.events.event import Event, day_of
from cases.models import Case
from cases.sight import Sight
from thuiszitters.core.words import long_date

REVIEW_ACTS = {
    "voorgesteld": "voorgesteld", "teruggevraagd": "vraag", "aanvaard": "opgepakt", "teruggestuurd": "teruggegeven",
    "ingetrokken": "ingetrokken", "afgerond": "afgerond",
}  # fmt: skip


def reviews(case: Case, sight: Sight) -> Iterator[Event]:
    if not sight.course:
        return
    for m in (message for review in case.reviews.all() for message in review.messages.all()):
        title = f"Opschaling naar {m.review.to_organisation.name}: {REVIEW_ACTS[m.state]}"
        yield Event(day_of(m.at), "stappen", title, m.text, by=m.by.short_name, order=m.at)


def decisions(case: Case, sight: Sight) -> Iterator[Event]:
    """When a decision was asked for, taken or not taken, and who was told."""
    if not sight.course:
        return
    for d in case.decisions.all():
        link = ("decision", d.pk)
        yield Event(d.asked_on, "stappen", f"Doorzettingsbesluit gevraagd ({d.number})", d.question,
                    by=d.asked_by.short_name, link=link)  # fmt: skip
        if d.presented_at:
            yield Event(day_of(d.presented_at), "stappen", f"Besluit {d.number} voorgelegd aan de houder",
                        order=d.presented_at)  # fmt: skip
        if d.signed_at:
            start = f", vanaf {long_date(d.start_on)}" if d.start_on else ""
            title = f"Doorzettingsbesluit genomen{' (voorlopig)' if d.is_provisional else ''}"
            yield Event(day_of(d.signed_at), "stappen", title, f"{d.place}{start}.", link=link, order=d.signed_at)
        elif d.dropped_at:
            by = d.dropped_by.short_name if d.dropped_by else ""
            yield Event(day_of(d.dropped_at), "stappen", "Er komt geen doorzettingsbesluit", d.dropped_because, by=by,
                        link=link, order=d.dropped_at)  # fmt: skip
        for t in d.told.all():
            title = f"Besluit {d.number} verteld aan {t.whom}"
            yield Event(t.on, "stappen", title, t.how, by=t.teller, order=t.at)


def regie(case: Case, sight: Sight) -> Iterator[Event]:
    for r in case.regies.all():
        yield Event(r.since, "stappen", f"{r.organisation.name} voert de regie", by=r.by.short_name)
        if r.ended_at:
            yield Event(day_of(r.ended_at), "stappen", "De gemeente voert weer de regie", order=r.ended_at)


def looks_again(case: Case, sight: Sight) -> Iterator[Event]:
    """For the gemeente: why nothing was to be done then."""
    if not sight.officer:
        return
    for row in case.looks_again.all():
        title = f"Gezien, opnieuw kijken op {long_date(row.until)}"
        yield Event(day_of(row.at), "stappen", title, row.because, by=row.by.short_name, order=row.at)


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


def stops(case: Case, sight: Sight) -> Iterator[Event]:
    """What was said about this child at a Thuiszitterstop."""
    if not sight.course:
        return
    for row in case.stops.all():
        if not row.discussed:
            continue
        title = f"Besproken op de Thuiszitterstop {row.stop.region.name}"
        yield Event(row.stop.on, "stappen", title, row.discussed, order=row.stop.starts_at)


def letters(case: Case, sight: Sight) -> Iterator[Event]:
    """That parents got a letter; one about an exemption shows to the gemeente only."""
    if not sight.course:
        return
    for d in case.documents.all():
        if not sight.knows_letter(d):
            continue
        how = f", verstuurd {d.get_channel_display()} op {long_date(d.sent_on)}" if d.sent_on else ""
        title = f"Brief gemaakt: {d.title}{f' (versie {d.version})' if d.version > 1 else ''}"
        yield Event(day_of(d.at), "stappen", title, f"Aan {d.recipient}{how}.", by=d.by.short_name, order=d.at)
