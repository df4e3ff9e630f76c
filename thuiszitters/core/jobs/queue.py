"""Doing jobs: claim by conditional UPDATE, a lease keeps two workers apart, three failed tries park the job."""

import threading
import uuid
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta

import structlog
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from thuiszitters.core.jobs.models import Counter, Job

logger = structlog.get_logger(__name__)
# Who does jobs of which kind: filled from the lists of the floors when a process starts (`ready` of their apps). Each
# gets the id of the subject and must be able to run twice.
HANDLERS: dict[str, Callable[[int], None]] = {}
MAX_TRIES = 3
# A worker that lives renews its lease; of one that was killed the job is free again within this time.
LEASE = timedelta(seconds=60)
RENEW_EVERY = 15.0  # seconds


def enqueue(kind: str, subject_id: int, by=None) -> Job:
    """Ask for work, in the caller's transaction. Asking twice for the same subject gives the same job."""
    try:
        with transaction.atomic():
            return Job.objects.create(kind=kind, subject_id=subject_id, asked_by=by)
    except IntegrityError:
        return Job.objects.get(kind=kind, subject_id=subject_id)


def work_jobs(limit: int = 20) -> int:
    """Do at most `limit` waiting jobs and those whose worker was lost. Returns how many were done."""
    done = 0
    for pk in _due().values_list("pk", flat=True)[:limit]:
        done += work_job(pk)
    return done


def _due():
    lost = Q(state=Job.State.RUNNING, leased_until__lt=timezone.now())
    return Job.objects.filter(Q(state=Job.State.WAITING) | lost).order_by("asked_at")


def work_job(pk: int) -> bool:
    """Claim and do one job. False when somebody else has it or when it failed."""
    lease = uuid.uuid4()
    claimed = (
        _due()
        .filter(pk=pk)
        .order_by()
        .update(state=Job.State.RUNNING, lease=lease, leased_until=timezone.now() + LEASE, tries=F("tries") + 1)
    )
    if not claimed:
        return False
    job = Job.objects.get(pk=pk)
    if job.tries > MAX_TRIES:  # its worker was lost each time
        _finish(job, Job.State.FAILED, problem="WorkerLost")
        return False
    try:
        with _holding(job):
            HANDLERS[job.kind](job.subject_id)
    except Exception as problem:
        _failed(job, problem)
        return False
    return bool(_finish(job, Job.State.DONE))


@contextmanager
def _holding(job: Job):
    """Renew the lease while the work goes on, from a thread with a connection of its own; it dies with the process."""
    over = threading.Event()

    def renew():
        while not over.wait(RENEW_EVERY):
            try:
                Job.objects.filter(pk=job.pk, lease=job.lease).update(leased_until=timezone.now() + LEASE)
            except OperationalError:  # the work itself holds the lock of SQLite; the next time
                logger.info("lease_not_renewed", job=job.pk)
            finally:
                connection.close()

    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def try_again(job: Job) -> bool:
    """A person asks for another try of a job that was parked. False when it was not."""
    parked = Job.objects.filter(pk=job.pk, state=Job.State.FAILED)
    return bool(parked.update(state=Job.State.WAITING, tries=0, problem="", ended_at=None))


def _failed(job, problem):
    logger.error("job_failed", job=job.pk, kind=job.kind, problem=type(problem).__name__, exc_info=True)
    state = Job.State.FAILED if job.tries >= MAX_TRIES else Job.State.WAITING
    _finish(job, state, problem=type(problem).__name__)


def _finish(job, state, problem=""):
    mine = Job.objects.filter(pk=job.pk, lease=job.lease)
    ended = timezone.now() if state != Job.State.WAITING else None
    return mine.update(state=state, problem=problem, ended_at=ended, leased_until=None)


def next_numbers(name: str, how_many: int = 1) -> range:
    """Reserve numbers under `name`, in the caller's transaction; two callers never get the same."""
    Counter.objects.get_or_create(name=name)
    Counter.objects.filter(name=name).update(last=F("last") + how_many)
    last = Counter.objects.get(name=name).last
    return range(last - how_many + 1, last + 1)
