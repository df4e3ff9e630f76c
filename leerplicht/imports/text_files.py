"""Reading a delimited text file of unknown encoding, line by line, without ever holding all of it as rows."""

import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import IO

FIELD_LIMIT = 20_000
SIGNATURES = {
    b"PK\x03\x04": "Dit is een Excel- of ZIP-bestand. Sla het op als CSV en kies dat bestand.",
    b"\xd0\xcf\x11\xe0": "Dit is een oud Excel-bestand. Sla het op als CSV en kies dat bestand.",
    b"%PDF": "Dit is een PDF. Kies het CSV-bestand.",
    b"\xff\xfe": "Dit bestand is opgeslagen als UTF-16. Sla het op als UTF-8 of windows-1252.",
    b"\xfe\xff": "Dit bestand is opgeslagen als UTF-16. Sla het op als UTF-8 of windows-1252.",
}


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


class _Lines:
    """Physical lines of a text, one at a time. `taken` holds those of the row at hand; `unclosed`: the text ended in
    the middle of it."""

    def __init__(self, text: Iterator[str]):
        self.text, self.number, self.unclosed = text, 0, False
        self.taken: list[str] = []
        self.waiting: deque[str] = deque()

    def __iter__(self):
        return self

    def __next__(self) -> str:
        line = self.waiting.popleft() if self.waiting else next(self.text, None)
        if line is None:
            self.unclosed = bool(self.taken)
            raise StopIteration
        self.taken.append(line)
        self.number += 1
        return line

    def give_back(self) -> None:
        """All lines of the row at hand but the first will come again."""
        self.waiting.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1
        del self.taken[1:]

    def next_row(self) -> None:
        self.taken.clear()
        self.unclosed = False


def read_table(stream: IO[bytes], encoding: str, delimiter: str = ";") -> Iterator[tuple[int, list[str] | RowRefused]]:
    """Line numbers with their cells; a row that cannot be cut into cells comes as the reason why.

    A quoted field may run over several lines; the number is that of the last. A quote that is never closed would
    swallow the lines after it, so a row of several lines that does not fit costs its own first line only, and the
    rest is read anew.
    """
    csv.field_size_limit(FIELD_LIMIT)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        yield from _cut(_Lines(text), delimiter)
    finally:
        # Whoever stopped halfway may have closed the stream before this generator was cleaned up.
        if not stream.closed:
            text.detach()


def _cut(lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str] | RowRefused]]:
    reader = csv.reader(lines, delimiter=delimiter)
    width = 0
    while (cells := _next_row(reader)) is not None:
        if _swallowed(lines, cells, width, delimiter):
            lines.give_back()
            cells = RowRefused("regel", "een aanhalingsteken wordt niet gesloten, of het aantal velden klopt niet")
        if cells:
            yield lines.number, cells
        width = width or (len(cells) if isinstance(cells, list) else 0)
        lines.next_row()


def _swallowed(lines: _Lines, cells: list[str] | RowRefused, width: int, delimiter: str) -> bool:
    """Whether a quote took in more than its own field."""
    if len(lines.taken) == 1 or lines.unclosed:
        return lines.unclosed
    return isinstance(cells, RowRefused) or len(cells) != (width or len(cells)) or not _well_quoted(lines, delimiter)


def _well_quoted(lines: _Lines, delimiter: str) -> bool:
    """Whether every quote in the row is closed just before a delimiter or the end."""
    try:
        return bool(list(csv.reader(lines.taken, delimiter=delimiter, strict=True)))
    except csv.Error:
        return False


def _next_row(reader) -> list[str] | RowRefused | None:
    try:
        return next(reader, None)
    except csv.Error:
        return RowRefused("regel", f"een veld is langer dan {FIELD_LIMIT:,} tekens".replace(",", "."))
