"""What all tests share: no network except this machine, a small world of organisations, users and schools."""

from datetime import date

import pytest
import time_machine

from tests import world


@pytest.fixture
def lekstroom(db) -> world.World:
    """Two gemeenten of one region with a bureau, a samenwerkingsverband and schools, and a gemeente elsewhere."""
    return world.build()


@pytest.fixture
def login(client):
    """Log a user in: `login(user)` gives the client."""

    def do(user):
        client.force_login(user)
        return client

    return do


@pytest.fixture
def friday():
    """It is Friday 20 November 2026, ten o'clock in the morning in Amsterdam."""
    with time_machine.travel("2026-11-20 10:00:00+01:00"):
        yield date(2026, 11, 20)
