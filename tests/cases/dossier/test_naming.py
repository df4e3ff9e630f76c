"""Which texts name somebody: a part of a name where one child is meant, a whole name where many are."""

from datetime import date

import pytest

from cases.sight.naming import names_in, whole_names_in
from leerplicht.models import Enrolment, Guardian
from tests import world


@pytest.fixture
def case(lekstroom, friday):
    child = world.pupil(
        first_names="Zoë Anna",
        prefix="van den",
        last_name="Bos",
        born=date(2013, 6, 10),
        address="Zilverdreef 40, 9910 AB Lopik",
    )
    Guardian.objects.create(pupil=child, name="J. van den Bos", relation="moeder")
    Enrolment.objects.create(pupil=child, school=lekstroom.schools["99AA00"], first_day=date(2026, 8, 1))
    return world.open_case(child, lekstroom.schools["99AA00"])


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("Wie biedt een plek?", False, False),
        ("Zoë wil een dier in de klas", True, False),
        ("voor mevrouw Bos, wethouder", True, False),
        ("een plek bij het bos, voor ZOE", True, False),
        ("bosrand", False, False),
        ("Over zoe van den Bos.", True, True),
        ("Anna van den Bos", True, True),
        ("Van den Bos, Zoë", True, True),
        ("J. van den Bos komt ook", True, True),
        ("{number} bespreken", True, True),
        ("Anna Bos", True, True),
        ("een plek in Nieuwegein", True, False),
        ("Bos, Anna van den", True, True),
        ("wie woont op zilverdreef 40?", True, True),
        ("geboren 10 juni 2013", True, True),
        ("geboren op 10-06-2013", True, True),
        ("met nummer 999990019", True, True),
        ("met nummer 9999.90.019", True, True),
        ("bel 06 12345678 of 030 6069999", False, False),
    ],
)
def test_a_name_in_a_text(case, text, part, whole):
    text = text.format(number=case.number.lower())
    assert (bool(names_in(text, case)), bool(whole_names_in(text, case))) == (part, whole)


def test_a_child_without_first_names_has_a_name(case):
    case.pupil.first_names = ""
    assert names_in("Bos gaat weer", case) and whole_names_in("over van den Bos", case)


def test_the_school_is_named_as_a_whole_only(case):
    name = case.pupil.enrolments.first().school.name
    assert whole_names_in(f"overleg op {name}", case) == [name]
    assert whole_names_in(f"overleg in {name.split()[-1]}", case) == []
