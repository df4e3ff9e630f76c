"""How near what was typed is to a name: as people spell at a telephone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerplicht.children.finding import one_slip
from leerplicht.names.folding import fold
from leerplicht.names.nearness import nearness, typed

CHILDREN = {
    "bohm": ("Zoe", "van der", "Bohm"),
    "koster": ("Jan Willem", "de", "Koster"),
    "yildiz": ("Aylin", "", "Yıldız"),
    "hof": ("Tim", "van ’t", "Hof"),
    "obrien": ("Pat", "", "O'Brien"),
    "wit": ("Julia", "de", "Wit"),
    "amrani": ("Sara", "", "El Amrani-de Wit"),
    "berg": ("Noor Fleur", "van den", "Berg"),
    "ben": ("Ben", "", "Visser"),
}


def found(text: str) -> set[str]:
    return {key for key, name in CHILDREN.items() if nearness(typed(text), *name) is not None}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Zoë vd Boehm", {"bohm"}),
        ("v/d Bohm", {"bohm"}),
        ("v d bohm", {"bohm"}),
        ("v.d. Bohm", {"bohm"}),
        ("vander bohm", {"bohm"}),
        ("vdbohm", set()),
        ("Bohm, Zoe", {"bohm"}),
        ("van der", {"bohm"}),
        ("vd", {"bohm", "berg"}),
        ("Kostr", {"koster"}),
        ("Kster", {"koster"}),
        ("Okster", {"koster"}),
        ("Koxter", {"koster"}),
        ("oster", {"koster"}),
        ("Ksr", set()),
        ("yildiz", {"yildiz"}),
        ("YILDIZ", {"yildiz"}),
        ("van t Hof", {"hof"}),
        ("van 't hof", {"hof"}),
        ("van ‘t Hof", {"hof"}),
        ("hof", {"hof"}),
        ("OBrien", {"obrien"}),
        ("O’Brien", {"obrien"}),
        ("o brien", {"obrien"}),
        ("de Wit Julia", {"wit"}),
        ("Julia de Wit", {"wit"}),
        ("J. de Wit", {"wit"}),
        ("wit", {"wit", "amrani"}),
        ("amrani", {"amrani"}),
        ("el amrani", {"amrani"}),
        ("vandenberg", {"berg"}),
        ("fleur", {"berg"}),
        ("Ben", {"ben"}),
        ("Jan Jan", set()),
        ("Jansen", set()),
    ],
)
def test_who_is_meant(text, keys):
    assert found(text) == keys


def test_the_nearest_first():
    far = [nearness(typed("koster"), "", "", name) for name in ("Koster", "Kosterman", "Kosten", "Bekosterd")]
    assert far == sorted(far) and len(set(far)) == len(far)


def test_the_prefix_that_was_typed_brings_a_name_nearer():
    assert nearness(typed("vd berg"), "", "van den", "Berg") < nearness(typed("vd berg"), "", "", "Berg")


WORD = st.text("abdeklorst", min_size=4, max_size=8)


@given(WORD, st.integers(0, 8), st.sampled_from("abxz"), st.sampled_from(["more", "less", "other", "turned"]))
def test_one_slip_finds_the_name_and_the_patterns_of_the_database_know_it(name, place, letter, kind):
    place = min(place, len(name) - 1)
    slip = {
        "more": name[:place] + letter + name[place:],
        "less": name[:place] + name[place + 1 :],
        "other": name[:place] + letter + name[place + 1 :],
        "turned": name[:place] + name[place : place + 2][::-1] + name[place + 2 :],
    }[kind]
    if len(slip) < 4 or typed(slip).words != (slip,):
        return
    assert nearness(typed(slip), "", "", name) is not None
    assert slip == name or any(re.fullmatch(p, name) for p in one_slip(slip))


@given(st.text(max_size=40))
def test_every_name_finds_itself(name):
    wanted = typed(name)
    if wanted and fold(name).replace(" ", "").isalnum() and len(fold(name).split()) <= 10:
        assert nearness(wanted, "", "", name) is not None
