"""The register of schools over the years: new, changed, closed and reopened; read twice without a difference."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from leerplicht.models import Municipality, School
from tests.leerplicht.imports.school_files import (
    COLUMNS,
    HAGUE,
    NO_REGION,
    SCHOOL,
    TODAY,
    as_bytes,
    counts,
    more,
    read,
    reasons,
)
from thuiszitters.core.people.organisations import Organisation

pytestmark = pytest.mark.django_db


def test_twice_makes_no_difference_and_no_history():
    read([SCHOOL, HAGUE])
    assert counts(read([SCHOOL, HAGUE])) == {"ongewijzigd": 2}
    assert School.history.count() == 2


def test_a_change_is_written_with_its_history():
    read([SCHOOL, HAGUE])
    assert counts(read([SCHOOL | {"VESTIGINGSNAAM": "De Zwaluw"}, HAGUE])) == {"gewijzigd": 1, "ongewijzigd": 1}
    names = School.objects.get(code="99ZA00").history.values_list("name", "history_type")
    assert list(names) == [("De Zwaluw", "~"), ('Basisschool "De Vlieger"', "+")]


def test_a_column_that_the_file_lacks_leaves_what_is_known():
    read([SCHOOL])
    columns = tuple(column for column in COLUMNS if column not in ("TELEFOONNUMMER", "RMC-REGIO CODE"))
    assert counts(read([SCHOOL], columns=columns)) == {"ongewijzigd": 1}


def test_a_value_that_became_empty_is_emptied():
    read([SCHOOL])
    read([SCHOOL | {"TELEFOONNUMMER": " "}])
    assert School.objects.get().phone == ""


def test_a_school_that_left_the_register_is_closed_and_stays():
    read([SCHOOL, *more(9)])
    assert counts(read(more(9), accept=True)) == {"ongewijzigd": 9, "gesloten": 1}
    assert School.objects.get(code="99ZA00").closed_on == TODAY
    assert counts(read(more(9), today=date(2027, 1, 4))) == {"ongewijzigd": 9}
    assert School.objects.get(code="99ZA00").closed_on == TODAY


def test_a_school_that_returns_is_reopened():
    read([SCHOOL, *more(9)])
    read(more(9), accept=True)
    again = read([SCHOOL | {"VESTIGINGSNAAM": "De Zwaluw"}, *more(9)], accept=True)
    assert counts(again) == {"heropend": 1, "ongewijzigd": 9}
    school = School.objects.get(code="99ZA00")
    assert (school.name, school.closed_on, school.history.count()) == ("De Zwaluw", None, 3)


def test_what_is_missing_closes_when_asked():
    read(more(20))
    assert counts(read(more(2), accept=True)) == {"ongewijzigd": 2, "gesloten": 18}


def test_the_other_sector_stays_open():
    read(more(20))
    columns = (*COLUMNS, "ONDERWIJSSTRUCTUUR")
    outcome = read([SCHOOL | {"ONDERWIJSSTRUCTUUR": "PRO"}], columns=columns, accept=True)
    assert counts(outcome) == {"nieuw": 1}


def test_a_school_that_no_file_brought_stays_open():
    read([SCHOOL])
    School.objects.create(code="97ZZ00", name="Met de hand", sector="po", municipality_id="0285")
    read([SCHOOL], accept=True)
    assert not School.objects.exclude(closed_on=None).exists()


def test_a_refused_line_does_not_close_its_school():
    read([SCHOOL, *more(9)])
    outcome = read([SCHOOL | {"VESTIGINGSNAAM": " "}, *more(9)])
    assert counts(outcome) == {"afgekeurd": 1, "ongewijzigd": 9}


def test_a_school_does_not_change_its_sector():
    read([SCHOOL])
    outcome = read([SCHOOL | {"ONDERWIJSSTRUCTUUR": "PRO"}], columns=(*COLUMNS, "ONDERWIJSSTRUCTUUR"))
    assert reasons(outcome) == {2: ("VESTIGINGSCODE", "99ZA00 staat in het register als basisonderwijs")}
    assert School.objects.get().sector == "po"


def test_the_known_region_stays_when_the_file_has_none():
    read([SCHOOL | {"VAKANTIEREGIO": "Zuid"}])
    assert counts(read([SCHOOL], columns=NO_REGION)) == {"ongewijzigd": 1}
    assert School.objects.get().holiday_region == "zuid"


def test_the_region_follows_a_school_that_moved():
    read([SCHOOL])
    read([SCHOOL | {"GEMEENTENUMMER": "0202", "GEMEENTENAAM": "ARNHEM"}], columns=NO_REGION)
    assert School.objects.get().holiday_region == "zuid"


def test_the_region_of_a_known_gemeente_serves_where_no_table_does():
    Municipality.objects.create(code="9999", name="Nieuwstad", holiday_region="noord")
    read([SCHOOL | {"GEMEENTENUMMER": "9999"}], columns=NO_REGION)
    assert School.objects.get().holiday_region == "noord"


@pytest.mark.parametrize(
    ("before", "in_file", "after"),
    [
        pytest.param("Súdwest-Fryslân", "SUDWEST-FRYSLAN", "Súdwest-Fryslân", id="better spelling stays"),
        pytest.param("VOORST", "VOORST", "VOORST", id="only capitals differ"),
        pytest.param("Voorst", " ", "Voorst", id="empty in the file"),
        pytest.param("Gemeente 0285", "VOORST", "Voorst", id="now it has a name"),
        pytest.param("Oudstad", "NIEUWSTAD", "Nieuwstad", id="another name"),
    ],
)
def test_a_known_name_of_a_gemeente(before, in_file, after):
    Municipality.objects.create(code="0285", name=before)
    read([SCHOOL | {"GEMEENTENAAM": in_file}])
    assert Municipality.objects.get(code="0285").name == after


def test_a_gemeente_named_on_one_of_its_lines():
    read([SCHOOL | {"GEMEENTENAAM": " "}, *more(1)])
    assert Municipality.objects.get().name == "Voorst"


def test_a_gemeente_has_the_region_of_most_of_its_open_schools():
    south = [row | {"VAKANTIEREGIO": "Zuid"} for row in more(3)]
    read([SCHOOL, HAGUE, *south])
    assert dict(Municipality.objects.values_list("code", "holiday_region")) == {"0285": "zuid", "0518": "midden"}
    read([SCHOOL, HAGUE], accept=True)
    assert Municipality.objects.get(code="0285").holiday_region == "midden"


def test_no_organisation_is_made():
    read([SCHOOL, HAGUE])
    assert not Organisation.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_rows(django_assert_max_num_queries):
    """What is written goes in batches of at least fifty rows, the smallest that a database allows."""
    with django_assert_max_num_queries(35):
        read(more(400))
    with django_assert_max_num_queries(35):
        read([row | {"STRAATNAAM": "Zonlaan"} for row in more(400)])
    with django_assert_max_num_queries(10):
        read([row | {"STRAATNAAM": "Zonlaan"} for row in more(400)])


def test_half_a_file_never_gets_in(monkeypatch):
    def fail(self, codes):
        raise RuntimeError

    monkeypatch.setattr("leerplicht.imports.schools._Import._set_holiday_regions", fail)
    with pytest.raises(RuntimeError):
        read([SCHOOL, HAGUE])
    assert not School.objects.exists()
    assert not Municipality.objects.exists()


@pytest.fixture
def command(tmp_path, capsys):
    """Run import_schools on these rows; gives the lines of output and of errors."""

    def run(rows, *options):
        file = tmp_path / "scholen.csv"
        file.write_bytes(as_bytes(rows))
        call_command("import_schools", str(file), *options)
        return [text.splitlines() for text in capsys.readouterr()]

    return run


def test_the_command_ends_with_counts(command):
    assert command([SCHOOL, HAGUE])[0][1:] == [
        "2 nieuw, 0 gewijzigd, 0 ongewijzigd, 0 gesloten, 0 heropend, 0 afgekeurd"
    ]
    assert command([SCHOOL, HAGUE])[0][1:] == [
        "0 nieuw, 0 gewijzigd, 2 ongewijzigd, 0 gesloten, 0 heropend, 0 afgekeurd"
    ]


def test_the_command_names_each_refused_line(command):
    out, err = command([SCHOOL, HAGUE | {"GEMEENTENUMMER": " "}])
    assert err == ["regel 3: GEMEENTENUMMER: is leeg"]
    assert out[-1].endswith("1 afgekeurd")


def test_the_command_says_what_it_did_not_do(command):
    command(more(4))
    with pytest.raises(CommandError, match=r"Er zouden 3 van de 4 scholen.*sluiten.*--accept-closures"):
        command(more(1))
    assert not School.objects.exclude(closed_on=None).exists()
    assert command(more(1), "--accept-closures")[0][-1].startswith("0 nieuw, 0 gewijzigd, 1 ongewijzigd, 3 gesloten")


def test_the_command_reads_special_education(command):
    assert command([SCHOOL, HAGUE], "--sector", "vso")[0][0] == "Ingelezen: voortgezet speciaal onderwijs."
    assert set(School.objects.values_list("sector", flat=True)) == {"vso"}


def test_the_command_fails_when_every_line_is_refused(command):
    command([HAGUE])
    with pytest.raises(CommandError, match="Geen enkele school"):
        command([SCHOOL | {"VESTIGINGSNAAM": " "}], "--accept-closures")
    assert School.objects.get().closed_on is None


def test_the_command_fails_on_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="bestaat niet of is niet te openen"):
        call_command("import_schools", str(tmp_path / "weg.csv"))


def test_the_command_fails_on_a_file_that_is_refused(tmp_path):
    file = tmp_path / "scholen.xlsx"
    file.write_bytes(b"PK\x03\x04")
    with pytest.raises(CommandError, match="Excel"):
        call_command("import_schools", str(file))
