"""What people did: the state, the handler, steps, places, and what held them up."""

from collections.abc import Iterator

from cases.events.event import Event, day_of
from cases.models import Case, Flag
from cases.offers import OfferState
from cases.sight import Sight
from cases.states import STATES, State
from thuiszitters.core.words import long_date


def states(case: Case, sight: Sight) -> Iterator[Event]:
    """Why a dossier moved was written for the own side; that it moved everybody sees."""
    for s in case.status_changes.all():
        title = f"Stand: {STATES[State(s.target)].word}" if s.source else "Dossier geopend"
        result = f"Uitkomst: {s.result_label}. " if s.result and sight.sees_result(s.result) else ""
        because = s.because if sight.officer else ""
        by = s.by.short_name if s.by else ""
        on = day_of(s.at) if s.source else case.opened_on
        yield Event(on, "stappen", title, result + because, by=by, marker="" if s.by else "q", order=s.at)


def assignments(case: Case, sight: Sight) -> Iterator[Event]:
    for a in case.assignments.all():
        title = f"Behandelaar: {a.handler.short_name}" if a.handler else "Geen behandelaar meer"
        yield Event(day_of(a.at), "stappen", title, by=a.by.short_name if a.by else "", order=a.at)


def flags(case: Case, sight: Sight) -> Iterator[Event]:
    for f in (flag for deadline in case.deadlines.all() for flag in deadline.flags.all()):
        spoken = f.deadline.spoken
        title = f"Langer dan {spoken} thuis" if f.level == Flag.Level.EXCEEDED else f"Signaal: nadert {spoken}"
        if f.withdrawn_at:
            title += " (ingetrokken)"
        text = f.withdrawn_because.capitalize() if f.withdrawn_at else f"Geldt vanaf {long_date(f.holds_from)}."
        yield Event(f.raised_on, "stappen", title, text, marker="q" if f.withdrawn_at else "f", order=f.raised_at)


def tasks(case: Case, sight: Sight) -> Iterator[Event]:
    if not sight.course:
        return
    for t in case.tasks.all():
        if t.done_on is None:
            continue
        yield Event(t.done_on, "stappen", f"Stap gedaan: {t.title}", t.outcome, by=t.owner_name, order=t.at)


def steps(case: Case, sight: Sight) -> Iterator[Event]:
    """What came of the steps of the stappenplan, and when they were held up."""
    if not sight.course:
        return
    for s in case.steps.all():
        if not s.result:
            continue
        title = f"Stappenplan: {s.name} ({s.get_result_display()})"
        yield Event(s.done_on, "stappen", title, s.outcome, by=s.done_by.short_name)
    for p in case.pauses.all():
        title = f"Stappenplan gepauzeerd tot en met {long_date(p.until)}"
        yield Event(p.since, "stappen", title, p.because, by=p.by.short_name, order=p.at)


def offers(case: Case, sight: Sight) -> Iterator[Event]:
    if not sight.course:
        return
    for c in (change for offer in case.offers.all() for change in offer.changes.all()):
        starts = f"Begint op {long_date(c.on)}. " if c.target == OfferState.AANGEKONDIGD else ""
        on = day_of(c.at) if starts else c.on
        title = f"Aanbod van {c.offer.place}: {c.info.word}"
        yield Event(on, "stappen", title, starts + c.because, by=c.by.short_name, order=c.at)


def barriers(case: Case, sight: Sight) -> Iterator[Event]:
    if not sight.course:
        return
    for b in case.barriers.all():
        title = f"Belemmering: {b.get_kind_display()}"
        yield Event(b.asked_on, "stappen", title, b.what, by=b.by.short_name, order=b.at)
        if b.solved_on:
            yield Event(b.solved_on, "stappen", f"Opgelost: {b.get_kind_display()}", b.solved_how)
