from django.db import models

from thuiszitters.core.kept import AT_ONCE, OTHERS, Kept


class Job(models.Model):
    """Work that must happen, written in the user's transaction. The queue is a hint; this row is the truth."""

    class State(models.TextChoices):
        WAITING = "wacht", "wacht"
        RUNNING = "bezig", "bezig"
        DONE = "klaar", "klaar"
        FAILED = "mislukt", "mislukt"

    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    lease = models.UUIDField(null=True)
    asked_by = models.ForeignKey("core.User", models.PROTECT, null=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id"], name="job_once")]
        indexes = [models.Index(fields=["asked_at"], condition=models.Q(state__in=["wacht", "bezig"]), name="job_open")]


class Counter(models.Model):
    """The last number given out under a name, for dossier numbers."""

    name = models.CharField(max_length=40, primary_key=True)
    last = models.BigIntegerField(default=0)


KEPT = {"Job": Kept("wachtend werk, met wie erom vroeg", AT_ONCE, False, OTHERS)}
NOBODY = {"Counter": "het laatste nummer van een reeks"}
