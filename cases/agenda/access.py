"""Who may take the own agenda along."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from cases.dossier.access import check_may
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Membership, Period
from thuiszitters.core.people.roles import Right, Role
from thuiszitters.core.people.users import User

_ROLES = [role.value for role in Role if Right.CASE_VIEW in role.rights]


def check_may_subscribe(by: User) -> None:
    check_may(Right.CASE_VIEW in access_of(by).rights)


def may_still(today: date) -> Q:
    """Within a query on addresses: whether the owner can log in and holds a role that sees dossiers. A condition, so
    that an address that is wrong and one that does not work any more cost the same."""
    held = Membership.objects.filter(Period.covers(today), user=OuterRef("user"), role__in=_ROLES)
    return Q(user__is_active=True) & Q(Exists(held))
