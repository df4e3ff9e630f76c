"""What left the building: a row per paper, before it is made."""

from django.db import models
from django.db.models import Q

from cases.dossier.models import Case
from reporting.papers.variants import VARIANTS
from thuiszitters.core.kept import LOG, Kept
from thuiszitters.core.log.models import controlled_by
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

VARIANT_CHOICES = [(v.value, info.word) for v, info in VARIANTS.items()]


class PaperQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The papers of the own organisations, for who may take something along there, and for their controller."""
        makers = access_of(user).organisations_with(Right.EXPORT)
        return self.filter(Q(organisation__in=makers) | Q(organisation__in=controlled_by(user)))


class Paper(models.Model):
    """A PDF or pack: who took it out, for whom, what is in it, why. The number stands on every page. Written before the
    paper is made; without `sha256` it was asked for and never came about. Never changed after that."""

    class Kind(models.TextChoices):
        DOSSIER = "dossier", "dossier"
        MEETING = "overleg", "verslag van een overleg"
        DECISION = "besluit", "brief van een besluit"
        BOARD = "agenda", "agenda van de regio"
        PACK = "stapel", "stapel voor een Thuiszitterstop"
        LETTER = "brief", "brief"

    number = models.CharField("nummer", max_length=20)
    kind = models.CharField("soort", max_length=10, choices=Kind.choices)
    variant = models.CharField("hoeveel", max_length=12, choices=VARIANT_CHOICES, blank=True)
    recipient = models.CharField("voor wie", max_length=200)
    purpose = models.CharField("waarvoor", max_length=300)
    parts = models.JSONField("wat erin staat", default=list)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="door")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("gemaakt", auto_now_add=True)
    pages = models.PositiveIntegerField("bladzijden", default=0)
    size = models.PositiveIntegerField("bytes", default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "papier"
        verbose_name_plural = "papieren"
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["number"], name="paper_number_once")]
        indexes = [models.Index(fields=["organisation", "-id"], name="paper_newest")]

    def __str__(self):
        return self.number

    @property
    def is_made(self) -> bool:
        return bool(self.sha256)


class PaperCase(models.Model):
    """A dossier that stands in a paper."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="cases")
    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["paper", "case"], name="paper_case_once")]


KEPT = {
    "Paper": Kept(
        "papier dat het gebouw verliet: wie, voor wie, waarvoor",
        LOG,
        True,
        "aan wie gegevens zijn verstrekt (AVG art. 15 lid 1c)",
    ),
    "PaperCase": Kept("dossiers in een papier", LOG, False, "een wijzer; het papier gaat mee"),
}
