"""The order of the agenda: one up or down, to a place, or all of it by a rule. A row that nobody named keeps its place
among the others, so that what a colleague put on or moved meanwhile is not lost."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from cases.stops.access import check_may_plan
from cases.stops.choosing import sorted_ids
from cases.stops.models import Stop, StopCase
from cases.stops.queries import seen_by
from thuiszitters.core.people.users import User


@transaction.atomic
def move(row: StopCase, up: bool, *, by: User) -> int:
    """One place up or down among what the user sees. At the end nothing happens. Returns the place."""
    check_may_plan(row.stop, by)
    _hold(row.stop)
    seen = [r.pk for r in seen_by(row.stop, by)]
    if row.pk not in seen:
        return 0
    to = min(max(seen.index(row.pk) + (-1 if up else 1), 0), len(seen) - 1)
    return place(row.stop, {row.pk: to + 1}, by=by)[row.pk]


@transaction.atomic
def place(stop: Stop, wanted: Mapping[int, int], *, by: User) -> dict[int, int]:
    """Put these rows (ids) at their place among what the user sees: the first is 1, beyond the end is last. Returns
    where each of them stands then. What is not on the agenda any more is passed over."""
    check_may_plan(stop, by)
    _hold(stop)
    seen = list(seen_by(stop, by))
    named = [row for row in seen if row.pk in wanted]
    order = [row for row in seen if row.pk not in wanted]
    least = 0
    for row in sorted(named, key=lambda r: wanted[r.pk]):
        at = max(wanted[row.pk] - 1, least)  # of two that were given one place the upper one comes first
        order.insert(at, row)
        least = min(at, len(order) - 1) + 1
    again, own = iter(order), {row.pk for row in seen}
    _number([next(again) if row.pk in own else row for row in StopCase.objects.filter(stop=stop)])
    return {row.pk: n for n, row in enumerate(order, start=1) if row.pk in wanted}


@transaction.atomic
def sort(stop: Stop, key: str, *, by: User) -> None:
    """The whole agenda by a rule of `ORDERS`, also what the user does not see."""
    check_may_plan(stop, by)
    _hold(stop)
    rows = {row.case_id: row for row in StopCase.objects.filter(stop=stop)}
    _number([rows[pk] for pk in sorted_ids(stop, key)])


def _hold(stop: Stop) -> None:
    """Keep the agenda still until the transaction ends."""
    Stop.objects.select_for_update().get(pk=stop.pk)


def _number(rows: Sequence[StopCase]) -> None:
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            StopCase.objects.filter(pk=row.pk).update(position=position)
