"""Children of two gemeenten, and a Thuiszitterstop with two of them."""

import pytest

from cases.dossier.models import Case
from cases.stops import acts as stops
from cases.stops.models import Stop
from tests import world
from tests.cases.stops.test_stops import a_stop


@pytest.fixture
def cases(lekstroom, friday) -> list[Case]:
    """Three children of Nieuwegein, and one of Houten."""
    made = [
        world.open_case(world.pupil(first_names=n, last_name="Geelvink"), lekstroom.schools["99AA00"])
        for n in ("Noor", "Sem", "Fleur")
    ]
    other = world.pupil(first_names="Joep", last_name="Buiten", municipality_id="0321")
    return [*made, world.open_case(other, lekstroom.schools["99AB00"])]


@pytest.fixture
def stop(lekstroom, cases) -> Stop:
    """It began an hour ago; two children are on the agenda."""
    row = a_stop(lekstroom)
    stops.add_cases(row, cases[:2], by=lekstroom.officer)
    return row
