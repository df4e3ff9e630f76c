"""Saving what people write, and finishing a step."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.acting.access import check_may_act, owner_of_task
from cases.acting.matrix import Act
from cases.dossier.access import acts_for, check_may, check_may_work
from cases.dossier.models import Case, Task
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import cache_last_contact, check_not_twice, hold, log_act, save_versioned
from cases.parts.matrix import Part
from cases.sight.access import check_may_write
from cases.work.models import Contact, Note, Problem
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User


def save_entry(entry: Contact | Note, *, by: User | None) -> None:
    """Save a contact or note. A changed one only when nobody changed it in between (version compared in the UPDATE)."""
    check_may_write(entry.case, by, Part(entry.part))
    check_may(by is None or entry.by_id == by.pk)
    with transaction.atomic():
        if not entry.pk:
            hold(entry.case)
            check_not_twice(entry, by=by)
        save_versioned(entry, by=by, action=f"{entry._meta.model_name}_saved")
        cache_last_contact(entry.case)


def finish_task(task: Task, *, outcome: str, by: User | None) -> None:
    """Mark a step done. NotNow when somebody did so already."""
    check_may_write(task.case, by)
    check_may_act(Act.FINISH_TASK, owner_of_task(task, task.case), task.case, by)
    check_open(task.case)
    with transaction.atomic():
        done = {"done_on": timezone.localdate(), "done_by": by, "done_organisation": acts_for(task.case, by)}
        if not Task.objects.filter(pk=task.pk, done_on=None).update(outcome=outcome, **done):
            raise NotNow("Deze stap was al afgerond.")
        task.refresh_from_db()
        Task.history.bulk_history_create([task], update=True, default_user=by)
        log_act("task_done", task.case, by=by, row=task.pk)


def save_task(task: Task, *, by: User | None) -> None:
    """A next step, new or changed, in a dossier that is open now. Whose it was before is who may change it."""
    check_may_write(task.case, by)
    if before := Task.objects.filter(pk=task.pk).select_related("owner_organisation").first():
        check_may_act(Act.EDIT_TASK, owner_of_task(before, task.case), task.case, by)
    check_open(task.case)
    with transaction.atomic():
        hold(task.case)
        check_not_twice(task, by=by)
        task.save()
        log_act("task_saved", task.case, by=by)


def save_problems(
    case: Case, own: Organisation, running: Sequence[Problem], chosen: Mapping[str, Any], *, by: User | None
) -> None:
    """What plays a role, as `by` ticked it for the organisation `own`: `running` are the rows that the form showed,
    `chosen` says `codes`, which of them is `primary` and whether they are `shared`."""
    check_may_work(case, by)
    check_open(case)
    today, wanted = timezone.localdate(), set(chosen["codes"])
    with transaction.atomic():
        hold(case)
        for row in running:
            if row.code not in wanted:
                row.until = today
            row.primary, row.shared = row.code == chosen["primary"], chosen["shared"]
            row.save()
        for code in sorted(wanted - {r.code for r in running}):
            # A colleague can have ticked it already where this user does not see it: then it stays as it is.
            about = {"by": by, "primary": code == chosen["primary"], "shared": chosen["shared"]}
            Problem.objects.get_or_create(case=case, code=code, organisation=own, until=None, defaults=about)
        log_act("problems_saved", case, by=by)
