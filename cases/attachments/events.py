"""Files in the course of events."""

from collections.abc import Iterator

from django.utils.text import capfirst

from cases.attachments.access import may_open
from cases.attachments.models import Attachment
from cases.dossier.models import Case
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from cases.work.marks import edit_of, hidden, led_of, writer_of
from cases.work.marks import remarks_of as who_reads
from thuiszitters.core.words import long_date


def attachments(case: Case, sight: Sight) -> Iterator[Event]:
    for a in case.attachments.all():
        if not sight.knows_of(a):
            continue
        day, by = day_of(a.at), "" if a.by_family and not sight.officer else writer_of(a)
        if not sight.can_read(a):
            yield Event(day, "bijlagen", "Bijlage toegevoegd", hidden(a), by=by, order=a.at)
            continue
        yield Event(
            day,
            "bijlagen",
            f"Bijlage toegevoegd: {a.title}",
            _about(a),
            by=by,
            link=("attachment-file", a.pk) if may_open(a, sight) else None,
            link_word="downloaden",
            edit=edit_of("attachment-edit", a, sight),
            withdraw=led_of("attachment-withdraw", a, sight),
            remarks=(*who_reads(a), *(("nog niet op virussen gecontroleerd",) if a.is_waiting else ())),
            order=a.at,
        )
        if a.is_infected and a.scanned_at:
            why = "Er zit een virus in. Niemand kan het bestand nog openen."
            on = day_of(a.scanned_at)
            yield Event(on, "bijlagen", f"Bijlage afgesloten: {a.title}", why, marker="f", order=a.scanned_at)


def _about(a: Attachment) -> str:
    """What it is, from whom, of which day."""
    whose = f", van {a.from_whom}" if a.from_whom else ""
    when = f", gedateerd {long_date(a.dated_on)}" if a.dated_on else ""
    return f"{capfirst(a.get_kind_display())}{whose}{when}."


EVENTS = (attachments,)
FETCHED = (fetched("attachments", "by", "organisation", "file", "looker"),)
