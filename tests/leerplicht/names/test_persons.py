"""Who is it? What a school sends under a number, beside the child that is known under it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerplicht.names.persons import Likeness, Person, likeness, same_given_names, same_last_name

BORN, OTHER_DAY = date(2013, 5, 5), date(2013, 5, 6)
SAME, RENAMED, ASK = Likeness.SAME, Likeness.RENAMED, Likeness.ASK


@pytest.mark.parametrize(
    ("sent", "known", "judged"),
    [
        # as written, and how it is written
        ("Noor | de Wit", "Noor | de Wit", SAME),
        ("NOOR | DE WIT", "Noor | de Wit", SAME),
        ("Zoe | Celik", "Zoë | Çelik", SAME),
        ("Noor Fleur | de Wit", "Noor | de Wit", SAME),
        ("Noor | de Wit", "Noor Fleur | de Wit", SAME),
        ("Fleur Noor | de Wit", "Noor Fleur | de Wit", SAME),
        ("Fleur | de Wit", "Noor Fleur | de Wit", SAME),
        ("Noor Anna | de Wit", "Noor Fleur | de Wit", SAME),
        ("Mohammed | El Amrani", "Mohamed | El Amrani", SAME),
        ("Sarah | Bakker", "Sara | Bakker", SAME),
        ("Youssef | Bakker", "Yousef | Bakker", SAME),
        ("Christiaan | Bakker", "Kristiaan | Bakker", SAME),
        ("Thijs | Bakker", "Tijs | Bakker", SAME),
        ("N. | de Wit", "Noor | de Wit", SAME),
        ("N.F. | de Wit", "Noor Fleur | de Wit", SAME),
        ("Anne-Marie | Bakker", "Anne Marie | Bakker", SAME),
        (" | de Wit", "Noor | de Wit", SAME),
        ("Noor | Wit", "Noor | de Wit", SAME),
        ("Noor | Bakker-Smit", "Noor | Bakker", SAME),
        ("Noor | Smit", "Noor | Bakker-Smit", SAME),
        ("Noor | d'Hondt", "Noor | d’Hondt", SAME),
        ("Noor | .", "Noor | Bakker", SAME),
        # another last name under the same number: no other child
        ("Noor | Smit", "Noor | Bakker", RENAMED),
        ("Noor | de Boer", "Noor | de Wit", RENAMED),
        ("Noor | Le", "Noor | Bo", RENAMED),
        # twins, brothers, a slip
        ("Tim | Bakker", "Tom | Bakker", ASK),
        ("Daan | Bakker", "Dana | Bakker", ASK),
        ("Dana | Nieuwenaam", "Daan | Oudenaam", ASK),
        ("Eva | Bakker", "Noor | Bakker", ASK),
        ("Eva Noor | Bakker", "Noor Fleur | Bakker", ASK),
        ("E. | Bakker", "Noor | Bakker", ASK),
        (" | Smit", "Noor | Bakker", ASK),
        ("Noor | Smit", " | Bakker", ASK),
        ("李 | Bakker", "王 | Bakker", ASK),
    ],
)
def test_under_the_same_number_and_birth_date(sent, known, judged):
    assert likeness(person(sent), person(known)) == judged


def person(text: str, born: date = BORN) -> Person:
    first, _, last = text.partition(" | ") if " | " in text else ("", "", text.removeprefix("| "))
    return Person(first.strip(), last.strip(), born)


@pytest.mark.parametrize("sent", ["Noor | de Wit", "Tim | de Wit", "Noor | Smit"])
def test_another_birth_date_is_always_a_question(sent):
    assert likeness(person(sent, OTHER_DAY), person("Noor | de Wit")) == ASK


NAMES = st.text(alphabet="abcdefghijklmnoprstuvwxyzëéçøß '-.", max_size=25)
PEOPLE = st.builds(Person, NAMES, NAMES, st.sampled_from([BORN, OTHER_DAY]))


@given(PEOPLE)
def test_a_child_is_like_itself(one):
    assert likeness(one, one) == SAME


@given(PEOPLE, PEOPLE)
def test_it_does_not_matter_who_was_first(one, other):
    assert likeness(one, other) == likeness(other, one)


@given(PEOPLE, NAMES)
def test_a_given_name_more_or_capitals_make_no_other_child(one, extra):
    longer = Person(f"{one.first_names} {extra}", one.last_name.upper(), one.born)
    assert likeness(longer, one) != ASK or not one.first_names.strip(" '-.")


@given(PEOPLE)
def test_the_key_is_that_of_the_folded_name(one):
    shouted = Person(one.first_names.upper(), one.last_name.upper(), one.born)
    assert shouted.key == one.key


def test_what_says_nothing_decides_nothing():
    assert same_given_names("", "Noor") is None and same_given_names("Noor", ".") is None
    assert same_last_name("", "Bakker") and same_last_name(".", "Bakker")
