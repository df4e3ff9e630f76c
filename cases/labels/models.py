"""What an organisation puts on a dossier for itself: words of its own, and a level of risk. Its list of words is what
stands on its dossiers: a word that stands on none is gone. Its levels are a list that it agreed (docs/adr/0043)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from simple_history.models import HistoricalRecords

from cases.dossier.models import Case
from thuiszitters.core.kept import ABOUT_THE_CHILD, AGREEMENT, OPINION, OTHERS, WITH_THE_CASE, Kept
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


def of_the_own_side(user: User) -> Q:
    """Rows of the own organisation, and of the gemeenten that the user works for."""
    access = access_of(user)
    own = Q(organisation__in=access.organisations_with(Right.CASE_VIEW))
    codes = access.municipalities_with(Right.CASE_VIEW)
    return own | Q(organisation__kind=Organisation.Kind.GEMEENTE, organisation__code__in=codes)


class CaseLabelQuerySet(models.QuerySet["CaseLabel"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(of_the_own_side(user))

    def names(self) -> list[str]:
        """Each once, by the alphabet."""
        return sorted(set(self.values_list("name", flat=True)), key=str.casefold)


class CaseLabel(models.Model):
    """Label. `organisation`: the gemeente, also where a bureau works for it, or the partner; nobody else reads it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="labels")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField("label", max_length=40)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    objects = CaseLabelQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "label"
        verbose_name_plural = "labels"
        ordering = [Lower("name")]
        constraints = [
            models.UniqueConstraint("case", "organisation", Lower("name"), name="case_label_once"),
            models.CheckConstraint(condition=~Q(name=""), name="case_label_named"),
        ]


class RiskLevelQuerySet(models.QuerySet["RiskLevel"]):
    def editable_by(self, user: User) -> Self:
        """For who divides the work of the organisation, or judges for it."""
        access = access_of(user)
        own = set[int]().union(*(access.organisations_with(right) for right in KEEPS_THE_LIST))
        return self.filter(organisation__in=own)

    def running(self) -> Self:
        return self.filter(ended_on=None)


KEEPS_THE_LIST = (Right.CASE_ASSIGN, Right.REVIEW)


class RiskLevel(models.Model):
    """A level of risk in the list of an organisation: a gemeente, a bureau for all its gemeenten, a partner. Ended, it
    stays where it stands and can be chosen no more."""

    class Tone(models.TextChoices):
        """How it looks, beside its name: never instead of it."""

        OVER = "over", "rood"
        NEAR = "near", "oranje"
        OK = "ok", "groen"
        PLAIN = "plain", "grijs"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField("naam", max_length=30)
    position = models.PositiveSmallIntegerField("plaats in de lijst", default=1)
    tone = models.CharField("kleur", max_length=5, choices=Tone.choices, default=Tone.PLAIN)
    ended_on = models.DateField("niet meer te kiezen sinds", null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    objects = RiskLevelQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "risiconiveau"
        verbose_name_plural = "risiconiveaus"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint("organisation", Lower("name"), name="risk_level_once"),
            models.CheckConstraint(condition=~Q(name=""), name="risk_level_named"),
        ]

    def __str__(self):
        return self.name


class CaseRiskQuerySet(models.QuerySet["CaseRisk"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(of_the_own_side(user))

    def judged(self) -> Self:
        """With a level, which comes along."""
        return self.filter(level__isnull=False).select_related("level")


class CaseRisk(models.Model):
    """How an organisation judges the risk in a dossier. One per organisation; without a level nothing is judged. Nobody
    else reads it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="risks")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    level = models.ForeignKey(RiskLevel, models.PROTECT, null=True, blank=True, verbose_name="risiconiveau")
    because = models.CharField("waarom", max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    objects = CaseRiskQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "risico volgens een organisatie"
        verbose_name_plural = "risico's volgens organisaties"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("case", "organisation", name="case_risk_once")]


KEPT = {
    "CaseLabel": Kept("label van een organisatie", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "RiskLevel": Kept("lijst van risiconiveaus van een organisatie", AGREEMENT, False, OTHERS),
    "CaseRisk": Kept("hoe een organisatie het risico inschat, en waarom", WITH_THE_CASE, True, OPINION),
}
