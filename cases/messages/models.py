"""The mail that says that something waits: how often somebody wants it, and what was sent."""

from django.db import models

from cases.messages.slots import DAILY, OFF, WEEKLY
from thuiszitters.core.kept import DIGEST, EMPLOYMENT, OTHERS, Kept
from thuiszitters.core.people.users import User


class Digest(models.Model):
    """How often somebody wants the mail. No row: once a week."""

    class Frequency(models.TextChoices):
        DAILY = DAILY, "elke werkdag"
        WEEKLY = WEEKLY, "elke week, op de eerste werkdag"
        OFF = OFF, "nooit"

    user = models.OneToOneField(User, models.CASCADE, related_name="digest")
    frequency = models.CharField("hoe vaak", max_length=4, choices=Frequency.choices, default=Frequency.WEEKLY)
    changed_on = models.DateField()


class DigestSent(models.Model):
    """What became of the digest of one person in one slot. The row is claimed before the mail leaves, so that two
    rounds never send the same."""

    class State(models.TextChoices):
        WAITING = "wacht", "wacht op een nieuwe poging"
        SENDING = "bezig", "wordt verstuurd"
        SENT = "verstuurd", "verstuurd"
        NOTHING = "niets", "er wachtte niets"
        PARKED = "mislukt", "niet gelukt"

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    day = models.DateField()
    state = models.CharField(max_length=9, choices=State.choices)
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="digest_once")]
        indexes = [models.Index(fields=["day"], name="digest_day")]


KEPT = {
    "Digest": Kept("hoe vaak een medewerker bericht wil", EMPLOYMENT, False, OTHERS),
    "DigestSent": Kept("dat een medewerker bericht kreeg, zonder inhoud", DIGEST, False, OTHERS),
}
