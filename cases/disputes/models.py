"""A dispute route that was started for a child: by whom, about what, and what came of it."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from cases.disputes.rules import HELPED, JUDGED, OUTCOMES, ROUTES, Route, RouteInfo, State, state_of
from cases.dossier.models import Case
from cases.parts.matrix import Part
from thuiszitters.core.kept import ABOUT_THE_CHILD, WITH_THE_CASE, Kept
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User
from thuiszitters.core.sealed.fields import SealedTextField
from thuiszitters.core.sealed.secrets import seal, unseal


class Dispute(models.Model):
    """Geschil: a route of `cases.disputes.rules`, a dispute or the help of a consultant. What it is about (`about`) and
    what came of it (`came_of`) are kept encrypted and follow the rule of `part`; who knows of the route at all says its
    row in the table. `corrected_because`: why it was put right after it had ended."""

    class ByWhom(models.TextChoices):
        PARENTS = "ouders", "ouders"
        YOUTH = "jongere", "de jongere"
        SCHOOL = "school", "school"
        SAMENWERKINGSVERBAND = "samenwerkingsverband", "samenwerkingsverband"
        GEMEENTE = "gemeente", "gemeente"
        OTHER = "anders", "iemand anders"

    PARTS = ((Part.VERLOOP.value, "nee"), (Part.GEZONDHEID.value, "ja"))

    case = models.ForeignKey(Case, models.PROTECT, related_name="disputes")
    route = models.CharField("welke route", max_length=20, choices=[(r.value, i.word) for r, i in ROUTES.items()])
    started_on = models.DateField("begonnen op")
    by_whom = models.CharField("door wie", max_length=20, choices=ByWhom.choices)
    addressed_to = models.CharField("bij wie of welke commissie", max_length=150, blank=True)
    about_sealed = SealedTextField("waarover", blank=True, editable=False)
    part = models.CharField("gaan uw woorden over gezondheid", max_length=12, choices=PARTS, default=Part.VERLOOP.value)
    outcome = models.CharField(
        "uitkomst", max_length=20, choices=[(o.value, word) for o, word in OUTCOMES.items()], blank=True
    )
    outcome_on = models.DateField("uitkomst op", null=True, blank=True)
    came_of_sealed = SealedTextField("wat eruit kwam", blank=True, editable=False)
    corrected_because = models.CharField("waarom verbeterd", max_length=300, blank=True, editable=False)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, editable=False, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "geschil of hulp van een consulent"
        verbose_name_plural = "geschillen en hulp van een consulent"
        ordering = ["started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", outcome_on=None, ended_by=None)
                | ~Q(outcome="") & Q(outcome_on__isnull=False, outcome_on__gte=F("started_on"), ended_by__isnull=False),
                name="dispute_ended_when",
            ),
            models.CheckConstraint(
                condition=Q(outcome="")
                | Q(route=Route.CONSULTANT.value, outcome__in=[o.value for o in HELPED])
                | ~Q(route=Route.CONSULTANT.value) & Q(outcome__in=[o.value for o in JUDGED]),
                name="dispute_outcome_of_its_route",
            ),
        ]

    @property
    def info(self) -> RouteInfo:
        return ROUTES[Route(self.route)]

    @property
    def state(self) -> State:
        return state_of(self.outcome)

    @property
    def is_running(self) -> bool:
        return self.state == State.RUNNING

    @property
    def about(self) -> str:
        return unseal(self.about_sealed) if self.about_sealed else ""

    @about.setter
    def about(self, text: str) -> None:
        self.about_sealed = _sealed_anew(self.about_sealed, text)

    @property
    def came_of(self) -> str:
        return unseal(self.came_of_sealed) if self.came_of_sealed else ""

    @came_of.setter
    def came_of(self, text: str) -> None:
        self.came_of_sealed = _sealed_anew(self.came_of_sealed, text)


def _sealed_anew(token: str, text: str) -> str:
    """The same words keep their token, so that a version that changed nothing says nothing."""
    text = text.strip()
    if token and unseal(token) == text:
        return token
    return seal(text) if text else ""


KEPT = {
    "Dispute": Kept(
        "geschil, bezwaar, klacht of hulp van een consulent, met de uitkomst", WITH_THE_CASE, True, ABOUT_THE_CHILD
    )
}
