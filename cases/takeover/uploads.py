"""A file from another system by upload: looked through first, with nothing saved, and taken over after somebody agrees.

A small file is done while the user waits, a large one by a job. The content is kept encrypted while it waits and wiped
as soon as it is read in or dropped; what remains names nobody."""

import hashlib
import io
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.takeover.access import check_may_decide_on, check_may_offer
from cases.takeover.acts import Outcome, take_over
from cases.takeover.models import TakeOverFile
from cases.takeover.rows import read_lines
from leerplicht.imports.text_files import FileRefused
from thuiszitters.core.jobs import queue as jobs
from thuiszitters.core.log.audit import REFUSED, log_event
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

SMALL = 64 * 1024
LOOK, READ = "overname doorkijken", "overname inlezen"
NO_LONGER = "Wie dit bestand aanbood, mag geen dossiers meer overnemen. Vraag een collega om het opnieuw te kiezen."
State = TakeOverFile.State


def upload(
    name: str, content: bytes, *, source: str, by: User, organisation: Organisation, municipalities: Iterable[str]
) -> TakeOverFile:
    """Keep an uploaded file and look through it; nothing of it is saved yet."""
    check_may_offer(organisation, by)
    with transaction.atomic():
        row = TakeOverFile(
            name=name[:200],
            source=" ".join(source.split()),
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            uploaded_by=by,
            organisation=organisation,
            municipalities=sorted(municipalities),
        )
        row.keep(content)
        row.save()
        log_event("takeover_uploaded", by=by, file=row.pk, size=row.size)
        job = jobs.enqueue(LOOK, row.pk, by)
    if row.size <= SMALL:
        jobs.work_job(job.pk)
        row.refresh_from_db()
    return row


def look_through(pk: int) -> None:
    """What would come in and what would not, for the preview."""
    row = TakeOverFile.objects.get(pk=pk)
    if row.state != State.LOOKING:
        return
    try:
        outcome = _read(row, save=False)
    except FileRefused as problem:
        _end(row, State.LOOKING, State.FAILED, problem=str(problem)[:300], content=None)
        return
    _end(row, State.LOOKING, State.PREVIEW, **outcome.as_json())


def accept(row: TakeOverFile, *, by: User | None) -> bool:
    """The user agrees: take it over. False when somebody else decided already."""
    check_may_decide_on(row, by)
    with transaction.atomic():
        if not _end(row, State.PREVIEW, State.READING):
            return False
        job = jobs.enqueue(READ, row.pk, by)
        log_event("takeover_accepted", by=by, file=row.pk)
    if row.size <= SMALL:
        jobs.work_job(job.pk)
    row.refresh_from_db()
    return True


def read_accepted(pk: int) -> None:
    """Take over what the user agreed to, as one transaction: after a worker was lost it begins anew."""
    row = TakeOverFile.objects.get(pk=pk)
    if row.state != State.READING:
        return
    if not _still_allowed(row):
        with transaction.atomic():
            _end(row, State.READING, State.FAILED, problem=NO_LONGER, content=None, samples=[])
            log_event("taken_over", by=row.uploaded_by, result=REFUSED, file=row.pk)
        return
    with transaction.atomic():
        outcome = _read(row, save=True)
        values = outcome.as_json() | {"samples": []}
        if not _end(row, State.READING, State.DONE, content=None, **values):
            transaction.set_rollback(True)  # a worker that was thought lost was first


def _read(row: TakeOverFile, *, save: bool) -> Outcome:
    return take_over(
        read_lines(io.BytesIO(row.open_content())),
        source=row.source,
        today=timezone.localdate(),
        by=row.uploaded_by,
        allowed=_still_allowed(row),
        organisation=row.organisation,
        save=save,
    )


def _still_allowed(row: TakeOverFile) -> set[str]:
    """The gemeenten for which whoever offered the file may take over now; a role can have ended (AZ-06)."""
    return set(row.municipalities) & access_of(row.uploaded_by).municipalities_with(Right.TAKE_OVER)


def drop(row: TakeOverFile, *, by: User | None) -> bool:
    """The user does not agree: forget the content."""
    check_may_decide_on(row, by)
    return _end(row, State.PREVIEW, State.DROPPED, content=None, samples=[], refused=[])


def _end(row: TakeOverFile, source: str, target: str, **values: Any) -> bool:
    return bool(TakeOverFile.objects.filter(pk=row.pk, state=source).update(state=target, **values))


JOBS = {LOOK: look_through, READ: read_accepted}
