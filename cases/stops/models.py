"""Thuiszitterstop: a meeting of a region about many children, with partners from elsewhere; what is agreed goes back to
each dossier."""

from typing import Self

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases.agreements.regions import regions_held_by, regions_of_members
from cases.dossier.models import Case
from cases.talks.planned import Planned
from thuiszitters.core.kept import AGREEMENT, OPINION, OTHERS, WITH_THE_CASE, Kept
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


class StopQuerySet(models.QuerySet["Stop"]):
    def visible_to(self, user: User) -> Self:
        """Those that an own organisation plans and those of a region that it belongs to, for who may take something
        along there; all of a region, for its coordinator. What is on it is asked per dossier (docs/adr/0044)."""
        seen = Q(organisation__in=access_of(user).organisations_with(Right.EXPORT))
        seen |= Q(region__in=regions_of_members(user, Right.EXPORT) | regions_held_by(user, Right.REGION_VIEW))
        return self.filter(seen)


class Stop(Planned):
    """One Thuiszitterstop. `guests`: who comes, a line each, for the invitation."""

    region = models.ForeignKey(Organisation, models.PROTECT, related_name="stops", verbose_name="regio")
    minutes = models.PositiveSmallIntegerField("hoe lang duurt het, in minuten", default=120)
    guests = models.TextField("wie komen er", max_length=3000, blank=True)
    agenda = models.TextField("agenda", max_length=3000, blank=True)
    objects = StopQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "Thuiszitterstop"
        verbose_name_plural = "Thuiszitterstops"
        ordering = ["-starts_at", "-pk"]
        constraints = [
            *Planned.Meta.constraints,
            # A second click plans nothing twice.
            models.UniqueConstraint(
                fields=["organisation", "region", "starts_at"], condition=~Q(state="afgezegd"), name="stop_once"
            ),
        ]

    def __str__(self):
        return f"Thuiszitterstop {self.region}"


class StopCase(models.Model):
    """A dossier on the agenda of a Thuiszitterstop. `ask`: what is asked there; `discussed`: what was said, of the
    course of events of the dossier; `lesson`: what others can learn from it, without a name."""

    stop = models.ForeignKey(Stop, models.PROTECT, related_name="cases")
    case = models.ForeignKey(Case, models.PROTECT, related_name="stops")
    position = models.PositiveIntegerField("plaats")
    ask = models.CharField("wat wordt er gevraagd", max_length=500, blank=True)
    discussed = models.TextField("wat is er besproken", blank=True)
    discussed_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    lesson = models.CharField("goed voorbeeld: wat hielp, zonder namen", max_length=500, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Of those that were put on the agenda in one act, also one alone: so that they can be taken off as one.
    batch = models.UUIDField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "dossier op een Thuiszitterstop"
        verbose_name_plural = "dossiers op een Thuiszitterstop"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["stop", "case"], name="stop_case_once")]

    @property
    def is_spoken_of(self) -> bool:
        """Whether something was said or agreed about it there, so that it stays on the agenda."""
        return bool(self.discussed) or self.case.tasks.filter(stop=self.stop).exists()


KEPT = {
    "Stop": Kept("Thuiszitterstop: wanneer, waar en wie er komen", AGREEMENT, False, OTHERS),
    "StopCase": Kept("dossier op een Thuiszitterstop, met wat is besproken", WITH_THE_CASE, True, OPINION),
}
