"""The next steps of a dossier as other acts ask for them and end them. What people type is in `cases.work`."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from cases.dossier.access import acts_for
from cases.dossier.models import Case, Task
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User

LONGEST_TITLE = 200


def ask(
    case: Case,
    title: str,
    due_on: date,
    *,
    by: User | None,
    owner: User | None = None,
    organisation: Organisation | None = None,
    **about: Any,
) -> Task:
    """A next step for `owner` or for people of `organisation`; without either for the handler of the dossier. `about`:
    the row on which it hangs (offer, review, claim, decision), its kind, its condition."""
    owner = owner or (None if organisation else case.handler)
    return Task.objects.create(
        case=case,
        title=title[:LONGEST_TITLE],
        due_on=due_on,
        by=by,
        owner=owner,
        owner_organisation=organisation,
        **about,
    )


def open_again(task: Task, *, by: User | None) -> None:
    """What ended this step is no more: somebody has to do it."""
    task.done_on, task.outcome, task.done_by, task.done_organisation = None, "", None, None
    task._history_user = by  # type: ignore[attr-defined] # also where no request says who
    task.save()


def end_all(tasks: Iterable[Task], outcome: str, *, by: User | None) -> None:
    """These steps are done by what just happened, and so by who did that. One at a time: each leaves a row in its
    history."""
    for task in tasks:
        task.done_on, task.outcome, task.done_by = timezone.localdate(), outcome, by
        task.done_organisation = acts_for(task.case, by)
        task._history_user = by  # type: ignore[attr-defined] # also where no request says who
        task.save()
