"""May this user plan this Thuiszitterstop, and put its dossiers on the agenda?"""

from cases.dossier.access import check_may
from cases.stops.models import Stop
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


def check_may_plan(stop: Stop, by: User | None) -> None:
    """For the organisation that plans it."""
    check_may(by is None or stop.organisation_id in access_of(by).organisations_with(Right.EXPORT))
