"""What was taken over from which system under which key, and the files with which that is done."""

from typing import Self

from django.db import models

from cases.dossier.origin import SYSTEM
from leerplicht.models import Municipality, Pupil, Upload
from thuiszitters.core.kept import AT_ONCE, WITH_THE_PUPIL, Kept
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

KEY = 60  # characters of a key of the other system


class TakenOver(models.Model):
    """A row of another system, by its own key there, and the row that it became here. So a file can be read again, and
    one sheet can name what stands in another. Keys count within a gemeente: what another took over shows nowhere."""

    class Kind(models.TextChoices):
        """The sheets, in the order in which they are read: each names only what stands before it."""

        CHILD = "kinderen", "kinderen"
        GUARDIAN = "ouders", "ouders en verzorgers"
        ENROLMENT = "inschrijvingen", "inschrijvingen"
        EXEMPTION = "vrijstellingen", "vrijstellingen"
        CASE = "dossiers", "dossiers"
        CONTACT = "contacten", "contacten"
        NOTE = "notities", "notities"
        STEP = "stappen", "stappen"

    source = models.CharField("systeem", max_length=SYSTEM)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="gemeente")
    kind = models.CharField("blad", max_length=16, choices=Kind.choices)
    key = models.CharField("sleutel", max_length=KEY)
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    row_id = models.BigIntegerField("rij hier")
    # A keyed hash of what the line said, to see that it says something else when it comes again.
    content_hash = models.CharField(max_length=64, editable=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "source", "kind", "key"], name="taken_over_once")
        ]


class TakeOverFileQuerySet(models.QuerySet["TakeOverFile"]):
    def visible_to(self, user: User) -> Self:
        """Files that the own organisation offered."""
        return self.filter(organisation__in=access_of(user).organisations_with(Right.TAKE_OVER))


class TakeOverFile(Upload):
    """A file from another system. `counts`: per sheet and outcome; `refused`: what does not come in or is to be looked
    at, by sheet, line and field, without names; `samples`: what does come in, without names."""

    source = models.CharField("systeem", max_length=SYSTEM)
    refused = models.JSONField(default=list)
    objects = TakeOverFileQuerySet.as_manager()

    class Meta(Upload.Meta):
        verbose_name = "overnamebestand"
        verbose_name_plural = "overnamebestanden"


KEPT = {
    "TakenOver": Kept(
        "sleutel van een rij in het vorige systeem",
        WITH_THE_PUPIL,
        True,
        "zegt onder welk nummer het kind in het vorige systeem stond",
    ),
    "TakeOverFile": Kept(
        "bestand uit een ander systeem, versleuteld; de inhoud wordt gewist na inlezen of vervallen",
        AT_ONCE,
        False,
        "wat is overgenomen staat in de dossiers; wat bewaard blijft noemt geen namen",
    ),
}
