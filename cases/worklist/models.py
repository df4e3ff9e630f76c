"""Lists as people like to see them."""

from django.db import models

from thuiszitters.core.kept import EMPLOYMENT, OTHERS, Kept
from thuiszitters.core.people.users import User


class SavedFilter(models.Model):
    """A list as a user likes to see it: a name for what stands in the address."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_filters")
    name = models.CharField("naam", max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_filter_once")]


KEPT = {"SavedFilter": Kept("bewaard filter van een medewerker", EMPLOYMENT, False, OTHERS)}
