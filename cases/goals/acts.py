"""Agreeing on a goal, looking how it goes, and what parents and child say to it."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from cases.dossier.access import check_may, is_municipal_side
from cases.dossier.models import Case, Task
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import CHANGED, TWICE, Overtaken, Twice, check_not_twice, hold, log_act, still_as_read
from cases.dossier.tasks import LONGEST_TITLE, ask, end_all
from cases.goals.models import Goal, Opinion
from cases.sight.access import check_may_write, may_change
from cases.sight.seats import sight_of
from thuiszitters.core.people.users import User

PASSED = "Kies een dag vanaf vandaag."
ENDED = "Dit doel is al geëindigd."
STEP_TITLE = "Kijken hoe het gaat: {}"


def save_goal(goal: Goal, *, by: User) -> None:
    """A new goal, or a changed one when nobody changed it in between. The day to look again is a step of the dossier.
    NotNow for a day that passed or an ended goal, Overtaken when a colleague was first."""
    case = goal.case
    check_may_write(case, by)
    check_open(case)
    if goal.review_on < timezone.localdate():
        raise NotNow(PASSED)
    with transaction.atomic():
        hold(case)
        check_not_twice(goal, by=by)
        if goal.pk:
            _check_ours(goal, by)
        if not still_as_read(goal, state=Goal.State.RUNNING):
            raise _too_late(goal)
        if goal.task:
            goal.task.title, goal.task.due_on = STEP_TITLE.format(goal.text)[:LONGEST_TITLE], goal.review_on
            goal.task.save()
        else:
            goal.task = _look_again(goal, by)
        goal.save()
        log_act("goal_saved", case, by=by, row=goal.pk)


def review(goal: Goal, *, state: str, because: str, review_on: date | None = None, by: User) -> None:
    """How it goes: it goes on, until the next day to look, or it ended. NotNow without words or day, or when it ended
    already; Twice when this was said already, Overtaken when a colleague was first."""
    case = goal.case
    check_may_write(case, by)
    _check_ours(goal, by)
    check_open(case)
    goes_on, today = state == Goal.State.RUNNING, timezone.localdate()
    if not because.strip():
        raise NotNow("Schrijf op hoe het ging.")
    if goes_on and (review_on is None or review_on <= today):
        raise NotNow("Kies een dag na vandaag om weer te kijken.")
    with transaction.atomic():
        hold(case)
        if not still_as_read(goal, state=Goal.State.RUNNING):
            if review_on and goes_on and _says_so_already(goal, because, review_on):
                raise Twice(TWICE)
            raise _too_late(goal)
        if goal.task:
            end_all([goal.task], because.strip(), by=by)
        goal.because = because.strip()
        if goes_on and review_on:
            goal.review_on = review_on
            goal.task = _look_again(goal, by)
        else:
            goal.state, goal.ended_on, goal.ended_by = state, today, by
        goal.save()
        log_act("goal_reviewed", case, by=by, row=goal.pk, state=state)


def say(case: Case, opinions: Sequence[Opinion], *, by: User) -> None:
    """What people said, several at once. NotNow when nobody said anything, or on a day to come."""
    check_may_write(case, by)
    check_open(case)
    if not opinions:
        raise NotNow("Kies bij ten minste één persoon wat die vindt.")
    if any(o.on > timezone.localdate() for o in opinions):
        raise NotNow("Deze dag is nog niet geweest.")
    with transaction.atomic():
        hold(case)
        for opinion in opinions:
            check_not_twice(opinion, by=by)
            opinion.save()
            log_act("opinion_recorded", case, by=by, row=opinion.pk)


def go_along(task: Task, running: Case) -> None:
    """The step on which a goal hangs went to another dossier of the child: the goal and what was said of it as well,
    else nobody could end either."""
    goals = Goal.objects.filter(task=task)
    Opinion.objects.filter(goal__in=goals).update(case=running)
    goals.update(case=running)


def drop_all(case: Case, *, because: str, by: User | None) -> None:
    """The dossier closes: nobody looks any more how these go. Their steps end with the others."""
    for goal in case.goals.filter(state=Goal.State.RUNNING):
        goal.state, goal.ended_on, goal.because, goal.ended_by = Goal.State.DROPPED, timezone.localdate(), because, by
        goal.version += 1
        goal.save()


def _says_so_already(goal: Goal, because: str, review_on: date) -> bool:
    """A second click, or back and once more, on a goal that goes on."""
    return Goal.objects.filter(
        pk=goal.pk, state=Goal.State.RUNNING, because=because.strip(), review_on=review_on
    ).exists()


def _too_late(goal: Goal) -> NotNow:
    return Overtaken(CHANGED) if Goal.objects.get(pk=goal.pk).is_running else NotNow(ENDED)


def _check_ours(goal: Goal, by: User) -> None:
    stored = Goal.objects.select_related("organisation").get(pk=goal.pk)
    check_may(may_change(stored, sight_of(goal.case, by)))


def _look_again(goal: Goal, by: User) -> Task:
    """The step for who works on it here: on the side of the gemeente the handler, else the own organisation."""
    organisation = None if is_municipal_side(goal.case, by) else goal.organisation
    title = STEP_TITLE.format(goal.text)[:LONGEST_TITLE]
    return ask(goal.case, title, goal.review_on, by=by, organisation=organisation, kind=Task.Kind.GOAL)
