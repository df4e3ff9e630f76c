"""One row of the absence report file: every value it may hold, and every refusal by field."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerplicht.imports.absence_rows import AMSTERDAM, COLUMNS, as_mapping, check_header, parse_hours, parse_row
from leerplicht.imports.text_files import FileRefused, RowRefused

GOOD = dict.fromkeys(COLUMNS, "") | {
    "meldingsnummer": "M-2026-1",
    "persoonsgebonden_nummer": "999990019",
    "achternaam": "van den Berg",
    "voornamen": "Noor",
    "geboortedatum": "2013-04-02",
    "gemeentecode": "0356",
    "brin": "99AA",
    "vestiging": "00",
    "begindatum": "2026-10-05",
    "einddatum": "2026-10-16",
    "verzuimsoort": "V3",
    "alle_lessen_gemist": "J",
    "verzuimuren": "2026-10-05=5,2026-10-14=4",
    "reden": "onbekend",
    "actie_gemeente_gewenst": "J",
    "status": "R",
    "datum_mutatie": "2026-10-19",
}
DAY = date(2026, 10, 5)


def refusal(**changes: str) -> RowRefused:
    with pytest.raises(RowRefused) as caught:
        parse_row(GOOD | changes)
    return caught.value


def test_a_good_row():
    row = parse_row(GOOD)
    assert (row.number, row.pgn.kind, row.pgn.digits) == ("M-2026-1", "bsn", "999990019")
    assert (row.prefix, row.last_name, row.first_names) == ("van den", "Berg", "Noor")
    assert (row.municipality, row.school, row.kind, row.status) == ("0356", "99AA00", "V3", "R")
    assert (row.born, row.first_day, row.last_day) == (date(2013, 4, 2), DAY, date(2026, 10, 16))
    assert (row.all_lessons, row.action_wanted) == (True, True)
    assert row.hours == {"2026-10-05": "5", "2026-10-14": "4"}
    assert row.changed_at == datetime(2026, 10, 19, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("changes", "attribute", "value"),
    [
        pytest.param({"einddatum": ""}, "last_day", None, id="still absent"),
        pytest.param({"begindatum": "05-10-2026"}, "first_day", DAY, id="Dutch order of a date"),
        pytest.param({"geboortedatum": "29-02-2012"}, "born", date(2012, 2, 29), id="a leap day"),
        pytest.param({"verzuimuren": ""}, "hours", {}, id="no hours"),
        pytest.param({"gemeentecode": "356"}, "municipality", "0356", id="a lost zero of the gemeente"),
        pytest.param({"gemeentecode": "GM0356"}, "municipality", "0356", id="code as the CBS writes it"),
        pytest.param({"brin": "99aa"}, "school", "99AA00", id="BRIN in small letters"),
        pytest.param({"brin": "99AA00", "vestiging": ""}, "school", "99AA00", id="BRIN and location in one field"),
        pytest.param({"verzuimsoort": "lrv"}, "kind", "LRV", id="kind in small letters"),
        pytest.param({"alle_lessen_gemist": "n"}, "all_lessons", False, id="n for no"),
        pytest.param({"voornamen": ""}, "first_names", "", id="no first name"),
        pytest.param({"voornamen": "=cmd()"}, "first_names", "=cmd()", id="a formula is kept as text"),
        pytest.param({"achternaam": "=cmd()"}, "last_name", "=cmd()", id="a formula as a name"),
        pytest.param({"achternaam": "de"}, "last_name", "de", id="a name that is a prefix"),
        pytest.param({"reden": "  ziek \n"}, "reason", "ziek", id="space around a value"),
        pytest.param({"status": "D"}, "status", "D", id="a status of old rows"),
    ],
)
def test_what_a_row_may_hold(changes, attribute, value):
    assert getattr(parse_row(GOOD | changes), attribute) == value


@pytest.mark.parametrize("kind", ["V1", "V2", "V3", "V4", "RMC", "L", "LRV", "O"])
def test_every_kind_of_absence(kind):
    assert parse_row(GOOD | {"verzuimsoort": kind}).kind == kind


@pytest.mark.parametrize("status", ["R", "B", "G", "K", "I", "D"])
def test_every_status(status):
    assert parse_row(GOOD | {"status": status}).status == status


@pytest.mark.parametrize(
    ("number", "kind", "digits"),
    [
        pytest.param("12345672", "bsn", "012345672", id="eight digits lost a zero"),
        pytest.param("100000004", "onderwijsnummer", "100000004", id="onderwijsnummer"),
    ],
)
def test_number_of_the_child(number, kind, digits):
    pgn = parse_row(GOOD | {"persoonsgebonden_nummer": number}).pgn
    assert (pgn.kind, pgn.digits) == (kind, digits)


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        pytest.param("meldingsnummer", "", "is leeg", id="no number"),
        pytest.param("meldingsnummer", "9" * 41, "langer dan 40", id="number too long"),
        pytest.param("persoonsgebonden_nummer", "", "is leeg", id="no number of the child"),
        pytest.param("persoonsgebonden_nummer", "123456789", "geldig", id="number fails the check"),
        pytest.param("persoonsgebonden_nummer", "000000000", "geldig", id="nine zeros"),
        pytest.param("persoonsgebonden_nummer", "1234567", "8 of 9 cijfers", id="seven digits"),
        pytest.param("persoonsgebonden_nummer", "12345678A", "8 of 9 cijfers", id="a letter"),
        pytest.param("achternaam", "", "is leeg", id="no name"),
        pytest.param("achternaam", "x" * 201, "langer dan 200", id="name too long"),
        pytest.param("voornamen", "Jan\x00", "NUL", id="a NUL in a name"),
        pytest.param("toelichting", "x" * 501, "langer dan 500", id="explanation too long"),
        pytest.param("geboortedatum", "", "is leeg", id="no birth date"),
        pytest.param("geboortedatum", "2013-02-29", "geen bestaande datum", id="29 February of a common year"),
        pytest.param("geboortedatum", "2013-4-2", "geen bestaande datum", id="date without zeros"),
        pytest.param("geboortedatum", "04/02/2013", "geen bestaande datum", id="date with slashes"),
        pytest.param("geboortedatum", "٢٠١٣-٠٤-٠٢", "geen bestaande datum", id="digits of another script"),
        pytest.param("geboortedatum", "0013-04-02", "geen bestaande datum", id="a year before 1900"),
        pytest.param("geboortedatum", "2026-10-05", "ligt niet voor", id="born on the first day"),
        pytest.param("gemeentecode", "", "is leeg", id="no gemeente"),
        pytest.param("gemeentecode", "Houten", "gemeentecode", id="gemeente by its name"),
        pytest.param("brin", "", "is leeg", id="no school"),
        pytest.param("brin", "O9A", "BRIN", id="not a BRIN"),
        pytest.param("vestiging", "", "BRIN", id="no location"),
        pytest.param("vestiging", "AA", "BRIN", id="location in letters"),
        pytest.param("begindatum", "", "is leeg", id="no first day"),
        pytest.param("begindatum", "2026-02-30", "geen bestaande datum", id="30 February"),
        pytest.param("begindatum", "31-11-2026", "geen bestaande datum", id="31 November"),
        pytest.param("einddatum", "2026-10-04", "voor de begindatum", id="end before start"),
        pytest.param("einddatum", "morgen", "geen bestaande datum", id="end in words"),
        pytest.param("verzuimsoort", "", "is leeg", id="no kind"),
        pytest.param("verzuimsoort", "V5", "onbekende code", id="unknown kind is not guessed"),
        pytest.param("alle_lessen_gemist", "ja", "onbekende code", id="yes in full"),
        pytest.param("alle_lessen_gemist", "", "is leeg", id="all lessons not said"),
        pytest.param("actie_gemeente_gewenst", "?", "onbekende code", id="action not said"),
        pytest.param("status", "X", "onbekende code", id="unknown status"),
        pytest.param("status", "RB", "onbekende code", id="two statuses"),
        pytest.param("datum_mutatie", "", "is leeg", id="no moment of change"),
        pytest.param("datum_mutatie", "2026-10-19 25:00", "geen bestaande datum", id="25 o'clock"),
    ],
)
def test_every_refusal_names_its_field(field, value, reason):
    refused = refusal(**{field: value})
    assert refused.field == field
    assert reason in refused.reason


def test_no_action_wanted_needs_an_explanation():
    assert refusal(actie_gemeente_gewenst="N", toelichting="").field == "toelichting"
    assert not parse_row(GOOD | {"actie_gemeente_gewenst": "N", "toelichting": "loopt al"}).action_wanted


@pytest.mark.parametrize(
    "field",
    [
        "geboortedatum",
        "begindatum",
        "einddatum",
        "verzuimsoort",
        "status",
        "alle_lessen_gemist",
        "verzuimuren",
        "datum_mutatie",
        "gemeentecode",
        "brin",
        "vestiging",
    ],
)
def test_a_number_in_the_wrong_column_is_not_repeated(field):
    assert "999990019" not in str(refusal(**{field: "999990019"}))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("", {}),
        (" 2026-10-05 = 5 , ", {"2026-10-05": "5"}),
        ("05-10-2026=4.50", {"2026-10-05": "4.5"}),
        ("2026-10-05=24", {"2026-10-05": "24"}),
        ("2026-10-05=10", {"2026-10-05": "10"}),
    ],
)
def test_hours(text, hours):
    assert parse_hours(text, DAY, None) == hours


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("2026-10-05=5,05-10-2026=1", "twee keer", id="the same day twice"),
        pytest.param("2026-10-02=3", "buiten de periode", id="before the first day"),
        pytest.param("2026-10-19=3", "buiten de periode", id="after the last day"),
        pytest.param("2026-02-30=3", "dag=uren", id="a day that does not exist"),
        pytest.param("2026-10-05", "dag=uren", id="no hours behind the day"),
        pytest.param("2026-10-05=5,5", "dag=uren", id="a decimal comma"),
        pytest.param("2026-10-05:5", "dag=uren", id="a colon"),
        pytest.param("2026-10-05=", "getal", id="nothing behind the sign"),
        pytest.param("2026-10-05=0", "getal", id="zero"),
        pytest.param("2026-10-05=-1", "getal", id="negative"),
        pytest.param("2026-10-05=24.5", "getal", id="more than a day"),
        pytest.param("2026-10-05=NaN", "getal", id="not a number"),
        pytest.param("2026-10-05=Infinity", "getal", id="no end"),
        pytest.param("2026-10-05=1e-999999", "getal", id="a number of a million characters"),
        pytest.param("2026-10-05=1_0", "getal", id="digits as in a program"),
        pytest.param("2026-10-05=٥", "getal", id="a digit of another script"),
        pytest.param("2026-10-05=5=6", "getal", id="two signs"),
    ],
)
def test_hours_refused(text, reason):
    with pytest.raises(RowRefused, match=reason) as caught:
        parse_hours(text, DAY, date(2026, 10, 16))
    assert caught.value.field == "verzuimuren"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-10-19", datetime(2026, 10, 19, tzinfo=AMSTERDAM)),
        ("19-10-2026 08:30", datetime(2026, 10, 19, 8, 30, tzinfo=AMSTERDAM)),
        ("2026-10-19T08:30:15", datetime(2026, 10, 19, 8, 30, 15, tzinfo=AMSTERDAM)),
        ("2026-10-19T08:30:00Z", datetime(2026, 10, 19, 8, 30, tzinfo=UTC)),
        ("2026-10-19T10:30:00+02:00", datetime(2026, 10, 19, 8, 30, tzinfo=UTC)),
    ],
)
def test_moment_of_change(text, moment):
    assert parse_row(GOOD | {"datum_mutatie": text}).changed_at == moment


def test_header_in_any_order_and_in_capitals():
    header = [name.upper() for name in reversed(COLUMNS)]
    assert check_header([*header, "extra"]) == [*reversed(COLUMNS), "extra"]


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        pytest.param(list(COLUMNS[1:]), "ontbreekt: meldingsnummer", id="a missing column"),
        pytest.param([*COLUMNS, "brin"], "dubbel in: brin", id="a column twice"),
        pytest.param([",".join(COLUMNS)], "puntkomma", id="separated by commas"),
        pytest.param(["PROVINCIE", "VESTIGINGSCODE"], "ontbreekt", id="another file"),
        pytest.param([], "ontbreekt", id="nothing"),
    ],
)
def test_header_refused(header, sentence):
    with pytest.raises(FileRefused, match=sentence):
        check_header(header)


def test_cells_under_their_names_and_extra_columns_left_out():
    assert as_mapping(["brin", "extra"], ["99AA", "x"]) == {"brin": "99AA"}


@pytest.mark.parametrize("cells", [["99AA"], ["99AA", "00", ""]])
def test_a_row_of_another_width(cells):
    with pytest.raises(RowRefused, match=f"heeft {len(cells)} velden, het moeten er 2 zijn"):
        as_mapping(["brin", "vestiging"], cells)


def test_two_versions_say_the_same_whatever_their_moment():
    later = parse_row(GOOD | {"datum_mutatie": "2026-10-20"})
    assert later.content_hash == parse_row(GOOD).content_hash
    assert parse_row(GOOD | {"status": "G"}).content_hash != later.content_hash


def test_the_number_of_the_child_is_not_in_the_words_of_a_row():
    assert "999990019" not in repr(parse_row(GOOD))


@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=60)))
def test_any_text_is_a_row_or_a_refusal(changes):
    for raw in (changes, GOOD | changes):
        try:
            parse_row(raw)
        except RowRefused as refused:
            assert refused.field in COLUMNS
            assert len(refused.reason) <= 300


@given(st.text(alphabet="0123456789-=,.eE ", max_size=60))
def test_any_hours_are_short_numbers_or_a_refusal(text):
    try:
        hours = parse_hours("2026-10-05=" + text, DAY, None)
    except RowRefused:
        return
    assert all(0 < float(number) <= 24 and len(number) <= 7 for number in hours.values())
