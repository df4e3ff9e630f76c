"""Saving what people write, and finishing a step."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.acting.access import check_may_act, owner_of_task
from cases.acting.facts import FACTS, Fact
from cases.acting.matrix import Act
from cases.dossier.access import acts_for, check_may, check_may_work, is_municipal_side
from cases.dossier.models import Case, Task
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import cache_last_contact, check_not_twice, hold, log_act, save_versioned
from cases.dossier.tasks import ask, end_all
from cases.parts.matrix import Part
from cases.sight.access import check_may_write
from cases.sight.seats import owner_of
from cases.talks.acts import spoken
from cases.talks.models import Talk
from cases.work.heard import who_is_missing
from cases.work.models import Contact, Note, Problem
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User
from thuiszitters.core.words import long_date


def save_entry(
    entry: Contact | Note, *, by: User | None, agreed_on: date | None = None, told: Talk | None = None
) -> list[str]:
    """Save a contact or note. A changed one only when nobody changed it in between (version compared in the UPDATE).
    `agreed_on`: the day of what was agreed, which becomes a step. `told`: the planned talk that the contact tells of.
    Gives the names of the steps that are done by it."""
    check_may_write(entry.case, by, Part(entry.part))
    check_may(by is None or entry.by_id == by.pk)
    new = not entry.pk
    with transaction.atomic():
        if new:
            hold(entry.case)
            check_not_twice(entry, by=by)
        save_versioned(entry, by=by, action=f"{entry._meta.model_name}_saved")
        cache_last_contact(entry.case)
        if not isinstance(entry, Contact):
            return []
        if agreed_on:
            _promise(entry, agreed_on, by)
        return _answer(entry, by) + (_talked(entry, told, by) if new else [])


def _promise(contact: Contact, on: date, by: User | None) -> None:
    """What was agreed, as a step of who wrote it down. Everybody who sees the course of events reads it: what was
    agreed stands in it only where the contact itself is shared."""
    told = contact.shared and contact.part == Part.VERLOOP
    title = f"Afspraak: {contact.agreed}" if told else f"Afspraak uit het contact met {contact.get_who_display()}"
    gemeente = by is not None and is_municipal_side(contact.case, by)
    own = {"owner": by} if gemeente else {"organisation": contact.organisation}
    ask(contact.case, " ".join(title.split()), on, by=by, **own)


def _answer(contact: Contact, by: User | None) -> list[str]:
    """When every parent with gezag and the child have been heard, the step to do so is done."""
    case = contact.case
    tasks = list(case.tasks.filter(kind=Task.Kind.SPEAKING, done_on=None))
    if not tasks or not contact.is_talk or who_is_missing(case, timezone.localdate()):
        return []
    end_all(tasks, FACTS[Fact.HEARD].says.format(on=long_date(contact.on)), by=by)
    return [task.title for task in tasks]


def _talked(contact: Contact, told: Talk | None, by: User | None) -> list[str]:
    """The planned talks of which this is the outcome: the one it tells of, and those that the own side planned with
    that person. What was written about health or safety tells nothing by itself: others read the steps (ADR 0011)."""
    if not contact.is_talk:
        return []
    child = contact.who == Contact.Who.CHILD

    def is_its_outcome(talk: Talk) -> bool:
        ours = owner_of(talk.organisation) == owner_of(contact.organisation)
        met = (child and talk.child) or contact.guardian_id in {g.pk for g in talk.guardians.all()}
        return contact.part == Part.VERLOOP and ours and met

    says = f"Gesproken op {long_date(contact.on)}."
    return spoken(contact.case, contact.pk, says, told=told, on=contact.on, with_=is_its_outcome, by=by)


OF_A_GOAL = "Deze stap hoort bij een doel. Leg bij dat doel vast hoe het gaat."


def finish_task(task: Task, *, outcome: str, by: User | None) -> None:
    """Mark a step done. NotNow when somebody did so already."""
    check_may_write(task.case, by)
    check_may_act(Act.FINISH_TASK, owner_of_task(task, task.case), task.case, by)
    check_open(task.case)
    if task.kind == Task.Kind.GOAL:
        raise NotNow(OF_A_GOAL)
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
