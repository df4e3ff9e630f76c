"""Who is away, from when to when, and who stands in."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from thuiszitters.core.kept import EMPLOYMENT, OTHERS, Kept
from thuiszitters.core.people.users import User


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> Self:
        """Those that hold on a day."""
        return self.filter(first_day__lte=day, last_day__gte=day, ended_at=None)

    def known(self, day: date) -> Self:
        """Those that hold on a day or begin later."""
        return self.filter(last_day__gte=day, ended_at=None)


class Absence(models.Model):
    """Somebody is away: leave, illness. `stand_in` does the work in that time; nobody: the work goes to who divides it.
    A stand-in gets no rights by it: who stands in has the same work already (docs/adr/0036)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="absences", verbose_name="wie")
    first_day = models.DateField("eerste dag weg")
    last_day = models.DateField("laatste dag weg")
    stand_in = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="stands_in", verbose_name="wie vervangt"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, editable=False)
    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "afwezigheid"
        verbose_name_plural = "afwezigheid"
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="absence_last_after_first"),
            models.CheckConstraint(condition=~Q(stand_in=F("user")), name="absence_other_stands_in"),
        ]
        indexes = [models.Index(fields=["last_day"], condition=Q(ended_at=None), name="absence_running")]

    def held_on(self, day: date) -> bool:
        """Whether it held on that day, also one that was ended since."""
        over = timezone.localdate(self.ended_at) if self.ended_at else None
        return self.first_day <= day <= self.last_day and (over is None or day <= over)


def replaced_by(user: User, day: date) -> list[int]:
    """Ids of those for whom `user` stands in on a day. A stand-in who is away too passes nothing on: that work goes to
    who divides it."""
    if Absence.objects.on(day).filter(user=user.pk).exists():
        return []
    return list(Absence.objects.on(day).filter(stand_in=user.pk).values_list("user", flat=True))


def absent_on(day: date) -> list[int]:
    """Ids of everybody who is away on a day."""
    return list(Absence.objects.on(day).values_list("user", flat=True))


KEPT = {"Absence": Kept("wanneer een medewerker weg is en wie vervangt", EMPLOYMENT, False, OTHERS)}
