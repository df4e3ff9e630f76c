"""The calendar that counts for a child: of each day that of the school at which it was, or should have been."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from leerplicht.law.calendar import CalendarInTurns, LessonCalendar, SchoolCalendar
from leerplicht.models import Enrolment, Pupil, School, SchoolDay

FALLBACK_REGION = "midden"


def calendars_of(schools: Iterable[School]) -> dict[int, SchoolCalendar]:
    """A calendar per school id, with the school's own open and closed days; one query."""
    schools = {s.pk: s for s in schools}
    closed: dict[int, set] = {}
    opened: dict[int, set] = {}
    for pk, day, is_open in SchoolDay.objects.filter(school__in=schools).values_list("school", "day", "is_open"):
        (opened if is_open else closed).setdefault(pk, set()).add(day)
    return {
        pk: SchoolCalendar.for_region(
            school.holiday_region, extra_closed=frozenset(closed.get(pk, ())), extra_open=frozenset(opened.get(pk, ()))
        )
        for pk, school in schools.items()
    }


def calendar_of_region(region: str) -> SchoolCalendar:
    """For a child that has no school: the holiday region of the gemeente (empty: Midden)."""
    return SchoolCalendar.for_region(region or FALLBACK_REGION)


def calendars_of_pupils(
    pupils: Iterable[Pupil], enrolments: dict[int, list[Enrolment]] | None = None
) -> dict[int, LessonCalendar]:
    """A calendar per pupil id (domain A3): of each day that of the school where it was enrolled, after that of the last
    school until the next begins, and before any school that of the gemeente.

    `enrolments` by pupil id, with their school, when the caller has them already; the pupils come with their gemeente.
    """
    pupils = {p.pk: p for p in pupils}
    if enrolments is None:
        enrolments = enrolments_of(pupils)
    by_school = calendars_of({e.school for rows in enrolments.values() for e in rows})
    return {
        pk: _in_turns(enrolments.get(pk, []), by_school, calendar_of_region(pupil.municipality.holiday_region))
        for pk, pupil in pupils.items()
    }


def _in_turns(
    enrolments: list[Enrolment], by_school: dict[int, SchoolCalendar], of_gemeente: SchoolCalendar
) -> LessonCalendar:
    starts = {e.first_day or date.min for e in enrolments}
    ends = {e.last_day + timedelta(days=1) for e in enrolments if e.last_day}
    turns: list[tuple[date, SchoolCalendar]] = [(date.min, of_gemeente)]
    for day in sorted(starts | ends):
        calendar = by_school[_school_on(enrolments, day)]
        if day == date.min:
            turns = [(day, calendar)]
        elif calendar != turns[-1][1]:
            turns.append((day, calendar))
    return turns[0][1] if len(turns) == 1 else CalendarInTurns(tuple(turns))


def _school_on(enrolments: list[Enrolment], day: date) -> int:
    """The school of the enrolment that began last of those that run, else of the one that ended last."""
    begun = [e for e in enrolments if (e.first_day or date.min) <= day]

    def runs_then_latest(e: Enrolment) -> tuple:
        runs = e.last_day is None or day <= e.last_day
        return runs, date.max if runs else e.last_day, e.first_day or date.min, e.pk

    return max(begun, key=runs_then_latest).school_id


def enrolments_of(pupils: Iterable[int]) -> dict[int, list[Enrolment]]:
    """The enrolments by pupil id, with their school; children of one school share the object."""
    rows = list(Enrolment.objects.filter(pupil__in=pupils))
    schools = School.objects.in_bulk({e.school_id for e in rows})
    grouped = defaultdict(list)
    for enrolment in rows:
        enrolment.school = schools[enrolment.school_id]
        grouped[enrolment.pupil_id].append(enrolment)
    return grouped
