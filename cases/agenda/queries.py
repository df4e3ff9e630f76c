"""Whose address it is."""

from datetime import date

from cases.agenda.access import may_still
from cases.agenda.models import CalendarFeed
from thuiszitters.core.people.users import User
from thuiszitters.core.sealed.secrets import keyed_hash


def hash_of(token: str) -> str:
    """Of an address and nothing else: the same words as a number hash to something else."""
    return keyed_hash(f"agenda:{token}")


def of_user(user: User) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(user=user).first()


def of_token(token: str, today: date) -> CalendarFeed | None:
    """None when it is wrong, was renewed or stopped, or when its owner may not look any more: one query for all."""
    rows = CalendarFeed.objects.filter(may_still(today), token_hash=hash_of(token))
    return rows.select_related("user").first()
