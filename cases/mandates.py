"""Doorzettingsmacht: who holds it on a day, for what nobody does, and who may sign.

A mandate counts as long as its dates hold and the holder has the role at that organisation: who left signs no more.
"""

from collections.abc import Iterable
from datetime import date

from cases.models import Mandate
from cases.services.regions import RegionBook
from thuiszitters.core.models import Membership, User
from thuiszitters.core.models.organisations import Period
from thuiszitters.core.roles import Role

Scope = Mandate.Scope


def holders_on(region_id: int, day: date) -> dict[str, list[Mandate]]:
    """The mandates that hold in a region on a day, by scope; every scope has a key, in a fixed order."""
    found: dict[str, list[Mandate]] = {scope.value: [] for scope in Scope}
    rows = Mandate.objects.filter(Period.covers(day), region=region_id)
    for mandate in rows.select_related("person", "deputy", "organisation", "covenant"):
        found[mandate.scope].append(mandate)
    return found


def gaps_on(region_id: int, day: date) -> list[str]:
    """The scopes for which nobody who still has the role holds a mandate on that day."""
    held = holders_on(region_id, day)
    mandates = [m for found in held.values() for m in found]
    working = {m.pk for m in mandates if (m.organisation_id, m.person_id) in _in_office(mandates, day)}
    return [scope for scope, found in held.items() if not any(m.pk in working for m in found)]


def may_sign(user: User, municipality: str, day: date, scopes: Iterable[str]) -> bool:
    """Whether this user may sign a decision of that day for a child of this gemeente (its code): holder or deputy of a
    mandate for each of the scopes. Nothing to sign for: no."""
    wanted, regions = set(scopes), RegionBook().of(municipality, day)
    mandates = list(Mandate.objects.filter(Period.covers(day), region__in=regions, scope__in=wanted))
    office = _in_office(mandates, day)
    held = {
        m.scope for m in mandates if user.pk in (m.person_id, m.deputy_id) and (m.organisation_id, user.pk) in office
    }
    return bool(wanted) and wanted <= held


def _in_office(mandates: Iterable[Mandate], day: date) -> set[tuple[int, int]]:
    """Organisation and user of whoever has the role of holder there on that day."""
    rows = Membership.objects.filter(
        Period.covers(day), role=Role.HOUDER, organisation__in={m.organisation_id for m in mandates},
        user__is_active=True,
    )  # fmt: skip
    return set(rows.values_list("organisation_id", "user_id"))
