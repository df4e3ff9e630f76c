"""This week as a calendar: terms that pass, steps, overleg and children that begin or return."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from cases.clock.models import Deadline
from cases.dossier.models import Case, Task
from cases.meetings.models import Meeting
from cases.offers.models import Offer
from cases.offers.states import OfferState
from cases.owners.queries import had_by
from cases.sight.queries import reads_course
from cases.talks.models import Talk
from thuiszitters.core.people.users import User

DAY_NAMES = ("ma", "di", "wo", "do", "vr", "za", "zo")


@dataclass(frozen=True, order=True)
class Entry:
    """`at`: the time of day, "" for the whole day. `pupil`: the id of the child that is named."""

    day: date
    at: str
    what: str
    name: str
    url: str
    pupil: int
    level: str = ""


@dataclass(frozen=True)
class Day:
    day: date
    label: str
    today: bool
    entries: list[Entry]


def week_of(user: User, today: date) -> list[Day]:
    """Monday to Friday of this week; a day of the weekend only when something is in it, or when it is today. Empty for
    who has nothing in it."""
    monday = today - timedelta(days=today.weekday())
    entries = sorted(_entries(user, today, monday, monday + timedelta(days=6)))
    if not entries:
        return []
    found = []
    for n in range(7):
        day = monday + timedelta(days=n)
        its = [e for e in entries if e.day == day]
        if n < 5 or its or day == today:
            found.append(Day(day, f"{DAY_NAMES[n]} {day.day}", day == today, its))
    return found


def _entries(user: User, today: date, first: date, last: date) -> Iterator[Entry]:
    mine = Case.objects.visible_to(user, urgent=False).open().filter(had_by(user, today))
    read = Case.objects.visible_to(user, urgent=False).open().filter(reads_course(user) | had_by(user, today))
    tasks = Task.objects.filter(case__in=read, owner=user, done_on=None, due_on__range=(first, last))
    for task in tasks.select_related("case__pupil").exclude(kind=Task.Kind.TALK):
        level = "over" if task.due_on < today else ""
        yield Entry(task.due_on, "", task.title, task.case.pupil.name, _case(task.case), task.case.pupil_id, level)
    meetings = Meeting.objects.filter(case__in=mine, state=Meeting.State.PLANNED, starts_at__date__range=(first, last))
    for meeting in meetings.select_related("case__pupil"):
        at = timezone.localtime(meeting.starts_at)
        url = reverse("meeting", args=[meeting.case.number, meeting.pk])
        yield Entry(at.date(), f"{at:%H.%M}", meeting.label, meeting.case.pupil.name, url, meeting.case.pupil_id)
    talks = Talk.objects.planned().filter(case__in=read, task__owner=user, starts_at__date__range=(first, last))
    for talk in talks.select_related("case__pupil"):
        at, url = timezone.localtime(talk.starts_at), reverse("talk", args=[talk.case.number, talk.pk])
        yield Entry(at.date(), f"{at:%H.%M}", "gesprek", talk.case.pupil.name, url, talk.case.pupil_id)
    terms = Deadline.objects.filter(case__in=mine, stopped_on=None, exceeded_from__range=(first, last))
    for row in terms.select_related("case__pupil"):
        what = f"termijn voorbij: {row.spoken}"
        yield Entry(row.exceeded_from, "", what, row.case.pupil.name, _case(row.case), row.case.pupil_id, "near")
    offers = Offer.objects.filter(case__in=mine, state=OfferState.AANGEKONDIGD, start_on__range=(first, last))
    for offer in offers.select_related("case__pupil", "school"):
        if offer.start_on:
            case, what = offer.case, f"begint bij {offer.place}"
            yield Entry(offer.start_on, "", what, case.pupil.name, _case(case), case.pupil_id)


def _case(case: Case) -> str:
    return reverse("case", args=[case.number])
