"""The secret address with which somebody subscribes to the own agenda."""

from django.db import models

from thuiszitters.core.kept import FEED, OTHERS, Kept
from thuiszitters.core.people.users import User


class CalendarFeed(models.Model):
    """One per person. `token_hash`: a keyed hash; the address itself is shown once and kept nowhere (docs/adr/0038)."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_on = models.DateField("gemaakt op")
    last_used_on = models.DateField("laatst opgehaald op", null=True)

    class Meta:
        verbose_name = "adres voor de eigen agenda"
        verbose_name_plural = "adressen voor de eigen agenda"


KEPT = {"CalendarFeed": Kept("geheim adres voor de eigen agenda, als hash", FEED, False, OTHERS)}
