"""Numbers and codes are strings, and are never guessed."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerplicht.law.identifiers import Pgn, parse_brin, parse_municipality, parse_pgn, parse_samenwerkingsverband


@pytest.mark.parametrize(
    ("text", "kind", "digits"),
    [
        pytest.param("111222333", "bsn", "111222333", id="bsn"),
        pytest.param("123456782", "bsn", "123456782", id="bsn"),
        pytest.param("999990019", "bsn", "999990019", id="bsn of the test range"),
        pytest.param("012345672", "bsn", "012345672", id="bsn with a leading zero"),
        pytest.param("12345672", "bsn", "012345672", id="R15 a spreadsheet dropped the zero"),
        pytest.param(" 111222333\n", "bsn", "111222333", id="spaces around it"),
        pytest.param("100000009", "bsn", "100000009", id="starts with 10 and is a bsn"),
        pytest.param("100000004", "onderwijsnummer", "100000004", id="R15 rest 5"),
        pytest.param("100000016", "onderwijsnummer", "100000016", id="onderwijsnummer"),
        pytest.param("100000028", "onderwijsnummer", "100000028", id="onderwijsnummer"),
    ],
)
def test_pgn(text: str, kind: str, digits: str) -> None:
    found = parse_pgn(text)
    assert (found.kind, found.digits) == (kind, digits)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("123456789", id="R15 passes neither check"),
        pytest.param("111222334", id="last digit wrong"),
        pytest.param("000000000", id="R15 zeros pass the sum"),
        pytest.param("00000000", id="eight zeros"),
        pytest.param("12345678A", id="a letter"),
        pytest.param("1112.22.333", id="dots"),
        pytest.param("111 222 333", id="spaces inside"),
        pytest.param("1234560", id="seven digits, though two zeros would make it pass"),
        pytest.param("0111222333", id="ten digits"),
        pytest.param("-11222333", id="a minus"),
        pytest.param("١١١٢٢٢٣٣٣", id="digits of another script"),
        pytest.param("211222337", id="rest 5 but not starting with 10"),
        pytest.param("", id="nothing"),
        pytest.param(111222333, id="a number instead of text"),
        pytest.param(b"111222333", id="bytes"),
        pytest.param(None, id="no value"),
    ],
)
def test_no_pgn(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$") as refused:
        parse_pgn(text)
    assert not text or str(text) not in str(refused.value)


def test_a_pgn_does_not_show_its_digits_in_a_log() -> None:
    assert "111222333" not in f"{parse_pgn('111222333')!r} {parse_pgn('111222333')}"


CODES = [
    pytest.param(parse_brin, "25PL00", "25PL00", id="brin"),
    pytest.param(parse_brin, "25pl00", "25PL00", id="brin in small letters"),
    pytest.param(parse_brin, " 25 PL 01 ", "25PL01", id="brin with spaces"),
    pytest.param(parse_brin, "25XL00", "25XL00", id="every letter counts"),
    pytest.param(parse_samenwerkingsverband, "VO 25-07", "VO2507", id="R15 as printed"),
    pytest.param(parse_samenwerkingsverband, "VO-25-07", "VO2507", id="with two dashes"),
    pytest.param(parse_samenwerkingsverband, "vo2507", "VO2507", id="in small letters"),
    pytest.param(parse_samenwerkingsverband, "PO 26–04", "PO2604", id="with a long dash"),
    pytest.param(parse_municipality, "344", "0344", id="R15 three digits"),
    pytest.param(parse_municipality, "0344", "0344", id="four digits"),
    pytest.param(parse_municipality, "7", "0007", id="one digit is padded"),
    pytest.param(parse_municipality, "1961", "1961", id="Vijfheerenlanden"),
    pytest.param(parse_municipality, "GM0344", "0344", id="as the CBS writes it"),
    pytest.param(parse_municipality, "gm0344", "0344", id="GM in small letters"),
    pytest.param(parse_municipality, "Gm1961", "1961", id="GM in any case"),
    pytest.param(parse_municipality, " 344 ", "0344", id="spaces around it"),
]


@pytest.mark.parametrize(("parse", "text", "code"), CODES)
def test_code(parse: Callable[[str], str], text: str, code: str) -> None:
    assert parse(text) == code
    assert parse(code) == code


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        pytest.param(parse_brin, "25pl0", id="R15 brin with one digit: ask, do not pad"),
        pytest.param(parse_brin, "25PL", id="brin without location"),
        pytest.param(parse_brin, "O5PL00", id="the letter O for a zero"),
        pytest.param(parse_brin, "25P100", id="a digit for a letter"),
        pytest.param(parse_brin, "25PL-00", id="brin with a dash"),
        pytest.param(parse_brin, "25PL000", id="brin too long"),
        pytest.param(parse_brin, "25ß00", id="one letter that grows to two"),
        pytest.param(parse_brin, 25, id="brin as number"),
        pytest.param(parse_samenwerkingsverband, "VO250", id="three digits"),
        pytest.param(parse_samenwerkingsverband, "VO25071", id="five digits"),
        pytest.param(parse_samenwerkingsverband, "SO2507", id="neither PO nor VO"),
        pytest.param(parse_samenwerkingsverband, "2507", id="no letters"),
        pytest.param(parse_samenwerkingsverband, "VXO2507", id="a letter too many"),
        pytest.param(parse_samenwerkingsverband, "VO 25.07", id="a dot"),
        pytest.param(parse_municipality, "GM344", id="GM takes four digits"),
        pytest.param(parse_municipality, "GM00344", id="GM with five digits"),
        pytest.param(parse_municipality, "00344", id="five digits"),
        pytest.param(parse_municipality, "3A4", id="a letter"),
        pytest.param(parse_municipality, "", id="nothing"),
        pytest.param(parse_municipality, "٣٤٤", id="digits of another script"),
        pytest.param(parse_municipality, 344, id="gemeente as number"),
    ],
)
def test_no_code(parse: Callable[[str], str], text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        parse(text)


def rest(digits: str) -> int:
    """The sum of the elfproef, written out."""
    return sum(w * int(c) for w, c in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True)) % 11


@given(st.integers(0, 999_999_999).map("{:09}".format) | st.integers(0, 9_999_999).map("10{:07}".format))
def test_pgn_follows_the_sum(digits: str) -> None:
    kind = "bsn" if rest(digits) == 0 else "onderwijsnummer" if rest(digits) == 5 and digits[:2] == "10" else None
    if kind is None or digits == "000000000":
        with pytest.raises(ValueError, match="geldig"):
            parse_pgn(digits)
    else:
        assert parse_pgn(digits) == Pgn(kind, digits)  # type: ignore[arg-type]


PARSERS: list[Callable[[str], str]] = [
    lambda text: parse_pgn(text).digits,
    parse_brin,
    parse_samenwerkingsverband,
    parse_municipality,
]


@given(
    st.sampled_from(PARSERS),
    st.text()
    | st.from_regex(r"[0-9]{2} ?[a-zA-Z]{2} ?[0-9]{2}", fullmatch=True)
    | st.from_regex(r"[pPvV][oO][ -]?[0-9]{2}-?[0-9]{2}", fullmatch=True)
    | st.from_regex(r"\s?([gG][mM])?[0-9]{1,9}\s?", fullmatch=True),
)
def test_reading_what_was_read_changes_nothing(parse: Callable[[str], str], text: str) -> None:
    try:
        code = parse(text)
    except ValueError:
        return
    assert parse(code) == code
    assert code.isascii()
    assert code.isalnum()
