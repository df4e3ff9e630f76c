"""What must happen next, who was spoken and what plays a role, as the page of a dossier shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cases.dossier.models import Case, Task
from cases.sight.seats import Sight
from cases.work.models import Contact, Problem
from leerplicht.models import Guardian


@dataclass(frozen=True, slots=True)
class GuardianShown:
    """`spoken`: the last day on which this parent or guardian was spoken."""

    row: Guardian
    spoken: date | None


def open_tasks(case: Case, sight: Sight) -> list[Task]:
    return [t for t in case.tasks.all() if t.done_on is None and may_know(t, sight)]


def may_know(task: Task, sight: Sight) -> bool:
    """That a parent or child wrote something is for the gemeente to know; every other step shows with the course of
    events."""
    return sight.officer or task.kind != Task.Kind.READING


def talks_of(case: Case, sight: Sight) -> list[Contact]:
    """When somebody was spoken, as far as it shows that there was a contact at all."""
    return [c for c in case.contacts.all() if c.is_talk and sight.knows_of(c)]


def guardians_of(case: Case, talks: Sequence[Contact]) -> list[GuardianShown]:
    last = {c.guardian_id: c.on for c in talks if c.guardian_id}
    today = timezone.localdate()
    return [GuardianShown(g, last.get(g.pk)) for g in case.pupil.guardians.all() if g.holds_on(today)]


def former_guardians(case: Case) -> list[Guardian]:
    """Who is it no longer, or not yet: kept, and left out of lists and letters."""
    today = timezone.localdate()
    return [g for g in case.pupil.guardians.all() if not g.holds_on(today)]


def child_heard(talks: Sequence[Contact]) -> Contact | None:
    """The last talk with the child itself."""
    return next((c for c in reversed(talks) if c.who == Contact.Who.CHILD), None)


def problems_of(case: Case) -> list[Problem]:
    return [p for p in case.problems.all() if p.until is None]
