"""Changing and taking back a report that was typed here, and telling a school what came of one. A report is never
edited: each change is a newer version, and all stay."""

from django.db import transaction
from django.utils import timezone

from cases.dossier.rules import NotNow
from cases.dossier.saving import A_MOMENT, TWICE, Overtaken, Twice
from cases.intake import inbox
from cases.intake.access import check_may_change, check_may_handle
from cases.intake.entering import save_row
from cases.intake.models import Intake, ReportAnswer
from cases.reports.sent import as_row, can_be_sent_again
from leerplicht.imports.absence_rows import parse_row
from leerplicht.models import AbsenceReport
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

OVERTAKEN = "Een collega heeft deze melding intussen veranderd. Kijk wat er nu staat."
NOT_HERE = "Deze melding kunt u hier niet meer veranderen. Bel de gemeente."
NO_CHANGE = "U veranderde niets. Er is niets bewaard."


def change_report(report: AbsenceReport, says: dict[str, str], *, by: User) -> AbsenceReport:
    """A newer version with these columns of the file changed. RowRefused says which column is wrong; NotNow when
    nothing changed; Overtaken when a colleague was first."""
    check_may_change(report, by)
    if parse_row(as_row(report) | says, without_number=not report.sent_hash).says(report.content_hash):
        raise NotNow(NO_CHANGE)
    with transaction.atomic():
        newer = _newer(report, says, by)
        log_event("report_changed", by=by, pupils=[newer.pupil_id], row=newer.pk)
    return newer


def withdraw_report(report: AbsenceReport, *, because: str, by: User) -> AbsenceReport:
    """A newer version that takes the report back, with why. Overtaken when a colleague was first."""
    check_may_change(report, by)
    if not because.strip():
        raise NotNow("Geef een reden op.")
    with transaction.atomic():
        says = {"status": AbsenceReport.Status.INGETROKKEN.value, "toelichting": f"Ingetrokken: {because.strip()}"}
        newer = _newer(report, says, by)
        log_event("report_withdrawn", by=by, pupils=[newer.pupil_id], row=newer.pk)
    return newer


def _newer(report: AbsenceReport, says: dict[str, str], by: User) -> AbsenceReport:
    if not can_be_sent_again(report):
        raise NotNow(NOT_HERE)
    # Two at once: the second waits here, and finds another version.
    rows = Intake.objects.select_for_update().filter(number=report.number, pupil=report.pupil_id)
    intake = rows.select_related("report").first()
    if intake is None or intake.report_id != report.pk:
        raise Overtaken(OVERTAKEN)
    moment = timezone.localtime().isoformat(" ", "microseconds")
    allowed = access_of(by).municipalities_with(Right.REPORT_ENTER) or None
    raw = as_row(report) | says | {"datum_mutatie": moment}
    newer = save_row(raw, by=by, allowed=allowed, without_number=not report.sent_hash)
    if newer is None:  # the child went to another gemeente
        raise NotNow(NOT_HERE)
    _look_again(Intake.objects.get(report=newer))
    return newer


def _look_again(intake: Intake) -> None:
    """Somebody set aside what the school now says otherwise: that is judged once more."""
    if intake.state == Intake.State.SET_ASIDE and not intake.is_withdrawn and not intake.report.is_withdrawn:
        intake.state, intake.because, intake.handled_by, intake.handled_at = Intake.State.WAITING, "", None, None
        intake.save()


def answer_school(answer: ReportAnswer, *, by: User) -> None:
    """Tell the school what came of its report. Twice for a second click."""
    check_may_handle(answer.intake, by)
    with transaction.atomic():
        Intake.objects.select_for_update().get(pk=answer.intake_id)
        same = ReportAnswer.objects.filter(intake=answer.intake, what=answer.what, text=answer.text, by=by)
        if same.filter(at__gte=timezone.now() - A_MOMENT).exists():
            raise Twice(TWICE)
        answer.by, answer.organisation = by, _gemeente_of(answer.intake, by)
        answer.save()
        log_event("report_answered", by=by, pupils=[answer.intake.pupil_id], row=answer.intake.report_id)


def _gemeente_of(intake: Intake, by: User) -> Organisation:
    """The gemeente where the child lives, also where a bureau works for it; where it has no row of its own, the own
    organisation."""
    code = intake.report.pupil.municipality_id
    gemeente = Organisation.objects.filter(kind=Organisation.Kind.GEMEENTE, code=code).first()
    return gemeente or access_of(by).organisation_with(Right.REPORT_HANDLE)


@transaction.atomic
def set_aside_and_tell(intake: Intake, *, because: str, told: str, by: User) -> None:
    """No dossier comes of this report. `told`: what the school hears besides; empty when nothing."""
    check_may_handle(intake, by)
    inbox.set_aside(intake, because=because, by=by)
    if told.strip():
        what = ReportAnswer.What.NO_ACTION
        answer_school(ReportAnswer(intake=intake, what=what, text=told.strip(), phone=by.phone), by=by)


def answers_read(report: AbsenceReport, *, by: User) -> int:
    """The school has seen what it was told. Returns how many were new."""
    rows = ReportAnswer.objects.unread_for(by).filter(intake__report=report)
    return rows.update(read_by=by, read_at=timezone.now())
