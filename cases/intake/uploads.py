"""Reading in a file of absence reports: by command, or by upload with a preview that saves nothing.

A small file is looked through while the user waits; a large one by a job. Storing happens in one transaction: all
accepted lines and the quarantine of the others, or nothing. Then every new report gets its place, a thousand at a
time; what a killed process leaves there, the nightly round picks up.
"""

import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import IO, Any

from django.db import transaction
from django.utils import timezone

from cases.dossier.access import check_may
from cases.intake.access import check_may_decide_on
from cases.intake.acts import take_in_waiting
from leerplicht.imports import absence, absence_rows
from leerplicht.imports.absence_rows import RowRefused
from leerplicht.imports.quarantine import quarantine
from leerplicht.imports.text_files import FileRefused
from leerplicht.models import ImportFile
from leerplicht.services.municipalities import with_predecessors
from thuiszitters.core.jobs import queue as jobs
from thuiszitters.core.log.audit import REFUSED, log_event
from thuiszitters.core.memory import few_collections
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

SMALL = 256 * 1024
SAMPLES = 200
NO_LONGER = (
    "Wie dit bestand aanbood, mag geen meldingen meer inlezen. Vraag een collega om het bestand opnieuw te kiezen."
)
LOOK, READ = "verzuimbestand doorkijken", "verzuimbestand inlezen"


Report = Callable[[absence_rows.Line, RowRefused], object]


def read_in(
    stream: IO[bytes],
    *,
    name: str,
    today: date,
    by: User | None = None,
    allowed: Iterable[str] | None = None,
    import_file: ImportFile | None = None,
    organisation: Organisation | None = None,
    report: Report | None = None,
) -> Counter[str]:
    """Read a whole file in; `report` gets each refused line. FileRefused: nothing is saved."""
    with few_collections() as collect:
        counts = _store(
            stream,
            collect,
            name=name,
            by=by,
            allowed=allowed,
            import_file=import_file,
            organisation=organisation,
            report=report,
        )
        take_in_waiting(today, by=by)
    return counts


def _store(
    stream: IO[bytes],
    collect: Callable[[], object],
    *,
    name: str,
    by: User | None,
    allowed: Iterable[str] | None,
    import_file: ImportFile | None,
    organisation: Organisation | None,
    report: Report | None,
) -> Counter[str]:
    """The reports and the quarantine of a file, and its log row, as one transaction."""

    def each_chunk(outcome: absence.Outcome) -> None:
        quarantine(outcome.refused, file_name=name[:200], import_file=import_file, organisation=organisation)
        if report:
            for line, problem in outcome.refused:
                report(line, problem)
        collect()

    with transaction.atomic():
        lines = absence_rows.read_lines(stream)
        counts = absence.process(
            lines, by=by, allowed=allowed, known_in=with_predecessors(allowed), save=True, each_chunk=each_chunk
        )
        numbers: dict[str, Any] = dict(counts)
        log_event("reports_imported", by=by, **numbers)
        if import_file:
            done = ImportFile.State.DONE
            _end(import_file, ImportFile.State.READING, done, counts=dict(counts), content=None, samples=[])
    return counts


def upload(
    name: str, content: bytes, *, by: User, organisation: Organisation, municipalities: Iterable[str]
) -> ImportFile:
    """Keep an uploaded file and look through it; nothing of it is saved yet."""
    check_may(organisation.pk in access_of(by).organisations_with(Right.REPORT_HANDLE))
    with transaction.atomic():
        row = ImportFile(
            name=name[:200],
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            uploaded_by=by,
            organisation=organisation,
            municipalities=sorted(municipalities),
        )
        row.keep(content)
        row.save()
        job = jobs.enqueue(LOOK, row.pk, by)
    if len(content) <= SMALL:
        jobs.work_job(job.pk)
        row.refresh_from_db()
    return row


def look_through(pk: int) -> None:
    """Count what would happen, keep the refused lines for the preview and samples of what changes."""
    row = ImportFile.objects.get(pk=pk)
    if row.state != ImportFile.State.LOOKING:
        return
    samples: list[dict[str, Any]] = []

    def each_chunk(outcome: absence.Outcome) -> None:
        refused = [
            {"regel": line.number, "wat": "afgekeurd", "veld": p.field, "reden": p.reason}
            for line, p in outcome.refused
        ]
        for group in (refused, outcome.samples):
            kind = "afgekeurd" if group is refused else "goed"
            have = sum(1 for s in samples if (s["wat"] == "afgekeurd") == (kind == "afgekeurd"))
            samples.extend(group[: SAMPLES - have])

    try:
        lines = absence_rows.read_lines(io.BytesIO(row.open_content()))
        allowed = _still_allowed(row)
        counts = absence.process(
            lines,
            by=row.uploaded_by,
            allowed=allowed,
            known_in=with_predecessors(allowed),
            save=False,
            each_chunk=each_chunk,
        )
    except FileRefused as problem:
        _end(row, ImportFile.State.LOOKING, ImportFile.State.FAILED, problem=str(problem)[:300], content=None)
        return
    names = _without_names(samples)
    _end(row, ImportFile.State.LOOKING, ImportFile.State.PREVIEW, counts=dict(counts), samples=names)


def _without_names(samples: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The preview keeps the line numbers and report numbers; names stay in the encrypted file only."""
    return [{k: v for k, v in s.items() if k != "naam"} for s in samples]


def accept(row: ImportFile, *, by: User | None) -> bool:
    """The user agrees: read it in. False when somebody else decided already."""
    check_may_decide_on(row, by)
    with transaction.atomic():
        if not _end(row, ImportFile.State.PREVIEW, ImportFile.State.READING):
            return False
        job = jobs.enqueue(READ, row.pk, by)
        log_event("file_accepted", by=by, file=row.pk)
    if row.size <= SMALL:
        jobs.work_job(job.pk)
    row.refresh_from_db()
    return True


def read_accepted(pk: int) -> None:
    """Read in what the user agreed to. Run again after a worker was lost, it goes on where that one stopped."""
    row = ImportFile.objects.get(pk=pk)
    if row.state == ImportFile.State.DONE:
        take_in_waiting(timezone.localdate(), by=row.uploaded_by)
    if row.state != ImportFile.State.READING:
        return
    allowed = _still_allowed(row)
    if not allowed:
        with transaction.atomic():
            _end(row, ImportFile.State.READING, ImportFile.State.FAILED, problem=NO_LONGER, content=None)
            log_event("reports_imported", by=row.uploaded_by, result=REFUSED, file=row.pk)
        return
    read_in(
        io.BytesIO(row.open_content()),
        name=row.name,
        today=timezone.localdate(),
        by=row.uploaded_by,
        allowed=allowed,
        import_file=row,
        organisation=row.organisation,
    )


def _still_allowed(row: ImportFile) -> set[str]:
    """The gemeenten for which whoever uploaded the file may read in reports now; a role can have ended (AZ-06)."""
    return set(row.municipalities) & access_of(row.uploaded_by).municipalities_with(Right.REPORT_HANDLE)


def drop(row: ImportFile) -> bool:
    """The user does not agree: forget the content."""
    return _end(row, ImportFile.State.PREVIEW, ImportFile.State.DROPPED, content=None, samples=[])


def _end(row: ImportFile, source: str, target: str, **values: Any) -> bool:
    return bool(ImportFile.objects.filter(pk=row.pk, state=source).update(state=target, **values))


JOBS = {LOOK: look_through, READ: read_accepted}
