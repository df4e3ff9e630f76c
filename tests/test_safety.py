"""An unsafe start is refused with a sentence that says what to do; the health pages tell what is wrong, no more."""

import os
import subprocess
import sys
from datetime import date

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from thuiszitters.safety import day_or_none, refuse_unsafe, unsafe_reasons

SAFE = {
    "debug": False,
    "secret_key": "x" * 40,
    "allowed_hosts": ["voorbeeld.test"],
    "pgn_keys": ["k"],
    "pgn_hash_key": "y" * 32,
    "site_url": "https://voorbeeld.test",
    "database": {"ENGINE": "django.db.backends.postgresql"},
}
SQLITE = {"ENGINE": "django.db.backends.sqlite3"}


def test_safe_settings_start():
    assert unsafe_reasons(**SAFE) == []
    refuse_unsafe(**SAFE)
    assert unsafe_reasons(**SAFE | {"debug": True, "database": SQLITE, "allowed_hosts": []}) == []


@pytest.mark.parametrize(
    ("wrong", "word", "advice"),
    [
        ({"secret_key": ""}, "SECRET_KEY ontbreekt", "Zet een lange willekeurige waarde"),
        ({"secret_key": "x" * 39}, "SECRET_KEY is te kort", "ten minste 40"),
        ({"debug": True}, "DEBUG staat aan terwijl er een echte database is", "Zet DEBUG=False"),
        ({"allowed_hosts": ["a.test", "*"]}, "ALLOWED_HOSTS bevat '*'", "Noem de namen"),
        ({"allowed_hosts": []}, "ALLOWED_HOSTS ontbreekt", "Noem de namen"),
        ({"pgn_keys": []}, "PGN_KEYS ontbreekt", "Fernet-sleutel"),
        ({"site_url": ""}, "SITE_URL ontbreekt", "zet SITE_ADDRESS"),
        ({"pgn_hash_key": "y" * 31}, "PGN_HASH_KEY", "ten minste 32"),
    ],
)
def test_each_unsafe_setting_has_its_own_sentence(wrong, word, advice):
    (sentence,) = unsafe_reasons(**SAFE | wrong)
    assert word in sentence and advice in sentence


def test_all_reasons_come_at_once():
    with pytest.raises(ImproperlyConfigured) as refused:
        refuse_unsafe(**SAFE | {"secret_key": "", "pgn_keys": [], "allowed_hosts": []})
    assert str(refused.value).count("\n- ") == 3


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY ontbreekt"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS bevat"),
        ({"DEBUG": "True", "DATABASE_URL": "postgres://u@127.0.0.1/x"}, "DEBUG staat aan"),
    ],
)
def test_the_application_really_does_not_start(wrong, sentence):
    given = {
        "DEBUG": "False",
        "SECRET_KEY": "x" * 40,
        "ALLOWED_HOSTS": "voorbeeld.test",
        "PGN_HASH_KEY": "y" * 40,
        "PGN_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        "DATABASE_URL": "sqlite://:memory:",
        "DJANGO_SETTINGS_MODULE": "thuiszitters.settings",
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env={**os.environ, **given, **wrong},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0 and sentence in done.stderr


class TestHealth:
    def test_live_needs_no_database(self, client):
        response = client.get("/gezond/leeft/")
        assert (response.status_code, response.content) == (200, b"leeft\n")

    def test_ready_when_the_database_has_all_migrations(self, client, db):
        response = client.get("/gezond/klaar/")
        assert (response.status_code, response.content) == (200, b"klaar\n")

    def test_not_ready_while_migrations_wait(self, client, db):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'cases'")
        response = client.get("/gezond/klaar/")
        assert (response.status_code, response.content) == (503, b"migraties wachten\n")

    def test_not_ready_without_database_and_it_tells_no_more(self, client, monkeypatch):
        def gone(*args, **kwargs):
            raise OSError("connection to 10.0.0.5 refused for user geheim")

        monkeypatch.setattr("thuiszitters.core.pages.views.health.MigrationExecutor", gone)
        response = client.get("/gezond/klaar/")
        assert (response.status_code, response.content) == (503, b"database niet bereikbaar\n")

    def test_no_session_and_no_log_in_for_the_health_pages(self, client, db):
        assert not client.get("/gezond/leeft/").cookies and not client.get("/gezond/klaar/").cookies


@pytest.mark.parametrize(("text", "day"), [("", None), ("  ", None), ("2027-08-01", date(2027, 8, 1))])
def test_a_day_in_the_settings(text, day):
    assert day_or_none("X", text) == day


@pytest.mark.parametrize("text", ["1-8-2027", "2027-02-30", "ja"])
def test_a_day_that_cannot_be_stops_the_start(text):
    with pytest.raises(ImproperlyConfigured, match="X is geen datum"):
        day_or_none("X", text)
