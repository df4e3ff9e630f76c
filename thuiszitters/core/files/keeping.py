"""Files that belong to rows: in the storage of the settings (a folder, or S3), found back by their SHA-256.

First the file, then the row: a killed process leaves a file without a row, which the check finds, never a row without a
file. What is read is compared with its fingerprint each time, and everything once a night.
"""

import hashlib
import uuid
from collections import Counter
from datetime import datetime, timedelta

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from thuiszitters.core.files.models import StoredFile

logger = structlog.get_logger(__name__)
FOLDERS = ("stapels", "brieven", "sjablonen", "bijlagen")
# A younger file without a row may be on its way to one. Of an older one a killed process is no longer the reason: a
# database that was put back from a copy could miss the row, so it stays, and is reported.
STRAY_AFTER, STRAY_UNTIL = timedelta(hours=1), timedelta(days=2)


class FileDamaged(Exception):
    """The file is gone or not what was kept; the message is a sentence for the user."""


def keep(content: bytes, folder: str, *, until: datetime | None = None) -> StoredFile:
    """Keep a file in one of FOLDERS, under a name of its own. `until`: when it may go by itself."""
    if folder not in FOLDERS:
        raise ValueError(f"not a folder: {folder}")
    name = default_storage.save(f"{folder}/{uuid.uuid4().hex}", ContentFile(content))
    return StoredFile.objects.create(
        name=name, sha256=hashlib.sha256(content).hexdigest(), size=len(content), until=until
    )


def fetch(file: StoredFile) -> bytes:
    """What was kept. FileDamaged when it is gone or changed."""
    fault, content = _look(file)
    if fault:
        _mark(file, fault)
        raise FileDamaged("Dit bestand is beschadigd. Vraag de beheerder het terug te zetten uit de reservekopie.")
    return content


def drop(file: StoredFile) -> None:
    """Remove a file and its row; what was already gone is no error."""
    name = file.name
    file.delete()
    default_storage.delete(name)


def _look(file: StoredFile) -> tuple[str, bytes]:
    try:
        with default_storage.open(file.name) as opened:
            content = opened.read()
    except FileNotFoundError:
        return StoredFile.Fault.GONE, b""
    if hashlib.sha256(content).hexdigest() != file.sha256:
        return StoredFile.Fault.CHANGED, content
    return "", content


def _mark(file: StoredFile, fault: str) -> None:
    StoredFile.objects.filter(pk=file.pk).update(fault=fault, checked_at=timezone.now())
    if fault:
        logger.error("file_damaged", file=file.pk, fault=str(fault))


def check_files() -> Counter:
    """Compare every file with its row, and find what belongs to no row. Counts: bestanden, beschadigd, los (without a
    row), opgeruimd."""
    counts: Counter = Counter(bestanden=0, beschadigd=0, los=0, opgeruimd=0)
    for file in StoredFile.objects.iterator(chunk_size=500):
        fault, _ = _look(file)
        counts["bestanden"] += 1
        counts["beschadigd"] += bool(fault)
        _mark(file, fault)
    for folder in FOLDERS:
        counts.update(_strays(folder))
    return counts


def _strays(folder: str) -> Counter:
    """Files of which the row was never written, because a process was killed between the two, or is gone."""
    counts: Counter = Counter()
    try:
        _, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return counts
    paths = {f"{folder}/{name}" for name in names}
    known = set(StoredFile.objects.filter(name__startswith=f"{folder}/").values_list("name", flat=True))
    now = timezone.now()
    for path in sorted(paths - known):
        age = now - default_storage.get_modified_time(path)
        if age < STRAY_AFTER:
            continue
        recent = age < STRAY_UNTIL
        logger.warning("stray_file", name=path, removed=recent)
        counts["opgeruimd" if recent else "los"] += 1
        if recent:
            default_storage.delete(path)
    return counts


def drop_expired() -> int:
    """Remove what was kept until a moment that has passed. Returns how many."""
    rows = list(StoredFile.objects.filter(until__lt=timezone.now()))
    for file in rows:
        drop(file)
    return len(rows)
