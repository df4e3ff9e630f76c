"""The page to sign begins with the child: how long at home, and what people think of this place."""

from datetime import date

import pytest

from cases.decisions.models import DecisionParty
from cases.decisions.queries import opinions_of
from leerplicht.models import Guardian
from tests.cases.overleg import TODAY

pytestmark = pytest.mark.django_db


def heard(row, lekstroom, who, words, **fields) -> DecisionParty:
    values = {"how": "gesprek", "on": date(2026, 11, 12)} | fields
    return DecisionParty.objects.create(decision=row, who=who, position=words, by=lekstroom.officer, **values)


def said(row) -> dict[str, tuple[str, bool]]:
    return {one.who: (one.words, one.disagrees) for one in opinions_of(row, TODAY)}


@pytest.fixture
def clean(presented):
    presented.parties.all().delete()
    presented.school, presented.provider = None, "De Haven"
    presented.save()
    return presented


MOTHER, CHILD, SCHOOL = "Fatima Bakker, moeder", "Noor Bakker", "De Haven, die het kind ontvangt"


def test_who_was_not_asked_is_named(clean):
    assert said(clean) == {MOTHER: ("", False), CHILD: ("", False), SCHOOL: ("", False)}


def test_the_last_word_of_each(clean, lekstroom):
    mother = Guardian.objects.get(name="Fatima Bakker")
    heard(clean, lekstroom, "ouder", "Te ver.", guardian=mother, disagrees=True)
    heard(clean, lekstroom, "ouder", "Toch goed.", guardian=mother, on=date(2026, 11, 15))
    heard(clean, lekstroom, "kind", "Ik wil dichtbij.", disagrees=True)
    heard(clean, lekstroom, "school", "Er is plek.", name="mentor van De Haven")
    assert said(clean) == {
        MOTHER: ("Toch goed.", False),
        CHILD: ("Ik wil dichtbij.", True),
        SCHOOL: ("Er is plek.", False),
    }


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"name": "De Lindeboom"}, ""), ({"name": ""}, ""), ({"name": "de haven"}, "Er is plek."),
     ({"name": "De Haven", "how": "niet", "on": None}, "")],
)  # fmt: skip
def test_only_the_school_that_receives_the_child_speaks_for_the_place(clean, lekstroom, fields, words):
    heard(clean, lekstroom, "school", "Er is plek.", **fields)
    assert said(clean)[SCHOOL] == (words, False)


def test_a_parent_without_gezag_does_not_decide(clean):
    Guardian.objects.create(pupil=clean.case.pupil, name="Joost", relation="vader", gezag="nee")
    assert not [who for who in said(clean) if "Joost" in who]


def test_a_parent_of_whom_it_is_not_known_is_not_left_out(clean):
    Guardian.objects.create(pupil=clean.case.pupil, name="Joost", relation="vader")
    assert said(clean)["Joost, vader (gezag onbekend)"] == ("", False)


def test_the_page_to_sign_begins_with_it(clean, lekstroom, as_user):
    heard(clean, lekstroom, "kind", "Ik wil dichtbij.", disagrees=True)
    shown = as_user("holder").get(f"/dossiers/{clean.case.number}/besluit/{clean.pk}/tekenen/").content.decode()
    order = ["Noor Bakker, 13 jaar", "dagen thuis", "nog niet gevraagd", "Ik wil dichtbij.", 'name="sure"']
    places = [shown.index(words) for words in order]
    assert places == sorted(places)
