from django.db import models
from django.db.models import Q

from leerplicht.querysets import RejectedLineQuerySet
from thuiszitters.core.kept import AT_ONCE, WORK_TABLE, Kept
from thuiszitters.core.sealed.fields import SealedBytesField, SealedTextField
from thuiszitters.core.sealed.secrets import seal_bytes, unseal_bytes


class Upload(models.Model):
    """An uploaded file: looked through first, read in after the user agrees. The content is encrypted (it holds
    personal numbers) and wiped as soon as it is read in or dropped."""

    class State(models.TextChoices):
        LOOKING = "doorzoeken", "wordt doorgekeken"
        PREVIEW = "voorbeeld", "wacht op uw akkoord"
        READING = "inlezen", "wordt ingelezen"
        DONE = "klaar", "ingelezen"
        DROPPED = "vervallen", "niet ingelezen"
        FAILED = "mislukt", "niet te lezen"

    name = models.CharField("bestand", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField("grootte in bytes")
    content = SealedBytesField(null=True)
    state = models.CharField("stand", max_length=12, choices=State.choices, default=State.LOOKING)
    organisation = models.ForeignKey("core.Organisation", models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    municipalities = models.JSONField("gemeenten van de gebruiker", default=list)
    counts = models.JSONField(default=dict)
    samples = models.JSONField(default=list)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ["-uploaded_at"]

    def keep(self, content: bytes) -> None:
        self.content = seal_bytes(content)

    def open_content(self) -> bytes:
        return unseal_bytes(self.content)


class ImportFile(Upload):
    """An uploaded file of absence reports."""

    class Meta(Upload.Meta):
        verbose_name = "ingelezen bestand"
        verbose_name_plural = "ingelezen bestanden"


class RejectedLine(models.Model):
    """A line that could not be read in: kept in quarantine until somebody corrects or drops it. One row per line,
    however often it is read again: handled stays handled until the line itself changes."""

    class State(models.TextChoices):
        OPEN = "open", "wacht op verbetering"
        CORRECTED = "verbeterd", "verbeterd en ingelezen"
        DROPPED = "vervallen", "laten vervallen"

    file_name = models.CharField("bestand", max_length=200)
    import_file = models.ForeignKey(ImportFile, models.PROTECT, null=True, related_name="rejected")
    organisation = models.ForeignKey("core.Organisation", models.PROTECT, null=True, related_name="+")
    line = models.PositiveIntegerField("regel")
    number = models.CharField("meldingsnummer", max_length=40, blank=True)
    field = models.CharField("veld", max_length=60)
    reason = models.CharField("reden", max_length=300)
    municipality_code = models.CharField("gemeentecode", max_length=4, blank=True)
    sealed_row = SealedTextField("de regel, versleuteld")
    line_hash = models.CharField("herkent dezelfde regel", max_length=64, default="", editable=False)
    state = models.CharField("stand", max_length=10, choices=State.choices, default=State.OPEN)
    rejected_at = models.DateTimeField(auto_now_add=True)
    handled_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)
    handled_because = models.CharField("reden", max_length=200, blank=True)
    objects = RejectedLineQuerySet.as_manager()

    class Meta:
        verbose_name = "afgekeurde regel"
        verbose_name_plural = "afgekeurde regels"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["organisation", "state"], name="rejected_open"),
            models.Index(fields=["municipality_code", "state"], name="rejected_of_gemeente"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["line_hash"], condition=~Q(line_hash=""), name="rejected_line_once")
        ]


KEPT = {
    "ImportFile": Kept(
        "bestand met meldingen, versleuteld; de inhoud wordt gewist na inlezen of vervallen",
        AT_ONCE,
        False,
        "wat is ingelezen staat in de meldingen",
    ),
    "RejectedLine": Kept(
        "afgekeurde regel, versleuteld", WORK_TABLE, True, "gaat over het kind zolang de regel niet is afgehandeld"
    ),
}
