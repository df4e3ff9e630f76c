"""Who keeps the register of schools."""

from django.core.exceptions import PermissionDenied

from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right


def check_may_import(by) -> None:
    """For who administers; None: a command on the server. PermissionDenied for others."""
    if by is not None and Right.ADMIN not in access_of(by).rights:
        raise PermissionDenied
