"""What an administrator changes by hand in the register of schools."""

import pytest
from django.urls import reverse

from leerplicht.models import Municipality, School

pytestmark = pytest.mark.django_db


def test_schools_get_their_own_kind_of_education(client, lekstroom):
    """What came in as basisonderwijs by mistake; with history, and for no one else."""
    Municipality.objects.get_or_create(code="0356", defaults={"name": "Nieuwegein"})
    school = School.objects.create(code="97ZZ00", name="De Boog", sector="po", municipality_id="0356")
    act = {"action": "set_so", "_selected_action": [school.pk]}
    client.force_login(lekstroom.officer)
    client.post(reverse("admin:leerplicht_school_changelist"), act)
    school.refresh_from_db()
    assert school.sector == "po"
    client.force_login(lekstroom.admin)
    answer = client.post(reverse("admin:leerplicht_school_changelist"), act, follow=True)
    school.refresh_from_db()
    assert school.sector == "so" and "1 school is nu speciaal onderwijs." in answer.content.decode()
    assert list(school.history.values_list("sector", "history_user")) == [("so", lekstroom.admin.pk), ("po", None)]
