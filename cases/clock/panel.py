"""The period at home of a dossier and its terms, as the page shows them."""

from dataclasses import dataclass
from datetime import date

from cases.clock.models import Deadline
from cases.dossier.models import Case
from cases.sight.seats import Sight
from leerplicht.law.calendar import Skipped
from leerplicht.law.terms import Unit
from leerplicht.models import HomePeriod, Pupil
from leerplicht.services.calendars import calendars_of_pupils


@dataclass(frozen=True, slots=True)
class DeadlineShown:
    """`stand`: loopt, nadert or overschreden."""

    row: Deadline
    stand: str


@dataclass(frozen=True, slots=True)
class SpanShown:
    """A stretch of the period at home: what kind, from when, until when, and from what that follows."""

    kind: str
    first_day: date
    last_day: date | None
    source: str


def deadlines_shown(case: Case, today: date) -> list[DeadlineShown]:
    """The terms that run."""
    return [DeadlineShown(d, d.standing(today)) for d in case.deadlines.all() if d.stopped_on is None]


def passed_over(case: Case, today: date) -> list[Skipped]:
    """The weeks that the running terms in lesson weeks pass over, for the page that explains the clock. Nothing where
    the school holidays are not known."""
    lessons = [d for d in case.deadlines.all() if d.stopped_on is None and d.unit == Unit.LESSON_WEEKS]
    if not lessons:
        return []
    calendar = calendars_of_pupils([case.pupil])[case.pupil_id]
    try:
        return calendar.skipped(min(d.start for d in lessons), max(d.exceeded_from for d in lessons))
    except ValueError:
        return []


def running_period(pupil: Pupil) -> HomePeriod | None:
    return next((p for p in pupil.home_periods.all() if p.last_day is None), None)


def ended_last(case: Case) -> HomePeriod | None:
    """The period at home of this dossier that ended last; one of before it was opened is not of it."""
    ended = [p for p in case.pupil.home_periods.all() if p.last_day is not None and p.last_day >= case.opened_on]
    return max(ended, key=lambda p: p.last_day or date.min, default=None)


def back_since(period: HomePeriod, pupil: Pupil, today: date) -> date | None:
    """The first day back at school within a running period at home: the clock runs on until a whole week goes well.
    None when the child is not there, or was taken ill again since."""
    ended = period.spans[-1]["last_day"] if period.spans else None
    days_back = [r.first_day for r in pupil.returns.all() if not r.trial and period.first_day < r.first_day <= today]
    if not ended or not days_back:
        return None
    return max(days_back) if ended < max(days_back).isoformat() else None


def spans_of(period: HomePeriod, sight: Sight) -> list[SpanShown]:
    """From what a stretch follows can name an illness or an exemption, so that is for the gemeente."""
    kinds = dict(HomePeriod.KindChoices.choices)
    return [
        SpanShown(
            kind=kinds[span["kind"]],
            first_day=date.fromisoformat(span["first_day"]),
            last_day=date.fromisoformat(span["last_day"]) if span["last_day"] else None,
            source=span["source"] if sight.officer else "",
        )
        for span in period.spans
    ]
