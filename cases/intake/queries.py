"""What waits for an officer: reports that nobody judged, and lines that could not be read in."""

from datetime import date

from cases.intake.models import Intake
from cases.sight.waits import Waits
from leerplicht.models import RejectedLine
from thuiszitters.core.people.users import User


def count_waiting(user: User, today: date) -> int:
    return Intake.objects.visible_to(user).filter(state=Intake.State.WAITING).count()


def count_refused(user: User, today: date) -> int:
    return RejectedLine.objects.visible_to(user).filter(state=RejectedLine.State.OPEN).count()


WAITS = (
    Waits(
        "meldingen", "1 melding wacht op een oordeel.", "{} meldingen wachten op een oordeel.", "reports", count_waiting
    ),
    Waits(
        "afgekeurd",
        "1 aangeleverde regel kon niet worden ingelezen.",
        "{} aangeleverde regels konden niet worden ingelezen.",
        "quarantine",
        count_refused,
    ),
)
