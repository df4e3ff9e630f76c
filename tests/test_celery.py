"""A real worker on a real Redis does the nightly round and the waiting jobs, on the database of the tests.

Without REDIS_URL there is no broker and nothing to test; REQUIRE_SERVICES=1 makes that a failure.
"""

import os
import subprocess
import sys
import time
import uuid
from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from cases.clock.models import Flag
from cases.dossier.models import Case
from cases.intake.uploads import LOOK
from leerplicht.models import ImportFile
from tests import world
from tests.cases.absence_file import content, row
from thuiszitters.celery import app
from thuiszitters.core.jobs.models import Job
from thuiszitters.core.jobs.queue import enqueue

PATIENCE = 40  # seconds
WANTED = os.environ.get("REQUIRE_SERVICES") == "1"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (settings.REDIS_URL or WANTED), reason="no REDIS_URL: no broker"),
]


def until(condition, worker):
    """Wait for the worker; its output when it takes too long."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return
        assert worker.poll() is None, worker.stdout.read()
        time.sleep(0.2)
    worker.terminate()
    pytest.fail(f"the worker did not do it:\n{worker.stdout.read()}")


@pytest.fixture
def queue():
    """A queue of this test only, so that no other worker on the same Redis takes its messages."""
    assert settings.REDIS_URL, "REQUIRE_SERVICES=1 but no REDIS_URL"
    name = f"test-{uuid.uuid4().hex}"
    yield name
    with app.connection_for_write() as broker:
        broker.default_channel.queue_delete(name)
        broker.default_channel.client.delete(f"_kombu.binding.{name}", f"_kombu.binding_permanent.{name}")


@pytest.fixture
def worker(queue):
    if connection.vendor == "sqlite":
        pytest.skip("the database of the tests is in the memory of this process; the worker is another one")
    database = connection.settings_dict
    host = f"{database['HOST'] or '127.0.0.1'}:{database['PORT'] or 5432}"
    user = f"{database['USER']}:{database['PASSWORD']}" if database["PASSWORD"] else database["USER"]
    process = subprocess.Popen(
        [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "celery",
            "-A",
            "thuiszitters",
            "worker",
            "-Q",
            queue,
            "-c",
            "1",
            "--without-gossip",
            "--without-mingle",
            "-l",
            "INFO",
        ],
        cwd=settings.BASE_DIR,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": f"postgres://{user}@{host}/{database['NAME']}",
        },
    )
    yield process
    process.terminate()
    process.communicate(timeout=30)


def test_the_nightly_round(lekstroom, worker, queue):
    today = timezone.localdate()
    case = world.open_case(world.pupil(), lekstroom.schools["99AA00"], today=today, first_day=date(2026, 9, 1))
    Flag.objects.all().delete()
    Case.objects.filter(pk=case.pk).update(home_since=None)
    for _ in range(2):
        app.send_task("cases.run_due", queue=queue)
    until(lambda: Flag.objects.filter(deadline__case=case, level="overschreden").exists(), worker)
    until(lambda: Case.objects.get(pk=case.pk).home_since == date(2026, 9, 1), worker)


def test_the_waiting_jobs(lekstroom, worker, queue):
    file = ImportFile(
        name="f.csv",
        sha256="x",
        size=1,
        uploaded_by=lekstroom.officer,
        municipalities=["0356"],
        organisation=lekstroom.organisations["nieuwegein"],
    )
    file.keep(content(row(1)))
    file.save()
    enqueue(LOOK, file.pk, lekstroom.officer)
    for _ in range(3):
        app.send_task("core.work_jobs", queue=queue)
    until(lambda: Job.objects.get().state == "klaar", worker)
    file.refresh_from_db()
    assert (file.state, file.counts["nieuw"], Job.objects.get().tries) == ("voorbeeld", 1, 1)


def test_what_is_scheduled_is_what_the_worker_knows(queue):
    app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)
