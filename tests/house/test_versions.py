"""A row that two people can change has a version, and its form carries it (docs/adr/0028)."""

import importlib
import pkgutil

import pytest
from django.forms import ModelForm

import cases
from cases.dossier.forms import VersionMixin

# A form that asks for a new row only, or whose version the page carries, each with its reason.
NO_VERSION = {
    "PupilForm": "the page of the child carries the version itself (cases.facts.views)",
    "NewPupilForm": "a child that was not known",
    "VersionForm": "a new version of a stappenplan",
}


def forms() -> list[type[ModelForm]]:
    for module in pkgutil.walk_packages(cases.__path__, "cases."):
        if "migrations" not in module.name and "demo" not in module.name and "management" not in module.name:
            importlib.import_module(module.name)
    found, todo = set(), [ModelForm]
    while todo:
        for form in todo.pop().__subclasses__():
            todo.append(form)
            if form.__module__.startswith("cases.") and form._meta.model:
                found.add(form)
    return sorted(found, key=lambda form: form.__qualname__)


def has_version(form: type[ModelForm]) -> bool:
    return any(field.name == "version" for field in form._meta.model._meta.concrete_fields)


@pytest.mark.parametrize("form", [f for f in forms() if has_version(f)], ids=lambda form: form.__qualname__)
def test_a_form_of_a_row_with_a_version_carries_it(form):
    assert issubclass(form, VersionMixin) != (form.__name__ in NO_VERSION)
