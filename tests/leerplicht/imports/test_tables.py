"""One table, whatever the file: CSV, XLSX and ODS give the same cells; what Excel leaves behind is no row."""

import io
import zipfile
from datetime import date, datetime

import pytest

from leerplicht.imports import sheets
from leerplicht.imports.tables import open_table
from leerplicht.imports.text_files import FileRefused, RowRefused
from tests.sheets import ods, xlsx

TYPED = [
    ["nummer", "dag", "moment", "uren", "naam"],
    [999990019, date(2026, 10, 5), datetime(2026, 10, 6, 14, 30), 4.5, "Žáïŀë ’t Hart"],
    ["", "", "", "", ""],
    [344, date(2026, 3, 29), datetime(2026, 10, 6), 16.0, "<b> & co"],
]
AS_TEXT = [
    (1, ["nummer", "dag", "moment", "uren", "naam"]),
    (2, ["999990019", "2026-10-05", "2026-10-06 14:30:00", "4.5", "Žáïŀë ’t Hart"]),
    (4, ["344", "2026-03-29", "2026-10-06", "16", "<b> & co"]),
]


def table(content: bytes) -> list:
    return list(open_table(io.BytesIO(content)))


@pytest.mark.parametrize("make", [xlsx, ods])
def test_a_workbook_reads_as_the_csv(make):
    assert table(make({"Blad1": TYPED, "Blad2": [["iets", "anders"]]})) == AS_TEXT


@pytest.mark.parametrize("make", [xlsx, ods])
def test_columns_that_were_only_coloured_do_not_count(make):
    rows = [["a", "b", "", ""], ["1", "2", "", ""], ["1", "2", "", "x"]]
    assert table(make({"Blad1": rows})) == [(1, ["a", "b"]), (2, ["1", "2"]), (3, ["1", "2", "", "x"])]


def test_the_first_sheet_that_is_not_empty_counts():
    assert table(xlsx({"Leeg": [], "Gegevens": [["a", "b"]]})) == [(1, ["a", "b"])]


def test_what_excel_leaves_behind_is_no_row():
    assert table(b"sep=;\r\na;b\r\n;\r\n1;2\r\n;;\r\n") == [(2, ["a", "b"]), (4, ["1", "2"])]


def _archive(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(_archive({"brief.txt": b"x"}), "geen werkblad", id="another ZIP file"),
        pytest.param(_archive({"word/document.xml": b"<x/>"}), "geen werkblad", id="a Word file"),
        pytest.param(xlsx({"Blad1": [["a", "b"]]})[:-200], "beschadigd", id="cut off"),
        pytest.param(_archive({"xl/workbook.xml": b"<no"}), "beschadigd", id="no workbook inside"),
        pytest.param(xlsx({"Blad1": []}), "leeg", id="an empty sheet"),
    ],
)
def test_what_is_no_workbook_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(FileRefused, match=sentence):
        table(content)


def test_a_file_that_grows_when_unpacked_is_refused(monkeypatch):
    monkeypatch.setattr(sheets, "LARGEST_UNPACKED", 100_000)
    with pytest.raises(FileRefused, match="te groot"):
        table(xlsx({"Blad1": [["a" * 50] * 100 for _ in range(100)]}))


@pytest.mark.parametrize(
    ("lines", "refused"),
    [
        pytest.param(["Zoë", "José"], [], id="UTF-8"),
        pytest.param(["Zoë", "José", b"Ren\xe9"], [4], id="a line that was pasted from somewhere else"),
        pytest.param(["Zoe", b"Ren\xe9"], [], id="windows-1252"),
    ],
)
def test_a_line_in_another_encoding_is_refused_and_no_name_changes(lines, refused):
    texts = [line if isinstance(line, bytes) else line.encode() for line in ["naam;x", *(lines)]]
    rows = table(b"\n".join(t if i == 0 else t + b";x" for i, t in enumerate(texts)))
    assert [number for number, cells in rows if isinstance(cells, RowRefused)] == refused
    names = [cells[0] for _, cells in rows if isinstance(cells, list)]
    assert names == ["naam", *(x if isinstance(x, str) else "René" for x in lines if isinstance(x, str) or not refused)]


def test_a_file_that_is_half_and_half_is_refused():
    with pytest.raises(FileRefused, match="Een deel van de tekens"):
        table("naam;x\nJosé;1\n".encode() + b"Ren\xe9;1\nZo\xeb;1\n")


def test_a_utf8_file_that_was_cut_in_the_middle_of_a_letter_keeps_its_other_names():
    rows = table("naam;x\nJosé;1\nZoë;1\nRenë".encode()[:-1])
    assert [cells[0] for _, cells in rows if isinstance(cells, list)] == ["naam", "José", "Zoë"]


@pytest.mark.parametrize("size", [(1 << 20) - 1, (1 << 20) - 2, 1 << 20])
def test_a_letter_across_two_blocks_is_one_letter(size):
    content = b"naam;x\n" + b"aaaa;1\n" * ((size - 20) // 7)
    content += b"b" * (size - 20 - len(content)) + b";1\n" + "é".encode() * 20 + b";1\n"
    assert table(content)[-1][1] == ["é" * 20, "1"]
