"""Refused lines: kept whole and encrypted, and no personal number readable anywhere in the database."""

import io
import json
from datetime import date

import pytest
from django.db import connection

from cases.intake import uploads
from cases.intake.uploads import read_in
from leerplicht.models import AbsenceReport, ImportFile, RejectedLine
from tests import world
from tests.cases.absence_file import content, line, row
from thuiszitters.core.sealed.secrets import unseal

BSN = world.bsn(7)


def everything() -> str:
    """All rows of all tables, as text."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for values in cursor.fetchall():
                told += [bytes(v).decode("latin-1") if isinstance(v, bytes | memoryview) else str(v) for v in values]
    return "\n".join(told)


def read(data: bytes):
    return read_in(io.BytesIO(data), name="meldingen.csv", today=date(2026, 11, 22))


def test_a_refused_line_is_kept_whole_and_encrypted(lekstroom):
    wrong = row(7, verzuimsoort="X9")
    read(content(row(1), wrong))
    kept = RejectedLine.objects.get()
    assert (kept.line, kept.number, kept.municipality_code, kept.file_name) == (3, "M7", "0356", "meldingen.csv")
    assert (kept.field, kept.reason, kept.state) == ("verzuimsoort", "“X9” is een onbekende code", "open")
    assert json.loads(unseal(kept.sealed_row)) == wrong
    for secret in ("Berg", "Noor", BSN, "X9;J"):
        assert secret not in kept.sealed_row


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(row(7), id="nothing wrong: the number of an accepted report"),
        pytest.param(row(7, verzuimsoort="X9"), id="an unknown kind"),
        pytest.param(row(7, meldingsnummer=BSN, persoonsgebonden_nummer="M7"), id="two columns exchanged"),
        pytest.param(row(7, meldingsnummer=BSN, status="X"), id="the number in both columns"),
        pytest.param(row(7, meldingsnummer=f" {BSN} ", persoonsgebonden_nummer=""), id="the number in another column"),
        pytest.param(row(7, gemeentecode=BSN), id="as gemeente"),
        pytest.param(row(7, geboortedatum=BSN), id="as date of birth"),
        pytest.param(row(7, verzuimsoort=BSN), id="as kind"),
        pytest.param(row(7, verzuimuren=f"{BSN}=5"), id="as hours"),
        pytest.param(row(7, datum_mutatie=BSN), id="as mutation"),
        pytest.param(row(7, brin=BSN), id="as school"),
        pytest.param(BSN + ";Jansen;Jan", id="a line with too few cells"),
        pytest.param(line(row(7)).removeprefix("M7;"), id="a line of which the first cell is missing"),
        pytest.param(line(row(7)).replace("M7;", 'M7;"', 1), id="a quote that is not closed"),
        pytest.param(line(row(7)) + ";" + BSN, id="a line with a cell too many"),
    ],
)
def test_no_personal_number_can_be_read_anywhere(lekstroom, wrong, capsys):
    data = content(row(1), wrong, row(2))
    read(data)
    world_of_rows = everything()
    assert AbsenceReport.objects.filter(number__in=["M1", "M2"]).count() == 2
    for number in (BSN, world.bsn(1), world.bsn(2)):
        assert number not in world_of_rows
    assert BSN not in capsys.readouterr().out


def test_an_uploaded_file_is_encrypted_while_it_waits_and_wiped_after_it(lekstroom):
    data = content(row(1), row(7, verzuimsoort="X9"))
    uploaded = uploads.upload(
        "x.csv", data, by=lekstroom.officer, organisation=lekstroom.organisations["nieuwegein"], municipalities=["0356"]
    )
    assert (uploaded.state, uploaded.counts) == ("voorbeeld", {"nieuw": 1, "afgekeurd": 1})
    assert uploaded.open_content() == data
    assert BSN not in everything()
    assert not AbsenceReport.objects.exists()
    assert uploads.accept(uploaded, by=lekstroom.officer)
    assert (uploaded.state, uploaded.content, AbsenceReport.objects.count()) == ("klaar", None, 1)
    kept = RejectedLine.objects.get()
    assert (kept.organisation, kept.import_file) == (lekstroom.organisations["nieuwegein"], uploaded)
    assert not uploads.accept(uploaded, by=lekstroom.officer)


def test_a_file_that_cannot_be_read_is_wiped_with_a_sentence(lekstroom):
    uploaded = uploads.upload(
        "x.csv",
        b"PK\x03\x04",
        by=lekstroom.officer,
        organisation=lekstroom.organisations["nieuwegein"],
        municipalities=["0356"],
    )
    assert (uploaded.state, uploaded.content) == ("mislukt", None)
    assert "Excel" in uploaded.problem


def test_what_the_user_does_not_want_is_forgotten(lekstroom):
    uploaded = uploads.upload(
        "x.csv",
        content(row(1)),
        by=lekstroom.officer,
        organisation=lekstroom.organisations["nieuwegein"],
        municipalities=["0356"],
    )
    assert uploads.drop(uploaded)
    assert not uploads.accept(uploaded, by=lekstroom.officer)
    assert ImportFile.objects.get().content is None
    assert not AbsenceReport.objects.exists()


def test_a_broken_line_costs_itself_only_and_says_so(lekstroom):
    read(content(row(1), 'M2;"' + world.bsn(2), row(3), "x" * 21_000, row(4), "\x00;" * 23, ";" * 22, row(5)))
    assert set(AbsenceReport.objects.values_list("number", flat=True)) == {"M1", "M3", "M4", "M5"}
    assert set(RejectedLine.objects.values_list("line", flat=True)) >= {3, 5, 7}
