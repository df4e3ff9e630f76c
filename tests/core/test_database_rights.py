"""On PostgreSQL the application's own account adds to the log of looks and reads it; it cannot change or remove a row.
Elsewhere there is nothing to test: SQLite has no accounts."""

import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from thuiszitters.core.checks import log_cannot_be_changed
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.log.seals import seal_log
from thuiszitters.core.management.commands.grant_rights import append_only_tables
from thuiszitters.core.pages.models import Draft

pytestmark = pytest.mark.django_db
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no accounts")


def sql(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


@pytest.fixture
def as_application(lekstroom):
    """An account with the rights of the application, for the length of a test; the transaction takes it away."""
    role = f"app_{uuid.uuid4().hex[:12]}"
    sql(f"CREATE ROLE {role} NOSUPERUSER")
    call_command("grant_rights", role, verbosity=0)
    log_event("case_viewed", by=lekstroom.officer, pupils=[1])
    seal_log()
    sql(f"SET LOCAL ROLE {role}")
    yield role
    sql("RESET ROLE")


def test_the_tables_that_are_only_added_to():
    assert append_only_tables() == {"core_auditevent", "core_auditseal", "core_auditsubject"}


@on_postgresql
@pytest.mark.parametrize("table", sorted(append_only_tables()))
@pytest.mark.parametrize("what", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}"])
def test_the_application_cannot_change_its_log(as_application, table, what):
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
        sql(what.format(table))


@on_postgresql
def test_the_application_can_do_its_work(as_application, lekstroom):
    log_event("case_viewed", by=lekstroom.officer, pupils=[2])
    assert seal_log() == 1
    draft = Draft.objects.create(user=lekstroom.officer, key="/x/")
    draft.delete()
    assert log_cannot_be_changed(None, databases=["default"]) == []


@on_postgresql
def test_an_account_that_can_change_the_log_is_told(lekstroom):
    """The tests themselves run as the owner."""
    (warning,) = log_cannot_be_changed(None, databases=["default"])
    assert warning.id == "core.W001" and "grant_rights" in warning.hint


@on_postgresql
def test_an_account_that_does_not_exist_is_refused(lekstroom):
    with pytest.raises(CommandError, match="bestaat niet"):
        call_command("grant_rights", "niemand_met_deze_naam")


@pytest.mark.skipif(connection.vendor == "postgresql", reason="there it works")
def test_elsewhere_the_command_says_that_it_is_not_needed():
    with pytest.raises(CommandError, match="alleen nodig op PostgreSQL"):
        call_command("grant_rights", "wie")
