"""What stands in the log of the application: one JSON line per event, without words of people, and nothing forged."""

import json
import logging

import pytest
import structlog

from leerplicht.models import Pupil
from tests import world
from thuiszitters.celery import app
from thuiszitters.core.jobs.models import Job
from thuiszitters.logs import without_query

HOSTILE = 'x\r\n{"event": "admin_logged_in"}\n\x1b[31mrood\x1b[0m\u2028\u0085\0'


def test_what_people_type_in_an_address_is_not_logged():
    event = {"event": "request_started", "request": "GET /inzagelogboek/?medewerker=m.officier@voorbeeld.test"}
    assert without_query(None, "info", event)["request"] == "GET /inzagelogboek/"


def test_other_lines_stay_as_they_are():
    assert without_query(None, "info", {"event": "clock_failed", "pupil": 3}) == {"event": "clock_failed", "pupil": 3}


@pytest.mark.parametrize("field", ["event", "request", "user_agent", "anything"])
def test_no_line_can_be_forged(written_log, field):
    structlog.get_logger("test").warning(**{"event": "x"} | {field: HOSTILE})
    (line,) = written_log.getvalue().splitlines()
    assert json.loads(line)["level"] == "warning"
    assert "\x1b" not in line and "\x00" not in line


def test_nor_by_the_log_of_a_library(written_log):
    logging.getLogger("django.request").warning("Not Found: %s", HOSTILE)
    (line,) = written_log.getvalue().splitlines()
    assert json.loads(line)["event"].startswith("Not Found: x")


@pytest.mark.django_db
def test_nor_by_a_request(lekstroom, client, written_log):
    client.force_login(lekstroom.officer)
    client.get("/bestaat-niet/%0d%0a%7b%22event%22%3a1%7d/", headers={"user-agent": HOSTILE, "x-request-id": HOSTILE})
    lines = written_log.getvalue().splitlines()
    assert lines and all(isinstance(json.loads(line), dict) for line in lines)
    assert {json.loads(line).get("user_id") for line in lines} <= {lekstroom.officer.pk, None}


@pytest.mark.django_db
def test_an_error_tells_where_and_not_about_whom(lekstroom, friday, client, written_log, monkeypatch):
    """The stack is there to repair it by; values of variables are not."""
    child = world.pupil(first_names="Kanarie", last_name="Geelvink")
    case = world.open_case(child, lekstroom.schools["99AA00"])
    monkeypatch.setattr("cases.page.views.timeline", lambda *args: [][1])
    client.raise_request_exception = False
    client.force_login(lekstroom.officer)
    assert client.get(f"/dossiers/{case.number}/").status_code == 500
    written = written_log.getvalue()
    assert "IndexError" in written and all(json.loads(line) for line in written.splitlines())
    for word in ("Kanarie", "Geelvink", child.reveal_pgn()):
        assert word not in written


@pytest.mark.django_db
def test_a_number_stands_in_no_address_title_file_name_or_log(lekstroom, friday, client, written_log):
    """PR-06, on the pages that show it or look by it."""
    child = world.pupil()
    case, number = world.open_case(child, lekstroom.schools["99AA00"]), child.reveal_pgn()
    client.force_login(lekstroom.officer)
    found = client.post("/zoeken/", {"q": number})
    asked = client.post(f"/dossiers/{case.number}/nummer/", {"purpose": "terugmelden aan DUO"})
    for response in (found, asked, client.get(f"/dossiers/{case.number}/"), client.get("/werkvoorraad/export.csv")):
        assert number not in str(response.headers) and number not in response.request["PATH_INFO"]
        assert number not in response.content.decode().split("</title>")[0]
    assert number not in written_log.getvalue()
    assert Pupil.objects.filter(pgn_sealed__contains=number).count() == 0


def test_nothing_that_goes_through_the_broker_can_name_anybody():
    """Tasks take no arguments; a job row names its subject by a number (LG-04)."""
    app.loader.import_default_modules()
    ours = [task for name, task in app.tasks.items() if name.split(".")[0] in ("core", "cases")]
    assert ours
    for task in ours:
        assert task.run.__code__.co_argcount == 0, task.name
    text = {
        f.name for f in Job._meta.concrete_fields if f.get_internal_type() in ("CharField", "TextField", "JSONField")
    }
    assert text == {"kind", "state", "problem"}
