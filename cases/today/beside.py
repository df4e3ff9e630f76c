"""What stands beside the children of today: what waits for others, who is back at school, whom one replaces."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from cases.agreements.mandates import gaps_on
from cases.agreements.models import Mandate
from cases.dossier.models import Case, Task
from cases.dossier.states import State
from cases.intake.models import ReportAnswer
from cases.owners.queries import had_by
from leerplicht.models import AbsenceReport
from thuiszitters.core.people.absences import Absence, replaced_by
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Period
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User
from thuiszitters.core.words import long_date

NEWEST = 8
ENDS_SOON = timedelta(days=62)


@dataclass(frozen=True)
class Waiting:
    """Steps that others do in dossiers of the own: by organisation or colleague. `late`: days of the one that is the
    latest; `url_case`: its dossier."""

    who: str
    count: int
    late: int
    number: str


@dataclass(frozen=True)
class Followed:
    case: Case
    step: Task | None


def waits_for_others(user: User, today: date) -> list[Waiting]:
    """Whose turn it is in the dossiers of the own, the latest first. One query."""
    mine = Case.objects.visible_to(user, urgent=False).open().filter(had_by(user, today))
    rows = (
        Task.objects.filter(case__in=mine, done_on=None)
        .exclude(owner__in=[user.pk, *replaced_by(user, today)])
        .exclude(owner=None, owner_organisation=None)
    )
    found: dict[str, list[Task]] = {}
    for task in rows.select_related("owner", "owner_organisation", "case").order_by("due_on", "pk"):
        found.setdefault(task.owner_name, []).append(task)
    waiting = [
        Waiting(who, len(tasks), (today - tasks[0].due_on).days, tasks[0].case.number) for who, tasks in found.items()
    ]
    return sorted(waiting, key=lambda row: -row.late)


def followed(user: User, today: date) -> list[Followed]:
    """Children that are back and are followed, with the step that comes first. Two queries."""
    cases: QuerySet[Case] = Case.objects.visible_to(user, urgent=False)
    cases = cases.filter(had_by(user, today), state=State.VOLGEN)
    steps = Task.objects.filter(done_on=None).filter(Q(kind=Task.Kind.AFTERCARE) | Q(offer__isnull=False))
    rows = cases.select_related("pupil").order_by("pk").prefetch_related(Prefetch("tasks", steps, to_attr="aftercare"))
    found = [Followed(case, case.aftercare[0] if case.aftercare else None) for case in rows]
    return sorted(found, key=lambda row: row.step.due_on if row.step else date.max)


def own_reports(user: User) -> list[AbsenceReport]:
    """The newest reports of the own schools, those with a new answer first. Two queries."""
    schools = access_of(user).schools_with(Right.REPORT_VIEW)
    if not schools:
        return []
    new = ReportAnswer.objects.unread_for(user).filter(intake__report=OuterRef("pk"))
    rows = AbsenceReport.objects.visible_to(user).current().filter(school__code__in=schools, intake__isnull=False)
    rows = rows.annotate(new_answer=Exists(new)).select_related("intake")
    return list(rows.order_by("-new_answer", "-changed_at", "-pk")[:NEWEST])


def gaps_of_region(user: User, today: date) -> list[str]:
    """For what nobody holds doorzettingsmacht in the own region, and which mandates end soon."""
    said = []
    for pk in sorted(access_of(user).organisations_with(Right.REGION_VIEW)):
        scopes = dict(Mandate.Scope.choices)
        said += [f"Voor {scopes[scope]} houdt niemand doorzettingsmacht." for scope in gaps_on(pk, today)]
        ends = Mandate.objects.filter(Period.covers(today), region=pk, valid_until__lte=today + ENDS_SOON)
        for row in ends.select_related("person").order_by("valid_until", "pk"):
            until = long_date(row.valid_until)
            said.append(f"Het mandaat van {row.person.short_name} voor {row.get_scope_display()} eindigt op {until}.")
    return said


def replacing(user: User, today: date) -> list[tuple[Absence, int]]:
    """For whom the user stands in today, and how many dossiers that person has."""
    rows = list(Absence.objects.on(today).filter(stand_in=user).select_related("user"))
    cases = Case.objects.visible_to(user, urgent=False).open()
    return [(row, cases.filter(handler=row.user_id).count()) for row in rows]
