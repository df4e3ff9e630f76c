"""May this user take dossiers over from another system?"""

from cases.dossier.access import check_may
from cases.takeover.models import TakeOverFile
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


def check_may_offer(organisation: Organisation, by: User) -> None:
    """On behalf of an organisation where `by` leads the team."""
    check_may(organisation.pk in access_of(by).organisations_with(Right.TAKE_OVER))


def check_may_decide_on(file: TakeOverFile, by: User | None) -> None:
    check_may(by is None or file.organisation_id in access_of(by).organisations_with(Right.TAKE_OVER))
