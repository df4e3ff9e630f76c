"""What the nightly look found on nobody's page."""

from typing import Self

from django.db import models
from django.db.models import Q

from cases.owners.queries import codes_to_divide
from thuiszitters.core.kept import ABOUT_THE_CHILD, AT_ONCE, Kept
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


class OutOfSightQuerySet(models.QuerySet["OutOfSight"]):
    def visible_to(self, user: User) -> Self:
        """For who divides the work of the gemeente; for who administers all of them: a kind and a number, no child."""
        if Right.ADMIN in access_of(user).rights:
            return self.all()
        return self.filter(municipality__in=codes_to_divide(user))


class OutOfSight(models.Model):
    """Something that waits while nobody has it on the page of today. `kind` and `row`: as in `cases.today.sight`."""

    kind = models.CharField(max_length=20)
    row = models.BigIntegerField()
    municipality = models.CharField(max_length=4, blank=True)
    found_at = models.DateTimeField(auto_now_add=True)
    gone_at = models.DateTimeField(null=True)
    objects = OutOfSightQuerySet.as_manager()

    class Meta:
        verbose_name = "uit beeld"
        verbose_name_plural = "uit beeld"
        ordering = ["found_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "row"], condition=Q(gone_at=None), name="out_of_sight_once")
        ]


KEPT = {"OutOfSight": Kept("dat iets bij niemand in beeld was, zonder naam", AT_ONCE, False, ABOUT_THE_CHILD)}
