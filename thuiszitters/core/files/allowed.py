"""Which files may people put in, and what is kept of them? By extension and by content: what a browser says that a file
is counts for nothing. Whatever opens a file does so in a child process (`child`)."""

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings

from thuiszitters.core.files.child import TOO_MUCH
from thuiszitters.core.files.names import NAMELESS, extension_of, plain_name, stem_of

# What it is called when somebody fetches it, and as what it is given. JPEG comes under more than one extension.
TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain; charset=utf-8",
    "eml": "message/rfc822",
}
READ_AS = {"jpeg": "jpg", "heif": "heic"} | {name: name for name in (*TYPES, "heic")}
KEPT_AS = {"heic": "jpg"}
ACCEPT = ",".join(f".{name}" for name in READ_AS)
IN_WORDS = "PDF, foto (JPEG, PNG, HEIC), Word (DOCX), Excel (XLSX), ODT, tekst (TXT) of e-mail (EML)"
COMMAND = [sys.executable, "-m", "thuiszitters.core.files.child"]
SECONDS = 30  # for all files that are sent at once: who sends them waits for it


class FileRefused(Exception):
    """This file is not taken in; the message is a sentence for the user that names it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as somebody sent it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it is kept. `stem`: what it is called, without extension. `fingerprint`: of what was sent, so that the
    same photo is known again although it was written anew."""

    stem: str
    extension: str
    content: bytes
    fingerprint: str

    @property
    def name(self) -> str:
        return f"{self.stem}.{self.extension}"


def take(files: Iterable[Sent]) -> list[Taken]:
    """All of them, or FileRefused with the sentence about the first that may not."""
    files = list(files)
    for file in files:
        _check_outside(file)
    with _Child() as child:
        return [_taken(file, child) for file in files]


def _shown(file: Sent) -> str:
    return plain_name(file.name)[:120] or NAMELESS


def check_size(name: str, size: int) -> None:
    """Before a file is read at all."""
    shown, largest = plain_name(name)[:120] or NAMELESS, settings.ATTACHMENT_MAX_BYTES
    if not size:
        raise FileRefused(f"{shown} is leeg.")
    if size > largest:
        raise FileRefused(f"{shown} is groter dan {largest // 2**20} MB. Maak het kleiner of verdeel het.")


def _check_outside(file: Sent) -> None:
    """What needs no opening."""
    check_size(file.name, len(file.content))
    if extension_of(file.name) not in READ_AS:
        raise FileRefused(f"{_shown(file)} is een soort bestand die niet mag. U kunt kiezen: {IN_WORDS}.")


def _taken(file: Sent, child: "_Child") -> Taken:
    read_as = READ_AS[extension_of(file.name)]
    kept, why = child.ask(file.content, read_as)
    if why:
        raise FileRefused(f"{_shown(file)} {why}")
    fingerprint = hashlib.sha256(file.content).hexdigest()
    return Taken(stem_of(file.name), KEPT_AS.get(read_as, read_as), kept, fingerprint)


class _Child:
    """One process for the files of one person at one moment. Killed when all together take too long."""

    def __enter__(self) -> "_Child":
        self.process = subprocess.Popen(
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=settings.BASE_DIR
        )
        self.timer = threading.Timer(SECONDS, self.process.kill)
        self.timer.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self.timer.cancel()
        self.process.kill()
        for pipe in self._pipes():
            try:
                pipe.close()
            except OSError:  # what could not be written to a child that is gone
                continue
        self.process.wait()

    def _pipes(self) -> Iterator:
        yield from (self.process.stdin, self.process.stdout)

    def ask(self, content: bytes, extension: str) -> tuple[bytes, str]:
        """What is kept of a file, or why not; that it costs too much when the child did not survive it."""
        to_child, from_child = self._pipes()
        try:
            to_child.write(json.dumps([extension, len(content)]).encode() + b"\n" + content)
            to_child.flush()
            size, why = json.loads(from_child.readline() or "null") or (0, TOO_MUCH)
            kept = from_child.read(size)
        except (OSError, ValueError):
            return b"", TOO_MUCH
        return (kept, why) if len(kept) == size else (b"", TOO_MUCH)
