"""Nothing closes and nothing goes back in silence: a file that is older, or cut short, waits for a person."""

from datetime import date

import pytest

from leerplicht.models import Municipality, School, SchoolFile
from tests.leerplicht.imports.school_files import HAGUE, SCHOOL, counts, more, read

pytestmark = pytest.mark.django_db

NEW_NAME = SCHOOL | {"VESTIGINGSNAAM": "De Zwaluw"}
UTRECHT = [
    SCHOOL | {"VESTIGINGSCODE": f"97ZA0{n}", "GEMEENTENUMMER": "0344", "GEMEENTENAAM": "UTRECHT"} for n in (1, 2)
]


def open_schools() -> int:
    return School.objects.filter(closed_on=None).count()


def columns_with(*names):
    return (*SCHOOL, *names)


FIRST = [*more(300), *UTRECHT, HAGUE]
OTHERS = FIRST[1:]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        pytest.param(FIRST[:290], "Er zouden 13 van de 303 scholen (basisonderwijs) sluiten", id="more than 1 %"),
        pytest.param([*more(300), HAGUE], "In 1 gemeente zouden alle scholen sluiten (Utrecht)", id="a whole gemeente"),
        pytest.param(FIRST[:-1], "laatste regel van het vorige bestand ontbreekt", id="cut at a line end"),
        pytest.param(
            [FIRST[0] | {"VESTIGINGSCODE": "99Z?00"}, *OTHERS], "vestigingscode niet te lezen", id="a code unreadable"
        ),
    ],
)
def test_a_file_that_may_be_cut_short_changes_nothing(rows, sentence):
    read(FIRST)
    changed = [row | {"STRAATNAAM": "Zonlaan"} for row in rows]
    for _ in range(2):
        outcome = read(changed)
        assert not outcome.saved and sentence in " ".join(outcome.doubts)
    assert open_schools() == len(FIRST) and not School.objects.filter(street="Zonlaan").exists()
    assert read(changed, accept=True).saved and open_schools() == len(
        {row["VESTIGINGSCODE"] for row in rows} - {"99Z?00"}
    )


def test_a_few_schools_close_without_a_question():
    read(FIRST)
    assert counts(read(FIRST[2:])) == {"ongewijzigd": 301, "gesloten": 2}
    assert open_schools() == 301


@pytest.mark.parametrize(
    ("names", "asked"),
    [
        pytest.param(("vestigingen_bo_2026-08.csv", "vestigingen_bo_2026-04.csv"), True, id="months"),
        pytest.param(("20261001.csv", "01-10-2025.csv"), True, id="days in two notations"),
        pytest.param(("a_2026-08.csv", "a_2026-08.csv"), False, id="the same"),
        pytest.param(("a_2026-04.csv", "a_2026-08.csv"), False, id="newer"),
        pytest.param(("schooljaar 2026-2027.csv", "2026-08.csv"), False, id="no day in the first name"),
        pytest.param(("2027-01.csv", "2026-08.csv"), False, id="a day to come is no day"),
    ],
)
def test_an_older_file_waits(names, asked):
    read([SCHOOL], name=names[0])
    outcome = read([NEW_NAME], name=names[1])
    assert outcome.saved is not asked
    assert ("Dit bestand is ouder" in " ".join(outcome.doubts)) is asked


def test_a_file_tells_its_day_in_a_column():
    columns = columns_with("PEILDATUM")
    read([SCHOOL | {"PEILDATUM": "2026-08-01"}], columns=columns)
    assert SchoolFile.objects.get().speaks_of == date(2026, 8, 1)
    outcome = read([NEW_NAME | {"PEILDATUM": "01-04-2026"}], columns=columns)
    assert outcome.doubts == ["Dit bestand is ouder (1 april 2026) dan wat al is ingelezen (1 augustus 2026)."]


def test_an_older_file_of_another_kind_of_education_is_no_older_file():
    read([SCHOOL], name="bo_2026-08.csv")
    assert read([HAGUE], name="so_2026-04.csv", sector="so").saved


def test_after_an_older_file_was_agreed_to_the_newest_day_stays():
    read([SCHOOL], name="2026-08.csv")
    read([NEW_NAME], name="2026-04.csv", accept=True)
    assert not read([SCHOOL], name="2026-06.csv").saved and read([SCHOOL], name="2026-08.csv").saved


def test_a_file_without_a_day_that_opens_closed_schools_waits():
    read([SCHOOL, *more(9)])
    read(more(9), accept=True)
    outcome = read([SCHOOL, *more(9)])
    assert outcome.doubts == ["Dit bestand lijkt ouder dan wat al bekend is. Het zou 1 gesloten school weer openen."]
    assert open_schools() == 9


def test_a_file_without_a_day_that_undoes_changes_waits():
    read([SCHOOL, HAGUE])
    assert read([NEW_NAME, HAGUE]).saved
    outcome = read([SCHOOL, HAGUE])
    assert "1 school terugzetten naar wat eerder bekend was" in outcome.doubts[0]
    assert School.objects.get(code="99ZA00").name == "De Zwaluw"
    assert read([SCHOOL | {"VESTIGINGSNAAM": "De Derde"}, HAGUE]).saved


def test_a_file_that_brings_back_a_gemeente_that_ended_waits():
    Municipality.objects.create(code="0285", name="Voorst", last_day=date(2025, 12, 31))
    assert "1 opgeheven gemeente terugbrengen" in read([SCHOOL]).doubts[0]
    assert not School.objects.exists()
    assert read([SCHOOL], name="2026-08.csv").doubts != []  # nothing dated was read before
    read([HAGUE], name="2026-08.csv")
    assert read([SCHOOL], name="2026-09.csv", accept=True).saved


def test_what_is_only_looked_at_is_not_saved():
    outcome = read([SCHOOL])
    assert outcome.saved and outcome.examples["nieuw"][0]["code"] == "99ZA00"
    changed = read([NEW_NAME], name="")
    assert changed.examples["gewijzigd"][0]["what"] == ['naam: Basisschool "De Vlieger" wordt De Zwaluw']
