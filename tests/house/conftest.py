"""The stage for tests that walk over all pages. Modules that use it are marked `django_db`: without that mark the
database of the tests is not made in time."""

import pytest
import time_machine
from django.db import connection, transaction

from tests import world
from tests.house import scene as stage


@pytest.fixture(scope="module")
def stand(django_db_setup, django_db_blocker):
    """The scene, built once for all tests of a module; nothing of it stays."""
    assert "var" not in str(connection.settings_dict["NAME"]), "not the database of the tests"
    with django_db_blocker.unblock(), time_machine.travel("2026-11-20 10:00:00+01:00"), transaction.atomic():
        yield stage.build(world.build())
        transaction.set_rollback(True)


@pytest.fixture
def scene(stand, db) -> stage.Scene:
    return stand
