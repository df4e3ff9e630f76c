"""The 16-hours limit computed beside what the school reported."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from leerplicht.law.absence import (
    HoursFreed,
    LimitReached,
    MissedHours,
    authorise_under_six,
    freed_until,
    limits_reached,
)
from leerplicht.law.calendar import LessonCalendar
from leerplicht.law.exemptions import Article
from leerplicht.models import AbsenceReport, Exemption, Pupil
from leerplicht.services.calendars import calendars_of_pupils

STATUTORY = ("V3", "V4")


@dataclass(frozen=True)
class HoursOverview:
    """What the hours say: the moments the limit was reached, hours on days without lessons, hours that art. 11a frees,
    and the difference. `may_be_freed`: under six on a day with hours that nobody recorded art. 11a for."""

    limits: list[LimitReached]
    set_apart: list[tuple[date, Decimal]]
    reported: list[AbsenceReport]
    differences: list[str]
    total: Decimal
    freed: list[tuple[date, Decimal]]
    may_be_freed: bool


def hours_overview(pupil_id: int) -> HoursOverview | None:
    """The hours of all current reports of a pupil against art. 21a Leerplichtwet; None when no hours are known."""
    reports = list(AbsenceReport.objects.current().filter(pupil=pupil_id).exclude(status="I").order_by("first_day"))
    hours = _hours(reports)
    if not hours:
        return None
    pupil = Pupil.objects.select_related("municipality").get(pk=pupil_id)
    calendar = calendars_of_pupils([pupil])[pupil_id]
    counted, apart = _set_apart(hours, calendar)
    granted = _freed(pupil_id)
    rows = authorise_under_six([MissedHours(day, number) for day, number in counted], pupil.born, granted)
    limits = limits_reached(rows, calendar)
    reported = [r for r in reports if r.kind in STATUTORY]
    return HoursOverview(
        limits=limits,
        set_apart=apart,
        reported=reported,
        differences=_differences(limits, reported),
        total=sum((r.hours for r in rows if not r.authorised), Decimal(0)),
        freed=[(r.day, r.hours) for r in rows if r.authorised],
        may_be_freed=not granted and any(day <= freed_until(pupil.born) for day, _ in counted),
    )


def _freed(pupil_id: int) -> list[HoursFreed]:
    rows = Exemption.objects.filter(pupil=pupil_id, article=Article.ART_11A, hours_a_week__isnull=False)
    return [HoursFreed(e.first_day, e.last_day, e.hours_a_week) for e in rows]


def _hours(reports: list[AbsenceReport]) -> list[tuple[date, Decimal]]:
    """Hours per day; a day that two reports name counts once, with the highest number."""
    by_day: dict[date, Decimal] = {}
    for report in reports:
        for day_text, number in report.hours.items():
            day = date.fromisoformat(day_text)
            by_day[day] = max(by_day.get(day, Decimal(0)), Decimal(number))
    return sorted(by_day.items())


def _set_apart(hours, calendar: LessonCalendar) -> tuple[list, list]:
    counted, apart = [], []
    for day, number in hours:
        (counted if _is_school_day(calendar, day) else apart).append((day, number))
    return counted, apart


def _is_school_day(calendar: LessonCalendar, day: date) -> bool:
    try:
        return calendar.is_school_day(day)
    except ValueError:
        return False


def _differences(limits: list[LimitReached], reported: list[AbsenceReport]) -> list[str]:
    """Sentences about what the hours say and the reports do not, or the other way round."""
    sentences = []
    for limit in limits:
        match = [r for r in reported if r.first_day <= limit.last_day and (r.last_day or date.max) >= limit.first_day]
        if not match:
            sentences.append(
                f"Op {limit.last_day:%d-%m-%Y} was 16 uur bereikt, geteld vanaf {limit.first_day:%d-%m-%Y}. "
                f"Daarvan is geen 16-urenmelding; die moest er zijn op {limit.report_by:%d-%m-%Y}."
            )
        elif min(r.changed_at.date() for r in match) > limit.report_by:
            sentences.append(f"De melding van 16 uur kwam na {limit.report_by:%d-%m-%Y} en dus te laat.")
    if reported and not limits:
        sentences.append("De school meldde 16 uur in 4 lesweken, maar de gemelde uren komen daar niet aan.")
    return sentences
