"""Reading a workbook (XLSX or ODS) as a text file is read: rows of cells as text."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import IO

from python_calamine import CalamineError, CalamineWorkbook

from leerplicht.imports.text_files import FileRefused

LARGEST_UNPACKED = 300 * 2**20  # bytes; a sheet of 100,000 reports unpacks to about 60 MB
BLOCK = 1 << 20
ZIP = b"PK\x03\x04"
NO_WORKBOOK = "Dit ZIP-bestand is geen werkblad van Excel of LibreOffice. Kies een CSV-, XLSX- of ODS-bestand."
Rows = list[tuple[int, list[str]]]


def is_workbook(stream: IO[bytes]) -> bool:
    """Whether the file begins as one; whether it can be read shows in `read_sheets`."""
    head = stream.read(len(ZIP))
    stream.seek(0)
    return head == ZIP


def read_sheets(stream: IO[bytes]) -> Iterator[tuple[str, Rows]]:
    """Each sheet that is not empty: its name, and its row numbers with their cells. FileRefused: no workbook, damaged,
    with a password, or too large when unpacked."""
    _check_unpacked(stream)
    try:
        with CalamineWorkbook.from_filelike(stream) as book:
            for name in book.sheet_names:
                if rows := _rows(book.get_sheet_by_name(name).to_python(skip_empty_area=False)):
                    yield name, rows
    except CalamineError as problem:
        raise FileRefused("Dit werkblad is beschadigd of heeft een wachtwoord. Sla het opnieuw op.") from problem


def _check_unpacked(stream: IO[bytes]) -> None:
    """Unpacks once to count: what a file says about its own size may be a lie."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            if not names & {"xl/workbook.xml", "content.xml"}:
                raise FileRefused(NO_WORKBOOK)
            left = LARGEST_UNPACKED
            for name in names:
                with archive.open(name) as part:
                    while left >= 0 and (block := part.read(BLOCK)):
                        left -= len(block)
            if left < 0:
                raise FileRefused("Dit werkblad is uitgepakt te groot. Sla het op als CSV.")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as problem:
        raise FileRefused("Dit werkblad is beschadigd of heeft een wachtwoord. Sla het opnieuw op.") from problem
    finally:
        stream.seek(0)


def _rows(table: list[list]) -> Rows:
    """Without empty rows, and as wide as the first one: columns that were only coloured do not count."""
    rows = [(number, [_text(cell) for cell in cells]) for number, cells in enumerate(table, start=1)]
    rows = [(number, cells) for number, cells in rows if any(cells)]
    width = len(_trimmed(rows[0][1])) if rows else 0
    return [(number, cells[:width] + _trimmed(cells[width:])) for number, cells in rows]


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _text(value: object) -> str:
    """As it would stand in a CSV: days as 2026-10-05, whole numbers without a decimal point."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, str | int | float | timedelta) else ""
