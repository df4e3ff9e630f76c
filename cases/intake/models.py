"""Where each report went: into a dossier, waiting, or set aside with a reason."""

from typing import Self

from django.db import models
from django.db.models import Q

from cases.dossier.models import Case
from leerplicht.models import AbsenceReport, Pupil
from thuiszitters.core.kept import ABOUT_THE_CHILD, WITH_THE_CASE, Kept
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

SCHOOL_READS = Right.REPORT_ENTER


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(report__pupil__municipality__in=access_of(user).municipalities_with(Right.REPORT_HANDLE))


class Intake(models.Model):
    """What became of a report: it waits in the inbox, is in a dossier, or was set aside with a reason.
    One per report number and pupil; `report` is the newest version."""

    class State(models.TextChoices):
        WAITING = "wacht", "wacht op beoordeling"
        IN_CASE = "dossier", "in een dossier"
        SET_ASIDE = "afgedaan", "afgedaan"

    number = models.CharField("meldingsnummer", max_length=40)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+")
    report = models.OneToOneField(AbsenceReport, models.PROTECT, related_name="intake")
    state = models.CharField("stand", max_length=10, choices=State.choices)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="intakes")
    because = models.CharField("reden", max_length=300, blank=True)
    handled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)
    objects = IntakeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "pupil"], name="intake_once"),
            models.CheckConstraint(
                condition=Q(state="dossier", case__isnull=False) | ~Q(state="dossier") & Q(case=None),
                name="intake_case_when_in_case",
            ),
            models.CheckConstraint(condition=~Q(state="afgedaan", because=""), name="intake_set_aside_because"),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(state="wacht"), name="intake_waiting")]

    @property
    def told_reporter(self) -> str:
        """What a school sees of it. Whether a dossier opened or somebody still looks would tell whether the gemeente
        knows the child (AZ-13), so only an answer of a person shows."""
        if self.state != self.State.SET_ASIDE:
            return "ontvangen"
        return "ingetrokken" if self.is_withdrawn else "afgedaan"

    @property
    def is_withdrawn(self) -> bool:
        """Set aside by nobody: the school withdrew the report."""
        return self.state == self.State.SET_ASIDE and self.handled_by_id is None


class ReportAnswerQuerySet(models.QuerySet["ReportAnswer"]):
    def unread_for(self, user: User) -> Self:
        """What a school of the user was told and nobody there has read."""
        return self.filter(read_at=None, intake__report__school__code__in=access_of(user).schools_with(SCHOOL_READS))


class ReportAnswer(models.Model):
    """Terugkoppeling: what the gemeente tells the school about its report. Only what a person writes here reaches the
    school: what the gemeente knows of the child does not (docs/adr/0029). Never changed; a new one says what is new."""

    class What(models.TextChoices):
        TAKEN_UP = "opgepakt", "Wij gaan ermee aan het werk"
        SPOKEN = "gesproken", "Wij spraken met ouders of kind"
        BACK = "terug", "Er zijn afspraken over terugkeer naar school"
        NO_ACTION = "geen", "Wij doen nu verder niets"

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="answers")
    what = models.CharField("wat gebeurt er", max_length=10, choices=What.choices)
    text = models.CharField("wat mag de school weten", max_length=1000, blank=True)
    phone = models.CharField("telefoon voor vragen", max_length=40, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    read_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    read_at = models.DateTimeField("gelezen op", null=True, editable=False)
    objects = ReportAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "terugkoppeling aan een school"
        verbose_name_plural = "terugkoppelingen aan scholen"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["id"], condition=Q(read_at=None), name="report_answer_unread")]


KEPT = {
    "Intake": Kept("wat er met een melding is gedaan", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "ReportAnswer": Kept("wat een school van een melding hoorde", WITH_THE_CASE, True, ABOUT_THE_CHILD),
}
