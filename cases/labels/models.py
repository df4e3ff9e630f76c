"""A word that an organisation puts on a dossier. Its list of words is what stands on its dossiers: a word that stands
on none is gone."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from simple_history.models import HistoricalRecords

from cases.dossier.models import Case
from thuiszitters.core.kept import ABOUT_THE_CHILD, WITH_THE_CASE, Kept
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


class CaseLabelQuerySet(models.QuerySet["CaseLabel"]):
    def visible_to(self, user: User) -> Self:
        """Those of the own organisation, and of the gemeenten that the user works for."""
        access = access_of(user)
        own = Q(organisation__in=access.organisations_with(Right.CASE_VIEW))
        codes = access.municipalities_with(Right.CASE_VIEW)
        gemeenten = Q(organisation__kind=Organisation.Kind.GEMEENTE, organisation__code__in=codes)
        return self.filter(own | gemeenten)

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


KEPT = {"CaseLabel": Kept("label van een organisatie", WITH_THE_CASE, True, ABOUT_THE_CHILD)}
