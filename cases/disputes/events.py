"""Routes in the course of events: started, and what came of them."""

from collections.abc import Iterator

from cases.disputes.access import may_read, may_see
from cases.disputes.models import Dispute
from cases.dossier.models import Case
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from cases.sight.signing import signed


def disputes(case: Case, sight: Sight) -> Iterator[Event]:
    for row in case.disputes.all():
        if not may_see(row, sight):
            continue
        word, by = row.get_route_display(), signed(case, row.by, day_of(row.at), row.organisation)
        title = f"Begonnen door {row.get_by_whom_display()}: {word}"
        yield Event(row.started_on, "stappen", title, _begun(row, sight), by=by, order=row.at)
        if row.outcome_on:
            title = f"{row.get_outcome_display().capitalize()}: {word}"
            by = signed(case, row.ended_by, row.outcome_on)
            yield Event(row.outcome_on, "stappen", title, _ended(row, sight), by=by)


def _begun(row: Dispute, sight: Sight) -> str:
    where = f"Bij: {row.addressed_to}." if row.addressed_to else ""
    return " ".join(filter(None, [where, _words(row, row.about, sight)]))


def _ended(row: Dispute, sight: Sight) -> str:
    """What came of it; that it was put right, and why, is for who reads what the gemeente writes for itself."""
    why = f"Later verbeterd: {row.corrected_because}" if row.corrected_because and sight.officer else ""
    return " ".join(filter(None, [_words(row, row.came_of, sight), why]))


def _words(row: Dispute, words: str, sight: Sight) -> str:
    if not words:
        return ""
    if may_read(row, sight):
        return words
    return f"Vastgelegd door {row.organisation.name}. De inhoud is niet met u gedeeld."


EVENTS = (disputes,)
FETCHED = (fetched("disputes", "by", "organisation", "ended_by"),)
