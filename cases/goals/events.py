"""Goals in the course of events: agreed on, ended, and what people said to them."""

from collections.abc import Iterator

from cases.dossier.models import Case
from cases.goals.models import Opinion
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from cases.sight.signing import signed
from thuiszitters.core.words import long_date


def goals(case: Case, sight: Sight) -> Iterator[Event]:
    if not sight.course:
        return
    for goal in case.goals.all():
        on = day_of(goal.at)
        by = signed(case, goal.by, on, goal.organisation)
        yield Event(on, "stappen", f"Doel afgesproken: {goal.text}", f"{goal.who} werkt eraan.", by=by, order=goal.at)
        if goal.ended_on:
            title = f"Doel {goal.get_state_display()}: {goal.text}"
            yield Event(goal.ended_on, "stappen", title, goal.because, by=signed(case, goal.ended_by, goal.ended_on))


def opinions(case: Case, sight: Sight) -> Iterator[Event]:
    for said in case.opinions.all():
        if not sight.sees_opinion(said.guardian_id):
            continue
        by = signed(case, said.by, said.on, said.organisation)
        if said.by_id is None and sight.officer:  # who looks along is for the gemeente to know
            by = f"{said.who}, op de eigen pagina"
        yield Event(said.on, "contacten", _said(said), quote=said.why, by=by, order=said.at)


def _said(said: Opinion) -> str:
    who = f"{said.who[:1].upper()}{said.who[1:]}"
    if said.meeting:
        about = f"{said.meeting.label} van {long_date(said.meeting.on)}"
        return f"{who} is het {said.get_says_display()} met {about}" if said.says else f"{who} over {about}"
    about = f"het doel: {said.goal.text}" if said.goal else "het plan"
    return f"{who} is het {said.get_says_display()} met {about}"


EVENTS = (goals, opinions)
FETCHED = (
    fetched("goals", "by", "organisation", "ended_by"),
    fetched("opinions", "by", "organisation", "guardian", "goal", "meeting"),
)
