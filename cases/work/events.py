"""What was said, noted and done, in the course of events."""

from collections.abc import Iterator

from cases.dossier.models import Case
from cases.parts.matrix import Part
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import MUNICIPAL, Sight
from cases.sight.signing import signed
from cases.work.models import Contact, Note, Withdrawal
from leerplicht.models.origin import with_origin
from thuiszitters.core.people.roles import Right


def tasks(case: Case, sight: Sight) -> Iterator[Event]:
    if not sight.course:
        return
    for t in case.tasks.all():
        if t.done_on is None:
            continue
        by = signed(case, t.done_by, t.done_on, t.done_organisation, behalf=t.owner_name if t.has_owner else "")
        by = by or with_origin(t.written_by, t.origin)
        yield Event(t.done_on, "stappen", f"Stap gedaan: {t.title}", t.outcome, by=by, order=t.at)


def contacts(case: Case, sight: Sight) -> Iterator[Event]:
    for c in case.contacts.all():
        if not sight.knows_of(c):
            continue
        if not sight.can_read(c):
            title = f"Contact met {c.get_who_display()}, {c.get_channel_display()}"
            yield Event(c.on, "contacten", title, _hidden(c), by=_writer(c), order=c.at)
            continue
        with_whom = c.guardian.name if c.guardian else (c.name or c.get_who_display())
        title = f"Contact met {with_whom}, {c.get_channel_display()}"
        behalf = f"Namens {c.on_behalf_of}. " if c.on_behalf_of else ""
        agreed = f"Afgesproken: {c.agreed}" if c.agreed else ""
        yield Event(
            c.on,
            "contacten",
            title,
            behalf + agreed,
            quote=c.own_words,
            by=_writer(c),
            order=c.at,
            edit=_edit("contact-edit", c, sight),
            withdraw=_led("contact-withdraw", c, sight),
            remarks=_remarks(c),
        )


def notes(case: Case, sight: Sight) -> Iterator[Event]:
    for n in case.notes.all():
        if not sight.knows_of(n):
            continue
        title = "Notitie" if n.part != Part.VERLOOP else f"Notitie: {n.get_kind_display()}"
        by = _writer(n)
        if sight.can_read(n):
            edit, remarks = _edit("note-edit", n, sight), _remarks(n)
            yield Event(
                day_of(n.at),
                "notities",
                title,
                n.text,
                by=by,
                edit=edit,
                withdraw=_led("note-withdraw", n, sight),
                remarks=remarks,
                order=n.at,
            )
        else:
            yield Event(day_of(n.at), "notities", title, _hidden(n), by=by, order=n.at)


def withdrawals(case: Case, sight: Sight) -> Iterator[Event]:
    """In the place of what was taken back: that it was, by whom and why; not what stood there."""
    for w in case.withdrawals.all():
        if not sight.knows_of(w):
            continue
        became = "hoort in een ander dossier" if w.moved else "ingetrokken"
        kind = "contacten" if w.what == Withdrawal.What.CONTACT else "notities"
        why = w.because if sight.can_read(w) else ""
        by = signed(case, w.done_by, day_of(w.at))
        yield Event(w.on, kind, f"{w.get_what_display().capitalize()} {became}", why, by=by, order=w.at)


def _writer(entry: Contact | Note) -> str:
    return signed(entry.case, entry.by, day_of(entry.at), entry.organisation) or entry.writer


def _edit(route: str, entry: Contact | Note, sight: Sight) -> tuple[str, int] | None:
    """Who wrote it may change it; what was written in another system nobody."""
    return (route, entry.pk) if entry.by_id is not None and entry.by_id == sight.user_id else None


def _led(route: str, entry: Contact | Note, sight: Sight) -> tuple[str, int] | None:
    """What another of the own side wrote, the team lead may take back."""
    own = entry.organisation.kind in MUNICIPAL and entry.by_id != sight.user_id
    return (route, entry.pk) if own and sight.municipal and sight.may(Right.CASE_ASSIGN) else None


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


EVENTS = (contacts, notes, tasks, withdrawals)
FETCHED = (
    fetched("contacts", "by", "organisation", "guardian"),
    fetched("notes", "by", "organisation"),
    fetched("problems", "organisation"),
    fetched("withdrawals", "by", "organisation", "done_by"),
    fetched("tasks", "owner", "owner_organisation", "done_by", "done_organisation"),
)
