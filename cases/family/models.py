"""Which gemeente lets parents and children look along, who does, and the codes with which they come in."""

from typing import Self

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases.dossier.models import Case
from cases.family.rules import MOST_TRIES
from leerplicht.models import Guardian
from thuiszitters.core.kept import ABOUT_THE_CHILD, AGREEMENT, AT_ONCE, OTHERS, WITH_THE_CASE, Kept
from thuiszitters.core.people.access import looked_after_by
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User


class FamilyDoorQuerySet(models.QuerySet["FamilyDoor"]):
    def visible_to(self, user: User) -> Self:
        """Those of the gemeenten that the user looks after."""
        return self.filter(organisation__in=looked_after_by(user))


class FamilyDoor(models.Model):
    """Whether a gemeente lets parents and children look along in its dossiers. No row: it does not."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="+")
    open = models.BooleanField("ouders en kinderen kunnen meekijken", default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)
    objects = FamilyDoorQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "of ouders en kinderen meekijken"
        verbose_name_plural = "of ouders en kinderen meekijken"


class LookAlongQuerySet(models.QuerySet["LookAlong"]):
    def running(self) -> Self:
        return self.filter(ended_at=None)


class LookAlong(models.Model):
    """Meekijken: one parent or guardian, or (`guardian` None) the child, and one dossier. Whether that person may today
    is judged at each request (`access`). `tries`: wrong pincodes since the last right one."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="lookers")
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, related_name="+")
    email = models.EmailField("e-mail", blank=True)
    pin_hash = models.CharField(max_length=64, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField("uitgenodigd", auto_now_add=True)
    entered_at = models.DateTimeField("keek het laatst", null=True, editable=False)
    ended_at = models.DateTimeField("gestopt", null=True, editable=False)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    because = models.CharField("waarom gestopt", max_length=300, blank=True, editable=False)
    objects = LookAlongQuerySet.as_manager()

    class Meta:
        verbose_name = "meekijken"
        verbose_name_plural = "meekijken"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "guardian"], condition=Q(ended_at=None), name="look_along_parent_once"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None, guardian=None), name="look_along_child_once"
            ),
        ]

    @property
    def is_locked(self) -> bool:
        return self.tries >= MOST_TRIES

    @property
    def who(self) -> str:
        """As the gemeente calls this person."""
        return f"{self.guardian.name} ({self.guardian.relation})" if self.guardian else self.case.pupil.name


class LookAlongCode(models.Model):
    """A code that works once, as a hash. Without one it was asked for, and is made when the mail leaves."""

    along = models.ForeignKey(LookAlong, models.CASCADE, related_name="codes")
    hash = models.CharField(max_length=64, blank=True, db_index=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True)
    invites = models.BooleanField(default=False)

    class Meta:
        verbose_name = "code om mee te kijken"
        verbose_name_plural = "codes om mee te kijken"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["hash"], condition=~Q(hash=""), name="look_along_code_once")]


KEPT = {
    "FamilyDoor": Kept("of een gemeente ouders en kinderen laat meekijken", AGREEMENT, False, OTHERS),
    "LookAlong": Kept("welke ouder of welk kind meekijkt, en sinds wanneer", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "LookAlongCode": Kept("code om mee te kijken, als hash", AT_ONCE, False, "zegt niets over iemand"),
}
