"""The regional layer: what the region does together, about no child in particular."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases.querysets import RegionQuerySet
from thuiszitters.core.people.organisations import Organisation


class ActionPoint(models.Model):
    """Actiepunt of a region: what, who leads it, before when, and what came of it. Settled once."""

    class State(models.TextChoices):
        OPEN = "open", "open"
        RUNNING = "loopt", "loopt"
        DONE = "klaar", "klaar"
        STOPPED = "gestopt", "gestopt"

    class Goal(models.TextChoices):
        PREVENTION = "preventie", "preventie"
        PLACE = "passende plek", "passende plek"
        EXEMPTIONS = "minder vrijstellingen", "minder vrijstellingen"
        RESIDENTIAL = "instelling met verblijf", "instelling met verblijf"

    SETTLED = (State.DONE, State.STOPPED)

    region = models.ForeignKey(Organisation, models.PROTECT, related_name="action_points", verbose_name="regio")
    title = models.CharField("titel", max_length=120)
    what = models.TextField("wat gaan we doen", max_length=2000, blank=True)
    goal = models.CharField("doel", max_length=24, choices=Goal.choices)
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="trekker")
    lead_name = models.CharField("naam van de trekker", max_length=100, blank=True)
    due_on = models.DateField("uiterlijk op")
    state = models.CharField("stand", max_length=8, choices=State.choices, default=State.OPEN)
    result = models.TextField("wat kwam eruit", max_length=2000, blank=True)
    settled_on = models.DateField("afgerond op", null=True)
    version = models.PositiveIntegerField(default=1)
    objects = RegionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "actiepunt"
        verbose_name_plural = "actiepunten"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["klaar", "gestopt"], settled_on__isnull=False) & ~Q(result="")
                | Q(state__in=["open", "loopt"], settled_on=None, result=""),
                name="action_point_settled_with_result",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_settled(self) -> bool:
        return self.state in self.SETTLED
