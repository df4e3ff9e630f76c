"""Prefixes of RvIG table 36, in any case and with any apostrophe (domain A7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerplicht.models import Pupil
from leerplicht.names.folding import APOSTROPHES
from leerplicht.names.prefixes import PREFIXES, WIDEST, join_name, split_prefix, spoken_name

CASES = (str.lower, str.upper, str.title, str.capitalize)


@pytest.mark.parametrize(
    ("typed", "prefix", "last_name"),
    [
        ("van den Berg", "van den", "Berg"),
        ("Van Den Berg", "Van Den", "Berg"),
        ("VAN DER LINDEN", "VAN DER", "LINDEN"),
        ("De las Casas", "De las", "Casas"),
        ("'S Gravesande", "'S", "Gravesande"),
        ("'s-Gravesande", "'s-", "Gravesande"),
        ("’s-Gravesande", "’s-", "Gravesande"),
        ("over 't Streeveld", "over 't", "Streeveld"),
        ("Over ’T Veld", "Over ’T", "Veld"),
        ("in `t Veld", "in `t", "Veld"),
        ("uit den Boogaard", "uit den", "Boogaard"),
        ("von dem Knesebeck", "von dem", "Knesebeck"),
        ("del Castilho", "del", "Castilho"),
        ("aan den Boom", "aan den", "Boom"),
        ("d'Hondt", "d'", "Hondt"),
        ("D’Angelo", "D’", "Angelo"),
        ("van de l'Isle", "van de l'", "Isle"),
        ("t Hart", "t", "Hart"),
        ("van  de   Ven", "van de", "Ven"),
        ("El Amrani", "El", "Amrani"),
        # no prefix
        ("Vandenberg", "", "Vandenberg"),
        ("Denis", "", "Denis"),
        ("O'Brien", "", "O'Brien"),
        ("van", "", "van"),
        ("Van Der", "Van", "Der"),
        ("'s", "", "'s"),
        ("'t Hof-van der Meer", "'t", "Hof-van der Meer"),
        (".", "", "."),
        ("", "", ""),
    ],
)
def test_a_name_is_cut(typed, prefix, last_name):
    assert split_prefix(typed) == (prefix, last_name)


@pytest.mark.parametrize("write", CASES)
@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_prefix_in_every_case(prefix, write):
    found, rest = split_prefix(f"{write(prefix)} Zandvoort")
    assert (found, rest) == (write(prefix), "Zandvoort")


@pytest.mark.parametrize("sign", APOSTROPHES)
@pytest.mark.parametrize("prefix", [p for p in PREFIXES if "'" in p])
def test_every_apostrophe(prefix, sign):
    assert split_prefix(f"{prefix.replace(chr(39), sign)} Hart") == (prefix.replace("'", sign), "Hart")


def test_the_column_is_wide_enough():
    assert max(map(len, PREFIXES)) < WIDEST <= Pupil._meta.get_field("prefix").max_length


@pytest.mark.parametrize(
    ("first_names", "prefix", "last_name", "spoken"),
    [
        ("Noor Fleur", "van den", "Berg", "Noor van den Berg"),
        ("Ann", "d'", "Hondt", "Ann d'Hondt"),
        ("Ann", "'s-", "Gravesande", "Ann 's-Gravesande"),
        ("", "de", "Wit", "de Wit"),
        # no last name: "." in the BRP
        ("Amal", "", ".", "Amal"),
        ("Amal Noor", "", ".", "Amal Noor"),
        ("Amal", "", "-", "Amal"),
        (".", "", ".", "naam onbekend"),
        ("", "", "", "naam onbekend"),
    ],
)
def test_as_people_speak(first_names, prefix, last_name, spoken):
    assert spoken_name(first_names, prefix, last_name) == spoken


@given(st.lists(st.sampled_from([*PREFIXES, "Berg", "d'Hondt", "'s-Graven", "Smit-de Wit"]), min_size=1, max_size=6))
def test_nothing_of_a_name_is_lost(words):
    typed = " ".join(words)
    assert join_name(*split_prefix(typed)).replace(" ", "") == typed.replace(" ", "")
    assert len(split_prefix(typed)[0]) <= WIDEST
