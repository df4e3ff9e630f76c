"""Saving what people write, and finishing a step."""

from django.db import transaction
from django.utils import timezone

from cases.dossier.models import Task
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import cache_last_contact, log_act, save_versioned


def save_entry(entry, *, by) -> None:
    """Save a contact or note. A changed one only when nobody changed it in between (version compared in the UPDATE)."""
    with transaction.atomic():
        save_versioned(entry, by=by, action=f"{entry._meta.model_name}_saved")
        cache_last_contact(entry.case)


def finish_task(task: Task, *, outcome: str, by) -> None:
    """Mark a step done. NotNow when somebody did so already."""
    check_open(task.case)
    with transaction.atomic():
        if not Task.objects.filter(pk=task.pk, done_on=None).update(done_on=timezone.localdate(), outcome=outcome):
            raise NotNow("Deze stap was al afgerond.")
        task.refresh_from_db()
        Task.history.bulk_history_create([task], update=True, default_user=by)
        log_act("task_done", task.case, by=by, row=task.pk)
