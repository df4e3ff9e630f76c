"""Thuiszitterstop: a meeting of a region about many children, with partners from elsewhere; what is agreed goes back to
each dossier."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from thuiszitters.core.access import access_of
from thuiszitters.core.models import Organisation, User
from thuiszitters.core.roles import Right

from .case import Case
from .meeting import LONGEST, SHORTEST


class StopQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the own organisations, for who may take something along there. What is on it is asked per
        dossier."""
        return self.filter(organisation__in=access_of(user).organisations_with(Right.EXPORT))


class Stop(models.Model):
    """One Thuiszitterstop. `guests`: who comes, a line each, for the invitation."""

    class State(models.TextChoices):
        PLANNED = "gepland", "gepland"
        HELD = "gehouden", "gehouden"
        CANCELLED = "afgezegd", "afgezegd"

    region = models.ForeignKey(Organisation, models.PROTECT, related_name="stops", verbose_name="regio")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    starts_at = models.DateTimeField("wanneer")
    minutes = models.PositiveSmallIntegerField("hoe lang duurt het, in minuten", default=120)
    place = models.CharField("waar", max_length=200)
    guests = models.TextField("wie komen er", max_length=3000, blank=True)
    agenda = models.TextField("agenda", max_length=3000, blank=True)
    state = models.CharField("stand", max_length=10, choices=State.choices, default=State.PLANNED)
    cancelled_because = models.CharField("waarom afgezegd", max_length=300, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    objects = StopQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "Thuiszitterstop"
        verbose_name_plural = "Thuiszitterstops"
        ordering = ["-starts_at", "-pk"]
        constraints = [
            # A second click plans nothing twice.
            models.UniqueConstraint(
                fields=["organisation", "region", "starts_at"], condition=~Q(state="afgezegd"), name="stop_once"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=SHORTEST, minutes__lte=LONGEST), name="stop_length",
                violation_error_message="Een overleg duurt minstens een kwartier en hoogstens acht uur.",
            ),
            models.CheckConstraint(condition=~Q(state="afgezegd", cancelled_because=""), name="stop_cancelled_because"),
        ]  # fmt: skip

    def __str__(self):
        return f"Thuiszitterstop {self.region}"

    @property
    def ends_at(self):
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def on(self):
        return timezone.localdate(self.starts_at)

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()


class StopCase(models.Model):
    """A dossier on the agenda of a Thuiszitterstop. `ask`: what is asked there; `discussed`: what was said, of the
    course of events of the dossier; `lesson`: what others can learn from it, without a name."""

    stop = models.ForeignKey(Stop, models.PROTECT, related_name="cases")
    case = models.ForeignKey(Case, models.PROTECT, related_name="stops")
    position = models.PositiveIntegerField("plaats")
    ask = models.CharField("wat wordt er gevraagd", max_length=500, blank=True)
    discussed = models.TextField("wat is er besproken", blank=True)
    lesson = models.CharField("goed voorbeeld: wat hielp, zonder namen", max_length=500, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "dossier op een Thuiszitterstop"
        verbose_name_plural = "dossiers op een Thuiszitterstop"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["stop", "case"], name="stop_case_once")]
