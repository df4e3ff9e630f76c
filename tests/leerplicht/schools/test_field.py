"""A school is found by a part of its name or place, with and without scripts."""

from datetime import date

import pytest
from django import forms
from django.urls import reverse

from leerplicht.models import Municipality, School
from leerplicht.schools.fields import SchoolField
from leerplicht.schools.finding import by_code, matching
from thuiszitters.core.pages.forms import HouseForm

pytestmark = pytest.mark.django_db

SCHOOLS = (
    ("99ZA00", "De Eikenboom", "Houten", None),
    ("99ZA01", "De Eikenboom, locatie Zuid", "Nieuwegein", None),
    ("99ZB00", "Sint-Jozefschool", "'s-Hertogenbosch", None),
    ("99ZC00", "Súdwester", "IJlst", date(2025, 8, 1)),
    ("99ZD00", "Súdwester Oost", "Sneek", None),
    ("99ZE00", "Alphense Doostschool", "Alphen", None),
)


class Form(HouseForm):
    school = SchoolField()
    other = forms.CharField(required=False)


class MayBeEmpty(HouseForm):
    school = SchoolField(required=False)


@pytest.fixture(autouse=True)
def schools(lekstroom):
    Municipality.objects.create(code="9990", name="Houten")
    for code, name, place, closed in SCHOOLS:
        School.objects.create(code=code, name=name, place=place, closed_on=closed, sector="po", municipality_id="9990")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("eiken", ["99ZA00", "99ZA01"], id="a part of the name"),
        pytest.param("EIKENBOOM houten", ["99ZA00"], id="name and place"),
        pytest.param("jozef bosch", ["99ZB00"], id="with signs in between"),
        pytest.param("sudwester", ["99ZD00", "99ZC00"], id="without accents; closed ones last"),
        pytest.param("zuid", ["99ZA01"], id="another word"),
        pytest.param("oost", ["99ZD00", "99ZE00"], id="where it begins a word goes first"),
        pytest.param("99ZA", ["99ZA00", "99ZA01"], id="a part of the code"),
        pytest.param("zwolle", [], id="nothing"),
        pytest.param("  -- ", [], id="no words"),
    ],
)
def test_what_is_found(typed, found):
    assert [school.code for school in matching(typed)] == found


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("99ZA00", "99ZA00"),
        ("99za 00", "99ZA00"),
        ("De Eikenboom, Houten (99ZA00)", "99ZA00"),
        ("Súdwester, IJlst (99ZC00), gesloten sinds 1 augustus 2025", "99ZC00"),
        ("99XX00", None),
        ("99ZA", None),
        ("Eikenboom", None),
    ],
)
def test_a_code_or_what_was_offered_is_that_school(typed, code):
    school = by_code(typed)
    assert (school.code if school else None) == code


def test_what_is_offered_can_be_sent():
    for school in School.objects.all():
        assert Form({"school": school.label}).is_valid()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("eiken", "Er zijn 2 scholen met “eiken”. Kies er een, of typ meer."),
        ("jozef", "Bedoelt u deze school? Kies haar, of typ iets anders."),
        ("zwolle", "Geen school gevonden met “zwolle”. Typ een deel van de naam of de plaats."),
        ("99XX00", "Geen school gevonden met “99XX00”. Typ een deel van de naam of de plaats."),
    ],
)
def test_other_text_comes_back_with_choices(typed, sentence):
    form = Form({"school": typed})
    assert form.errors["school"] == [sentence]
    page = str(form)
    assert f'value="{typed}"' in page
    assert page.count('name="school_keuze"') == matching(typed).count()


def test_closed_schools_are_marked():
    page = str(Form({"school": "sudwester"}))
    assert page.count('<span class="tag">gesloten</span>') == 1


def test_a_choice_counts_as_long_as_the_text_stays():
    sent = {"school": "eiken", "school_keuze": "99ZA01", "school_gezocht": "eiken"}
    assert Form(sent).is_valid() and Form(sent).fields["school"]
    form = Form(sent)
    form.is_valid()
    assert form.cleaned_data["school"].code == "99ZA01"
    changed = Form(sent | {"school": "jozef"})
    assert not changed.is_valid() and "Bedoelt u" in changed.errors["school"][0]


def test_the_choice_is_shown_when_another_field_is_wrong():
    form = Form({"school": "99za00"})
    form.add_error("other", "Fout")
    assert "De Eikenboom, Houten (99ZA00)" in str(Form(initial={"school": "99ZA00"}))
    form = Form({"school": "eiken", "school_keuze": "99ZA01", "school_gezocht": "eiken"})
    assert "De Eikenboom, locatie Zuid, Nieuwegein (99ZA01)" in str(form)


def test_many_schools_show_the_first_and_say_so():
    for n in range(25):
        School.objects.create(code=f"98Z{chr(65 + n)}00", name="De Eiken", sector="po", municipality_id="9990")
    form = Form({"school": "eiken"})
    assert form.errors["school"] == ["Er zijn meer dan 20 scholen met “eiken”. Kies er een, of typ ook de plaats."]
    assert str(form).count('name="school_keuze"') == 20


def test_empty_is_no_school():
    form = MayBeEmpty({"school": "  "})
    assert form.is_valid() and form.cleaned_data["school"] is None
    assert Form({"school": ""}).errors["school"] == ["Vul dit in."]


def test_two_forms_do_not_share_their_choices():
    assert "school_keuze" in str(Form({"school": "eiken"}))
    assert "school_keuze" not in str(Form({"school": "zwolle"})) and "school_keuze" not in str(Form())


@pytest.mark.parametrize("typed", ["\0", "a" * 400, "%", "<script>", "((((((", "_"])
def test_strange_text_is_no_error_of_the_server(typed):
    form = Form({"school": typed})
    assert not form.is_valid() and "<script>" not in str(form)


def test_the_list_under_the_field(client, lekstroom):
    client.force_login(lekstroom.officer)
    answer = client.get(reverse("school-search"), {"q": "eiken houten"})
    assert answer.json() == {"scholen": ["De Eikenboom, Houten (99ZA00)"]}
    assert client.get(reverse("school-search")).json() == {"scholen": []}
