"""A file that is stored while its reports do not have their place yet: no page breaks, and the work goes on."""

import pytest
from django.urls import reverse

from cases.intake import uploads
from cases.intake.models import Intake
from leerplicht.models import ImportFile
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def half_way(lekstroom):
    """A stored report without a place, of a file whose worker was lost after the first transaction."""
    return world.report(world.pupil(), lekstroom.schools["99AA00"])


def test_a_report_shows_as_soon_as_it_has_its_place(lekstroom, half_way, login, friday):
    client, page = login(lekstroom.officer), reverse("report", args=[half_way.number])
    assert client.get(page).status_code == 404
    assert half_way.number not in client.get(reverse("reports") + "?stand=").content.decode()
    uploads.take_in_waiting(friday)
    assert client.get(page).status_code == 200
    assert half_way.number in client.get(reverse("reports") + "?stand=").content.decode()


def test_the_next_worker_goes_on_where_the_lost_one_stopped(lekstroom, half_way, friday):
    row = ImportFile(
        name="groot.csv",
        sha256="0" * 64,
        size=1,
        uploaded_by=lekstroom.officer,
        state=ImportFile.State.DONE,
        organisation=lekstroom.organisations["nieuwegein"],
    )
    row.save()
    uploads.read_accepted(row.pk)
    assert Intake.objects.get(number=half_way.number).state == Intake.State.IN_CASE
