"""A talk that is planned: with whom, when and where. The step of the dossier on which it stands says who has it and
whether it is over; a contact says what came of it."""

from django.db import models
from simple_history.models import HistoricalRecords

from cases.dossier.models import Case, Task
from cases.talks.planned import Moment
from leerplicht.models import Guardian
from thuiszitters.core.kept import ABOUT_THE_CHILD, WITH_THE_CASE, Kept


class TalkQuerySet(models.QuerySet["Talk"]):
    def planned(self) -> "TalkQuerySet":
        """Those that nobody recorded or called off yet."""
        return self.filter(task__done_on=None)


class Talk(Moment):
    """Gesprek with parents, the child or somebody else."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="talks")
    task = models.OneToOneField(Task, models.PROTECT, related_name="talk", editable=False)
    guardians = models.ManyToManyField(Guardian, blank=True, related_name="+", verbose_name="ouders of verzorgers")
    child = models.BooleanField("het kind zelf", default=False)
    name = models.CharField("iemand anders", max_length=100, blank=True)
    called_off = models.BooleanField("afgezegd", default=False, editable=False)
    # What was said there; taken back, the talk is asked about again.
    contact = models.ForeignKey("cases.Contact", models.PROTECT, null=True, editable=False, related_name="talks")
    objects = TalkQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "gepland gesprek"
        verbose_name_plural = "geplande gesprekken"
        ordering = ["starts_at", "pk"]
        constraints = [*Moment.Meta.constraints]
        indexes = [models.Index(fields=["case", "starts_at"], name="talk_case")]

    @property
    def is_open(self) -> bool:
        return self.task.done_on is None

    @property
    def is_cancelled(self) -> bool:
        """Whether it goes on no more: it was called off, or its step ended before its day with the dossier."""
        return self.called_off or (self.task.done_on is not None and self.task.done_on < self.on)


KEPT = {"Talk": Kept("gepland gesprek", WITH_THE_CASE, True, ABOUT_THE_CHILD)}
