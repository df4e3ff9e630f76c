"""Reading in a file of schools by page: looked through first, read in when an administrator agrees to what was seen."""

import hashlib
import io
import json

from django.db import transaction

from leerplicht.imports.schools import SchoolOutcome, import_schools
from leerplicht.models import SchoolFile
from leerplicht.schools.access import check_may_import
from thuiszitters.core.log.audit import log_event

LARGEST = 10 * 2**20  # bytes; the largest file of DUO has two million


def upload(name: str, content: bytes, *, sector: str, by) -> SchoolFile:
    """Keep a file to look at. FileRefused, and nothing kept, when it cannot be read as a whole."""
    check_may_import(by)
    import_schools(io.BytesIO(content), name=name, sector=sector, save=False)
    with transaction.atomic():
        # The newest offer counts: an older one that nobody decided on is dropped.
        SchoolFile.objects.filter(state=SchoolFile.State.PREVIEW, uploaded_by=by).update(
            state=SchoolFile.State.DROPPED, content=None
        )
        row = SchoolFile.objects.create(
            name=name[:200], size=len(content), content=content, asked_sector=sector, uploaded_by=by
        )
        log_event("schools_uploaded", by=by, file=row.pk, size=row.size)
    return row


def look(row: SchoolFile) -> SchoolOutcome:
    """What the file would do with the register as it is now."""
    return import_schools(io.BytesIO(bytes(row.content)), name=row.name, sector=row.asked_sector, save=False)


def fingerprint(outcome: SchoolOutcome) -> str:
    """Of what a person saw, so that what was agreed to is what is done."""
    seen = [sorted(outcome.counts.items()), outcome.doubts, outcome.examples]
    return hashlib.sha256(json.dumps(seen, default=str).encode()).hexdigest()


def accept(row: SchoolFile, *, seen: str, by) -> SchoolOutcome | None:
    """Read in what an administrator saw and agreed to. None: the register changed since, or somebody decided already,
    so nothing was done."""
    check_may_import(by)
    with transaction.atomic():
        row = SchoolFile.objects.select_for_update().get(pk=row.pk)
        if row.state != SchoolFile.State.PREVIEW or fingerprint(look(row)) != seen:
            return None
        stream = io.BytesIO(bytes(row.content))
        outcome = import_schools(stream, name=row.name, sector=row.asked_sector, accept=True, by=by, file=row)
        log_event("schools_imported", by=by, file=row.pk, **dict(outcome.counts))
    return outcome


def drop(row: SchoolFile, *, by) -> bool:
    """The administrator does not agree: forget the content. False when somebody decided already."""
    check_may_import(by)
    with transaction.atomic():
        waiting = SchoolFile.objects.filter(pk=row.pk, state=SchoolFile.State.PREVIEW)
        dropped = bool(waiting.update(state=SchoolFile.State.DROPPED, content=None))
        if dropped:
            log_event("schools_dropped", by=by, file=row.pk)
    return dropped
