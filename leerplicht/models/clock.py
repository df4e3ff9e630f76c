from django.db import models
from django.db.models import Q

from leerplicht.law.home import Kind
from thuiszitters.core.kept import ABOUT_THE_CHILD, WITH_THE_PUPIL, Kept

from .pupils import Pupil


class HomePeriod(models.Model):
    """Thuiszitperiode, derived from the facts by `leerplicht.law.home`; nobody edits it."""

    class KindChoices(models.TextChoices):
        RELATIEF = Kind.RELATIEF.value, "langdurig relatief verzuim"
        ABSOLUUT = Kind.ABSOLUUT.value, "absoluut verzuim"
        GEOORLOOFD = Kind.GEOORLOOFD.value, "geoorloofd thuis"

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="home_periods")
    first_day = models.DateField("thuis sinds")
    last_day = models.DateField("laatste dag thuis", null=True)
    kind = models.CharField("soort", max_length=10, choices=KindChoices.choices)
    clock_start = models.DateField("klok loopt sinds", null=True)
    back_since = models.DateField("weer op school sinds", null=True)
    ended_by = models.CharField("geëindigd door", max_length=20, blank=True)
    spans = models.JSONField("opbouw", default=list)
    computed_for = models.DateField("berekend voor")

    class Meta:
        verbose_name = "thuiszitperiode"
        verbose_name_plural = "thuiszitperiodes"
        ordering = ["first_day"]
        constraints = [
            models.UniqueConstraint(fields=["pupil", "first_day"], name="home_period_once"),
            models.UniqueConstraint(fields=["pupil"], condition=Q(last_day=None), name="home_period_open_once"),
        ]


KEPT = {"HomePeriod": Kept("thuiszitperiode, afgeleid", WITH_THE_PUPIL, True, ABOUT_THE_CHILD)}
