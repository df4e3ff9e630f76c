"""What the tests of pages share: people behind a browser, and a dossier on Friday 20 November 2026."""

import pytest

from cases.models import Case
from tests import world


@pytest.fixture
def case(lekstroom, friday) -> Case:
    """Noor Bakker of Nieuwegein, at home since 5 October 2026: 46 days."""
    child = world.pupil(first_names="Noor", last_name="Bakker")
    return world.open_case(child, lekstroom.schools["99AA00"])


@pytest.fixture
def shared_case(lekstroom, case) -> Case:
    """The samenwerkingsverband takes part since 1 November."""
    world.involve(case, lekstroom.organisations["verband"], since=world.date(2026, 11, 1))
    return case
