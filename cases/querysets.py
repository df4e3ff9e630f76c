"""Scoping by starting point: every query on dossiers begins with `visible_to(user)`."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cases.states import OPEN
from thuiszitters.core.access import access_of
from thuiszitters.core.roles import Right


class CaseQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=OPEN)

    def visible_to(self, user):
        """Dossiers of the gemeenten the user works for, and those in which an own organisation is involved now."""
        access = access_of(user)
        return self.filter(
            Q(municipality__in=access.municipalities_with(Right.CASE_VIEW))
            | Q(Exists(involvements_of(access.organisations_with(Right.CASE_VIEW))))
        )

    def workable_by(self, user):
        """Dossiers in which the user may write."""
        access = access_of(user)
        return self.visible_to(user).filter(
            Q(municipality__in=access.municipalities_with(Right.CASE_WORK))
            | Q(Exists(involvements_of(access.organisations_with(Right.CASE_WORK))))
        )


def involvements_of(organisations):
    """Involvements of these organisations that hold today, for use within a query on dossiers."""
    today = timezone.localdate()
    model = apps.get_model("cases", "Involvement")
    return model.objects.filter(
        Q(until=None) | Q(until__gte=today), case=OuterRef("pk"), organisation__in=organisations, since__lte=today
    )


class IntakeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(report__municipality__in=access_of(user).municipalities_with(Right.REPORT_HANDLE))
