"""A herindeling on 1 January 2027, prepared in November."""

from datetime import date

import pytest
import time_machine

from leerplicht.models import Municipality, RedivisionPart
from thuiszitters.core.people.users import User

DAY = date(2027, 1, 1)


def part(code: str, name: str = "Nieuwstad", **fields) -> RedivisionPart:
    return RedivisionPart(code=code, name=name, **fields)


def gemeente(code: str) -> Municipality:
    return Municipality.objects.get(code=code)


def fresh(user: User) -> User:
    """As the next request fetches this person: what was reachable before is forgotten."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def new_year():
    """A context in which it is the night of 1 January 2027."""
    return time_machine.travel("2027-01-01 03:00:00+01:00", tick=False)
