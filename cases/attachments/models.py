"""A file that people put in a dossier: a statement of a doctor, a plan, a mail, a photo."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases.dossier.entry import WrittenEntry, written_here_or_elsewhere
from cases.work.models import StandingManager
from thuiszitters.core.files.allowed import TYPES
from thuiszitters.core.files.models import StoredFile
from thuiszitters.core.files.scanning import Found
from thuiszitters.core.kept import ABOUT_THE_CHILD, WITH_THE_CASE, Kept

# Not looked at yet, or put in while there was nothing that looks.
UNSEEN = (Found.WAITING.value, Found.NOT_ASKED.value)


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def to_scan(self) -> Self:
        return self.filter(scan__in=UNSEEN)

    def sent_by(self, looker: Any) -> Self:
        """What this parent, or the child, sent: also by an earlier invitation (`cases.family.models.LookAlong`)."""
        return self.filter(looker__isnull=False, looker__guardian=looker.guardian)


class Attachment(WrittenEntry):
    """Bijlage. `title`: what it is called, without extension. `fingerprint`: of the file as it was sent, which a photo
    is not any more (`thuiszitters.core.files.pictures`). `scan`: what is known of malware in it; who may open it hangs
    on that (`access`)."""

    class Kind(models.TextChoices):
        STATEMENT = "verklaring", "verklaring van een arts of deskundige"
        OPP = "opp", "ontwikkelingsperspectief (OPP)"
        PLAN = "plan", "plan"
        MAIL = "post", "e-mail of brief"
        PHOTO = "foto", "foto"
        OTHER = "anders", "iets anders"

    class Scan(models.TextChoices):
        CLEAN = Found.CLEAN.value, "op virussen gecontroleerd"
        WAITING = Found.WAITING.value, "nog niet gecontroleerd"
        NOT_ASKED = Found.NOT_ASKED.value, "niet op virussen gecontroleerd"
        INFECTED = Found.INFECTED.value, "afgesloten: er zit een virus in"

    kind = models.CharField("wat is het", max_length=12, choices=Kind.choices)
    title = models.CharField("hoe heet het", max_length=120)
    dated_on = models.DateField("van welke dag", null=True, blank=True)
    from_whom = models.CharField("van wie", max_length=100, blank=True)
    extension = models.CharField(max_length=4, editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    file = models.OneToOneField(StoredFile, models.PROTECT, editable=False, related_name="+")
    # Who looks along and sent it; then there is no `by`.
    looker = models.ForeignKey("cases.LookAlong", models.PROTECT, null=True, editable=False, related_name="+")
    scan = models.CharField("virussen", max_length=8, choices=Scan.choices, editable=False)
    scanned_at = models.DateTimeField("gecontroleerd", null=True, editable=False)
    objects = StandingManager.from_queryset(AttachmentQuerySet)()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "bijlage"
        verbose_name_plural = "bijlagen"
        ordering = ["at", "pk"]
        constraints = [
            written_here_or_elsewhere("attachment_written_somewhere"),
            models.CheckConstraint(condition=~Q(title=""), name="attachment_titled"),
        ]
        indexes = [
            models.Index(fields=["case", "fingerprint"], name="attachment_same"),
            models.Index(fields=["at"], condition=Q(scan__in=UNSEEN), name="attachment_unseen"),
        ]

    @property
    def by_family(self) -> bool:
        """Whether a parent or child who looks along sent it. Who looks along is for the gemeente to know."""
        return self.looker_id is not None

    @property
    def name(self) -> str:
        """As it is saved by who fetches it."""
        return f"{self.title}.{self.extension}"

    @property
    def media_type(self) -> str:
        return TYPES[self.extension]

    @property
    def is_infected(self) -> bool:
        return self.scan == self.Scan.INFECTED

    @property
    def is_waiting(self) -> bool:
        return self.scan == self.Scan.WAITING


KEPT = {
    "Attachment": Kept(
        "bijlage: een bestand dat iemand in het dossier zette, ook over gezondheid",
        WITH_THE_CASE,
        True,
        ABOUT_THE_CHILD,
    )
}
