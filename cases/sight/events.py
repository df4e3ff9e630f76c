"""Who takes part, and who looked in an emergency, in the course of events."""

from collections.abc import Iterator

from cases.dossier.models import Case
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from cases.sight.signing import signed


def involvements(case: Case, sight: Sight) -> Iterator[Event]:
    for i in case.involvements.all():
        ground = f"Grond: {i.get_ground_display()}. Ziet: {', '.join(i.part_words)}."
        by = signed(case, i.added_by, i.since)
        yield Event(i.since, "stappen", f"{i.organisation.name} is betrokken", ground, by=by)
        if i.ended_at:
            because = i.ended_because if sight.officer else ""
            yield Event(
                day_of(i.ended_at),
                "stappen",
                f"{i.organisation.name} is niet meer betrokken",
                because,
                by=signed(case, i.ended_by, day_of(i.ended_at)),
                order=i.ended_at,
            )


def emergencies(case: Case, sight: Sight) -> Iterator[Event]:
    """Who opened the dossier in an emergency; the reason is for the owner."""
    if not sight.officer:
        return
    for e in case.emergencies.all():
        title, on = (
            f"Noodtoegang door {signed(case, e.user, day_of(e.started_at), e.organisation)}",
            day_of(e.started_at),
        )
        yield Event(on, "stappen", title, e.reason, marker="f", order=e.started_at)


EVENTS = (involvements, emergencies)
FETCHED = (fetched("emergencies", "user", "organisation"),)
