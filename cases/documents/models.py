"""A letter of a dossier as it left: what it said, to whom, when and how it was sent."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from cases.dossier.models import Case
from cases.parts.matrix import PARTS, Part
from leerplicht.models import Guardian
from thuiszitters.core.files.models import StoredFile
from thuiszitters.core.kept import ABOUT_THE_CHILD, WITH_THE_CASE, Kept
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User

OUTCOME = "uitkomst"  # the letter that tells what came of a claim
LETTER_PARTS = (Part.VERLOOP, Part.VRIJSTELLING, Part.HANDHAVING)


class Document(models.Model):
    """Two files of the same text: Word to keep working with, PDF to send. A corrected letter is a next version; the one
    before stays. `number`: of the line in the list of papers. `claim`: which beroep or aanvraag it is about."""

    class Channel(models.TextChoices):
        POST = "post", "met de post"
        MAIL = "e-mail", "per e-mail"
        HAND = "gegeven", "zelf gegeven"

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    kind = models.CharField("soort", max_length=16)
    part = models.CharField(
        max_length=12, choices=[(p.value, PARTS[p].word) for p in LETTER_PARTS], default=Part.VERLOOP.value
    )
    title = models.CharField("waarover", max_length=200)
    recipient = models.CharField("aan wie", max_length=200)
    guardians = models.ManyToManyField(Guardian, related_name="documents")
    claim = models.ForeignKey("cases.ExemptionClaim", models.PROTECT, null=True, editable=False, related_name="letters")
    number = models.CharField("nummer", max_length=20)
    version = models.PositiveIntegerField(default=1)
    docx = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    pdf = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    sent_on = models.DateField("verstuurd op", null=True)
    channel = models.CharField("hoe", max_length=8, choices=Channel.choices, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "brief"
        verbose_name_plural = "brieven"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation", "kind", "recipient", "version"],
                condition=Q(claim=None),
                name="document_version_once",
            ),
            models.UniqueConstraint(
                fields=["claim", "organisation", "kind", "recipient", "version"],
                condition=Q(claim__isnull=False),
                name="document_version_once_of_claim",
            ),
            models.CheckConstraint(
                condition=Q(sent_on=None, channel="") | Q(sent_on__isnull=False) & ~Q(channel=""),
                name="document_sent_when_and_how",
            ),
        ]

    @property
    def made_on(self) -> date:
        return timezone.localdate(self.at)

    @property
    def tells_outcome(self) -> bool:
        """Whether this letter tells people what came of their claim: from then on they can object (Awb 3:41)."""
        return self.kind == OUTCOME


KEPT = {
    "Document": Kept("brief van het dossier: aan wie, wanneer en hoe verstuurd", WITH_THE_CASE, True, ABOUT_THE_CHILD)
}
