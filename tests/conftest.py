"""What all tests share: no network except this machine, a small world of organisations, users and schools."""

import io
import logging
from datetime import date
from pathlib import Path
from queue import LifoQueue

import pytest
import structlog
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client

from reporting.pdf import render
from tests import ready_database, world

DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}
# Modules with tests of ten seconds and more. What takes long begins early: at the end two workers share what is short.
LONG = {"test_tenants", "test_pages", "test_handleiding", "test_back_to_school", "test_who_sees_what", "test_demo"}


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items):
    """Marks as `twice` what .ci/run runs on PostgreSQL and Redis as well: what touches the database and is not marked
    `once`. And puts what is long in front; with or without the database stays together after that."""
    items.sort(key=lambda item: item.path.stem not in LONG)
    for item in items:
        touches = item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames)
        if touches and not item.get_closest_marker("once"):
            item.add_marker("twice")


MAKING = pytest.StashKey[ready_database.Making]()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    """Before a worker starts; the first one starts the making of the database for all of them."""
    stash = node.config.stash
    if MAKING not in stash:
        stash[MAKING] = ready_database.Making()
    node.workerinput["ready_database"] = stash[MAKING].folder.name


def pytest_unconfigure(config):
    if making := config.stash.get(MAKING, None):
        making.end()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, django_db_modify_db_settings_parallel_suffix):
    """A worker takes a copy of what was made for all; a single process migrates itself."""
    if folder := getattr(request.config, "workerinput", {}).get("ready_database"):
        ready_database.begin_with(Path(folder))


@pytest.fixture(scope="session", autouse=True)
def _nobody_keeps_the_test_database(request):
    """At the end PostgreSQL refuses to drop a database in which a thread of a live server still lingers."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        yield
        return
    blocker = request.getfixturevalue("django_db_blocker")
    request.getfixturevalue("django_db_setup")
    yield
    with blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    with blocker.unblock():
        connection.close()


@pytest.fixture(scope="session", autouse=True)
def _children_are_lent_on():
    """A child that renders takes half a second to start; here the next paper takes over the one that is free."""
    free = []

    def take(self, how_many):
        self.idle = LifoQueue()
        for _ in range(how_many):
            self.idle.put(free.pop() if free else render._Child())

    def lend(self):
        while not self.idle.empty():
            child = self.idle.get_nowait()
            if getattr(child, "process", None) and child.process.poll() is None:
                free.append(child)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render._Children, "__init__", take)
        patch.setattr(render._Children, "end", lend)
        yield
    for child in free:
        child.end()


@pytest.fixture(scope="session")
def kept_world(django_db_setup, django_db_blocker) -> world.Kept:
    with django_db_blocker.unblock():
        return world.Kept()


@pytest.fixture(scope="session")
def kept_case(kept_world, django_db_blocker) -> world.KeptCase:
    with django_db_blocker.unblock():
        return world.KeptCase(kept_world)


@pytest.fixture
def lekstroom(kept_world, db) -> world.World:
    """Two gemeenten of one region with a bureau, a samenwerkingsverband and schools, and a gemeente elsewhere."""
    return kept_world.put_back()


@pytest.fixture
def login(client):
    """Log a user in: `login(user)` gives the client."""

    def do(user):
        client.force_login(user)
        return client

    return do


@pytest.fixture
def written_log():
    """What the application writes in its log from now on, as it would stand in the file."""
    text, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(text)
    formatters = (h.formatter for h in root.handlers)
    handler.setFormatter(next(f for f in formatters if isinstance(f, structlog.stdlib.ProcessorFormatter)))
    root.addHandler(handler)
    yield text
    root.removeHandler(handler)


@pytest.fixture
def friday():
    """It is Friday 20 November 2026, ten o'clock in the morning in Amsterdam."""
    with time_machine.travel("2026-11-20 10:00:00+01:00"):
        yield date(2026, 11, 20)


@pytest.fixture
def as_user(lekstroom):
    """`as_user("officer")`: a client that is logged in as that person."""

    def open_as(who: str) -> Client:
        client = Client()
        client.force_login(lekstroom.users[who])
        return client

    return open_as
