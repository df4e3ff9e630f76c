"""The steps of the running period at home, as the page of a dossier shows them."""

from dataclasses import dataclass
from datetime import date

from cases.dossier.models import Case
from cases.steps.models import EscalationStep, Pause


@dataclass(frozen=True, slots=True)
class StepShown:
    """`now`: the step that is to be taken now. `begun`: its first day was here."""

    row: EscalationStep
    now: bool
    late: bool
    begun: bool


def ladder_of(case: Case, today: date) -> list[StepShown]:
    """The steps of the running period at home, and which one is to be taken now: the first that has begun and is not
    done. Of a closed dossier only what was done."""
    steps = [s for s in case.steps.all() if s.stopped_on is None and (case.is_open or s.is_done)]
    latest = max((s.start for s in steps), default=None)
    steps = [s for s in steps if s.start == latest]
    now = next((s for s in steps if not s.is_done and s.planned_on <= today), None)
    return [StepShown(s, s is now, _late(s, today), s.planned_on <= today) for s in steps]


def _late(step: EscalationStep, today: date) -> bool:
    return not step.is_done and step.due_on is not None and step.due_on < today


def pause_of(case: Case, today: date) -> Pause | None:
    """What holds the steps up now."""
    return next((p for p in case.pauses.all() if p.covers(today)), None)
