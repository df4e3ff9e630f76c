"""A number that another gemeente knows, with another name: nobody could answer a question about two gemeenten, so the
child gets a row of its own where it lives, with a dossier and an officer (docs/adr/0010)."""

import io
from datetime import date

import pytest

from cases.dossier.models import Case
from cases.intake.uploads import read_in
from leerplicht.models import AbsenceReport, IdentityQuestion, Pupil
from tests.cases.absence_file import content, row

pytestmark = pytest.mark.django_db


def read(*rows) -> dict:
    counts = read_in(io.BytesIO(content(*rows)), name="m.csv", today=date(2026, 11, 20))
    return {word: count for word, count in counts.items() if count}


def other(**changes) -> dict:
    return row(1, meldingsnummer="M9", voornamen="Karel", gemeentecode="0356", **changes)


@pytest.fixture
def known(lekstroom, friday) -> Pupil:
    read(row(1, gemeentecode="0193", brin="99AC"))
    return Pupil.objects.get()


def test_it_is_in_somebodys_sight(known, lekstroom):
    assert read(other()) == {"nieuw": 1}
    assert not IdentityQuestion.objects.exists()
    assert [c.pupil.first_names for c in Case.objects.visible_to(lekstroom.officer)] == ["Karel"]
    assert [c.pupil for c in Case.objects.visible_to(lekstroom.stranger)] == [known]
    known.refresh_from_db()
    assert (known.first_names, known.municipality_id) == ("Noor Fleur", "0193")


def test_reading_again_and_a_newer_version_are_about_that_child(known):
    read(other())
    assert read(other()) == {"ongewijzigd": 1}
    assert read(other(datum_mutatie="2026-10-20", reden="ziek")) == {"gewijzigd": 1}
    assert AbsenceReport.objects.current().get(number="M9").pupil.first_names == "Karel"
    assert Pupil.objects.count() == Case.objects.count() == 2


def test_in_one_gemeente_it_stays_a_question(known):
    read(other() | {"gemeentecode": "0193", "brin": "99AC"})
    assert IdentityQuestion.objects.count() == 1
