"""A mistyped number must not make a second child: who looks like one we know is shown before a report is saved."""

from datetime import date

import pytest
from django.urls import reverse

from leerplicht.models import AbsenceReport, Pupil
from tests import world

pytestmark = pytest.mark.django_db
ENTERED = {
    "school": "99AA00",
    "voornamen": "Noor",
    "achternaam": "van den Berg",
    "geboortedatum": "2013-05-05",
    "gemeentecode": "0356",
    "begindatum": "2026-10-05",
    "verzuimsoort": "LRV",
    "alle_lessen_gemist": "J",
    "actie_gemeente_gewenst": "J",
}


@pytest.fixture
def known(lekstroom):
    return world.pupil(last_name="Berg", prefix="van den", born=date(2013, 5, 5))


def send(login, user, **more):
    number = world.bsn(905)
    return login(user).post(reverse("report-new"), ENTERED | {"persoonsgebonden_nummer": number} | more)


def test_a_child_that_looks_like_a_known_one_is_shown_before_anything_is_saved(lekstroom, known, login):
    answer = send(login, lekstroom.officer)
    assert answer.status_code == 422
    assert "Klopt het nummer?" in answer.content.decode()
    assert not AbsenceReport.objects.exists()


def test_who_says_that_it_is_another_child_goes_on(lekstroom, known, login):
    answer = send(login, lekstroom.officer, toch="1")
    assert answer.status_code == 302
    assert Pupil.objects.count() == 2


def test_a_known_number_needs_no_question(lekstroom, known, login):
    answer = send(login, lekstroom.officer, persoonsgebonden_nummer=known.reveal_pgn())
    assert answer.status_code == 302
    assert Pupil.objects.count() == 1


def test_children_of_another_gemeente_are_not_shown(lekstroom, known, login):
    answer = send(login, lekstroom.colleague, gemeentecode="0321")
    assert answer.status_code == 302
