"""What was said, noted and done, in the course of events."""

from collections.abc import Iterator

from cases.dossier.models import Case
from cases.parts.matrix import Part
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from cases.sight.signing import signed
from cases.work.marks import edit_of, hidden, led_of, remarks_of, writer_of
from cases.work.models import Withdrawal
from cases.work.panel import may_know
from leerplicht.models.origin import with_origin

# Under which of the kinds of events a line stands that something was taken back.
IN_LIST = {
    Withdrawal.What.CONTACT: "contacten",
    Withdrawal.What.NOTE: "notities",
    Withdrawal.What.ATTACHMENT: "bijlagen",
}


def tasks(case: Case, sight: Sight) -> Iterator[Event]:
    if not sight.course:
        return
    for t in case.tasks.all():
        if t.done_on is None or not may_know(t, sight):
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
            yield Event(c.on, "contacten", title, hidden(c), by=writer_of(c), order=c.at)
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
            by=writer_of(c),
            order=c.at,
            edit=edit_of("contact-edit", c, sight),
            withdraw=led_of("contact-withdraw", c, sight),
            remarks=remarks_of(c),
        )


def notes(case: Case, sight: Sight) -> Iterator[Event]:
    for n in case.notes.all():
        if not sight.knows_of(n):
            continue
        title = "Notitie" if n.part != Part.VERLOOP else f"Notitie: {n.get_kind_display()}"
        by = writer_of(n)
        if sight.can_read(n):
            edit, remarks = edit_of("note-edit", n, sight), remarks_of(n)
            yield Event(
                day_of(n.at),
                "notities",
                title,
                n.text,
                by=by,
                edit=edit,
                withdraw=led_of("note-withdraw", n, sight),
                remarks=remarks,
                order=n.at,
            )
        else:
            yield Event(day_of(n.at), "notities", title, hidden(n), by=by, order=n.at)


def withdrawals(case: Case, sight: Sight) -> Iterator[Event]:
    """In the place of what was taken back: that it was, by whom and why; not what stood there."""
    for w in case.withdrawals.all():
        if not sight.knows_of(w):
            continue
        became = "hoort in een ander dossier" if w.moved else "ingetrokken"
        kind = IN_LIST[Withdrawal.What(w.what)]
        why = w.because if sight.can_read(w) else ""
        by = signed(case, w.done_by, day_of(w.at))
        yield Event(w.on, kind, f"{w.get_what_display().capitalize()} {became}", why, by=by, order=w.at)


EVENTS = (contacts, notes, tasks, withdrawals)
FETCHED = (
    fetched("contacts", "by", "organisation", "guardian"),
    fetched("notes", "by", "organisation"),
    fetched("problems", "organisation"),
    fetched("withdrawals", "by", "organisation", "done_by"),
    fetched("tasks", "owner", "owner_organisation", "done_by", "done_organisation"),
)
