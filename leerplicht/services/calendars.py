"""The calendar that counts for a child: of the school where it is, or was last, enrolled."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from leerplicht.law.calendar import SchoolCalendar
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


def calendars_of_pupils(pupils: Iterable[Pupil], enrolments: dict[int, list[Enrolment]] | None = None) -> dict:
    """A calendar per pupil id: of the running, else the last enrolment, else of the gemeente's holiday region.

    `enrolments` by pupil id, with their school, when the caller has them already; the pupils come with their gemeente.
    """
    pupils = {p.pk: p for p in pupils}
    if enrolments is None:
        enrolments = enrolments_of(pupils)
    by_school = calendars_of({e.school for rows in enrolments.values() for e in rows})
    return {
        pk: by_school[_last(enrolments[pk]).school_id]
        if enrolments.get(pk)
        else calendar_of_region(pupil.municipality.holiday_region)
        for pk, pupil in pupils.items()
    }


def enrolments_of(pupils: Iterable[int]) -> dict[int, list[Enrolment]]:
    """The enrolments by pupil id, with their school; children of one school share the object."""
    rows = list(Enrolment.objects.filter(pupil__in=pupils))
    schools = School.objects.in_bulk({e.school_id for e in rows})
    grouped = defaultdict(list)
    for enrolment in rows:
        enrolment.school = schools[enrolment.school_id]
        grouped[enrolment.pupil_id].append(enrolment)
    return grouped


def _last(enrolments: list[Enrolment]) -> Enrolment:
    return max(enrolments, key=lambda e: (e.last_day or date.max, e.first_day or date.min, e.pk))
