"""Which reports somebody sees, and what a school was told that nobody there has read."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from cases.intake.models import ReportAnswer
from cases.sight.waits import Waits
from leerplicht.models import AbsenceReport
from thuiszitters.core.log.audit import REFUSED, log_event
from thuiszitters.core.people.access import organisations_where_somebody_holds
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


def placed(user: User) -> QuerySet[AbsenceReport]:
    """The reports this user may see. While a file is being read in, a report shows as soon as it has its place."""
    rows = AbsenceReport.objects.visible_to(user).current().filter(intake__isnull=False)
    return rows.select_related("pupil", "school", "municipality", "intake")


def report_called(user: User, number: str) -> AbsenceReport:
    """The report with this number; the 404 of what does not exist, also for one that the user may not see."""
    row = placed(user).filter(number=number).order_by("-changed_at").first()
    if not row:
        log_event("refused", by=user, result=REFUSED, about="melding")
        raise Http404("Deze melding bestaat niet.")
    return row


def told_about(report: Any) -> QuerySet[ReportAnswer]:
    """What the school was told of a report (the row, its id or an outer reference)."""
    return ReportAnswer.objects.filter(intake__report=report)


def schools_that_read() -> QuerySet[Organisation]:
    """Schools of which somebody works here and so reads what is told."""
    held = organisations_where_somebody_holds(Right.REPORT_ENTER)
    return Organisation.objects.filter(kind=Organisation.Kind.SCHOOL, pk__in=held)


def unread_answers(user: User, today: date) -> set[int]:
    return set(ReportAnswer.objects.unread_for(user).values_list("pk", flat=True))


def every_unread_answer(today: date) -> dict[int, str]:
    """Of no gemeente: it waits for a school. A school where nobody reads is told otherwise."""
    codes = schools_that_read().values("code")
    rows = ReportAnswer.objects.filter(read_at=None, intake__report__school__code__in=codes)
    return dict.fromkeys(rows.values_list("pk", flat=True), "")


WAITS = (
    Waits(
        "terugkoppelingen",
        "Op 1 melding kreeg uw school antwoord.",
        "Op {} meldingen kreeg uw school antwoord.",
        "reports",
        unread_answers,
        every_unread_answer,
    ),
)
