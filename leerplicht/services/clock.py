"""The child's clock: home periods recomputed from the facts. Same facts, same rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

import structlog
from django.db import transaction

from leerplicht.law.home import HomePeriod as Derived
from leerplicht.law.home import home_periods
from leerplicht.models import HomePeriod, Pupil
from leerplicht.services.facts import FactBase

logger = structlog.get_logger(__name__)
CHUNK = 500
FIELDS = ["last_day", "kind", "clock_start", "back_since", "ended_by", "spans", "computed_for"]


@dataclass
class Recomputed:
    """What a round did: pupils looked at, rows changed, and pupils whose facts could not be computed, with why."""

    pupils: int = 0
    changed: set[int] = field(default_factory=set)
    failed: dict[int, str] = field(default_factory=dict)


def recompute(pupil_ids: Iterable[int], today: date) -> Recomputed:
    """Bring the home periods of these pupils up to `today`. A child whose facts cannot be computed keeps its rows, is
    named in the result and does not stop the others."""
    result = Recomputed()
    for ids in _chunks(pupil_ids):
        with transaction.atomic():
            _recompute_chunk(ids, today, result)
    return result


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    iterator = iter(ids)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


def _recompute_chunk(ids: list[int], today: date, result: Recomputed) -> None:
    # Locked, so that two rounds at once do not both add the same period.
    locked = Pupil.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    pupils = list(locked.select_related("municipality"))
    base = FactBase(pupils)
    stored: dict[int, dict[date, HomePeriod]] = {}
    for row in HomePeriod.objects.filter(pupil__in=ids):
        stored.setdefault(row.pupil_id, {})[row.first_day] = row
    fresh, changed, gone = [], [], []
    for pupil in pupils:
        result.pupils += 1
        try:
            derived = home_periods(base.facts(pupil.pk), base.calendar(pupil.pk), today)
        except ValueError as problem:
            logger.warning("clock_failed", pupil=pupil.pk)
            result.failed[pupil.pk] = str(problem)
            continue
        old = stored.get(pupil.pk, {})
        _compare(pupil.pk, derived, old, today, fresh, changed, gone, result)
    _store(fresh, changed, gone)


def _compare(pk, derived: list[Derived], old: dict[date, HomePeriod], today, fresh, changed, gone, result) -> None:
    for period in derived:
        values = _values(period)
        row = old.pop(period.first_day, None)
        if row is None:
            fresh.append(HomePeriod(pupil_id=pk, first_day=period.first_day, computed_for=today, **values))
            result.changed.add(pk)
        elif any(getattr(row, name) != value for name, value in values.items()):
            row.computed_for = today
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
            result.changed.add(pk)
    if old:
        gone.extend(row.pk for row in old.values())
        result.changed.add(pk)


def _values(period: Derived) -> dict:
    spans = [
        {
            "kind": s.kind.value,
            "first_day": s.first_day.isoformat(),
            "last_day": s.last_day.isoformat() if s.last_day else None,
            "source": s.source,
        }
        for s in period.spans
    ]
    return {
        "last_day": period.last_day,
        "kind": period.kind.value,
        "clock_start": period.clock_start,
        "back_since": period.back_since,
        "ended_by": period.ended_by.value if period.ended_by else "",
        "spans": spans,
    }


def _store(fresh, changed, gone) -> None:
    """Deletions first and ended periods before running ones: a pupil has at most one running period."""
    HomePeriod.objects.filter(pk__in=gone).delete()
    ended = [row for row in changed if row.last_day]
    running = [row for row in changed if not row.last_day]
    for rows in (ended, running):
        HomePeriod.objects.bulk_update(rows, FIELDS, batch_size=CHUNK)
    HomePeriod.objects.bulk_create(fresh, batch_size=CHUNK)


def pupils_on_the_clock() -> Iterator[int]:
    """Ids of all pupils with a fact that can make a home period: those that the nightly round must look at."""
    with_facts = Pupil.objects.with_facts()
    return with_facts.values_list("pk", flat=True).order_by("pk").iterator(chunk_size=CHUNK)
