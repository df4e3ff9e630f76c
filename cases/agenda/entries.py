"""What stands on a day for somebody: terms that pass, own steps, talks, overleg, places that begin. The one source of
the week on the page of today and of the feed for the own calendar, so that both say the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
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


@dataclass(frozen=True)
class Entry:
    """`key`: the same as long as it is the same thing. `what`: in the words of people, who may have named somebody;
    `plain`: in words of our own tables, which never do. `begins`, `ends`: the moments of a talk or an
    overleg; None: a whole day. `version`: goes up when it is moved."""

    key: str
    day: date
    case: Case
    what: str
    plain: str
    url: str
    level: str = ""
    begins: datetime | None = None
    ends: datetime | None = None
    version: int = 0

    @property
    def at(self) -> str:
        """The time of day, "" for the whole day."""
        return f"{self.begins:%H.%M}" if self.begins else ""

    @property
    def name(self) -> str:
        return self.case.pupil.name

    @property
    def pupil(self) -> int:
        """The id of the child, for the log of looks."""
        return self.case.pupil_id


def entries_of(user: User, today: date, first: date, last: date) -> list[Entry]:
    """In order of day and hour. A constant number of queries."""
    cases = Case.objects.visible_to(user, urgent=False).open()
    own, days = had_by(user, today), (first, last)
    mine, read = cases.filter(own), cases.filter(reads_course(user) | own)
    found = [
        *_steps(Task.objects.filter(case__in=read, owner=user, done_on=None, due_on__range=days), today),
        *_talks(Talk.objects.planned().filter(_planned_by(user), case__in=read, starts_at__date__range=days)),
        *_meetings(Meeting.objects.filter(Q(case__in=mine) | Q(case__in=read, by=user), starts_at__date__range=days)),
        *_terms(Deadline.objects.filter(case__in=mine, stopped_on=None, exceeded_from__range=days)),
        *_places(Offer.objects.filter(case__in=mine, state=OfferState.AANGEKONDIGD, start_on__range=days)),
    ]
    return sorted(found, key=lambda entry: (entry.day, entry.at, entry.key))


def _planned_by(user: User) -> Q:
    """Whose the talk is: of a partner its organisation has the step, and who planned it has the talk."""
    return Q(task__owner=user) | Q(task__owner=None, by=user)


def _steps(tasks, today: date) -> Iterator[Entry]:
    for task in tasks.exclude(kind=Task.Kind.TALK).select_related("case__pupil"):
        plain = f"Stap: {task.get_kind_display()}" if task.kind else "Stap"
        level = "over" if task.due_on < today else ""
        yield Entry(f"stap-{task.pk}", task.due_on, task.case, task.title, plain, _page(task.case), level)


def _talks(talks) -> Iterator[Entry]:
    """A talk has a time, which its step does not tell."""
    for row in talks.select_related("case__pupil"):
        begins, ends = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
        url = reverse("talk", args=[row.case.number, row.pk])
        about = {"begins": begins, "ends": ends, "version": row.version}
        yield Entry(f"gesprek-{row.pk}", begins.date(), row.case, "gesprek", "Gesprek", url, **about)


def _meetings(meetings) -> Iterator[Entry]:
    for row in meetings.filter(state=Meeting.State.PLANNED).select_related("case__pupil"):
        begins, ends = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
        url = reverse("meeting", args=[row.case.number, row.pk])
        about = {"begins": begins, "ends": ends, "version": row.version}
        yield Entry(f"overleg-{row.pk}", begins.date(), row.case, row.label, row.label, url, **about)


def _terms(deadlines) -> Iterator[Entry]:
    for row in deadlines.select_related("case__pupil"):
        key, plain = f"termijn-{row.pk}", f"Termijn voorbij: {row.spoken}"
        what = plain[0].lower() + plain[1:]
        yield Entry(key, row.exceeded_from, row.case, what, plain, _page(row.case), "near")


def _places(offers) -> Iterator[Entry]:
    for row in offers.select_related("case__pupil", "school"):
        what = f"begint bij {row.place}"
        yield Entry(f"plek-{row.pk}", row.start_on, row.case, what, "Plek begint", _page(row.case))


def _page(case: Case) -> str:
    return reverse("case", args=[case.number])
