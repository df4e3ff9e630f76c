"""The agenda of the board: numbers and what was agreed, no child anywhere."""

import io
from datetime import date

import pikepdf
import pytest

from cases.agreements.models import ActionPoint
from cases.barriers.models import Barrier
from tests import world
from tests.cases import besluit
from tests.reporting.dossiers.test_pdf import words
from thuiszitters.core.log.models import AuditEvent

pytestmark = pytest.mark.once


@pytest.fixture
def busy(lekstroom, friday):
    child = world.pupil(first_names="Kanarie", last_name="Geelvink")
    case = world.open_case(child, lekstroom.schools["99AA00"])
    Barrier.objects.create(
        case=case,
        kind="plek",
        what="Iets met Kanarie",
        asked_on=date(2026, 11, 1),
        by=lekstroom.officer,
        organisation=lekstroom.organisations["nieuwegein"],
    )
    for region, title in (("regio", "Bellen na drie dagen"), ("regio_elders", "Van een ander")):
        ActionPoint.objects.create(
            region=lekstroom.organisations[region],
            title=title,
            goal="preventie",
            due_on=date(2026, 11, 19),
            lead=lekstroom.organisations["verband"],
        )
    besluit.mandate(lekstroom, "onderwijs")
    besluit.a_request(case, lekstroom)
    return case


def test_what_stands_in_it_and_what_does_not(busy, as_user):
    response = as_user("region").get("/regio/agenda.pdf")
    assert response["Content-Disposition"] == 'attachment; filename="agenda-regio.pdf"'
    said = words(response.content)
    for text in (
        "Lekstroom",
        "20 november 2026",
        "Voor zorg is nu geen houder",
        "Nieuwegein",
        "Er is geen plek",
        "19 dagen",
        "Bellen na drie dagen",
        "te laat",
        "Overwogen",
        "Verband De Verbinding",
    ):
        assert text in said, text
    for hidden in ("Kanarie", "Geelvink", busy.number, "Van een ander", "Voor onderwijs is nu geen"):
        assert hidden not in said, hidden
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "nl"
    assert AuditEvent.objects.filter(action="region_printed").count() == 1


def test_an_empty_region(lekstroom, friday, as_user):
    said = words(as_user("region").get("/regio/agenda.pdf").content)
    for text in ("geen open dossiers", "geen belemmering", "nog geen besluit", "geen actiepunten"):
        assert text in said, text
