"""What all tests share: no network except this machine, a small world of organisations, users and schools."""

import pytest

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
