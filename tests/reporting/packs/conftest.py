"""A Thuiszitterstop with three children, and packs of it."""

from datetime import date

import pytest

from cases.dossier.models import Case
from cases.stops import acts as stops
from reporting.packs import acts as packs
from reporting.packs.models import Pack
from reporting.papers.variants import Variant
from tests import world
from tests.cases.stops.test_stops import a_stop
from tests.reporting.packs.pack_work import NAMES


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture(autouse=True)
def letters(monkeypatch):
    monkeypatch.setattr("reporting.papers.acts._letters", map("BCD{}".format, "FGHJKLMNPRSTVWXZ").__next__)


@pytest.fixture
def cases(lekstroom, friday) -> list[Case]:
    made = []
    for name in NAMES:
        first, last = name.split()
        made.append(world.open_case(world.pupil(first_names=first, last_name=last), lekstroom.schools["99AA00"]))
    world.involve(made[1], lekstroom.organisations["verband"], since=date(2026, 11, 1))
    return made


@pytest.fixture
def stop(lekstroom, cases):
    row = a_stop(lekstroom, agenda="1. Cijfers van de regio")
    stops.add_cases(row, cases, by=lekstroom.officer)
    first = row.cases.first()
    first.ask, first.lesson = "Wie biedt een plek?", "Klein beginnen hielp."
    first.save()
    return row


@pytest.fixture
def ordered(stop, lekstroom):
    def order(level=Variant.VOLLEDIG, **fields) -> Pack:
        values = {"recipient": "de wethouder", "purpose": "Thuiszitterstop", "by": lekstroom.officer} | fields
        return packs.ask(stop, level=level, **values)

    return order
