"""Looking after a child that is back: the first whole week, and after 4 and 12 weeks."""

from datetime import date, timedelta

from cases.dossier.models import Case, Task
from cases.dossier.tasks import ask
from leerplicht.services.calendars import calendars_of_pupils
from thuiszitters.core.people.users import User
from thuiszitters.core.words import long_date

FIRST_WEEK = "Ging het kind de hele week? Bel school en ouders"
AFTER = ((timedelta(weeks=4), "Nazorg na 4 weken: gaat het nog goed?"), (timedelta(weeks=12), "Nazorg na 12 weken"))


def look_after(case: Case, first_day: date, *, by: User | None, full_on: date | None = None) -> None:
    """Steps with a day for the handler: the end of the first whole lesson week, when the build-up should be full, after
    4 and 12 weeks. Asked once per return."""
    if open_aftercare(case).exists():
        return
    calendar = calendars_of_pupils([case.pupil])[case.pupil_id]
    try:
        week = calendar.add_lesson_weeks(first_day, 1)
    except ValueError:  # the school holidays of that time are not known
        week = first_day + timedelta(days=7)
    ask(case, FIRST_WEEK, week, by=by, kind=Task.Kind.AFTERCARE)
    if full_on:
        ask(
            case,
            f"Gaat het kind alle uren, zoals afgesproken voor {long_date(full_on)}?",
            full_on,
            by=by,
            kind=Task.Kind.AFTERCARE,
        )
    for after, title in AFTER:
        ask(case, title, first_day + after, by=by, kind=Task.Kind.AFTERCARE)


def open_aftercare(case: Case):
    return case.tasks.filter(kind=Task.Kind.AFTERCARE, done_on=None)
