"""Parents and others of a child that was known twice: one row each, when both rows say the same or one says more."""

from typing import Any

from django.db import models

from leerplicht.models import Guardian, Pupil
from leerplicht.names.folding import fold

# What protects counts when one of two rows says it.
PROTECTS = ("secret_address",)
_OWN = {"id", "pupil", "name", "relation", *PROTECTS}


def join_guardians(gone: Pupil, keep: Pupil) -> None:
    """Each guardian of `gone` becomes one of `keep`. A person whom both know stands once, filled up from both, unless
    the two rows contradict each other: then both stay, for a person to look at."""
    have = list(keep.guardians.all())
    for row in gone.guardians.all():
        same = next((one for one in have if _is_same(one, row)), None)
        if same is None:
            row.pupil = keep
            row.save()
        else:
            _fill_up(same, row)
            _point_to(same, row)
            row.delete()


def relations_of(model: type[models.Model]) -> list[Any]:
    """What points to rows of a model, from all floors, also where Django gives no way back (`related_name="+"`). Of a
    link to many, its own table."""
    found = [f for f in model._meta.get_fields(include_hidden=True) if f.auto_created and not f.concrete]
    return [f for f in found if not f.many_to_many and not f.related_model.__name__.startswith("Historical")]


def _fields() -> list[str]:
    return [f.name for f in Guardian._meta.concrete_fields if f.name not in _OWN]


def _is_same(one: Guardian, other: Guardian) -> bool:
    named = (fold(one.name), fold(one.relation)) == (fold(other.name), fold(other.relation))
    return named and all(_fit(getattr(one, n), getattr(other, n)) for n in _fields())


def _fit(one: Any, other: Any) -> bool:
    return one == other or _empty(one) or _empty(other)


def _empty(value: Any) -> bool:
    return value in ("", None, Guardian.Gezag.UNKNOWN)


def _fill_up(one: Guardian, other: Guardian) -> None:
    for name in _fields():
        if _empty(getattr(one, name)):
            setattr(one, name, getattr(other, name))
    for name in PROTECTS:
        if hasattr(one, name):
            setattr(one, name, getattr(one, name) or getattr(other, name))
    one.save()


def _point_to(one: Guardian, other: Guardian) -> None:
    """Whoever was spoken or told stays the same person, in rows of any floor."""
    for relation in relations_of(Guardian):
        model, name = relation.related_model, relation.field.name
        if model._meta.auto_created:
            _link_once(model, name, one, other)
        model._base_manager.filter(**{name: other}).update(**{name: one})


def _link_once(model: Any, name: str, one: Guardian, other: Guardian) -> None:
    """Both were in one conversation or letter: then that person was there once."""
    source = next(f.name for f in model._meta.concrete_fields if f.is_relation and f.name != name)
    there = model._base_manager.filter(**{name: one}).values(source)
    model._base_manager.filter(**{name: other, f"{source}__in": there}).delete()
