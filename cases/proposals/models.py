"""A proposal: somebody of another organisation says that a step was done; the owner confirms, or says not yet."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.dossier.models import Case, Task
from cases.steps.models import EscalationStep
from thuiszitters.core.kept import ABOUT_THE_CHILD, WITH_THE_CASE, Kept
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def waiting(self) -> Self:
        """Not answered, and the step is still to be done. A step that was closed otherwise answers them all."""
        to_do = Q(task__isnull=False, task__done_on=None) | Q(
            step__isnull=False, step__result="", step__stopped_on=None
        )
        return self.filter(to_do, answer="")


class Proposal(models.Model):
    """Of an agreed step (`task`) or of a step of the stappenplan (`step`). Answered once, never changed."""

    class Answer(models.TextChoices):
        CONFIRMED = "bevestigd", "bevestigd"
        NOT_YET = "nog niet", "nog niet gedaan"

    case = models.ForeignKey(Case, models.PROTECT, related_name="proposals")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="proposals")
    step = models.ForeignKey(EscalationStep, models.PROTECT, null=True, related_name="proposals")
    text = models.CharField("wat is er gedaan", max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField("antwoord", max_length=10, choices=Answer.choices, blank=True)
    because = models.CharField("waarom nog niet", max_length=300, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(task=None, step__isnull=False) | Q(task__isnull=False, step=None),
                name="proposal_of_one_step",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="proposal_answered_when",
            ),
            models.UniqueConstraint(fields=["task"], condition=Q(answer=""), name="proposal_waiting_per_task"),
            models.UniqueConstraint(fields=["step"], condition=Q(answer=""), name="proposal_waiting_per_step"),
        ]

    @property
    def title(self) -> str:
        """Of which step."""
        if self.task:
            return self.task.title
        return self.step.name if self.step else ""

    @property
    def on(self) -> date:
        """The day on which it was proposed."""
        return timezone.localdate(self.at)


KEPT = {"Proposal": Kept("voorstel dat een stap gedaan is, met antwoord", WITH_THE_CASE, True, ABOUT_THE_CHILD)}
