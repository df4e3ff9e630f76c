"""Who stands around a child: the professionals who work with it, and its brothers and sisters."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from cases.dossier.models import Case
from leerplicht.models import Pupil
from thuiszitters.core.kept import ABOUT_THE_CHILD, OTHERS, WITH_THE_CASE, WITH_THE_PUPIL, Kept
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User


class ProfessionalQuerySet(models.QuerySet["Professional"]):
    def running(self) -> Self:
        """Those who work with the child today."""
        return self.filter(Q(until=None) | Q(until__gte=timezone.localdate()))


class Professional(models.Model):
    """Somebody who works with the child, with or without an account here, and how to reach that person. All who see the
    course of events of the dossier see it. `until`: the last day; a row is never thrown away."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="professionals")
    name = models.CharField("naam", max_length=100)
    role = models.CharField("wat doet deze persoon", max_length=100)
    works_at = models.CharField("bij welke organisatie of school", max_length=120, blank=True)
    phone = models.CharField("telefoon", max_length=40, blank=True)
    email = models.EmailField("e-mail", blank=True)
    until = models.DateField("betrokken tot en met", null=True, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    objects = ProfessionalQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "professional"
        verbose_name_plural = "professionals"
        ordering = ["name", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(name="") & ~Q(role=""), name="professional_named")]

    @property
    def is_running(self) -> bool:
        return self.until is None or self.until >= timezone.localdate()


class Sibling(models.Model):
    """Whether two children are brother or sister, as somebody of their gemeente said: once for both, the lower id
    first. `holds` False: the question was answered with no, and is not asked again."""

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="siblings")
    other = models.ForeignKey(Pupil, models.CASCADE, related_name="siblings_of")
    holds = models.BooleanField("broer of zus")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "broer of zus"
        verbose_name_plural = "broers en zussen"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["pupil", "other"], name="sibling_once"),
            models.CheckConstraint(condition=Q(pupil__lt=F("other")), name="sibling_lower_first"),
        ]


KEPT = {
    "Professional": Kept(
        "wie met het kind werkt: naam, functie, organisatie, telefoon en e-mail", WITH_THE_CASE, True, OTHERS
    ),
    "Sibling": Kept("welke kinderen broer of zus zijn", WITH_THE_PUPIL, True, ABOUT_THE_CHILD),
}
