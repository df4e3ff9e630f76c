"""May this user handle this report, file or refused line?"""

from cases.dossier.access import check_may
from cases.intake.models import Intake
from leerplicht.models import AbsenceReport, ImportFile, RejectedLine
from leerplicht.models.reports import OWN_NUMBER
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right, Role
from thuiszitters.core.people.users import User


def check_may_handle(intake: Intake, by: User | None) -> None:
    """For the gemeente where the child lives."""
    check_may(by is None or Intake.objects.visible_to(by).filter(pk=intake.pk).exists())


def check_may_enter(by: User | None) -> None:
    check_may(by is None or Right.REPORT_ENTER in access_of(by).rights)


def may_change(report: AbsenceReport, by: User) -> bool:
    """Only of the organisation that typed it: what another one reported is its word. A report of DUO is changed
    there."""
    if report.superseded_at or report.is_withdrawn or report.told_by_duo:
        return False
    own = [m.organisation for m in access_of(by).memberships if Right.REPORT_ENTER in Role(m.role).rights]
    return any(report.number.startswith(number_prefix(organisation)) for organisation in own)


def check_may_change(report: AbsenceReport, by: User | None) -> None:
    check_may(by is None or may_change(report, by))


def number_prefix(organisation: Organisation) -> str:
    """How the numbers begin of what an organisation types itself."""
    return f"{OWN_NUMBER}{organisation.code or organisation.pk}-"


def check_may_decide_on(file: ImportFile, by: User | None) -> None:
    check_may(by is None or file.organisation_id in access_of(by).organisations_with(Right.REPORT_HANDLE))


def check_may_correct(line: RejectedLine, by: User | None) -> None:
    check_may(by is None or RejectedLine.objects.visible_to(by).filter(pk=line.pk).exists())


def check_may_give(line: RejectedLine, by: User | None) -> None:
    """The administrator gives a line for which nobody works to a gemeente."""
    rows = RejectedLine.objects
    check_may((rows.adrift() if by is None else rows.adrift_for(by)).filter(pk=line.pk).exists())
