"""A choice takes only what the user may see: every field that points to a row, with a row of another tenant (AZ-10)."""

import pytest
from django import forms
from django.urls import reverse

from cases.agreements.models import Covenant, RegionTerm
from cases.dossier.models import Case
from cases.labels.models import RiskLevel
from cases.steps.models import EscalationStep
from leerplicht.models import Guardian, Municipality
from tests.house.route_table import PAPERS, ROUTES
from tests.house.test_routes import PATTERNS
from thuiszitters.core.people.organisations import Membership, Organisation
from thuiszitters.core.people.users import User

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# A public register: every organisation that can take part, and every gemeente that a dossier can go to.
PUBLIC = {
    ("involve", "organisation"),
    ("refer", "to_organisation"),
    ("hand-over", "to_organisation"),
    ("report-new", "gemeentecode"),
    ("report-new", "school"),
}
WHO = ("officer", "leader", "coordinator", "teacher", "region")


def choices_in(response) -> list[tuple[forms.Form, str]]:
    context = response.context or {}
    found = []
    for name in ("form", "fact_form", "consent_form", "assign_form", "filter_form"):
        form = context.get(name)
        for field in getattr(form, "fields", {}):
            if isinstance(form.fields[field], forms.ChoiceField) and hasattr(form.fields[field], "queryset"):
                found.append((form, field))
    return found


def foreign_rows(scene, model) -> list:
    case = scene.cases["foreign"]
    world = scene.world
    return {
        User: [world.stranger, world.partner_elsewhere],
        Guardian: [case.pupil.guardians.first()],
        Organisation: [world.organisations["zwolle"], world.organisations["verband_elders"]],
        Municipality: [Municipality.objects.get(code="0193")],
        Case: [case],
        EscalationStep: [case.steps.first()],
        RegionTerm: [RegionTerm.objects.get(pk=scene.rows["foreign"]["term-end"])],
        Covenant: [Covenant.objects.get(pk=scene.rows["foreign"]["covenant"])],
        RiskLevel: list(RiskLevel.objects.filter(organisation=world.organisations["zwolle"])),
        Membership: list(Membership.objects.filter(user__in=[world.stranger, world.partner_elsewhere])),
    }[model]


def forms_of(scene, who) -> dict:
    client = scene.client(who)
    found = {}
    for name, route in ROUTES.items():
        if route.get and name not in PAPERS:
            place = "shared" if name != "upload-preview" else "own"
            path = reverse(name, kwargs=scene.arguments(name, PATTERNS[name].pattern.converters, place))
            response = client.get(path)
            if response.status_code == 200:
                found[name] = (path, choices_in(response))
    return found


@pytest.mark.parametrize("who", WHO)
def test_no_form_takes_a_row_of_another_tenant(scene, who):
    looked_at = set()
    for name, (path, fields) in forms_of(scene, who).items():
        for form, field in fields:
            if (name, field) in PUBLIC:
                continue
            looked_at.add((name, field))
            rows = form.fields[field].queryset
            for foreign in foreign_rows(scene, rows.model):
                assert not rows.filter(pk=foreign.pk).exists(), f"{name}.{field} offers {foreign}"
                answer = scene.client(who).post(path, {field: foreign.pk})
                if name not in ("worklist", "case-assign", "reviews"):  # these answer with a message on another page
                    assert answer.status_code == 422, f"{name}.{field} takes {foreign}"
                    assert field in answer.context["form"].errors, f"{name}.{field} takes {foreign}"
    if who in ("officer", "leader", "region"):
        assert len(looked_at) >= 4, looked_at


def test_the_reader_of_forms_sees_an_open_choice(scene, monkeypatch):
    """The control: with all users on offer the test fails."""
    monkeypatch.setattr("cases.work.views.colleagues_for", lambda user, case: User.objects.all())
    (_, fields) = forms_of(scene, "officer")["task"]
    rows = next(form.fields[field].queryset for form, field in fields if field == "owner")
    assert rows.filter(pk=scene.world.stranger.pk).exists()


@pytest.mark.parametrize(
    "query",
    [
        "gemeente=0193",
        "behandelaar={stranger}",
        "lijst=alle&gemeente=0193&behandelaar={stranger}",
        "lijst=niets",
        "stand=overschreden&gemeente=0193",
        "page=99",
        "behandelaar=x' OR 1=1",
    ],
)
@pytest.mark.parametrize("path", ["/werkvoorraad/", "/werkvoorraad/export.csv", "/meldingen/"])
def test_a_filter_narrows_and_never_widens(scene, path, query):
    Case.objects.filter(pk=scene.cases["foreign"].pk).update(handler=scene.world.stranger)
    shown = scene.client("officer").get(f"{path}?{query.format(stranger=scene.world.stranger.pk)}").content.decode()
    assert scene.cases["foreign"].number not in shown and scene.cases["foreign"].pupil.last_name not in shown


@pytest.mark.parametrize("name", ["worklist-take", "divide"])
def test_a_dossier_of_another_is_not_assigned(scene, name):
    foreign = scene.cases["foreign"]
    sent = {"dossier": [foreign.number], "verdeel": "1", "to": [scene.world.officer.pk]}
    scene.client("leader").post(reverse(name), sent)
    foreign.refresh_from_db()
    assert foreign.handler is None


def test_a_child_of_another_is_not_chosen_for_a_new_dossier(scene):
    foreign = scene.cases["foreign"].pupil
    form = {
        "first_names": "Noor",
        "last_name": "X",
        "born": "2013-05-05",
        "municipality": "0356",
        "pgn": "",
        "first_day": "2026-10-05",
        "how_known": "x",
        "bestaand": foreign.pk,
        "toch": "1",
        "prefix": "",
    }
    scene.client("officer").post("/dossiers/nieuw/", form)
    assert foreign.cases.count() == 1 and not foreign.not_enrolled.exists()
