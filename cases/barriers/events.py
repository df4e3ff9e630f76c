"""What held the child up, in the course of events."""

from collections.abc import Iterator

from cases.dossier.models import Case
from cases.sight.event import Event
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from cases.sight.signing import signed


def barriers(case: Case, sight: Sight) -> Iterator[Event]:
    if not sight.course:
        return
    for b in case.barriers.all():
        title = f"Belemmering: {b.get_kind_display()}"
        yield Event(b.asked_on, "stappen", title, b.what, by=signed(case, b.by, b.asked_on, b.organisation), order=b.at)
        if b.solved_on:
            by = signed(case, b.solved_by, b.solved_on)
            yield Event(b.solved_on, "stappen", f"Opgelost: {b.get_kind_display()}", b.solved_how, by=by)


EVENTS = (barriers,)
FETCHED = (fetched("barriers", "by", "organisation", "owner", "solved_by"),)
