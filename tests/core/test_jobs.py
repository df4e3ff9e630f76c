"""Jobs: claimed once, given back by a lost worker, parked after three tries."""

import ast
import os
import re
import subprocess
import sys
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from thuiszitters.core.jobs import queue as jobs
from thuiszitters.core.jobs.models import Job

pytestmark = pytest.mark.django_db
KIND = "proefwerk"


@pytest.fixture
def done(monkeypatch):
    """The subjects that were worked on; a subject below zero fails."""
    seen = []

    def work(subject):
        seen.append(subject)
        if subject < 0:
            raise RuntimeError("geheim van een leerling")

    monkeypatch.setitem(jobs.HANDLERS, KIND, work)
    return seen


def lose(job: Job) -> None:
    """As if the worker of this job was killed an hour ago."""
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(state="bezig", leased_until=past)


def test_a_job_is_done_once(done):
    job = jobs.enqueue(KIND, 1)
    assert (jobs.work_jobs(), jobs.work_jobs()) == (1, 0)
    job.refresh_from_db()
    assert (done, job.state, job.tries, job.leased_until) == ([1], "klaar", 1, None)
    assert job.ended_at


def test_asking_twice_gives_the_same_job(done):
    assert jobs.enqueue(KIND, 1) == jobs.enqueue(KIND, 1)
    assert jobs.enqueue(KIND, 2) != jobs.enqueue(KIND, 1)
    assert (jobs.work_jobs(), done) == (2, [1, 2])


def test_no_more_than_the_limit_at_a_time_and_the_oldest_first(done):
    for n in range(5):
        jobs.enqueue(KIND, n)
    assert (jobs.work_jobs(limit=3), done) == (3, [0, 1, 2])


def test_a_job_that_somebody_has_is_left_alone(done):
    job = jobs.enqueue(KIND, 1)
    Job.objects.update(state="bezig", leased_until=timezone.now() + timedelta(minutes=1))
    assert (jobs.work_jobs(), jobs.work_job(job.pk), done) == (0, False, [])


def test_a_job_of_a_lost_worker_is_taken_over_when_the_lease_ends(done):
    job = jobs.enqueue(KIND, 1)
    lose(job)
    assert (jobs.work_jobs(), done) == (1, [1])


def test_three_failed_tries_park_it_with_the_kind_of_problem_only(done):
    job = jobs.enqueue(KIND, -1)
    states = []
    for _ in range(4):
        assert jobs.work_jobs() == 0
        job.refresh_from_db()
        states.append((job.state, job.tries))
    assert states == [("wacht", 1), ("wacht", 2), ("mislukt", 3), ("mislukt", 3)]
    assert (job.problem, len(done)) == ("RuntimeError", 3)
    assert job.ended_at


def test_a_failing_job_does_not_keep_the_others_from_being_done(done):
    for n in (-1, 1, -2, 2):
        jobs.enqueue(KIND, n)
    assert (jobs.work_jobs(), done) == (2, [-1, 1, -2, 2])


def test_a_job_that_kills_its_worker_three_times_is_parked_too(done):
    job = jobs.enqueue(KIND, 1)
    Job.objects.update(tries=3)
    lose(job)
    assert (jobs.work_jobs(), done) == (0, [])
    job.refresh_from_db()
    assert (job.state, job.problem) == ("mislukt", "WorkerLost")


def test_a_worker_that_lost_its_lease_cannot_end_the_job_of_another(done, monkeypatch):
    job = jobs.enqueue(KIND, 1)

    def slow(subject):
        lose(job)
        monkeypatch.setitem(jobs.HANDLERS, KIND, done.append)
        assert jobs.work_job(job.pk)
        Job.objects.update(state="wacht")  # as if asked for anew

    monkeypatch.setitem(jobs.HANDLERS, KIND, slow)
    assert jobs.work_job(job.pk) is False
    job.refresh_from_db()
    assert job.state == "wacht"


def test_numbers_follow_each_other_per_name(db):
    assert [list(jobs.next_numbers("a", n)) for n in (1, 3, 1)] == [[1], [2, 3, 4], [5]]
    assert list(jobs.next_numbers("b")) == [1]


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_once_one_does_the_job(done):
    """The in-memory SQLite of the tests knows one thread at a time: there they come after each other."""
    one_by_one = connection.vendor == "sqlite"
    pks = [jobs.enqueue(KIND, n).pk for n in range(20)]
    start, counts = Barrier(1 if one_by_one else 2), []

    def worker():
        start.wait()
        counts.append(sum(jobs.work_job(pk) for pk in pks))
        connection.close()

    threads = [Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
        if one_by_one:
            thread.join()
    for thread in threads:
        thread.join()
    assert (sum(counts), sorted(done)) == (20, list(range(20)))


def test_every_process_knows_how_to_do_every_kind():
    """A worker shows no page: what only a page would import is not there."""
    code = "import django; django.setup(); from thuiszitters.core.jobs.queue import HANDLERS; print(sorted(HANDLERS))"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=settings.BASE_DIR, env=environment
    )
    known = ast.literal_eval(done.stdout.splitlines()[-1])
    said = [re.findall(r"^JOBS = {(.*)}$", p.read_text(), re.M) for p in settings.BASE_DIR.glob("[cr]*/*/*.py")]
    assert "stapel" in known and len(known) == sum(jobs[0].count(":") for jobs in said if jobs) > 3
