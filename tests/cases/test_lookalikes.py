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


def send(login, user, *, anyway=False, **more):
    form = ENTERED | {"persoonsgebonden_nummer": world.bsn(905)} | more
    client, path = login(user), reverse("report-new")
    return world.report_anyway(client, form, path) if anyway else client.post(path, form)


def test_a_child_that_looks_like_a_known_one_is_shown_before_anything_is_saved(lekstroom, known, login):
    answer = send(login, lekstroom.officer)
    assert answer.status_code == 422
    assert "Klopt het nummer?" in answer.content.decode()
    assert not AbsenceReport.objects.exists()


def test_who_says_that_it_is_another_child_goes_on(lekstroom, known, login):
    answer = send(login, lekstroom.officer, anyway=True)
    assert answer.status_code == 302
    assert Pupil.objects.count() == 2


def test_a_known_number_needs_no_question(lekstroom, known, login):
    answer = send(login, lekstroom.officer, persoonsgebonden_nummer=known.reveal_pgn())
    assert answer.status_code == 302
    assert Pupil.objects.count() == 1


def test_children_of_another_gemeente_are_not_shown(lekstroom, known, login):
    answer = send(login, lekstroom.colleague, gemeentecode="0321")
    assert answer.status_code == 302


WITHOUT = {"persoonsgebonden_nummer": "", "zonder_nummer": "on"}


@pytest.mark.parametrize("name", ["vd Bergh", "van de Berg-Smits", "Bergen"])
def test_a_report_without_a_number_asks_too(lekstroom, known, login, name):
    """At the telephone nobody knows the number, and a name as it is heard made a second child."""
    answer = send(login, lekstroom.officer, achternaam=name, voornamen="Nora", **WITHOUT)
    assert answer.status_code == 422 and not AbsenceReport.objects.exists()
    assert "Kennen wij dit kind al?" in answer.content.decode()
    assert send(login, lekstroom.officer, achternaam=name, voornamen="Nora", anyway=True, **WITHOUT).status_code == 302


def test_where_the_rules_say_who_it_is_nothing_is_asked(lekstroom, known, login):
    assert send(login, lekstroom.officer, **WITHOUT).status_code == 302


def test_a_school_without_a_number_learns_nothing(lekstroom, known, login):
    assert send(login, lekstroom.users["teacher"], achternaam="vd Bergh", **WITHOUT).status_code == 302


def test_a_new_dossier_of_a_child_we_know_says_which_dossier_there_is(lekstroom, known, login):
    case = world.open_case(known, lekstroom.schools["99AA00"])
    child = {"first_names": "Noor", "prefix": "", "last_name": "vd Bergh", "born": "2013-05-05", "municipality": "0356"}
    fact = {"pgn": "", "first_day": "2026-11-02", "how_known": "BRP"}
    answer = login(lekstroom.officer).post(reverse("case-new"), child | fact)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Kennen wij dit kind al?" in page and f"open dossier {case.number}" in page
