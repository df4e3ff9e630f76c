"""Who takes part, and who looked in an emergency, in the course of events."""

from collections.abc import Iterator

from cases.dossier.models import Case
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import Sight


def involvements(case: Case, sight: Sight) -> Iterator[Event]:
    for i in case.involvements.all():
        ground = f"Grond: {i.get_ground_display()}. Ziet: {', '.join(i.part_words)}."
        yield Event(i.since, "stappen", f"{i.organisation.name} is betrokken", ground)
        if i.ended_at:
            because = i.ended_because if sight.officer else ""
            yield Event(
                day_of(i.ended_at),
                "stappen",
                f"{i.organisation.name} is niet meer betrokken",
                because,
                order=i.ended_at,
            )


def emergencies(case: Case, sight: Sight) -> Iterator[Event]:
    """Who opened the dossier in an emergency; the reason is for the owner."""
    if not sight.officer:
        return
    for e in case.emergencies.all():
        title = f"Noodtoegang door {e.user.short_name}, {e.organisation.name}"
        yield Event(day_of(e.started_at), "stappen", title, e.reason, marker="f", order=e.started_at)


EVENTS = (involvements, emergencies)
FETCHED = (fetched("emergencies", "user", "organisation"),)
