"""Scoping by starting point: every query on dossiers begins with `visible_to(user)`."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cases.dossier.states import OPEN
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

if TYPE_CHECKING:  # rows know their query sets, so not the other way round
    from cases.dossier.models import Case  # noqa: F401 (named in quotes below)
    from cases.dossier.taking_part import EmergencyAccess, Involvement  # noqa: F401


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def visible_to(self, user: User, right: Right = Right.CASE_VIEW, *, urgent: bool = True) -> Self:
        """Dossiers of the gemeenten the user works for, those in which an own organisation is involved now, and, with
        `urgent`, those that the user opened in an emergency. `right`: in which role, when looking is not enough."""
        access = access_of(user)
        seen = Q(municipality__in=access.municipalities_with(right))
        seen |= Q(Exists(involvements_of(access.organisations_with(right))))
        if urgent and Right.EMERGENCY in access.rights:
            seen |= Q(Exists(emergencies_of(user)))
        return self.filter(seen)


def involvements_of(organisations: Iterable[int]) -> "InvolvementQuerySet":
    """Involvements of these organisations that hold now, for use within a query on dossiers."""
    rows: InvolvementQuerySet = _model("Involvement").objects.running()
    return rows.filter(case=OuterRef("pk"), organisation__in=organisations)


def involvements_ever_of(organisations: Iterable[int]) -> "InvolvementQuerySet":
    """Involvements of these organisations, also those that ended, for use within a query on dossiers."""
    rows: InvolvementQuerySet = _model("Involvement").objects.all()
    return rows.filter(case=OuterRef("pk"), organisation__in=organisations)


def emergencies_of(user: User) -> "EmergencyQuerySet":
    """Running emergency access of this user, for use within a query on dossiers."""
    rows: EmergencyQuerySet = _model("EmergencyAccess").objects.running_of(user)
    return rows.filter(case=OuterRef("pk"))


def _model(name: str) -> Any:
    return apps.get_model("cases", name)


class InvolvementQuerySet(models.QuerySet["Involvement"]):
    def running(self) -> Self:
        """Those that hold at this moment."""
        today = timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=today), since__lte=today, ended_at=None)


class EmergencyQuerySet(models.QuerySet["EmergencyAccess"]):
    def running_of(self, user: User) -> Self:
        if Right.EMERGENCY not in access_of(user).rights:
            return self.none()
        return self.filter(user=user.pk, ends_at__gt=timezone.now())
