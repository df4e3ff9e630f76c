"""Who prepares a herindeling, and who chooses where a child goes."""

from cases.dossier.access import check_may
from leerplicht.models import Pupil
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


def check_may_prepare(by: User | None) -> None:
    """For who administers; the numbers, never a child."""
    check_may(by is None or Right.ADMIN in access_of(by).rights)


def check_may_choose(pupil: Pupil, by: User | None) -> None:
    """For who works for the gemeente where the child is known now."""
    check_may(by is None or pupil.municipality_id in access_of(by).municipalities_with(Right.PUPIL_EDIT))
