"""Which kind of education a file is about, and that it touches no other."""

import pytest

from leerplicht.imports.school_rows import day_in
from leerplicht.models import School, SchoolBoard
from tests.leerplicht.imports.school_files import COLUMNS, HAGUE, SCHOOL, counts, more, read, reasons

pytestmark = pytest.mark.django_db


def kind(text: str, column: str = "SOORT PO") -> dict:
    outcome = read([SCHOOL | {column: text}], columns=(*COLUMNS, column))
    return reasons(outcome) or School.objects.values_list("sector", flat=True).get()


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("Bo", "po"),
        ("BAO", "po"),
        ("Sbo", "sbo"),
        ("SBAO", "sbo"),
        ("So", "so"),
        ("Vso", "vso"),
        ("(V)SO", "sovso"),
        ("So/Vso", "sovso"),
        ("VSO / SO", "sovso"),
        ("Voortgezet speciaal onderwijs", "vso"),
        ("VO", "vo"),
    ],
)
@pytest.mark.parametrize("column", ["SOORT PO", "SOORT_PO", "Soort primair onderwijs"])
def test_the_kind_as_duo_writes_it(column, text, sector):
    assert kind(text, column) == sector


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "is leeg"), ("Hbo", "“Hbo” is geen bekende soort onderwijs"), ("Speciaal (basis)onderwijs", None)],
)
def test_a_kind_that_is_not_known_is_refused(text, reason):
    ((field, why),) = kind(text).values()
    assert field == "SOORT PO" and (reason is None or why == reason)


@pytest.mark.parametrize("sector", ["sbo", "so", "vso", "vo", "mbo"])
def test_where_the_file_does_not_say_a_person_says_it(sector):
    read([SCHOOL], sector=sector)
    assert School.objects.get().sector == sector


def test_what_the_file_says_goes_before_what_a_person_says():
    columns = (*COLUMNS, "ONDERWIJSSTRUCTUUR")
    read([SCHOOL | {"ONDERWIJSSTRUCTUUR": "PRO"}], columns=columns, sector="so")
    assert School.objects.get().sector == "vo"


@pytest.mark.parametrize("other", ["sbo", "so", "sovso", "vso", "vo"])
def test_a_file_touches_no_other_kind(other):
    """The monthly file of basisonderwijs after one of another kind, and the other way round, agreed to or not."""
    read([SCHOOL], sector=other)
    assert counts(read(more(3))) == {"nieuw": 3}
    assert counts(read([SCHOOL], sector=other)) == {"ongewijzigd": 1}
    assert counts(read(more(3), accept=True)) == {"ongewijzigd": 3}
    assert not School.objects.exclude(closed_on=None).exists()


def test_a_line_about_a_school_of_another_kind_is_refused_and_the_rest_comes_in():
    read([SCHOOL])
    outcome = read([SCHOOL | {"VESTIGINGSNAAM": "Anders"}, HAGUE], sector="so")
    assert counts(outcome) == {"nieuw": 1, "afgekeurd": 1}
    assert reasons(outcome) == {2: ("VESTIGINGSCODE", "99ZA00 staat in het register als basisonderwijs")}
    assert School.objects.get(code="99ZA00").name == 'Basisschool "De Vlieger"'


def test_a_file_of_several_kinds_closes_in_those_only():
    columns = (*COLUMNS, "SOORT PO")
    mixed = [SCHOOL | {"SOORT PO": "So"}, HAGUE | {"SOORT PO": "Sbo"}]
    read(mixed, columns=columns)
    read(more(1))
    assert counts(read(mixed[1:], columns=columns, accept=True)) == {"ongewijzigd": 1}  # it says nothing of so
    grown = [HAGUE | {"SOORT PO": "So"}, more(2)[1] | {"SOORT PO": "Sbo"}]
    assert counts(read(grown, columns=columns, accept=True)) == {"nieuw": 1, "gewijzigd": 1, "gesloten": 1}
    assert School.objects.get(code="99ZB00").sector == "so"


def test_the_cluster_of_special_education_is_kept():
    read([SCHOOL | {"SOORT PO": "So", "CLUSTER": "2"}], columns=(*COLUMNS, "SOORT PO", "CLUSTER"))
    assert School.objects.get().cluster == "2"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("duo_schoolvestigingen_bo_2026-08.csv", "2026-08-01"),
        ("bo20261001.csv", "2026-10-01"),
        ("bo-01-10-2025.csv", "2025-10-01"),
        ("bo_2026.08.15", "2026-08-15"),
        ("bo-2026-02-31.csv", None),
        ("bo.csv", None),
        ("bo-2026.csv", None),
        ("123202608123.csv", None),
    ],
)
def test_the_day_in_a_name(text, day):
    found = day_in(text)
    assert (found.isoformat() if found else None) == day


def test_a_board_gets_its_name_where_the_file_has_it():
    columns = (*COLUMNS, "BEVOEGD GEZAG NAAM")
    read([SCHOOL])
    assert School.objects.get().board == "00123" and not SchoolBoard.objects.exists()
    read([SCHOOL | {"BEVOEGD GEZAG NAAM": "Stichting De Vlieger"}], columns=columns)
    read([SCHOOL | {"BEVOEGD GEZAG NAAM": " "}], columns=columns)
    assert str(SchoolBoard.objects.get(number="00123")) == "Stichting De Vlieger"
    read([SCHOOL | {"BEVOEGD GEZAG NAAM": "Stichting De Zwaluw"}], columns=columns)
    assert list(SchoolBoard.history.values_list("name", flat=True)) == ["Stichting De Zwaluw", "Stichting De Vlieger"]
