"""The one list of what has to be done in a dossier: agreed steps and steps of the stappenplan, in one order. They stay
two tables of rows; here they are joined for whoever looks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cases.acting.access import may_on, owner_of_task
from cases.acting.matrix import Act, May
from cases.course.summary import Summary
from cases.dossier.models import Task
from cases.proposals.models import Proposal
from cases.proposals.queries import waiting_in
from cases.steps.access import owner_of_step
from cases.steps.models import EscalationStep
from thuiszitters.core.people.users import User


@dataclass(frozen=True, slots=True)
class Todo:
    """Something to be done. `due_on` None: on the next meeting. `planned`: a talk, on that day and not before.
    `done`, `propose`, `edit`: the names of the addresses where that is said, for who may; else empty. `proposal`: what
    another said, to `answer` for who may."""

    pk: int
    title: str
    owner: str
    mine: bool
    due_on: date | None
    since: date
    late: bool
    what: str
    origin: str
    ladder: bool
    planned: bool
    done: str
    propose: str
    edit: str
    proposal: Proposal | None
    answer: bool


@dataclass(frozen=True, slots=True)
class TodoList:
    """`now`: what is to be done, the first first. `later`: steps of the stappenplan that did not begin. `done`: those
    that were closed."""

    now: Sequence[Todo]
    later: Sequence[EscalationStep]
    done: Sequence[EscalationStep]

    def __bool__(self) -> bool:
        return bool(self.now or self.later or self.done)

    @property
    def turn(self) -> Todo | None:
        """Whose turn it is, for whoever looks: the own first thing, else the first of all."""
        return next((item for item in self.now if item.mine), self.now[0] if self.now else None)


def todo_of(about: Summary, user: User, *, works: bool) -> TodoList:
    """What shows of it to whoever may see this much. `works`: whether that person works in this dossier now."""
    goals = {g.task_id: g.pk for g in about.case.goals.all() if g.is_running}
    proposals = {(bool(p.step_id), p.task_id or p.step_id): p for p in waiting_in(about.case)}
    shown = [*_tasks(about, user, works, proposals, goals), *_steps(about, works, proposals)]
    return TodoList(
        now=sorted(shown, key=lambda t: (t.due_on or t.since, t.ladder, t.pk)),
        later=[s.row for s in about.ladder if not s.begun and not s.row.is_done],
        done=[s.row for s in about.ladder if s.row.is_done],
    )


def _tasks(about: Summary, user: User, works: bool, proposals, goals: dict[int | None, int]) -> Iterator[Todo]:
    handler = about.case.handler  # a step of nobody is of who handles the dossier
    for task in about.tasks:
        owned = owner_of_task(task, about.case)
        may = may_on(Act.FINISH_TASK, owned, about.sight) if works else May.NO
        edits = works and may_on(Act.EDIT_TASK, owned, about.sight) == May.ACT
        # Where it is said: about a decision, about a goal, or that the step is done.
        told = task.decision_id if task.kind == Task.Kind.TELLING else None
        goal = goals.get(task.pk)
        proposal = proposals.get((False, task.pk))
        yield Todo(
            pk=(told or goal or task.pk) if may == May.ACT else task.pk,
            title=task.title,
            owner=handler.short_name if handler and not task.has_owner else task.owner_name,
            mine=(task.owner_id or (handler.pk if handler and not task.has_owner else None)) == user.pk,
            due_on=task.due_on,
            since=task.due_on,
            late=task.due_on < about.today,
            what="",
            origin=task.origin,
            ladder=False,
            planned=task.kind == Task.Kind.TALK,
            done=("decision-told" if told else "goal-review" if goal else "task-done") if may == May.ACT else "",
            propose="task-propose" if may == May.PROPOSE and not proposal and not goal else "",
            edit="task-edit" if edits and not told and not goal else "",
            proposal=proposal,
            answer=may == May.ACT,
        )


def _steps(about: Summary, works: bool, proposals) -> Iterator[Todo]:
    for shown in about.ladder:
        step = shown.row
        if step.is_done or not shown.begun:
            continue
        may = may_on(Act.FINISH_STEP, owner_of_step(step, about.case), about.sight) if works else May.NO
        proposal = proposals.get((True, step.pk))
        yield Todo(
            pk=step.pk,
            title=step.name,
            owner=step.owner,
            mine=False,
            due_on=step.due_on,
            since=step.planned_on,
            late=shown.late,
            what=step.actions,
            origin="",
            ladder=True,
            planned=False,
            done="step" if may == May.ACT else "",
            propose="step-propose" if may == May.PROPOSE and not proposal else "",
            edit="",
            proposal=proposal,
            answer=may == May.ACT,
        )
