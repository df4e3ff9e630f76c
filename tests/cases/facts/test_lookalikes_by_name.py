"""Who by the same birth date may be the same child, whatever way the last name is written."""

from datetime import date

import pytest

from cases.facts.acts import possible_duplicates
from tests import world

BORN = date(2012, 3, 4)


@pytest.mark.parametrize(
    ("known", "typed", "found"),
    [
        (("van den", "Berg"), "Berg", True),
        (("", "Bakker-Smit"), "Smit", True),
        (("", "Smit"), "Bakker-Smit", True),
        (("", "Łukasiewicz"), "Lukasiewicz", True),
        (("", "Strauß"), "Strauss", True),
        (("d'", "Ørsted"), "Orsted", True),
        (("", "Bakker"), "Bakkers", True),
        (("van der", "Bohm"), "vd Boehm", True),
        (("van", "Oosterom"), "v Ooosterom", True),
        (("", "Bakker"), "Visser", False),
        (("de", "Wit"), "de Boer", False),
    ],
)
def test_a_name_written_another_way(lekstroom, known, typed, found):
    child = world.pupil(prefix=known[0], last_name=known[1], born=BORN)
    assert list(possible_duplicates(lekstroom.officer, pgn_hash="", last_name=typed, born=BORN)) == [child] * found


def test_of_another_birth_date_or_gemeente_none(lekstroom):
    world.pupil(last_name="Bakker", born=date(2012, 3, 5))
    world.pupil(last_name="Bakker", born=BORN, municipality_id="0193")
    assert not possible_duplicates(lekstroom.officer, pgn_hash="", last_name="Bakker", born=BORN)
