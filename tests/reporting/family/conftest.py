import pytest
from django.test import Client

from cases.dossier.models import Case
from cases.family import acts
from leerplicht.models import Guardian


@pytest.fixture
def open_door(lekstroom):
    acts.set_door(lekstroom.organisations["nieuwegein"], is_open=True, by=lekstroom.admin)


@pytest.fixture
def along(lekstroom, open_door):
    """`along(case, guardian)`: the browser of a parent, or (None) of the child, that came in."""

    def come_in(case: Case, guardian: Guardian | None) -> Client:
        done = acts.invite(case, guardian, by_mail=False, by=lekstroom.officer)
        client = Client()
        assert client.post("/meekijken/", {"code": done.code, "pin": done.pin}).status_code == 302
        return client

    return come_in


@pytest.fixture
def fatima(noor) -> Guardian:
    return noor.pupil.guardians.get(name="Fatima Geelvink")


@pytest.fixture
def karel(noor) -> Guardian:
    return noor.pupil.guardians.get(name="Karel Roodborst")
