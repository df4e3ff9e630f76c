"""What is recorded closes what it answers. Called by who records, so that it can say so."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from cases.acting.facts import FACTS, Fact
from cases.dossier.access import acts_for
from cases.dossier.models import Case
from cases.dossier.saving import log_act
from cases.steps.models import EscalationStep
from leerplicht.models import AbsenceReport, HomePeriod
from thuiszitters.core.people.users import User
from thuiszitters.core.words import long_date


def answer(case: Case, fact: Fact, *, on: date, by: User | None) -> list[str]:
    """Close what this fact answers in the running period at home; the names of these steps. Within the transaction of
    who records."""
    rows = EscalationStep.objects.filter(case=case, result="", stopped_on=None, closed_by=fact.value, start__lte=on)
    found = list(rows.order_by("position"))
    for step in found:
        close(step, fact, on, by=by)
        step.done_organisation = acts_for(case, by)
        step.save()
        log_act("step_answered", case, by=by, position=step.position, fact=fact.value)
    return [step.name for step in found]


def close(step: EscalationStep, fact: Fact, on: date, *, by: User | None) -> None:
    """A step as answered; not saved."""
    step.result, step.fact, step.done_on, step.done_by = EscalationStep.Result.DONE.value, fact.value, on, by
    step.outcome = FACTS[fact].says.format(on=long_date(on))


def open_again(step: EscalationStep) -> None:
    """The fact is no more: somebody has to do the step; not saved."""
    step.result, step.fact, step.done_on, step.done_by, step.outcome = "", "", None, None, ""


def reported_on(cases: Iterable[Case], periods: Mapping[int, HomePeriod | None]) -> dict[int, date]:
    """On which day a report of this period at home came in first, by dossier id. One query."""
    of = {case.pupil_id: case.pk for case in cases if periods.get(case.pk)}
    rows = AbsenceReport.objects.current().filter(pupil__in=of).exclude(status=AbsenceReport.Status.INGETROKKEN)
    found: dict[int, date] = {}
    for pupil, last_day, told in _days(rows):
        case = of[pupil]
        period = periods[case]
        if period is None or (last_day and last_day < period.first_day):
            continue
        day = max(told, period.first_day)
        found[case] = min(found.get(case, day), day)
    return found


def _days(rows: QuerySet[AbsenceReport]) -> Iterable[tuple[int, date | None, date]]:
    for pupil, last_day, told in rows.values_list("pupil", "last_day", "changed_at"):
        yield pupil, last_day, timezone.localdate(told)
