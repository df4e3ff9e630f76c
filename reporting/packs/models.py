from enum import StrEnum

from django.db import models
from django.db.models import Q

from cases.stops.models import Stop
from reporting.papers.models import VARIANT_CHOICES, Paper
from reporting.papers.variants import VARIANTS, Variant, VariantInfo
from thuiszitters.core.files.models import StoredFile
from thuiszitters.core.jobs.models import Job
from thuiszitters.core.kept import LOG, Kept
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User
from thuiszitters.core.sealed.fields import SealedTextField

# Why a pack was refused: for these another try does not help.
NO_LONGER = "U mag een of meer van deze dossiers niet meer meenemen. Maak een nieuwe stapel."
MEANWHILE = "Terwijl deze stapel werd gemaakt, veranderde wat u mag meenemen. Maak een nieuwe."


class PackState(StrEnum):
    """How far a pack is: as its job is, until there is a file or somebody broke it off."""

    WAITING = Job.State.WAITING.value
    RUNNING = Job.State.RUNNING.value
    DONE = Job.State.DONE.value
    FAILED = Job.State.FAILED.value
    GONE = "verlopen"
    CANCELLED = "afgebroken"


class Pack(models.Model):
    """A stack of dossiers for one reader of a Thuiszitterstop, made by a job. The line of the paper says who asked and
    for whom. `level`: how much of each dossier; for a partner the ones that are shared with it, of the others no names.
    """

    class Form(models.TextChoices):
        PAGES = "bladzijden", "één PDF, een bladzijde per kind"
        ZIP = "zip", "een ZIP met van elk kind het dossier als PDF"

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="pack")
    stop = models.ForeignKey(Stop, models.PROTECT, related_name="packs")
    level = models.CharField("hoeveel", max_length=12, choices=VARIANT_CHOICES, default=Variant.PSEUDONIEM.value)
    partner = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    form = models.CharField("vorm", max_length=12, choices=Form.choices, default=Form.PAGES)
    password_sealed = SealedTextField("wachtwoord van de ZIP, versleuteld", blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    done = models.PositiveIntegerField("klaar", default=0)
    total = models.PositiveIntegerField("in totaal", default=0)
    problem = models.CharField("waarom niet", max_length=300, blank=True)
    cancelled_at = models.DateTimeField("afgebroken", null=True)
    made_at = models.DateTimeField("klaar sinds", null=True)
    # What maker and reader could see when it was made (`reporting.packs.making.seen_in`).
    seen = models.CharField(max_length=64, blank=True)
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "stapel"
        verbose_name_plural = "stapels"
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(file=None) | Q(made_at__isnull=False), name="pack_file_made")]

    @property
    def maker(self) -> User:
        """Who asked for it. Only what the application makes by itself has nobody, and it makes no packs."""
        if self.paper.by is None:
            raise ValueError("a pack that nobody asked for")
        return self.paper.by

    @property
    def variant(self) -> Variant:
        return Variant(self.level)

    @property
    def info(self) -> VariantInfo:
        return VARIANTS[self.variant]

    @property
    def level_words(self) -> str:
        return self.info.word_in_pack

    @property
    def state(self) -> PackState:
        if self.made_at:
            return PackState.DONE if self.file_id else PackState.GONE
        if self.cancelled_at:
            return PackState.CANCELLED
        return PackState(self.job.state) if self.job and not self.problem else PackState.FAILED

    @property
    def is_going_on(self) -> bool:
        return self.state in (PackState.WAITING, PackState.RUNNING)

    @property
    def can_be_tried_again(self) -> bool:
        return self.state == PackState.FAILED and self.problem not in (NO_LONGER, MEANWHILE)

    @property
    def extension(self) -> str:
        return "zip" if self.form == self.Form.ZIP else "pdf"


KEPT = {
    "Pack": Kept(
        "stapel voor een Thuiszitterstop; het bestand verdwijnt 14 dagen erna", LOG, False, "het papier gaat mee"
    )
}
