"""The dossier that most letters are about."""

import pytest

from cases.dossier.models import Case
from leerplicht.models import Guardian
from tests import world


@pytest.fixture
def case(lekstroom, friday) -> Case:
    child = world.pupil(first_names="Noor", last_name="Geelvink", address="Lindelaan 9, 3431 AB Nieuwegein")
    Guardian.objects.create(pupil=child, name="Fatima Geelvink", relation="moeder", gezag="ja", lives="kind")
    Guardian.objects.create(pupil=child, name="Karel Roodborst", relation="vader", gezag="ja")
    Guardian.objects.create(pupil=child, name="Piet Winter", relation="stiefvader", gezag="nee")
    return world.open_case(child, lekstroom.schools["99AA00"])
