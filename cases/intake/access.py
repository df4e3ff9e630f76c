"""May this user handle this report, file or refused line?"""

from cases.dossier.access import check_may
from cases.intake.models import Intake
from leerplicht.models import ImportFile, RejectedLine
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


def check_may_handle(intake: Intake, by: User | None) -> None:
    """For the gemeente where the child lives."""
    check_may(by is None or Intake.objects.visible_to(by).filter(pk=intake.pk).exists())


def check_may_enter(by: User | None) -> None:
    check_may(by is None or Right.REPORT_ENTER in access_of(by).rights)


def check_may_decide_on(file: ImportFile, by: User | None) -> None:
    check_may(by is None or file.organisation_id in access_of(by).organisations_with(Right.REPORT_HANDLE))


def check_may_correct(line: RejectedLine, by: User | None) -> None:
    check_may(by is None or RejectedLine.objects.visible_to(by).filter(pk=line.pk).exists())


def check_may_give(line: RejectedLine, by: User | None) -> None:
    """The administrator gives a line for which nobody works to a gemeente."""
    rows = RejectedLine.objects
    check_may((rows.adrift() if by is None else rows.adrift_for(by)).filter(pk=line.pk).exists())
