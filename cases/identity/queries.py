"""Which reports wait until somebody says who the child is?"""

from datetime import date

from cases.dossier.models import Case
from cases.sight.waits import Waits
from leerplicht.models import IdentityQuestion
from thuiszitters.core.people.users import User


def open_questions(case: Case, user: User) -> list[IdentityQuestion]:
    """About the child of a dossier, for who may answer them."""
    asked = IdentityQuestion.objects.visible_to(user).open()
    return list(asked.filter(known=case.pupil_id) | asked.filter(pupil=case.pupil_id))


def to_say(user: User, today: date) -> set[int]:
    return set(IdentityQuestion.objects.visible_to(user).open().values_list("pk", flat=True))


def every_question(today: date) -> dict[int, str]:
    return dict(IdentityQuestion.objects.open().values_list("pk", "known__municipality"))


WAITS = (
    Waits(
        "wie",
        "Van 1 melding moet u zeggen wie het kind is.",
        "Van {} meldingen moet u zeggen wie het kind is.",
        "identities",
        to_say,
        every_question,
    ),
)
