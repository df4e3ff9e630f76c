"""Rows of cells from whatever file people have: CSV, XLSX or ODS."""

from collections.abc import Iterator
from typing import IO

from leerplicht.imports.sheets import is_workbook, read_sheets
from leerplicht.imports.text_files import FileRefused, RowRefused, detect_encoding, read_table

Row = tuple[int, list[str] | RowRefused]


def open_table(stream: IO[bytes], delimiter: str = ";") -> Iterator[Row]:
    """The rows of a text file, or of the first sheet of a workbook, with their line numbers. Empty rows, and the line
    that names the separator (`sep=;`), are what Excel leaves behind: they are no rows. FileRefused, at once."""
    if is_workbook(stream):
        _, rows = next(read_sheets(stream), ("", []))
        if not rows:
            raise FileRefused("Het bestand is leeg.")
        return iter(rows)
    return _filled(read_table(stream, detect_encoding(stream), delimiter))


def _filled(rows: Iterator[Row]) -> Iterator[Row]:
    for number, cells in rows:
        if isinstance(cells, RowRefused) or (any(map(str.strip, cells)) and not _names_separator(number, cells)):
            yield number, cells


def _names_separator(number: int, cells: list[str]) -> bool:
    return number == 1 and cells[0].lower().startswith("sep=")
