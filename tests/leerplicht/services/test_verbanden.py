"""To which samenwerkingsverband a school belongs, as a table; and the table of postcodes that it is read from."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from leerplicht.imports.postcodes import import_postcodes
from leerplicht.imports.text_files import FileRefused
from leerplicht.models import Municipality, PostcodeArea, School, SchoolBoard
from leerplicht.services.verbanden import LEVELS, told_of, verbanden_of
from thuiszitters.core.people.organisations import Organisation

pytestmark = pytest.mark.django_db
FILE = "PC4;GEMEENTE;SWV_PO;SWV_VO\r\n3431;Nieuwegein;PO2604;VO2604\r\n8011;Zwolle;PO 23-05;vo2305\r\n9999;Elders;;\r\n"


def school(sector, **fields) -> School:
    Municipality.objects.get_or_create(code="0356", name="Nieuwegein")
    return School.objects.create(
        **{"code": "99AA00", "name": "De Linde", "sector": sector, "postcode": "3431AB", "municipality_id": "0356"}
        | {"holiday_region": "midden"}
        | fields
    )


def read(text: str):
    return import_postcodes(io.BytesIO(text.encode()))


@pytest.mark.parametrize(
    ("sector", "fields", "codes"),
    [
        ("po", {}, ["PO2604"]),
        ("sbo", {}, ["PO2604"]),
        ("so", {}, ["PO2604"]),
        ("sovso", {}, ["PO2604", "VO2604"]),
        ("vso", {}, ["VO2604"]),
        ("vo", {}, ["VO2604"]),
        ("mbo", {}, []),
        ("so", {"cluster": "2"}, []),
        ("vso", {"cluster": "3"}, ["VO2604"]),
        ("vo", {"verband_by_hand": "VO0001"}, ["VO0001"]),
        ("sovso", {"verband_by_hand": "VO0001"}, ["PO2604", "VO0001"]),
        ("so", {"cluster": "1", "verband_by_hand": "PO0001"}, ["PO0001"]),
        ("vo", {"postcode": "1234AB"}, []),
        ("vo", {"postcode": ""}, []),
        ("vo", {"postcode": "9999AB"}, []),
    ],
)
def test_the_verband_of_a_school(sector, fields, codes):
    read(FILE)
    row = school(sector, **fields)
    assert verbanden_of([row]) == {row.pk: codes}


def test_every_kind_of_education_has_its_levels():
    assert set(LEVELS) == set(School.Sector)


def test_a_verband_by_hand_is_written_in_one_way():
    row = school("vo", verband_by_hand="vo26-04")
    row.clean()
    assert row.verband_by_hand == "VO2604"
    row.verband_by_hand = "26-04"
    with pytest.raises(ValidationError, match="is PO of VO met 4 cijfers"):
        row.clean()


def test_the_table_twice_and_changed():
    assert dict(read(FILE).counts) == {"nieuw": 3}
    assert dict(read(FILE).counts) == {"ongewijzigd": 3}
    assert dict(read(FILE.replace("PO2604", "PO2699")).counts) == {"ongewijzigd": 2, "gewijzigd": 1}
    assert PostcodeArea.objects.get(digits="3431").verband_po == "PO2699"


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        ("343;X;PO2604;VO2604", "PC4", "“343” is geen postcode van vier cijfers"),
        ("3431;X;VO2604;VO2604", "SWV_PO", "VO2604 is geen samenwerkingsverband PO"),
        ("3431;X;PO2604;26-04", "SWV_VO", "is PO of VO met 4 cijfers"),
        ("3431;X;PO2604", "regel", "heeft 3 velden"),
        ("8011;X;PO2305;VO2305\r\n8011;X;PO2305;VO2305", "PC4", "8011 staat twee keer"),
    ],
)
def test_a_wrong_line_is_refused_and_the_rest_comes_in(line, field, reason):
    outcome = read(f"PC4;GEMEENTE;SWV_PO;SWV_VO\r\n{line}\r\n9711;Groningen;PO2001;VO2001\r\n")
    ((_, refused),) = outcome.refused
    assert refused.field == field and reason in refused.reason
    assert PostcodeArea.objects.filter(digits="9711").exists()


def test_another_file_is_refused():
    with pytest.raises(FileRefused, match="geen tabel van postcodes"):
        read("a;b\r\n1;2\r\n")


def test_what_is_told_of_a_school():
    read(FILE)
    row = school("sovso", board="40123")
    assert told_of([row]) == {row.pk: "bestuur 40123 · samenwerkingsverband PO2604 · samenwerkingsverband VO2604"}
    SchoolBoard.objects.create(number="40123", name="Stichting De Boom")
    Organisation.objects.create(kind="samenwerkingsverband", code="VO2604", name="Verband VO")
    row.sector = "vo"
    assert told_of([row]) == {row.pk: "bestuur Stichting De Boom · Verband VO (VO2604)"}
    assert told_of([school("vo", code="99AB00", postcode="")]) == {row.pk + 1: ""}


def test_the_command(tmp_path, capsys):
    file = tmp_path / "postcodes.csv"
    file.write_text(FILE)
    call_command("import_postcodes", str(file))
    assert capsys.readouterr().out == "3 nieuw, 0 gewijzigd, 0 ongewijzigd, 0 afgekeurd\n"
    file.write_text("PC4;SWV_PO;SWV_VO\r\nx;;\r\n")
    with pytest.raises(CommandError, match="Geen enkele postcode"):
        call_command("import_postcodes", str(file))
