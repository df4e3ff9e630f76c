"""What waits for an officer: reports that nobody judged, and lines that could not be read in."""

from datetime import date

from cases.intake.models import Intake
from cases.sight.waits import Waits
from leerplicht.models import RejectedLine
from thuiszitters.core.people.users import User


def waiting_reports(user: User, today: date) -> set[int]:
    return set(Intake.objects.visible_to(user).filter(state=Intake.State.WAITING).values_list("pk", flat=True))


def every_waiting_report(today: date) -> dict[int, str]:
    rows = Intake.objects.filter(state=Intake.State.WAITING)
    return dict(rows.values_list("pk", "report__pupil__municipality"))


def refused_lines(user: User, today: date) -> set[int]:
    lines = RejectedLine.objects.filter(state=RejectedLine.State.OPEN)
    return set(lines.visible_to(user).values_list("pk", flat=True))


def lines_adrift(user: User, today: date) -> set[int]:
    lines = RejectedLine.objects.filter(state=RejectedLine.State.OPEN)
    return set(lines.adrift_for(user).values_list("pk", flat=True))


def every_refused_line(today: date) -> dict[int, str]:
    """Those that an officer or an uploader sees; the others are the administrator's."""
    lines = RejectedLine.objects.filter(state=RejectedLine.State.OPEN)
    adrift = lines.adrift().values("pk")
    return dict(lines.exclude(pk__in=adrift).values_list("pk", "municipality_code"))


def every_line_adrift(today: date) -> dict[int, str]:
    return dict.fromkeys(
        RejectedLine.objects.adrift().filter(state=RejectedLine.State.OPEN).values_list("pk", flat=True), ""
    )


WAITS = (
    Waits(
        "meldingen",
        "1 melding wacht op een oordeel.",
        "{} meldingen wachten op een oordeel.",
        "reports",
        waiting_reports,
        every_waiting_report,
    ),
    Waits(
        "afgekeurd",
        "1 aangeleverde regel kon niet worden ingelezen.",
        "{} aangeleverde regels konden niet worden ingelezen.",
        "quarantine",
        refused_lines,
        every_refused_line,
    ),
    Waits(
        "losse-regels",
        "1 afgekeurde regel is van niemand: zeg wie hem krijgt.",
        "{} afgekeurde regels zijn van niemand: zeg wie ze krijgt.",
        "lines-adrift",
        lines_adrift,
        every_line_adrift,
    ),
)
