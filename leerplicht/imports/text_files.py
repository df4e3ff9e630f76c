"""Reading a delimited text file of unknown encoding, line by line, without ever holding all of it as rows."""

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from typing import IO

FIELD_LIMIT = 20_000
SIGNATURES = {
    b"PK\x03\x04": "Dit is een Excel- of ZIP-bestand. Sla het op als CSV en kies dat bestand.",
    b"\xd0\xcf\x11\xe0": "Dit is een oud Excel-bestand, of een met een wachtwoord. Sla het op als XLSX of CSV.",
    b"%PDF": "Dit is een PDF. Kies een CSV-, XLSX- of ODS-bestand.",
    b"\xff\xfe": "Dit bestand is opgeslagen als UTF-16. Sla het op als UTF-8 of windows-1252.",
    b"\xfe\xff": "Dit bestand is opgeslagen als UTF-16. Sla het op als UTF-8 of windows-1252.",
}
BOM = b"\xef\xbb\xbf"
RUN, RUN_AT_END = re.compile(rb"[\x80-\xff]+"), re.compile(rb"[\x80-\xff]*\Z")
UNREADABLE = re.compile("[\udc80-\udcff]")


class FileRefused(ValueError):
    """The file as a whole cannot be read; the message is a Dutch sentence for the user."""


class RowRefused(ValueError):
    """One row cannot be read: which field, and why, as a Dutch sentence."""

    def __init__(self, field: str, reason: str):
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


def detect_encoding(stream: IO[bytes]) -> str:
    """Gives "utf-8-sig" or "cp1252". FileRefused when it is neither, no text at all, or too much of a mixture.

    A file of which some characters are UTF-8 and some are not was pasted or cut somewhere: reading all of it as
    windows-1252 would change names. If most of it is UTF-8 it is read as that, and `read_table` refuses the lines that
    are not.
    """
    head = stream.read(8192)
    for signature, sentence in SIGNATURES.items():
        if head.startswith(signature):
            raise FileRefused(sentence)
    if not head.strip():
        raise FileRefused("Het bestand is leeg.")
    if head.count(0) > len(head) // 10:
        raise FileRefused("Dit is geen tekstbestand. Kies een CSV-bestand.")
    stream.seek(0)
    utf8, others = _count_utf8(stream)
    if not others or head.startswith(BOM) or utf8 > others:
        return "utf-8-sig"
    if utf8:
        raise FileRefused(
            "Een deel van de tekens in dit bestand is UTF-8 en een deel is dat niet. Sla het opnieuw op als UTF-8."
        )
    if _decodes(stream, "cp1252"):
        return "cp1252"
    raise FileRefused("De tekens in dit bestand zijn niet te lezen. Sla het op als UTF-8 of windows-1252.")


def _count_utf8(stream: IO[bytes]) -> tuple[int, int]:
    """How many runs of bytes beyond ASCII are UTF-8, and how many are not."""
    utf8, others, rest = 0, 0, b""
    while block := stream.read(1 << 20):
        block = rest + block
        rest = RUN_AT_END.search(block).group()
        for run in RUN.findall(block[: len(block) - len(rest)]):
            fits = _is_utf8(run)
            utf8, others = utf8 + fits, others + (not fits)
    if rest:
        fits = _is_utf8(rest)
        utf8, others = utf8 + fits, others + (not fits)
    stream.seek(0)
    return utf8, others


def _is_utf8(run: bytes) -> bool:
    try:
        run.decode()
        return True
    except UnicodeDecodeError:
        return False


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
    text = io.TextIOWrapper(stream, encoding=encoding, errors="surrogateescape", newline="")
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
        elif isinstance(cells, list) and any(UNREADABLE.search(cell) for cell in cells if not cell.isascii()):
            cells = RowRefused("regel", "bevat een teken dat niet te lezen is; de rest van het bestand is UTF-8")
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
