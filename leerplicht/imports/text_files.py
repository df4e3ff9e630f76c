"""Reading a delimited text file of unknown encoding, line by line, without ever holding all of it as rows."""

import csv
import io
from collections.abc import Iterator
from typing import IO

FIELD_LIMIT = 20_000
SIGNATURES = {
    b"PK\x03\x04": "Dit is een Excel- of ZIP-bestand. Sla het op als CSV en kies dat bestand.",
    b"\xd0\xcf\x11\xe0": "Dit is een oud Excel-bestand. Sla het op als CSV en kies dat bestand.",
    b"%PDF": "Dit is een PDF. Kies het CSV-bestand.",
    b"\xff\xfe": "Dit bestand is opgeslagen als UTF-16. Sla het op als UTF-8 of windows-1252.",
    b"\xfe\xff": "Dit bestand is opgeslagen als UTF-16. Sla het op als UTF-8 of windows-1252.",
}  # fmt: skip


class FileRefused(ValueError):
    """The file as a whole cannot be read; the message is a Dutch sentence for the user."""


class RowRefused(ValueError):
    """One row cannot be read: which field, and why, as a Dutch sentence."""

    def __init__(self, field: str, reason: str):
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


def detect_encoding(stream: IO[bytes]) -> str:
    """Gives "utf-8-sig" or "cp1252". FileRefused when it is neither, or no text at all."""
    head = stream.read(8192)
    for signature, sentence in SIGNATURES.items():
        if head.startswith(signature):
            raise FileRefused(sentence)
    if not head.strip():
        raise FileRefused("Het bestand is leeg.")
    if head.count(0) > len(head) // 10:
        raise FileRefused("Dit is geen tekstbestand. Kies een CSV-bestand.")
    for encoding in ("utf-8-sig", "cp1252"):
        if _decodes(stream, encoding):
            return encoding
    raise FileRefused("De tekens in dit bestand zijn niet te lezen. Sla het op als UTF-8 of windows-1252.")


def _decodes(stream: IO[bytes], encoding: str) -> bool:
    stream.seek(0)
    reader = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        while reader.read(1 << 20):
            pass
        return True
    except UnicodeDecodeError:
        return False
    finally:
        reader.detach()
        stream.seek(0)


def read_table(stream: IO[bytes], encoding: str) -> Iterator[tuple[int, list[str] | RowRefused]]:
    """Line numbers with their cells; a row that cannot be cut into cells comes as the reason why."""
    csv.field_size_limit(FIELD_LIMIT)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    reader = csv.reader(text, delimiter=";")
    try:
        while True:
            try:
                cells: list[str] | RowRefused = next(reader)
            except StopIteration:
                return
            except csv.Error:
                cells = RowRefused("regel", f"een veld is langer dan {FIELD_LIMIT:,} tekens".replace(",", "."))
            if cells:
                yield reader.line_num, cells
    finally:
        text.detach()
