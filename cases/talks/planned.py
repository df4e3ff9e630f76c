"""What people plan: a talk or an overleg about one child, a Thuiszitterstop about many."""

import uuid
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User

SHORTEST, LONGEST = 15, 480  # minutes


class Moment(models.Model):
    """When and where, and who planned it. `version` is also the SEQUENCE of the invitation: both only go up."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    starts_at = models.DateTimeField("wanneer")
    minutes = models.PositiveSmallIntegerField("hoe lang duurt het, in minuten", default=60)
    place = models.CharField("waar", max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=SHORTEST, minutes__lte=LONGEST),
                name="%(class)s_length",
                violation_error_message="Een overleg duurt minstens een kwartier en hoogstens acht uur.",
            )
        ]

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def on(self) -> date:
        """The day, as people here call it."""
        return timezone.localdate(self.starts_at)

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()


class Planned(Moment):
    """What is held, with a record of it, or called off."""

    class State(models.TextChoices):
        PLANNED = "gepland", "gepland"
        HELD = "gehouden", "gehouden"
        CANCELLED = "afgezegd", "afgezegd"

    state = models.CharField("stand", max_length=10, choices=State.choices, default=State.PLANNED)
    cancelled_because = models.CharField("waarom afgezegd", max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints = [
            *Moment.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state="afgezegd", cancelled_because=""), name="%(class)s_cancelled_because"
            ),
        ]

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def is_held(self) -> bool:
        return self.state == self.State.HELD

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED
