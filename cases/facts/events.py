"""Facts about the child in the course of events."""

from collections.abc import Iterable

from cases.dossier.models import Case
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from cases.sight.signing import signed
from thuiszitters.core.words import long_date


def facts(case: Case, sight: Sight) -> Iterable[Event]:
    if not sight.absence:
        return
    pupil = case.pupil
    for r in pupil.returns.all():
        title = "Wendag op school" if r.trial else "Weer op school"
        by, source = signed(case, r.recorded_by, day_of(r.recorded_at)), r.source if sight.officer else ""
        yield Event(r.first_day, "stappen", title, source, by=by, order=r.recorded_at)
    for p in pupil.permitted.all():
        until = f" tot en met {long_date(p.last_day)}" if p.last_day else ""
        reason = p.get_reason_display().capitalize() if sight.officer else "Met een geldige reden"
        text = f"{reason}, vanaf {long_date(p.first_day)}{until}."
        by = signed(case, p.recorded_by, day_of(p.recorded_at))
        yield Event(p.first_day, "stappen", "Geoorloofd thuis", text, by=by, order=p.recorded_at)


EVENTS = (facts,)
FETCHED = (
    fetched("pupil__enrolments", "school"),
    "pupil__guardians",
    "pupil__not_enrolled",
    fetched("pupil__permitted", "recorded_by"),
    fetched("pupil__returns", "recorded_by"),
)
