"""Which reports somebody handles."""

from django.db import models

from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right


class IntakeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(report__pupil__municipality__in=access_of(user).municipalities_with(Right.REPORT_HANDLE))
