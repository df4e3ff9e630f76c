"""What people see of a dossier's clock: one object for the list, the dossier and the PDF."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cases.clock.models import Deadline
from cases.dossier.models import Case
from leerplicht.law.obligation import Obligation
from leerplicht.models import Pupil
from thuiszitters.core.words import days, long_date, short_date, short_month

LEVELS = {"loopt": "ok", "nadert": "near", "overschreden": "over"}
OBLIGATIONS = {
    Obligation.NOT_YET: "nog niet leerplichtig",
    Obligation.LEERPLICHT: "leerplichtig",
    Obligation.KWALIFICATIEPLICHT: "kwalificatieplichtig",
    Obligation.RELEASED: "niet kwalificatieplichtig (art. 4a lid 2)",
    Obligation.STARTKWALIFICATIE: "startkwalificatie behaald",
    Obligation.DOORSTROOM: "niet meer leerplichtig, wel doorstroompunt",
    Obligation.NONE: "niet leerplichtig",
}
ROOM_AFTER_LAST_TERM = 1.12
# In a list every clock is drawn on one scale, so that a glance down the column compares children: half a year.
SCALE, THREE_MONTHS = 182, 91


@dataclass(frozen=True)
class Mark:
    """Where a term ends on the drawing. `on`: the day, as 5 okt."""

    label: str
    position: float
    on: str


@dataclass(frozen=True)
class Scaled:
    """The clock on the scale of a list, as fractions of half a year: how far, whether it is darker (beyond 3 months),
    the day of the 4 lesson weeks, and whether it goes on beyond the end."""

    fraction: float
    dark: bool
    lessons: float | None
    beyond: bool


@dataclass(frozen=True)
class Clock:
    """Days at home, how it stands in colour and words, and the drawing: marks and fraction between 0 and 1. `scaled`:
    the drawing in a list."""

    days: int
    level: str
    words: str
    marks: Sequence[Mark]
    fraction: float
    description: str
    scaled: Scaled


def clock_of(case: Case, deadlines: Sequence[Deadline], today: date) -> Clock | None:
    """The clock of a child at home; None when it is not at home. `deadlines`: of this dossier."""
    if not case.home_since or case.home_since > today:
        return None
    running = sorted((d for d in deadlines if d.stopped_on is None), key=lambda d: d.exceeded_from)
    at_home = (today - case.home_since).days
    level, words = standing_in_words(running, today)
    until = max([(d.exceeded_from - case.home_since).days for d in running] or [at_home])
    axis = max(until * ROOM_AFTER_LAST_TERM, at_home, 1)
    marks = [
        Mark(
            d.spoken,
            (d.exceeded_from - case.home_since).days / axis,
            f"{d.exceeded_from.day} {short_month(d.exceeded_from)}",
        )
        for d in running
    ]
    listed = ", ".join(f"{d.spoken} op {long_date(d.exceeded_from)}" for d in running)
    description = f"{days(at_home)} thuis. {words}." + (f" Termijnen: {listed}." if listed else "")
    return Clock(at_home, level, words, marks, at_home / axis, description, _scaled(case, running, at_home, level))


def _scaled(case: Case, running: Sequence[Deadline], at_home: int, level: str) -> Scaled:
    lessons = next((d for d in running if d.unit == "lesson_weeks"), None)
    place = (lessons.exceeded_from - case.home_since).days / SCALE if lessons and case.home_since else None
    return Scaled(
        fraction=min(at_home / SCALE, 1),
        dark=level == "over" and at_home > THREE_MONTHS,
        lessons=place if place is not None and place < 1 else None,
        beyond=at_home > SCALE,
    )


def standing_in_words(running: Sequence[Deadline], today: date) -> tuple[str, str]:
    """("near", "nog 3 dagen tot 6 weken"): the term that asks for attention now. The colour follows the term that
    passed and never the one that nears: who is at home longer never looks calmer."""
    if not running:
        return "ok", "geoorloofd thuis: er loopt geen termijn"
    coming = [d for d in running if d.standing(today) != "overschreden"]
    passed = [d for d in running if d.standing(today) == "overschreden"]
    nears = coming and coming[0].standing(today) == "nadert"
    left = f"nog {days((coming[0].exceeded_from - today).days)} tot {coming[0].spoken}" if coming else ""
    if passed and nears:
        return "over", f"{passed[-1].spoken} overschreden, {left}"
    if passed:
        since = (today - passed[-1].exceeded_from).days
        return "over", f"{passed[-1].spoken} overschreden, {f'al {days(since)}' if since else 'sinds vandaag'}"
    return ("near", left) if nears else ("ok", f"{coming[0].spoken} op {short_date(coming[0].exceeded_from, today)}")


def obligation_in_words(pupil: Pupil, today: date) -> str:
    return OBLIGATIONS[pupil.obligation_on(today)]


def deadlines_of(cases: Iterable[int]) -> dict[int, list[Deadline]]:
    """The running terms of these dossiers (ids), for `clock_of`. One query."""
    found: dict[int, list[Deadline]] = defaultdict(list)
    for deadline in Deadline.objects.filter(case__in=list(cases), stopped_on=None):
        found[deadline.case_id].append(deadline)
    return found


def last_enrolment(pupil: Pupil):
    """The enrolment that runs, else the one that ended last; None when unknown. Reads `pupil.enrolments.all()`, so
    lists prefetch it with the school."""
    return max(
        pupil.enrolments.all(), key=lambda e: (e.last_day or date.max, e.first_day or date.min, e.pk), default=None
    )


def current_school(pupil: Pupil):
    """The school where the child is enrolled now, else was last; None when unknown."""
    enrolment = last_enrolment(pupil)
    return enrolment.school if enrolment else None


def is_nowhere_enrolled(pupil: Pupil, today: date) -> bool:
    """Whether it is known that the child is enrolled nowhere: somebody found out, or the last enrolment ended."""
    enrolment = last_enrolment(pupil)
    ended = enrolment is not None and enrolment.last_day is not None and enrolment.last_day < today
    return ended or (enrolment is None and any(fact.covers(today) for fact in pupil.not_enrolled.all()))
