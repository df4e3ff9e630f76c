"""Reading a Thuiszitterstop: which dossiers, as one person sees them; figures; what happened since the last time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from cases.acting.facts import Fact
from cases.agreements.regions import regions_held_by
from cases.clock.models import Deadline
from cases.dossier.access import colleagues_for
from cases.dossier.models import Case, Task
from cases.dossier.queries import CaseQuerySet
from cases.parts.matrix import Part
from cases.sight.queries import reads_course
from cases.steps.models import EscalationStep
from cases.stops.models import Stop, StopCase
from cases.work.models import Contact
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Membership
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

# The terms by which an agenda is chosen and counted.
TERMS = {"4-weken": "langer dan 4 lesweken", "6-weken": "langer dan 6 weken", "3-maanden": "langer dan 3 maanden"}


def candidates(user: User) -> QuerySet[Case]:
    """The open dossiers that this user may put on the agenda, the longest at home first."""
    return candidates_ever(user).open().order_by(F("home_since").asc(nulls_last=True), "pk")


def candidates_ever(user: User) -> CaseQuerySet:
    """All dossiers that this user may take along now, closed ones as well: what stands on an agenda."""
    return Case.objects.visible_to(user, Right.EXPORT, urgent=False)


def writable(user: User) -> QuerySet[Case]:
    """The open dossiers in which this user may write."""
    return Case.objects.visible_to(user, Right.CASE_WORK, urgent=False).open()


def told_of(stop: Stop, user: User) -> set[int]:
    """The dossiers on the agenda of which the user reads the course of events: what was said and agreed is of that."""
    return set(Case.objects.filter(reads_course(user), stops__stop=stop).values_list("pk", flat=True))


def longer_than(term_code: str, day: date) -> QuerySet[Deadline]:
    """The deadlines of a term that were exceeded on a day and had not stopped then; for use in a query on dossiers."""
    return Deadline.objects.filter(term_code=term_code, exceeded_from__lte=day).exclude(stopped_on__lte=day)


def seen_by(stop: Stop, user: User) -> QuerySet[StopCase]:
    """The rows of the agenda that this user may take along, in their order."""
    mine = candidates_ever(user).filter(stops__stop=stop).values("pk")
    return stop.cases.filter(case__in=mine)


@dataclass(frozen=True)
class AgendaRow:
    """A dossier on the agenda as one person sees it. `course`: whether what was said and agreed shows, which is of the
    course of events; `can_be_written`: whether the person may write that down; `own`: put there by the own side."""

    row: StopCase
    course: bool
    can_be_written: bool
    own: bool


def rows_for(stop: Stop, user: User) -> tuple[list[AgendaRow], int]:
    """The dossiers on the agenda that this user may take along, and how many there are beside these."""
    rows = list(seen_by(stop, user).select_related("case__pupil", "case__municipality", "stop"))
    told, own = told_of(stop, user), put_on_by_side_of(stop, user)
    writes = set(writable(user).filter(stops__stop=stop).values_list("pk", flat=True))
    seen = [AgendaRow(row, row.case_id in told, row.case_id in told & writes, row.pk in own) for row in rows]
    return seen, stop.cases.count() - len(seen)


def put_on_by_side_of(stop: Stop, user: User) -> set[int]:
    """The rows (ids) that the user put on the agenda, or somebody of the own side: of the own organisation, also who
    left, and who works for the same gemeenten."""
    own = access_of(user).organisations_with(Right.EXPORT)
    side = Q(added_by=user) | Q(added_by__in=colleagues_for(user).order_by().values("pk"))
    side |= Q(added_by__in=Membership.objects.filter(organisation__in=own).values("user"))
    return set(stop.cases.filter(side).values_list("pk", flat=True))


def last_batch(stop: Stop, user: User) -> list[StopCase]:
    """What the user put on the agenda in one act, the last time, as far as it is there still: by when it came, wherever
    it stands now."""
    last = stop.cases.filter(added_by=user).order_by("-pk").first()
    if last is None:
        return []
    rows = stop.cases.filter(batch=last.batch) if last.batch else stop.cases.filter(pk=last.pk)
    return list(rows.select_related("case__pupil", "stop"))


def untouched(rows: Sequence[StopCase]) -> list[StopCase]:
    """Those of one agenda about which nothing was asked, said or agreed."""
    blank = [row for row in rows if not row.ask and not row.discussed]
    agreed = Task.objects.filter(stop__in={row.stop_id for row in blank}, case__in=[row.case_id for row in blank])
    spoken = set(agreed.values_list("case", flat=True))
    return [row for row in blank if row.case_id not in spoken]


@dataclass(frozen=True)
class InNumbers:
    """An agenda for who coordinates the region: no child, no gemeente."""

    figures: list[tuple[str, int]]
    done: int
    open: int


def in_numbers(stop: Stop, user: User, day: date) -> InNumbers | None:
    """Of all dossiers on the agenda, for the coordinator of its region alone."""
    if stop.region_id not in regions_held_by(user, Right.REGION_VIEW):
        return None
    done = stop.tasks.exclude(done_on=None).count()
    return InNumbers(figures(Case.objects.filter(stops__stop=stop), day), done, stop.tasks.count() - done)


def figures(cases: QuerySet[Case], day: date) -> list[tuple[str, int]]:
    """How many children of these dossiers were longer at home than each of the usual terms, on a day: of dossiers that
    were not closed yet, by what is known now."""
    ids = cases.filter(Q(closed_on=None) | Q(closed_on__gt=day)).values("pk")
    return [(words, longer_than(code, day).filter(case__in=ids).count()) for code, words in TERMS.items()]


def last_before(stop: Stop, user: User) -> Stop | None:
    """The Thuiszitterstop of the same region before this one, that was held."""
    rows = Stop.objects.visible_to(user).filter(region=stop.region, state=Stop.State.HELD, starts_at__lt=stop.starts_at)
    return rows.order_by("-starts_at").first()


class Since(TypedDict):
    """What happened in a dossier since a Thuiszitterstop: agreements done and open, steps, contacts."""

    on: date
    days: int
    done: int
    open: int
    steps: int
    contacts: int


def since_last(rows: Iterable[StopCase], before: Stop | None) -> dict[int, Since]:
    """What happened since the Thuiszitterstop before, per dossier that was on its agenda too (id): agreements done and
    open, steps, contacts. Four queries, however many rows."""
    if before is None:
        return {}
    ids = before.cases.filter(case__in=[row.case_id for row in rows]).values_list("case_id", flat=True)
    held, passed = before.on, (timezone.localdate() - before.on).days
    found = {pk: Since(on=held, days=passed, done=0, open=0, steps=0, contacts=0) for pk in ids}
    for pk, done_on in Task.objects.filter(stop=before, case__in=found).values_list("case_id", "done_on"):
        if done_on:
            found[pk]["done"] += 1
        else:
            found[pk]["open"] += 1
    steps = EscalationStep.objects.filter(case__in=found, done_on__gte=before.on).exclude(fact=Fact.REPORT)
    for pk in steps.values_list("case_id", flat=True):
        found[pk]["steps"] += 1
    for pk in Contact.objects.filter(case__in=found, on__gte=before.on, part=Part.VERLOOP).values_list(
        "case_id", flat=True
    ):
        found[pk]["contacts"] += 1
    return found
