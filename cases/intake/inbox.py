"""The inbox of a gemeente: a waiting report is taken into a dossier or set aside with a reason."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.dossier.models import Case
from cases.dossier.opening import open_cases
from cases.dossier.rules import NotNow
from cases.dossier.saving import log_act
from cases.intake.access import check_may_handle
from cases.intake.models import Intake
from leerplicht.models import Pupil
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.people.users import User

WHO_FIRST = "Zeg eerst of dit het kind is dat u al kent."
TOO_LATE = "Een collega heeft deze melding net afgehandeld."


def take_into_case(intake: Intake, *, by: User | None) -> Case:
    """Into the open dossier of the pupil, or a new one."""
    check_may_handle(intake, by)
    report = intake.report
    if Pupil.objects.standing_apart().filter(pk=report.pupil_id).exists():
        raise NotNow(WHO_FIRST)
    with transaction.atomic():
        reason = f"Melding {report.number}: {report.get_kind_display()}"
        case = open_cases({report.pupil_id: reason}, on=timezone.localdate(), by=by)[report.pupil_id]
        _settle(intake, by, state=Intake.State.IN_CASE, case=case)
        log_act("report_taken_in", case, by=by, pupils=[report.pupil_id], row=report.pk)
    return case


def set_aside(intake: Intake, *, because: str, by: User | None) -> None:
    check_may_handle(intake, by)
    if not because.strip():
        raise NotNow("Geef een reden op.")
    with transaction.atomic():
        _settle(intake, by, state=Intake.State.SET_ASIDE, because=because.strip())
        log_event("report_set_aside", by=by, pupils=[intake.report.pupil_id], row=intake.report_id)


def _settle(intake: Intake, by: User | None, **values: Any) -> None:
    rows = Intake.objects.filter(pk=intake.pk, state=Intake.State.WAITING)
    if not rows.update(handled_by=by, handled_at=timezone.now(), **values):
        raise NotNow(TOO_LATE)
