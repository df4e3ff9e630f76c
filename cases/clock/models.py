"""Deadlines of dossiers and the flags about them."""

from django.db import models
from django.db.models import Q

from cases.agreements.models import RegionTerm
from cases.dossier.models import Case
from thuiszitters.core.kept import ABOUT_THE_CHILD, WITH_THE_CASE, Kept


class Deadline(models.Model):
    """Uiterste datum of one term in one dossier, derived from the clock; a cache that the clock keeps right."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines")
    term_code = models.CharField("termijn", max_length=20)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=12, choices=RegionTerm.Units.choices)
    start = models.DateField("telt vanaf")
    warns_from = models.DateField("nadert vanaf")
    exceeded_from = models.DateField("overschreden vanaf")
    stopped_on = models.DateField("gestopt op", null=True)

    class Meta:
        ordering = ["exceeded_from", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "term_code"], name="deadline_once")]
        indexes = [
            models.Index(fields=["exceeded_from"], condition=Q(stopped_on=None), name="deadline_due"),
            models.Index(fields=["warns_from"], condition=Q(stopped_on=None), name="deadline_near"),
        ]

    @property
    def spoken(self) -> str:
        """4 lesweken, 6 weken, 3 maanden."""
        return f"{self.amount} {self.get_unit_display()}"

    def standing(self, today) -> str:
        """loopt, nadert or overschreden."""
        if today >= self.exceeded_from:
            return "overschreden"
        return "nadert" if today >= self.warns_from else "loopt"


class Flag(models.Model):
    """Signaal: a deadline that is near or past. Raised once; withdrawn with a reason when it no longer holds."""

    class Level(models.TextChoices):
        NEARING = "nadert", "nadert"
        EXCEEDED = "overschreden", "overschreden"

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="flags")
    level = models.CharField("niveau", max_length=12, choices=Level.choices)
    holds_from = models.DateField("geldt vanaf")
    raised_on = models.DateField("afgegeven op")
    raised_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["deadline", "level"], condition=Q(withdrawn_at=None), name="flag_once")
        ]


KEPT = {
    "Deadline": Kept("termijn van het dossier, afgeleid", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "Flag": Kept("signaal over een termijn", WITH_THE_CASE, True, ABOUT_THE_CHILD),
}
