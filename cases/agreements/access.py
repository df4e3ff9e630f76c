"""May this user write down what a region agreed?"""

from cases.dossier.access import check_may
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


def check_may_agree(region: Organisation, by: User | None) -> None:
    check_may(by is None or region.pk in access_of(by).organisations_with(Right.REGION_EDIT, Organisation.Kind.REGIO))
