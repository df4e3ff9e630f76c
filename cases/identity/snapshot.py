"""How two rows of a child stand, whole: to put back, and to see whether anybody wrote in them since."""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from django.core import serializers

from cases.dossier.models import Case
from leerplicht.models import Guardian, HomePeriod, Pupil
from leerplicht.services.guardians import relations_of
from thuiszitters.core.log.audit import is_look
from thuiszitters.core.log.models import AuditEvent

# Derived, or what tells of the joining itself.
NOT_KEPT = {HomePeriod}
# What the clock keeps up by itself.
CACHES = {"home_since", "clock_start", "last_contact_on", "facts_changed_at", "version"}


def rows_of(pupils: Iterable[Pupil]) -> Iterator[Any]:
    """The rows of these pupils, and all that points to them or to their guardians."""
    ids = [p.pk for p in pupils]
    yield from Pupil.objects.filter(pk__in=ids).order_by("pk")
    for relation in relations_of(Pupil):
        model = relation.related_model
        if model not in NOT_KEPT and model.__name__ != "Joining":
            yield from model._base_manager.filter(**{f"{relation.field.name}__in": ids}).order_by("pk")
    guardians = Guardian.objects.filter(pupil__in=ids)
    for relation in relations_of(Guardian):
        found = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": guardians})
        yield from found.order_by("pk")


def take(pupils: Iterable[Pupil]) -> str:
    return _written(rows_of(pupils))


def fingerprint(pupil: Pupil) -> str:
    """The same for as long as nobody changed what is known about the child; a look or a night changes nothing."""
    rows = json.loads(_written(rows_of([pupil])))
    told = [[r["model"], r["pk"], {k: v for k, v in r["fields"].items() if k not in CACHES}] for r in rows]
    told.append(_acts(pupil))
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _acts(pupil: Pupil) -> list[int]:
    """What people did in its dossiers, by the log; looking is no writing."""
    numbers = Case.objects.filter(pupil=pupil).values("number")
    rows = AuditEvent.objects.filter(case_number__in=numbers).exclude(user_id=None).values_list("pk", "action")
    return [pk for pk, action in rows.order_by("pk") if not is_look(action)]


def put_out(before: str) -> list[Any]:
    """The rows of a snapshot, not saved."""
    return [found.object for found in serializers.deserialize("python", json.loads(before))]


def _written(rows: Iterable[Any]) -> str:
    """To the microsecond, which Django's own JSON leaves off: versions of a report are told apart by it."""
    return json.dumps(serializers.serialize("python", _once(rows)), default=_exact)


def _exact(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _once(rows: Iterable[Any]) -> list[Any]:
    return list({(type(row), row.pk): row for row in rows}.values())
