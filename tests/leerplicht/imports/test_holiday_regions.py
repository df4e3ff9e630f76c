"""The holiday region of a school by its gemeente, as the regulation on school holidays has it."""

import pytest

from leerplicht.imports.holiday_regions import BY_MUNICIPALITY, BY_PLACE, BY_PROVINCE, region_of
from leerplicht.models import School


@pytest.mark.parametrize(
    ("code", "province", "region"),
    [
        pytest.param("0014", "Groningen", "noord", id="Groningen"),
        pytest.param("0080", "Friesland", "noord", id="Leeuwarden"),
        pytest.param("0106", "DRENTHE", "noord", id="Assen, in capitals"),
        pytest.param("0193", "Overijssel", "noord", id="Zwolle"),
        pytest.param("0363", "Noord-Holland", "noord", id="Amsterdam"),
        pytest.param("0034", "Flevoland", "noord", id="Almere"),
        pytest.param("0050", "Flevoland", "midden", id="Zeewolde differs"),
        pytest.param("0344", "Utrecht", "midden", id="Utrecht"),
        pytest.param("0317", "Utrecht", "noord", id="Eemnes differs"),
        pytest.param("1961", "Utrecht", "midden", id="Vijfheerenlanden"),
        pytest.param("0599", "Zuid-Holland", "midden", id="Rotterdam"),
        pytest.param("0855", "Noord-Brabant", "zuid", id="Tilburg"),
        pytest.param("0935", "Limburg", "zuid", id="Maastricht"),
        pytest.param("0687", "Zeeland", "zuid", id="Zeeland is not Midden"),
        pytest.param("0200", "Gelderland", "midden", id="Apeldoorn"),
        pytest.param("0202", "Gelderland", "zuid", id="Arnhem"),
        pytest.param("0244", "Gelderland", "noord", id="Hattem"),
        pytest.param("0281", "Gelderland", "midden", id="Tiel"),
    ],
)
def test_region_of_a_gemeente(code, province, region):
    assert region_of(code, province=province) == region


@pytest.mark.parametrize(
    ("code", "place", "region"),
    [
        pytest.param("0736", "ABCOUDE", "noord", id="the north of De Ronde Venen"),
        pytest.param("0736", "MIJDRECHT", "midden", id="the rest of De Ronde Venen"),
        pytest.param("1740", "Dodewaard", "zuid", id="Dodewaard in Neder-Betuwe"),
        pytest.param("1740", "OPHEUSDEN", "midden", id="the rest of Neder-Betuwe"),
        pytest.param("1955", "DIDAM", "zuid", id="Didam in Montferland"),
        pytest.param("1955", "ZEDDAM", "midden", id="the rest of Montferland"),
        pytest.param("1959", "HANK", "zuid", id="Hank in Altena"),
        pytest.param("1959", "WERKENDAM", "midden", id="the rest of Altena"),
        pytest.param("0344", "DIDAM", "midden", id="a place counts in its own gemeente only"),
    ],
)
def test_region_in_a_split_gemeente(code, place, region):
    assert region_of(code, province="Utrecht", place=place) == region


@pytest.mark.parametrize("code", ["0356", "0321", "0353", "0331", "1961"])
def test_lekstroom_is_midden(code):
    assert region_of(code, province="Utrecht") == "midden"


@pytest.mark.parametrize("province", ["", "Gelderland", "Vlaanderen"])
def test_what_cannot_be_told_is_not_guessed(province):
    assert region_of("9999", province=province) == ""


def test_the_tables_hold_codes_and_regions_only():
    regions = {*BY_PROVINCE.values(), *BY_MUNICIPALITY.values(), *BY_PLACE.values()}
    assert regions == set(School.HolidayRegion.values)
    assert all(len(code) == 4 and code.isdigit() for code in (*BY_MUNICIPALITY, *(code for code, _ in BY_PLACE)))
    assert {code for code, _ in BY_PLACE} <= set(BY_MUNICIPALITY)
    # Gelderland has 51 gemeenten; four elsewhere differ from their province or are split.
    assert len(BY_MUNICIPALITY) == 51 + 4
