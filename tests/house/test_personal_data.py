"""Every model has a decision: how long it is kept and why, and whether it goes along when somebody asks for the own
data. A new model fails until it has one."""

import re

import pytest
from django.apps import apps

from reporting.log import data_register as register

MODELS = {m._meta.label: m for m in apps.get_models()}
LABELS = [label for label, model in MODELS.items() if not model.__name__.startswith("Historical")]
PEOPLE = {"leerplicht.Pupil", "leerplicht.Guardian", "cases.Case", "core.User"}


@pytest.mark.parametrize("label", LABELS)
def test_a_model_has_exactly_one_decision(label):
    assert (label in register.REGISTER) != (label in register.NOBODY), (
        f"{label} needs a line in KEPT or NOBODY beside its rows"
    )


def test_no_decision_is_about_a_model_that_is_gone():
    assert set(register.REGISTER) | set(register.NOBODY) == set(LABELS)


@pytest.mark.parametrize("label", register.NOBODY)
def test_what_is_said_to_be_about_nobody_points_to_nobody(label):
    relations = [f for f in MODELS[label]._meta.get_fields() if f.concrete and f.is_relation]
    assert [f.name for f in relations if f.related_model._meta.label in PEOPLE] == []


@pytest.mark.parametrize("label", register.REGISTER)
def test_a_decision_names_a_term_a_source_and_a_reason(label):
    decision = register.REGISTER[label]
    assert all([decision.what, decision.term.spoken, decision.term.source, decision.because])
    assert re.search(r"\d|even lang|zodra", decision.term.spoken)


def test_a_history_goes_with_its_model():
    histories = [label for label in MODELS if label not in LABELS]
    assert histories
    assert [h for h in histories if h.replace("Historical", "") not in {*register.REGISTER, *register.NOBODY}] == []


def test_the_terms_of_the_law_are_those_of_the_domain():
    case = register.REGISTER["cases.Case"]
    assert "19 jaar na de geboortedatum" in case.term.spoken and "12.1.3" in case.term.source
    assert "2 jaar na het einde" in case.also.spoken and "12.1.4" in case.also.source
