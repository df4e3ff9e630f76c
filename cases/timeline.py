"""One course of events from all that happened in a dossier, newest first. Reads rows, keeps none."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from cases.models import Case, Contact, DecisionTold, Flag, Intake, Note, OfferChange, ReviewMessage
from cases.offers import OfferState
from cases.parts import Part
from cases.sight import Sight
from cases.states import STATES, State
from leerplicht.models import AbsenceReport
from thuiszitters.core.words import long_date

KINDS = {
    "contacten": "contacten",
    "notities": "notities",
    "meldingen": "meldingen",
    "stappen": "stappen en signalen",
}  # fmt: skip


REVIEW_ACTS = {
    "voorgesteld": "voorgesteld", "teruggevraagd": "vraag", "aanvaard": "opgepakt", "teruggestuurd": "teruggegeven",
    "ingetrokken": "ingetrokken", "afgerond": "afgerond",
}  # fmt: skip
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Event:
    """`marker`: how it looks in the line ("f" for a signal, "q" for what happened by itself, "" for a person's act)."""

    on: date
    kind: str
    title: str
    text: str = ""
    quote: str = ""
    marker: str = ""
    by: str = ""
    edit: tuple[str, int] | None = None
    link: tuple[str, int] | None = None
    remarks: tuple[str, ...] = ()
    order: datetime | None = field(default=None)


def timeline(case: Case, sight: Sight, kind: str = "") -> list[Event]:
    """The events of a dossier that show to whoever sees this much; `kind` narrows to one of KINDS. A fixed number of
    queries."""
    events = [
        *_reports(case, sight), *_contacts(case, sight), *_notes(case, sight), *_states(case, sight),
        *_assignments(case), *_flags(case), *_tasks(case, sight), *_steps(case, sight), *_involvements(case, sight),
        *_emergencies(case, sight), *_offers(case, sight), *_barriers(case, sight),
        *_reviews(case, sight), *_decisions(case, sight), *_regie(case), *_looks_again(case, sight),
        *_meetings(case, sight), *_stops(case, sight), *_letters(case, sight),
        *_facts(case, sight), *_exemptions(case, sight),
    ]  # fmt: skip
    wanted = [e for e in events if not kind or e.kind == kind]
    return sorted(wanted, key=lambda e: (e.on, e.order or LONG_AGO), reverse=True)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _reports(case: Case, sight: Sight) -> Iterator[Event]:
    numbers = Intake.objects.filter(case=case).values("number")
    rows = AbsenceReport.objects.filter(number__in=numbers, pupil=case.pupil_id).select_related("school")
    for r in rows:
        if not sight.sees_school(r.school.code):
            continue
        missed = "alle lessen gemist" if r.all_lessons else "niet alle lessen gemist"
        until = f" tot en met {long_date(r.last_day)}" if r.last_day else ""
        old = " (vervangen door een nieuwere versie)" if r.superseded_at else ""
        title = f"Melding {r.number} van {r.school.name}{old}"
        text = f"{r.get_kind_display()}, {missed}, vanaf {long_date(r.first_day)}{until}."
        yield Event(_day(r.changed_at), "meldingen", title, text, quote=r.reason, marker="q", order=r.received_at)


def _contacts(case: Case, sight: Sight) -> Iterator[Event]:
    for c in case.contacts.select_related("by", "organisation", "guardian"):
        if not sight.knows_of(c):
            continue
        if not sight.can_read(c):
            title = f"Contact met {c.get_who_display()}, {c.get_channel_display()}"
            yield Event(c.on, "contacten", title, _hidden(c), by=c.by.short_name, order=c.at)
            continue
        with_whom = c.guardian.name if c.guardian else (c.name or c.get_who_display())
        title = f"Contact met {with_whom}, {c.get_channel_display()}"
        behalf = f"Namens {c.on_behalf_of}. " if c.on_behalf_of else ""
        agreed = f"Afgesproken: {c.agreed}" if c.agreed else ""
        yield Event(
            c.on, "contacten", title, behalf + agreed, quote=c.own_words, by=c.by.short_name, order=c.at,
            edit=_edit("contact-edit", c, sight), remarks=_remarks(c),
        )  # fmt: skip


def _notes(case: Case, sight: Sight) -> Iterator[Event]:
    for n in case.notes.select_related("by", "organisation"):
        if not sight.knows_of(n):
            continue
        title = "Notitie" if n.part != Part.VERLOOP else f"Notitie: {n.get_kind_display()}"
        about = {"by": n.by.short_name, "order": n.at}
        if sight.can_read(n):
            edit, remarks = _edit("note-edit", n, sight), _remarks(n)
            yield Event(_day(n.at), "notities", title, n.text, edit=edit, remarks=remarks, **about)
        else:
            yield Event(_day(n.at), "notities", title, _hidden(n), **about)


def _edit(route: str, entry: Contact | Note, sight: Sight) -> tuple[str, int] | None:
    """Who wrote it may change it."""
    return (route, entry.pk) if entry.by_id == sight.user_id else None


def _remarks(entry: Contact | Note) -> tuple[str, ...]:
    """Who else may read this, for whoever writes on."""
    remarks = {
        Part.VERLOOP: "gedeeld met alle partijen" if entry.shared else "alleen eigen kant",
        Part.GEZONDHEID: "gezondheid: alleen eigen organisatie, of met toestemming",
        Part.HANDHAVING: "handhaving: alleen de boa",
        Part.VEILIGHEID: "veiligheid: alleen schrijver en behandelaar",
    }
    kept = ("niet voor de ouders",) if entry.kept_from_parents else ()
    return (remarks[Part(entry.part)], *kept)


def _hidden(entry: Contact | Note) -> str:
    return f"Vastgelegd door {entry.organisation.name}. De inhoud is niet met u gedeeld."


def _states(case: Case, sight: Sight) -> Iterator[Event]:
    """Why a dossier moved was written for the own side; that it moved everybody sees."""
    for s in case.status_changes.select_related("by"):
        title = f"Stand: {STATES[State(s.target)].word}" if s.source else "Dossier geopend"
        result = f"Uitkomst: {s.result_label}. " if s.result and sight.sees_result(s.result) else ""
        because = s.because if sight.officer else ""
        by = s.by.short_name if s.by else ""
        on = _day(s.at) if s.source else case.opened_on
        yield Event(on, "stappen", title, result + because, by=by, marker="" if s.by else "q", order=s.at)


def _assignments(case: Case) -> Iterator[Event]:
    for a in case.assignments.select_related("handler", "by"):
        title = f"Behandelaar: {a.handler.short_name}" if a.handler else "Geen behandelaar meer"
        yield Event(_day(a.at), "stappen", title, by=a.by.short_name if a.by else "", order=a.at)


def _flags(case: Case) -> Iterator[Event]:
    for f in Flag.objects.filter(deadline__case=case).select_related("deadline"):
        spoken = f.deadline.spoken
        title = f"Langer dan {spoken} thuis" if f.level == Flag.Level.EXCEEDED else f"Signaal: nadert {spoken}"
        if f.withdrawn_at:
            title += " (ingetrokken)"
        text = f.withdrawn_because.capitalize() if f.withdrawn_at else f"Geldt vanaf {long_date(f.holds_from)}."
        yield Event(f.raised_on, "stappen", title, text, marker="q" if f.withdrawn_at else "f", order=f.raised_at)


def _tasks(case: Case, sight: Sight) -> Iterator[Event]:
    if not sight.course:
        return
    for t in case.tasks.exclude(done_on=None).select_related("owner", "owner_organisation"):
        yield Event(t.done_on, "stappen", f"Stap gedaan: {t.title}", t.outcome, by=t.owner_name, order=t.at)


def _steps(case: Case, sight: Sight) -> Iterator[Event]:
    """What came of the steps of the stappenplan, and when they were held up."""
    if not sight.course:
        return
    for s in case.steps.exclude(result="").select_related("done_by"):
        title = f"Stappenplan: {s.name} ({s.get_result_display()})"
        yield Event(s.done_on, "stappen", title, s.outcome, by=s.done_by.short_name)
    for p in case.pauses.select_related("by"):
        title = f"Stappenplan gepauzeerd tot en met {long_date(p.until)}"
        yield Event(p.since, "stappen", title, p.because, by=p.by.short_name, order=p.at)


def _offers(case: Case, sight: Sight) -> Iterator[Event]:
    if not sight.course:
        return
    for c in OfferChange.objects.filter(offer__case=case).select_related("by", "offer__school"):
        starts = f"Begint op {long_date(c.on)}. " if c.target == OfferState.AANGEKONDIGD else ""
        on = _day(c.at) if starts else c.on
        title = f"Aanbod van {c.offer.place}: {c.info.word}"
        yield Event(on, "stappen", title, starts + c.because, by=c.by.short_name, order=c.at)


def _barriers(case: Case, sight: Sight) -> Iterator[Event]:
    if not sight.course:
        return
    for b in case.barriers.select_related("by", "owner"):
        title = f"Belemmering: {b.get_kind_display()}"
        yield Event(b.asked_on, "stappen", title, b.what, by=b.by.short_name, order=b.at)
        if b.solved_on:
            yield Event(b.solved_on, "stappen", f"Opgelost: {b.get_kind_display()}", b.solved_how)


def _reviews(case: Case, sight: Sight) -> Iterator[Event]:
    if not sight.course:
        return
    rows = ReviewMessage.objects.filter(review__case=case)
    for m in rows.select_related("by", "organisation", "review__to_organisation"):
        title = f"Opschaling naar {m.review.to_organisation.name}: {REVIEW_ACTS[m.state]}"
        yield Event(_day(m.at), "stappen", title, m.text, by=m.by.short_name, order=m.at)


def _decisions(case: Case, sight: Sight) -> Iterator[Event]:
    """When a decision was asked for, taken or not taken, and who was told."""
    if not sight.course:
        return
    told = DecisionTold.objects.filter(decision__case=case).select_related("guardian", "decision")
    for d in case.decisions.select_related("asked_by", "dropped_by", "school"):
        link = ("decision", d.pk)
        yield Event(d.asked_on, "stappen", f"Doorzettingsbesluit gevraagd ({d.number})", d.question,
                    by=d.asked_by.short_name, link=link)  # fmt: skip
        if d.presented_at:
            yield Event(_day(d.presented_at), "stappen", f"Besluit {d.number} voorgelegd aan de houder",
                        order=d.presented_at)  # fmt: skip
        if d.signed_at:
            start = f", vanaf {long_date(d.start_on)}" if d.start_on else ""
            title = f"Doorzettingsbesluit genomen{' (voorlopig)' if d.is_provisional else ''}"
            yield Event(_day(d.signed_at), "stappen", title, f"{d.place}{start}.", link=link, order=d.signed_at)
        elif d.dropped_at:
            by = d.dropped_by.short_name if d.dropped_by else ""
            yield Event(_day(d.dropped_at), "stappen", "Er komt geen doorzettingsbesluit", d.dropped_because, by=by,
                        link=link, order=d.dropped_at)  # fmt: skip
    for t in told:
        title = f"Besluit {t.decision.number} verteld aan {t.whom}"
        yield Event(t.on, "stappen", title, t.how, by=t.teller, order=t.at)


def _regie(case: Case) -> Iterator[Event]:
    for r in case.regies.select_related("organisation", "by"):
        yield Event(r.since, "stappen", f"{r.organisation.name} voert de regie", by=r.by.short_name)
        if r.ended_at:
            yield Event(_day(r.ended_at), "stappen", "De gemeente voert weer de regie", order=r.ended_at)


def _looks_again(case: Case, sight: Sight) -> Iterator[Event]:
    """For the gemeente: why nothing was to be done then."""
    if not sight.officer:
        return
    for row in case.looks_again.select_related("by"):
        title = f"Gezien, opnieuw kijken op {long_date(row.until)}"
        yield Event(_day(row.at), "stappen", title, row.because, by=row.by.short_name, order=row.at)


def _meetings(case: Case, sight: Sight) -> Iterator[Event]:
    """An overleg stands on its own day; one that is still to come, or was called off, on the day somebody did that."""
    if not sight.course:
        return
    for m in case.meetings.select_related("by").prefetch_related("people__organisation", "people__guardian"):
        when, link = f"{long_date(m.on)}, {timezone.localtime(m.starts_at):%H.%M} uur", ("meeting", m.pk)
        if m.is_held:
            there = "; ".join(p.words for p in m.people.all() if p.was_there)
            text = f"Erbij: {there}. Vraag: {m.question}"
            yield Event(m.on, "stappen", f"{m.label} gehouden", text, by=m.by.short_name, link=link, order=m.starts_at)
        elif m.is_planned:
            title = f"{m.label} gepland op {when}"
            yield Event(_day(m.at), "stappen", title, by=m.by.short_name, link=link, order=m.at)
        else:
            title = f"{m.label} van {when} afgezegd"
            yield Event(_day(m.changed_at), "stappen", title, m.cancelled_because, link=link, order=m.changed_at)


def _letters(case: Case, sight: Sight) -> Iterator[Event]:
    """That parents got a letter; one about an exemption shows to the gemeente only."""
    if not sight.course:
        return
    for d in case.documents.select_related("by"):
        if not sight.knows_letter(d):
            continue
        how = f", verstuurd {d.get_channel_display()} op {long_date(d.sent_on)}" if d.sent_on else ""
        title = f"Brief gemaakt: {d.title}{f' (versie {d.version})' if d.version > 1 else ''}"
        yield Event(_day(d.at), "stappen", title, f"Aan {d.recipient}{how}.", by=d.by.short_name, order=d.at)


def _stops(case: Case, sight: Sight) -> Iterator[Event]:
    """What was said about this child at a Thuiszitterstop."""
    if not sight.course:
        return
    for row in case.stops.exclude(discussed="").select_related("stop__region"):
        title = f"Besproken op de Thuiszitterstop {row.stop.region.name}"
        yield Event(row.stop.on, "stappen", title, row.discussed, order=row.stop.starts_at)


def _involvements(case: Case, sight: Sight) -> Iterator[Event]:
    for i in case.involvements.select_related("organisation"):
        ground = f"Grond: {i.get_ground_display()}. Ziet: {', '.join(i.part_words)}."
        yield Event(i.since, "stappen", f"{i.organisation.name} is betrokken", ground)
        if i.ended_at:
            because = i.ended_because if sight.officer else ""
            yield Event(_day(i.ended_at), "stappen", f"{i.organisation.name} is niet meer betrokken", because,
                        order=i.ended_at)  # fmt: skip


def _emergencies(case: Case, sight: Sight) -> Iterator[Event]:
    """Who opened the dossier in an emergency; the reason is for the owner."""
    if not sight.officer:
        return
    for e in case.emergencies.select_related("user", "organisation"):
        title = f"Noodtoegang door {e.user.short_name}, {e.organisation.name}"
        yield Event(_day(e.started_at), "stappen", title, e.reason, marker="f", order=e.started_at)


def _facts(case: Case, sight: Sight) -> Iterable[Event]:
    if not sight.absence:
        return
    pupil = case.pupil
    for r in pupil.returns.all():
        title = "Wendag op school" if r.trial else "Weer op school"
        yield Event(r.first_day, "stappen", title, r.source if sight.officer else "", order=r.recorded_at)
    for p in pupil.permitted.all():
        until = f" tot en met {long_date(p.last_day)}" if p.last_day else ""
        reason = p.get_reason_display().capitalize() if sight.officer else "Met een geldige reden"
        text = f"{reason}, vanaf {long_date(p.first_day)}{until}."
        yield Event(p.first_day, "stappen", "Geoorloofd thuis", text, order=p.recorded_at)


def _exemptions(case: Case, sight: Sight) -> Iterable[Event]:
    if not sight.exemption:
        return
    for c in case.claims.select_related("judged_by") if sight.exemption == "write" else ():
        link, what = ("claim", c.pk), c.get_ground_display()
        yield Event(c.received_on, "stappen", f"Ontvangen: {what}", link=link, order=c.at)
        if c.judged_on:
            yield Event(c.judged_on, "stappen", f"{c.get_state_display().capitalize()}: {what}", c.because,
                        by=c.judged_by.short_name, link=link, order=c.at + timedelta(seconds=1))  # fmt: skip
        if c.objected_on:
            yield Event(c.objected_on, "stappen", f"Bezwaar: {what}", c.objection, link=link)
    for e in case.pupil.exemptions.all():
        until = f" tot en met {long_date(e.last_day)}" if e.last_day else ""
        article = f" {e.get_article_display()}" if sight.exemption != "until" else ""
        text = f"Vanaf {long_date(e.first_day)}{until}."
        yield Event(e.first_day, "stappen", f"Vrijstelling{article}", text, order=e.recorded_at)
