"""The migration that reads once from texts what steps and offers are, so that no rule has to (0018)."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from cases.decisions import prepare as decisions
from cases.decisions.models import DecisionCondition
from cases.dossier.models import Task
from cases.offers.models import OfferChange
from leerplicht.models import School
from tests.cases import besluit

MIGRATION = import_module("cases.migrations.0018_why_a_step_is_there")


@pytest.fixture
def two(ready, lekstroom):
    """A decision with two conditions, of which one is a TLV, and the one that replaced it."""
    row = besluit.fill(besluit.a_request(ready, lekstroom), lekstroom)
    for kind, what in (("tlv", "van het verband"), ("vervoer", "busje")):
        condition = DecisionCondition(decision=row, kind=kind, what=what, person="Jo", due_on=date(2026, 12, 1))
        decisions.save_row(condition, by=lekstroom.officer)
    decisions.present(row, by=lekstroom.officer)
    besluit.sign(row, lekstroom.holder)
    later = besluit.signed(ready, lekstroom, school=School.objects.get(code="99AA00"))
    return row, later


def test_what_was_named_by_texts_is_found_back(two):
    steps = Task.objects.filter(decision__in=two).order_by("pk")
    wanted = list(steps.values_list("title", "kind", "condition"))
    assert {kind for _, kind, _ in wanted} == {"", Task.Kind.TELLING, Task.Kind.CONDITION}
    caused = set(OfferChange.objects.exclude(cause="").values_list("pk", flat=True))
    assert caused
    Task.objects.update(kind="", condition=None)
    OfferChange.objects.update(cause="")
    MIGRATION.name_what_texts_said(apps, None)
    assert list(steps.values_list("title", "kind", "condition")) == wanted
    assert set(OfferChange.objects.exclude(cause="").values_list("pk", flat=True)) == caused
