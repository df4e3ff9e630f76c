"""The lines of files from another system: which sheet, which line, what it says or why it cannot be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from cases.takeover.layout import KEY_OF_ITS_OWN, SHEETS, Kind, kind_of, needed_of
from leerplicht.imports.sheets import Rows, is_workbook, read_sheets
from leerplicht.imports.tables import Row, open_table
from leerplicht.imports.text_files import FIELD_LIMIT, FileRefused, RowRefused
from leerplicht.law.identifiers import Pgn

WHOLE = "regel"  # the field of what is wrong with a line as a whole


@dataclass(frozen=True, slots=True)
class Line:
    """`sheet`: as the file calls it. `values` are checked as far as the line alone allows; `told` is all that it says
    as one text, to compare it with what came before. Without `kind` it is a sheet that nobody knows."""

    sheet: str
    number: int
    kind: Kind | None
    values: dict[str, Any] = field(default_factory=dict, repr=False)
    told: str = field(default="", repr=False)
    refused: RowRefused | None = None

    @property
    def key(self) -> str:
        return str(self.values.get(KEY_OF_ITS_OWN.name, ""))


def read_lines(stream: IO[bytes]) -> Iterator[Line]:
    """All lines of a workbook with a sheet per kind, or of a CSV file that holds one kind. FileRefused: it cannot be
    read at all."""
    if is_workbook(stream):
        for name, rows in read_sheets(stream):
            yield from _sheet(name, _cut_off(rows))
        return
    table = open_table(stream)
    yield from _sheet("", table)


def _cut_off(rows: Rows) -> Iterator[Row]:
    """A workbook knows no longest cell; what is longer than in a text file is no field but a whole document."""
    for number, cells in rows:
        long = any(len(cell) > FIELD_LIMIT for cell in cells)
        yield number, RowRefused(WHOLE, f"een veld is langer dan {FIELD_LIMIT} tekens") if long else cells


def _sheet(name: str, rows: Iterator[Row]) -> Iterator[Line]:
    number, first = next(rows, (1, RowRefused(WHOLE, "is leeg")))
    header = [] if isinstance(first, RowRefused) else [re.sub(r"[\s-]+", "_", cell.strip().lower()) for cell in first]
    kind = kind_of(header)
    if kind is None:
        if not name:
            raise FileRefused(_unknown(header))
        yield Line(name, number, None, refused=RowRefused(WHOLE, _missing(name, header)))
        return
    if double := sorted({column for column in header if column and header.count(column) > 1}):
        raise FileRefused(f"Deze kolom staat er dubbel in: {', '.join(double)}.")
    yield from _left_out(name or kind.value, number, kind, header)
    for number, cells in rows:
        yield _line(name or kind.value, number, kind, header, cells)


def _left_out(sheet: str, number: int, kind: Kind, header: list[str]) -> Iterator[Line]:
    """A column with a slip in its name would be left out without a word."""
    known = {column.name for column in SHEETS[kind]}
    for name in header:
        if name and name not in known:
            yield Line(
                sheet, number, None, refused=RowRefused(name[:60], "deze kolom is hier onbekend: niet overgenomen")
            )


def _missing(name: str, header: list[str]) -> str:
    """Why a sheet is none that is known; when it has the name of one, which columns it lacks."""
    if name.strip().lower() in SHEETS:
        lacking = sorted((needed_of(Kind(name.strip().lower())) | {KEY_OF_ITS_OWN.name}) - set(header))
        return f"in dit blad ontbreekt: {', '.join(lacking)}"
    return "dit blad is hier onbekend: niet overgenomen"


def _unknown(header: list[str]) -> str:
    if len(header) <= 1:
        return "De kolommen zijn niet gescheiden door puntkomma's, of dit is een ander soort bestand."
    return "Aan de kolommen is niet te zien wat er in dit bestand staat. Kijk de namen van de kolommen na."


def _line(sheet: str, number: int, kind: Kind, header: list[str], cells: list[str] | RowRefused) -> Line:
    if isinstance(cells, RowRefused):
        return Line(sheet, number, kind, refused=cells)
    if len(cells) > len(header):
        problem = RowRefused(WHOLE, f"heeft {len(cells)} velden, het moeten er {len(header)} zijn")
        return Line(sheet, number, kind, refused=problem)
    # A workbook leaves out what is empty at the end of a row.
    raw = dict(zip(header, [*cells, *[""] * (len(header) - len(cells))], strict=True))
    values: dict[str, Any] = {}
    refused = None
    for column in SHEETS[kind]:
        try:
            values[column.name] = column.value(raw.get(column.name, ""))
        except ValueError as problem:
            refused = refused or RowRefused(column.name, str(problem))
    told = "\x1f".join(f"{name}={_plain(value)}" for name, value in values.items() if value)
    return Line(sheet, number, kind, values, told, refused)


def _plain(value: object) -> str:
    """The number of a child hides in its own words."""
    return value.digits if isinstance(value, Pgn) else str(value)
