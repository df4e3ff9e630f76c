"""Where each report went: into a dossier, waiting, or set aside with a reason."""

from typing import Self

from django.db import models
from django.db.models import Q

from cases.dossier.models import Case
from leerplicht.models import AbsenceReport, Pupil
from thuiszitters.core.kept import ABOUT_THE_CHILD, WITH_THE_CASE, Kept
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


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


KEPT = {"Intake": Kept("wat er met een melding is gedaan", WITH_THE_CASE, True, ABOUT_THE_CHILD)}
