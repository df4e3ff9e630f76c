"""The worklist as a query: which dossiers, in what order, and the counts at the filters. Constant queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Case as Choose
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, When

from cases.clock.models import Deadline
from cases.dossier.models import Assignment, Case, Task
from cases.dossier.taking_part import Involvement
from cases.escalation.models import LookAgain
from cases.labels.models import CaseLabel, CaseRisk
from cases.owners.queries import had_by, without_handler
from cases.sight.queries import reads_course
from cases.steps.models import EscalationStep
from cases.worklist.filters import Filters as Filters  # whoever asks a list finds both here
from cases.worklist.filters import base as base
from cases.worklist.filters import of_the_team
from cases.worklist.sorting import in_order
from leerplicht.models import Enrolment, Pupil
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

# About the steps of a dossier: only for who may read these, and only when there are any.
ABOUT_STEPS = ("aanmij", "voorons", "staplaat")
SOON = 7  # days before a step of the own shows


def conditions(user: User, today: date) -> dict[str, Q]:
    """What each stand means, as a condition on dossiers."""
    running = Deadline.objects.filter(case=OuterRef("pk"), stopped_on=None)
    near = running.filter(warns_from__lte=today, exceeded_from__gt=today)
    unseen = Assignment.objects.filter(case=OuterRef("pk"), handler=user, seen_at=None)
    silent_since = today - timedelta(days=settings.SILENCE_DAYS)
    looked = LookAgain.objects.filter(case=OuterRef("pk"), until__gt=today)
    return {
        "overschreden": Q(Exists(running.filter(exceeded_from__lte=today))),
        "nadert": Q(Exists(near)),
        "nieuw": Q(Exists(unseen)),
        # For who works in the gemeente: when there was contact is not shared with everybody.
        "stil": Q(municipality__in=access_of(user).municipalities_with(Right.CASE_WORK))
        & (Q(last_contact_on__lt=silent_since) | Q(last_contact_on=None, opened_on__lt=silent_since))
        & ~Q(Exists(looked)),
        "vrij": without_handler(today),
        **_about_steps(user, today),
    }


def _about_steps(user: User, today: date) -> dict[str, Q]:
    """What was agreed or is late, in dossiers of which the user reads the course of events; in others it does not count
    either."""
    course = reads_course(user)
    tasks = Task.objects.filter(case=OuterRef("pk"), done_on=None)
    steps = EscalationStep.objects.filter(case=OuterRef("pk"), result="", stopped_on=None, due_on__lt=today)
    own = access_of(user).organisations_with(Right.CASE_WORK)
    return {
        "aanmij": course & Q(Exists(tasks.filter(owner=user, due_on__lte=today + timedelta(days=SOON)))),
        "voorons": course & Q(Exists(tasks.filter(owner_organisation__in=own))),
        "staplaat": course & Q(Exists(steps)),
    }


def selection(user: User, filters: Filters, today: date, right: Right = Right.CASE_VIEW) -> QuerySet[Case]:
    """The dossiers of the list, in the order that was asked: else the child that is at home the longest first."""
    cases = base(user, filters, right, today=today)
    if filters.stand:
        cases = cases.filter(conditions(user, today)[filters.stand])
    return in_order(cases, filters.sorteer, user, today)


def counts(user: User, filters: Filters, today: date) -> dict[str, int]:
    """How many dossiers each filter would show; one query for the lists, one for the stands. Who has no handler is in
    no list of the own, so that stand counts in all, and leads there."""
    lists = base(user, filters.everything, today=today).aggregate(
        mijn=Count("pk", filter=had_by(user, today)), team=Count("pk", filter=of_the_team(user)), alle=Count("pk"),
        vrij=Count("pk", filter=without_handler(today)),
    )  # fmt: skip
    return tally(base(user, filters, today=today), conditions(user, today)) | lists


def tally(cases: QuerySet[Case], wanted: dict[str, Q]) -> dict[str, int]:
    """How many of these dossiers meet each of the conditions; one query."""
    marked = cases.annotate(**{f"is_{name}": Choose(When(wanted[name], then=1)) for name in wanted})
    return marked.aggregate(**{name: Count(f"is_{name}") for name in wanted})


@dataclass(frozen=True)
class ListRow:
    """A dossier as a row of a list shows it, without what was not shared with who looks: where the course of events is
    not, neither the steps nor the last contact show. `is_new`: it was given to who looks, and not opened since."""

    case: Case
    running: Sequence[Deadline]
    open_tasks: Sequence[Task]
    last_contact_on: date | None
    is_new: bool
    labels: Sequence[CaseLabel] = ()
    risks: Sequence[CaseRisk] = ()

    @property
    def pupil(self) -> Pupil:
        return self.case.pupil

    @property
    def next_step(self) -> Task | None:
        return self.open_tasks[0] if self.open_tasks else None


def rows_of(cases: QuerySet[Case], user: User) -> list[ListRow]:
    """These dossiers as rows of a list, in a fixed number of queries."""
    codes = access_of(user).municipalities_with(Right.CASE_WORK)
    fetched = cases.select_related("pupil", "handler", "municipality").prefetch_related(
        Prefetch("pupil__enrolments", Enrolment.objects.select_related("school")),
        Prefetch("deadlines", Deadline.objects.filter(stopped_on=None), to_attr="running"),
        Prefetch("tasks", _open_tasks(), to_attr="open_tasks"),
        Prefetch("involvements", _shared_with(user), to_attr="own_shares"),
        Prefetch("labels", CaseLabel.objects.visible_to(user), to_attr="own_labels"),
        Prefetch("risks", CaseRisk.objects.visible_to(user).judged(), to_attr="own_risks"),
        Prefetch("assignments", Assignment.objects.filter(handler=user, seen_at=None), to_attr="unseen"),
    )
    rows = []
    for case in fetched:
        ours = case.municipality_id in codes
        told = ours or any(share.shows_course for share in case.own_shares)
        tasks, contact = (case.open_tasks, case.last_contact_on) if told else ([], None)
        if not ours:  # what a parent wrote waits for the gemeente (`cases.work.panel.may_know`)
            tasks = [task for task in tasks if task.kind != Task.Kind.READING]
        rows.append(ListRow(case, case.running, tasks, contact, bool(case.unseen), case.own_labels, case.own_risks))
    return rows


def _open_tasks() -> QuerySet[Task]:
    return Task.objects.filter(done_on=None).select_related("owner", "owner_organisation")


def _shared_with(user: User) -> QuerySet[Involvement]:
    return Involvement.objects.running().filter(organisation__in=access_of(user).organisations_with(Right.CASE_VIEW))
