"""What is read from a file of schools, whatever its year; lines and files that are refused."""

import io

import pytest

from leerplicht.imports.schools import import_schools
from leerplicht.imports.text_files import FileRefused
from leerplicht.models import Municipality, School
from tests.leerplicht.imports.school_files import (
    COLUMNS,
    HAGUE,
    NO_REGION,
    OLD_NAMES,
    SCHOOL,
    as_bytes,
    counts,
    read,
    reasons,
    without_zeros,
)

pytestmark = pytest.mark.django_db


def test_a_school_with_all_it_has():
    assert counts(read([SCHOOL])) == {"nieuw": 1}
    school = School.objects.get()
    assert (school.code, school.name, school.sector) == ("99ZA00", 'Basisschool "De Vlieger"', "po")
    assert (school.board, school.rmc_region, school.holiday_region) == ("00123", "09", "midden")
    assert (school.street, school.house_number, school.postcode) == ("Wolkenlaan", "7-A", "7391AB")
    assert (school.place, school.denomination) == ("'s-Wolkendam", "Hindoeïstisch")
    assert (school.phone, school.website) == ("0571000001", "www.vlieger.voorbeeld")
    assert (school.municipality_id, school.structure, school.closed_on) == ("0285", "", None)


def test_one_space_is_empty():
    read([HAGUE])
    assert School.objects.filter(phone="", website="").exists()


def test_a_secondary_school_is_known_by_its_structure():
    columns = (*COLUMNS, "ONDERWIJSSTRUCTUUR")
    read([SCHOOL | {"ONDERWIJSSTRUCTUUR": "VBO/MAVO"}], columns=columns)
    assert School.objects.values_list("sector", "structure").get() == ("vo", "VBO/MAVO")


LAYOUTS = [
    pytest.param({}, id="2026"),
    pytest.param({"names": OLD_NAMES, "line_end": "\n"}, id="2021"),
    pytest.param({"names": OLD_NAMES | {"INSTELLINGSCODE": "BRIN-NUMMER"}}, id="BRIN with a dash"),
    pytest.param({"columns": tuple(reversed(COLUMNS))}, id="another order"),
    pytest.param({"names": {column: column.lower() for column in COLUMNS}}, id="small letters"),
    pytest.param({"encoding": "utf-8-sig"}, id="utf-8 with a byte order mark"),
    pytest.param({"encoding": "utf-8-sig", "delimiter": ",", "line_end": "\n"}, id="dump with commas"),
]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_says_the_same(layout):
    read([SCHOOL, HAGUE])
    assert counts(read([SCHOOL, HAGUE], **layout)) == {"ongewijzigd": 2}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_lost_zeros_come_back(layout):
    read([SCHOOL, HAGUE])
    assert counts(read([without_zeros(SCHOOL), without_zeros(HAGUE)], **layout)) == {"ongewijzigd": 2}


@pytest.mark.parametrize("location", ["7", "07"])
def test_a_location_beside_its_brin(location):
    read([SCHOOL | {"VESTIGINGSCODE": location}], names=OLD_NAMES)
    assert School.objects.get().code == "99ZA07"


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        pytest.param({"VESTIGINGSCODE": " "}, "VESTIGINGSCODE", "is leeg", id="no code"),
        pytest.param({"VESTIGINGSCODE": "O9ZA00"}, "VESTIGINGSCODE", "2 cijfers, 2 letters", id="letter O for a zero"),
        pytest.param({"VESTIGINGSNAAM": " "}, "VESTIGINGSNAAM", "is leeg", id="no name"),
        pytest.param({"VESTIGINGSNAAM": "x" * 201}, "VESTIGINGSNAAM", "langer dan 200", id="name too long"),
        pytest.param({"VESTIGINGSNAAM": "De\x00Vlieger"}, "VESTIGINGSNAAM", "NUL", id="NUL"),
        pytest.param({"VESTIGINGSNAAM": "x" * 20_001}, "regel", "langer dan 20.000", id="a field without end"),
        pytest.param({"GEMEENTENUMMER": " "}, "GEMEENTENUMMER", "is leeg", id="no gemeente"),
        pytest.param({"GEMEENTENUMMER": "Voorst"}, "GEMEENTENUMMER", "gemeentecode", id="gemeente by name"),
        pytest.param({"VAKANTIEREGIO": "Oost"}, "VAKANTIEREGIO", "geen vakantieregio", id="no such region"),
        pytest.param(
            {"VAKANTIEREGIO": " ", "GEMEENTENUMMER": "9999"}, "VAKANTIEREGIO", "niet af te leiden", id="region unknown"
        ),
        pytest.param(
            {"VESTIGINGSCODE": "99ZB00"}, "VESTIGINGSCODE", "staat ook op regel 2", id="the same school twice"
        ),
    ],
)
def test_a_bad_line_is_reported_and_the_rest_is_read(changes, field, reason):
    outcome = read([HAGUE, SCHOOL | changes])
    assert counts(outcome) == {"nieuw": 1, "afgekeurd": 1}
    assert reasons(outcome)[3][0] == field
    assert reason in reasons(outcome)[3][1]
    assert School.objects.get().code == "99ZB00"


def test_a_line_of_another_width():
    content = as_bytes([SCHOOL]) + b"een;losse;regel\r\n"
    outcome = import_schools(io.BytesIO(content))
    assert reasons(outcome) == {3: ("regel", "heeft 3 velden, het moeten er 17 zijn")}


def test_a_formula_is_kept_as_text():
    read([SCHOOL | {"VESTIGINGSNAAM": "=cmd()"}])
    assert School.objects.get().name == "=cmd()"


@pytest.mark.parametrize(
    ("changes", "region"),
    [
        pytest.param({}, "midden", id="by gemeente: Voorst"),
        pytest.param({"GEMEENTENUMMER": "0244"}, "noord", id="by gemeente: Hattem"),
        pytest.param({"GEMEENTENUMMER": "1955", "PLAATSNAAM": "DIDAM"}, "zuid", id="by place: Didam"),
        pytest.param({"GEMEENTENUMMER": "0687", "PROVINCIE": "Zeeland"}, "zuid", id="by province: Zeeland"),
    ],
)
def test_a_file_without_holiday_regions(changes, region):
    read([SCHOOL | changes], columns=NO_REGION)
    assert School.objects.get().holiday_region == region


@pytest.mark.parametrize(
    ("in_file", "name"),
    [
        ("S GRAVENHAGE", "'s-Gravenhage"),
        ("'S-GRAVENHAGE", "'s-Gravenhage"),
        ("IJSSELSTEIN", "IJsselstein"),
        ("CAPELLE AAN DEN IJSSEL", "Capelle aan den IJssel"),
        ("DE RONDE VENEN", "De Ronde Venen"),
        ("HENDRIK-IDO-AMBACHT", "Hendrik-Ido-Ambacht"),
        ("REUSEL-DE MIERDEN", "Reusel-De Mierden"),
        ("SUDWEST-FRYSLAN", "Súdwest-Fryslân"),
        ("BERGEN NH", "Bergen (NH.)"),
        ("Wijk bij Duurstede", "Wijk bij Duurstede"),
        (" ", "Gemeente 0285"),
    ],
)
def test_name_of_a_gemeente(in_file, name):
    read([SCHOOL | {"GEMEENTENAAM": in_file}])
    assert Municipality.objects.get(code="0285").name == name


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(as_bytes([SCHOOL], columns=COLUMNS[4:]), "VESTIGINGSCODE of VESTIGINGSNUMMER", id="no code"),
        pytest.param(as_bytes([HAGUE], columns=COLUMNS[:4]), "VESTIGINGSNAAM, GEMEENTENUMMER", id="no name, gemeente"),
        pytest.param(b"meldingsnummer;achternaam\n1;x\n", "geen DUO-bestand", id="another file"),
        pytest.param(as_bytes([]), "geen scholen", id="a header alone"),
        pytest.param(b"", "leeg", id="empty"),
        pytest.param(b"PK\x03\x04 a workbook", "Excel", id="xlsx"),
        pytest.param("VESTIGINGSCODE".encode("utf-16"), "UTF-16", id="utf-16"),
        pytest.param(b"x" * 30_000 + b";y\n1;2\n", "kolomnamen", id="a header without end"),
    ],
)
def test_a_file_that_is_refused_leaves_everything_as_it_was(content, sentence):
    read([SCHOOL])
    with pytest.raises(FileRefused, match=sentence):
        import_schools(io.BytesIO(content), accept=True)
    assert School.objects.filter(closed_on=None).count() == School.history.count() == 1
