"""Doorzettingsmacht: who holds it on a day, for what nobody does, and who may sign.

A mandate counts as long as its dates hold and the holder has the role at that organisation: who left signs no more.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from cases.agreements.models import Mandate
from cases.agreements.regions import RegionBook
from thuiszitters.core.people.organisations import Membership, Period
from thuiszitters.core.people.roles import Role
from thuiszitters.core.people.users import User

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


class Held:
    """What one user may sign for on a day, as holder or deputy. Read once, asked for many dossiers."""

    def __init__(self, user: User, day: date):
        mine = Mandate.objects.filter(Period.covers(day)).filter(Q(person=user) | Q(deputy=user))
        mandates = list(mine.select_related("organisation"))
        office = _in_office(mandates, day)
        self.mandates = [m for m in mandates if (m.organisation_id, user.pk) in office]
        self.book, self.day = RegionBook(), day

    def of(self, municipality: str) -> dict[str, Mandate]:
        """The mandate by scope, for a child of this gemeente (its code)."""
        regions = self.book.of(municipality, self.day)
        return {m.scope: m for m in self.mandates if m.region_id in regions}


def signers_on(municipality: str, day: date, scopes: Iterable[str]) -> dict[str, list[tuple[Mandate, int]]]:
    """Who can sign for a child of this gemeente on a day, by scope: mandates with the holder or deputy (user id) who
    still has the role."""
    regions, wanted = RegionBook().of(municipality, day), list(scopes)
    rows = Mandate.objects.filter(Period.covers(day), region__in=regions, scope__in=wanted)
    mandates = list(rows.select_related("organisation"))
    office = _in_office(mandates, day)
    pairs = [
        (m, user)
        for m in mandates
        for user in (m.person_id, m.deputy_id)
        if user is not None and (m.organisation_id, user) in office
    ]
    return {scope: [(m, user) for m, user in pairs if m.scope == scope] for scope in wanted}


def _in_office(mandates: Iterable[Mandate], day: date) -> set[tuple[int, int]]:
    """Organisation and user of whoever has the role of holder there on that day."""
    rows = Membership.objects.filter(
        Period.covers(day),
        role=Role.HOUDER,
        organisation__in={m.organisation_id for m in mandates},
        user__is_active=True,
    )
    return set(rows.values_list("organisation_id", "user_id"))
