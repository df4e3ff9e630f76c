"""Which questions somebody put, or is to answer."""

from django.db import models
from django.db.models import Q

from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right


class ReferralQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What was asked of an own organisation or gemeente, and what was asked about the dossiers of the own
        gemeenten."""
        return self.filter(self._to(user) | self._from(user))

    def to_answer_by(self, user):
        return self.filter(self._to(user), state="open")

    def asked_by_side_of(self, user):
        return self.filter(self._from(user))

    @staticmethod
    def _to(user) -> Q:
        access = access_of(user)
        organisations = Q(to_organisation__in=access.organisations_with(Right.CASE_WORK))
        codes = access.municipalities_with(Right.CASE_WORK)
        return organisations | Q(to_organisation__kind="gemeente", to_organisation__code__in=codes)

    @staticmethod
    def _from(user) -> Q:
        return Q(from_municipality__in=access_of(user).municipalities_with(Right.CASE_WORK))
