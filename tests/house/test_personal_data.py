"""Every model has a decision: how long it is kept and why, and whether it goes along when somebody asks for the own
data. A new model fails until it has one."""

import re

import pytest
from django.apps import apps
from django.db import models

from cases import data_register as register

LABELS = sorted(m._meta.label for m in apps.get_models() if not m.__name__.startswith("Historical"))
# Columns that say something about a person, by name.
TELLS = re.compile(r"name$|names$|born|email|phone|address|pgn|text|words|password|explanation|outcome|agreed")


def of_people(model: type[models.Model]) -> bool:
    """Whether a model points to a child, a parent or an employee, or has a column that tells of one."""
    people = {"leerplicht.Pupil", "leerplicht.Guardian", "cases.Case", "core.User"}
    points = any(f.is_relation and f.related_model and f.related_model._meta.label in people for f in fields(model))
    return points or any(TELLS.search(f.name) for f in fields(model))


def fields(model):
    return [f for f in model._meta.get_fields() if f.concrete]


@pytest.mark.parametrize("label", LABELS)
def test_a_model_has_exactly_one_decision(label):
    assert (label in register.REGISTER) != (label in register.NOBODY), f"{label} needs a line in cases/data_register.py"


def test_no_decision_is_about_a_model_that_is_gone():
    assert set(register.REGISTER) | set(register.NOBODY) == set(LABELS)


@pytest.mark.parametrize(
    "label", [label for label in register.NOBODY if label.split(".")[0] in ("leerplicht", "cases")]
)
def test_what_is_said_to_be_about_nobody_points_to_nobody(label):
    model = apps.get_model(label)
    people = {"leerplicht.Pupil", "leerplicht.Guardian", "cases.Case", "core.User"}
    assert [f.name for f in fields(model) if f.is_relation and f.related_model._meta.label in people] == []


@pytest.mark.parametrize("label", LABELS)
def test_a_model_that_points_to_a_person_or_holds_words_about_one_is_in_the_register(label):
    model = apps.get_model(label)
    if of_people(model) and label not in register.NOBODY:
        assert label in register.REGISTER


@pytest.mark.parametrize("label", register.REGISTER)
def test_a_decision_names_a_term_a_source_and_a_reason(label):
    decision = register.REGISTER[label]
    assert all([decision.what, decision.term.spoken, decision.term.source, decision.because])
    assert re.search(r"\d|even lang|zodra", decision.term.spoken)


@pytest.mark.parametrize("label", [m._meta.label for m in apps.get_models() if m.__name__.startswith("Historical")])
def test_a_history_belongs_to_a_model_of_the_register(label):
    about = label.replace("Historical", "")
    assert about in register.REGISTER or about in register.NOBODY


def test_the_terms_of_the_law_are_those_of_the_domain():
    assert "19 jaar na de geboortedatum" in register.SUPERVISION.spoken and "12.1.3" in register.SUPERVISION.source
    assert (
        "2 jaar na het einde" in register.KWALIFICATIEPLICHT.spoken and "12.1.4" in register.KWALIFICATIEPLICHT.source
    )
