"""Who leads a dossier: the gemeente moves, closes and shares it; a partner writes in it and no more."""

from datetime import date

import pytest
from django.urls import reverse

from cases.dossier.models import Case
from cases.dossier.taking_part import Involvement
from cases.intake.acts import take_in
from cases.reports.forms import ReportForm
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(lekstroom):
    child = world.pupil()
    take_in([world.report(child, lekstroom.schools["99AA00"])], today=date(2026, 11, 2))
    case = Case.objects.get()
    Involvement.objects.create(
        case=case, organisation=lekstroom.organisations["verband"], since=date(2026, 11, 2), ground="convenant"
    )
    return case


@pytest.mark.parametrize("page", ["case-close", "case-assign", "involve"])
def test_a_partner_does_not_lead(lekstroom, shared, login, page):
    assert login(lekstroom.coordinator).get(reverse(page, args=[shared.number])).status_code == 403
    assert login(lekstroom.officer).get(reverse(page, args=[shared.number])).status_code == 200


def test_a_partner_cannot_move_a_dossier_but_can_write_in_it(lekstroom, shared, login):
    client = login(lekstroom.coordinator)
    assert client.post(reverse("case-move", args=[shared.number, "onderzoek"])).status_code == 403
    assert client.get(reverse("note", args=[shared.number])).status_code == 200
    page = client.get(reverse("case", args=[shared.number])).content.decode()
    assert "Contact vastleggen" in page and "Afsluiten" not in page
    shared.refresh_from_db()
    assert shared.state == "nieuw"


def test_history_speaks_in_words(lekstroom, shared, login):
    client = login(lekstroom.officer)
    client.post(reverse("case-assign", args=[shared.number]), {"neem": "1"})
    client.post(reverse("case-move", args=[shared.number, "onderzoek"]), {"because": ""})
    page = client.get(reverse("case-history", args=[shared.number])).content.decode()
    assert "in onderzoek" in page and "Mila Officier" in page and "leeg" in page
    assert "Deleted" not in page and "pk=None" not in page


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("5-10-2026 5\n14-10-2026 4", "2026-10-05=5,2026-10-14=4"),
        ("05/10/2026: 4,5 uur", "2026-10-05=4.5"),
        ("2026-10-05=5,2026-10-14=4", "2026-10-05=5,2026-10-14=4"),
        ("5-10-2026 4,5, 6-10-2026 2", "2026-10-05=4.5,2026-10-06=2"),
        ("", ""),
    ],
)
def test_hours_may_be_typed_as_people_write_them(typed, stored):
    form = ReportForm({"verzuimuren": typed}, municipalities=[])
    form.full_clean()
    assert form.cleaned_data["verzuimuren"] == stored
