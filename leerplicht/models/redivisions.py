"""A herindeling: on a day a gemeente becomes a part of another, or is divided over several (docs/adr/0031)."""

from django.db import models
from django.db.models import Q

from leerplicht.models.schools import Municipality
from thuiszitters.core.kept import AGREEMENT, OTHERS, WITH_THE_PUPIL, Kept


class Redivision(models.Model):
    """Of one gemeente. Prepared by an administrator, carried out by the nightly round of its day."""

    class State(models.TextChoices):
        PREPARED = "voorbereid", "staat klaar"
        DONE = "uitgevoerd", "uitgevoerd"
        CANCELLED = "ingetrokken", "ingetrokken"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="redivisions", verbose_name="gemeente")
    day = models.DateField("eerste dag van de nieuwe indeling")
    state = models.CharField("stand", max_length=12, choices=State.choices, default=State.PREPARED)
    prepared_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    prepared_at = models.DateTimeField(auto_now_add=True)
    carried_out_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "herindeling"
        verbose_name_plural = "herindelingen"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"], condition=~Q(state="ingetrokken"), name="redivision_once_per_gemeente"
            )
        ]

    def __str__(self):
        return f"{self.municipality} op {self.day}"


class RedivisionPart(models.Model):
    """A gemeente in which (a part of) the old one goes on. `main`: it gets what cannot be divided, and the rights.
    `postcodes`: four digits each, of the children that go there. `chosen`: ids of children for whom a person chose."""

    redivision = models.ForeignKey(Redivision, models.PROTECT, related_name="parts")
    code = models.CharField("gemeentecode", max_length=4)
    name = models.CharField("naam", max_length=100)
    main = models.BooleanField(default=False)
    postcodes = models.JSONField(default=list)
    chosen = models.JSONField(default=list)

    class Meta:
        ordering = ["-main", "name"]
        constraints = [models.UniqueConstraint(fields=["redivision", "code"], name="redivision_part_once")]

    def __str__(self):
        return self.name


KEPT = {
    "Redivision": Kept("herindeling: wie haar klaarzette", AGREEMENT, False, OTHERS),
    "RedivisionPart": Kept("voor welk kind iemand een nieuwe gemeente koos", WITH_THE_PUPIL, False, OTHERS),
}
