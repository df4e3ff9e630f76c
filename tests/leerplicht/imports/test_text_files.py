"""Files of any kind: read as lines of cells, or refused with a sentence; never a traceback, never a lost line."""

import gc
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leerplicht.imports.text_files import FIELD_LIMIT, FileRefused, RowRefused, detect_encoding, read_table


def table(content: bytes, delimiter: str = ";"):
    stream = io.BytesIO(content)
    return list(read_table(stream, detect_encoding(stream), delimiter))


def refusals(rows) -> dict[int, str]:
    return {number: cells.reason for number, cells in rows if isinstance(cells, RowRefused)}


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        pytest.param("naam\nZoë".encode(), "utf-8-sig", id="utf-8"),
        pytest.param("naam\nZoë".encode("utf-8-sig"), "utf-8-sig", id="utf-8 with a byte order mark"),
        pytest.param("naam\nZoë".encode("cp1252"), "cp1252", id="windows-1252"),
        pytest.param(b"naam\nZoe", "utf-8-sig", id="plain ascii"),
    ],
)
def test_encoding_is_found(content, encoding):
    stream = io.BytesIO(content)
    assert detect_encoding(stream) == encoding
    assert stream.tell() == 0
    assert [cells[0][:2] for _, cells in table(content)] == ["na", "Zo"]


def test_a_strange_character_far_into_the_file_counts_too():
    content = b"a;b\n" * 600_000 + "Zoë;x\n".encode("cp1252")
    assert detect_encoding(io.BytesIO(content)) == "cp1252"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"", "leeg", id="empty"),
        pytest.param(b"  \r\n\n ", "leeg", id="white space only"),
        pytest.param(b"PK\x03\x04rest of a workbook", "Excel", id="xlsx"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "oud Excel", id="xls"),
        pytest.param(b"%PDF-1.7", "PDF", id="pdf"),
        pytest.param("a;b".encode("utf-16"), "UTF-16", id="utf-16 with a byte order mark"),
        pytest.param("a;b\n".encode("utf-16-le") * 9, "geen tekstbestand", id="utf-16 without one"),
        pytest.param(b"\x7fELF" + bytes(60), "geen tekstbestand", id="a program"),
        pytest.param(b"naam\n\x81\x8d", "niet te lezen", id="characters of no encoding"),
    ],
)
def test_a_file_that_is_not_a_text_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(FileRefused, match=sentence):
        detect_encoding(io.BytesIO(content))


def test_line_ends_empty_lines_and_quotes():
    rows = table(b'a;b\r\n1;"x;y"\n\n2;"zei ""ja"""\r3;\n')
    assert rows == [(1, ["a", "b"]), (2, ["1", "x;y"]), (4, ["2", 'zei "ja"']), (5, ["3", ""])]


def test_a_quoted_field_may_run_over_lines():
    assert table(b'a;b\n1;"twee\nregels"\n2;x\n') == [(1, ["a", "b"]), (3, ["1", "twee\nregels"]), (4, ["2", "x"])]


def test_another_delimiter():
    assert table(b'a,b\n1,"x,y"\n', ",") == [(1, ["a", "b"]), (2, ["1", "x,y"])]


def test_a_nul_stays_in_its_cell_for_the_rows_to_judge():
    assert table(b"naam;plaats van de school\nJan\x00;Utrecht\n")[1] == (2, ["Jan\x00", "Utrecht"])


def test_ten_megabytes_in_one_field_cost_one_line():
    rows = table(b"a;b\n1;2\n3;" + b"x" * 10_000_000 + b"\n5;6\n")
    assert [number for number, _ in rows] == [1, 2, 3, 4]
    assert refusals(rows) == {3: "een veld is langer dan 20.000 tekens"}


@pytest.mark.parametrize(
    "lines", [pytest.param(5, id="to the end of the file"), pytest.param(FIELD_LIMIT, id="past the longest field")]
)
def test_a_quote_that_is_not_closed_costs_one_line(lines):
    rows = table(b'a;b\n1;2\n3;"open\n' + b"5;6\n" * lines)
    assert list(refusals(rows)) == [3]
    assert "aanhalingsteken" in refusals(rows)[3]
    assert [number for number, _ in rows] == list(range(1, lines + 4))


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_file_that_was_cut_off_inside_quotes(end):
    rows = table(b'a;b\n1;"x"\n2;"cut o' + end.encode())
    assert rows[1] == (2, ["1", "x"])
    assert list(refusals(rows)) == [3]


def test_a_quote_closed_by_the_next_one_costs_one_line():
    rows = table(b'a;b\n1;"open\n2;x\n3;"good"\n4;"two\nlines"\n')
    assert list(refusals(rows)) == [2]
    assert rows[2:] == [(3, ["2", "x"]), (4, ["3", "good"]), (6, ["4", "two\nlines"])]


def test_reading_may_stop_halfway_and_the_file_be_closed():
    stream = io.BytesIO(b"a;b\n1;2\n3;4\n")
    rows = read_table(stream, "utf-8-sig")
    next(rows)
    stream.close()
    del rows
    gc.collect()


def test_the_stream_stays_open_for_its_owner():
    stream = io.BytesIO(b"a;b\n1;2\n")
    list(read_table(stream, "utf-8-sig"))
    assert not stream.closed


@given(st.binary(max_size=400))
@example(b'"\r"')
@example(b'a;b\n"\n"\n"')
@example(b"\xef\xbb\xbf")
def test_any_bytes_are_rows_or_a_refused_file(content):
    try:
        rows = table(content)
    except FileRefused as refused:
        assert str(refused)
    else:
        assert all(isinstance(cells, (list, RowRefused)) for _, cells in rows)


@given(st.lists(st.text(alphabet='ab;"\n', max_size=12), max_size=8))
def test_numbers_go_up_and_no_line_disappears(cells):
    content = ("k;l\n" + "\n".join(cells)).encode()
    numbers = [number for number, _ in table(content)]
    assert numbers == sorted(set(numbers))
    assert numbers[-1] <= content.count(b"\n") + 1
