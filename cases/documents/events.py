"""Letters in the course of events."""

from collections.abc import Iterator

from cases.dossier.models import Case
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from cases.sight.signing import signed
from thuiszitters.core.words import long_date


def letters(case: Case, sight: Sight) -> Iterator[Event]:
    """That parents got a letter; one about an exemption shows to the gemeente only."""
    if not sight.course:
        return
    for d in case.documents.all():
        if not sight.knows_letter(d):
            continue
        how = f", verstuurd {d.get_channel_display()} op {long_date(d.sent_on)}" if d.sent_on else ""
        title = f"Brief gemaakt: {d.title}{f' (versie {d.version})' if d.version > 1 else ''}"
        by = signed(case, d.by, day_of(d.at), d.organisation)
        yield Event(day_of(d.at), "stappen", title, f"Aan {d.recipient}{how}.", by=by, order=d.at)


EVENTS = (letters,)
FETCHED = (fetched("documents", "by", "organisation"), "documents__guardians")
