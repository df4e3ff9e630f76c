"""The child process that looks into files that people sent, with limits on memory and time: whatever a file does to who
opens it, it does here. One line of JSON a file on standard input (its extension and size) and then its bytes; the same
back, with what is kept of it or the reason why not. No Django, no network."""

import json
import resource
import sys
from typing import BinaryIO

from thuiszitters.core.files.refused import Refused

MEMORY_BYTES = 1_500 * 1024 * 1024
CPU_SECONDS = 40
TOO_MUCH = "kost te veel werk om te openen. Bewaar het kleiner, of als PDF."


def clean(content: bytes, extension: str) -> bytes:
    """What is kept of a file of this kind: a picture without place and camera, the rest as it came."""
    # Each kind brings its own library: what is not asked is not loaded.
    if extension in ("jpg", "png", "heic"):
        from thuiszitters.core.files.pictures import clean_picture

        return clean_picture(content, extension)
    if extension == "pdf":
        from thuiszitters.core.files.pdfs import check_pdf

        check_pdf(content)
    elif extension in ("docx", "xlsx", "odt"):
        from thuiszitters.core.files.offices import check_office

        check_office(content, extension)
    else:
        from thuiszitters.core.files.texts import check_mail, clean_text

        if extension == "txt":
            return clean_text(content)
        if extension != "eml":
            raise Refused("is een soort bestand die niet mag.")
        check_mail(content, clean)
    return content


def answer(content: bytes, extension: str) -> tuple[bytes, str]:
    """What is kept, or nothing and the reason."""
    try:
        return clean(content, extension), ""
    except Refused as problem:
        return b"", str(problem)
    except (MemoryError, RecursionError):
        return b"", TOO_MUCH
    except Exception:  # a library that stumbles over a file is a reason not to keep it
        return b"", "is beschadigd of van een andere soort. Bewaar het als PDF."


def work(asked: BinaryIO, out: BinaryIO) -> None:
    for line in asked:
        extension, size = json.loads(line)
        kept, why = answer(asked.read(size), extension)
        out.write(json.dumps([len(kept), why]).encode() + b"\n" + kept)
        out.flush()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    work(sys.stdin.buffer, sys.stdout.buffer)
