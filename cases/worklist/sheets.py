"""The list as it stands on the screen, as a file for a spreadsheet: CSV, XLSX or ODS. No cell is ever a formula."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

from cases.worklist.presentation import Row
from thuiszitters.core.dates import age_on
from thuiszitters.core.words import harmless

COLUMNS = (
    "Dossier", "Leerling", "Leeftijd", "School", "Gemeente", "Dagen thuis", "Klok van het kind", "Volgende stap", "Wie",
    "Uiterlijk op", "Laatste contact", "Behandelaar",
)  # fmt: skip
NAME = "Werkvoorraad"
# What no XML may hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Cell = str | int | date


def cells(rows: Iterable[Row], today: date) -> Iterator[list[Cell]]:
    """The head, then one row per dossier, with harmless texts."""
    yield list(COLUMNS)
    for row in rows:
        yield [_harmless(cell) for cell in _of(row, today)]


def _of(row: Row, today: date) -> list[Cell | None]:
    case, task = row.case, row.task
    return [
        case.number,
        row.pupil.name,
        age_on(today, row.pupil.born_last),
        row.school.name if row.school else "",
        case.municipality.name,
        row.clock.days if row.clock else "",
        row.clock.words if row.clock else case.info.word,
        task.title if task else "",
        task.owner_name if task else "",
        task.due_on if task else "",
        row.last_contact_on,
        case.handler.short_name if case.handler else "",
    ]


def _harmless(cell: Cell | None) -> Cell:
    return harmless(_CONTROL.sub("", cell)) if isinstance(cell, str) else cell if cell is not None else ""


def as_csv(rows: Iterable[list[Cell]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterable[list[Cell]]) -> bytes:
    book, content = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet(NAME)
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append(row)
    book.save(content)
    return content.getvalue()


def as_ods(rows: Iterable[list[Cell]]) -> bytes:
    book, content = OpenDocumentSpreadsheet(), io.BytesIO()
    table = Table(name=NAME)
    for row in rows:
        line = TableRow()
        for cell in row:
            line.addElement(_ods(cell))
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.write(content)
    return content.getvalue()


def _ods(cell: Cell) -> TableCell:
    kinds = {int: ("float", "value"), date: ("date", "datevalue"), str: ("string", "stringvalue")}
    kind, attribute = kinds[type(cell)]
    made = TableCell(valuetype=kind, **{attribute: str(cell)})
    made.addElement(P(text=str(cell)))
    return made


# By the end of its name: what the browser is told, and how it is made.
KINDS: dict[str, tuple[str, Callable[[Iterable[list[Cell]]], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", as_ods),
}
