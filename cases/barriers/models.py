"""What blocks the way back."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases.dossier.models import Case
from thuiszitters.core.kept import ABOUT_THE_CHILD, WITH_THE_CASE, Kept
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User


class Barrier(models.Model):
    """Belemmering: what blocks the way back, who can take it away, what was asked and promised, and when it was solved.
    All who see the course of events of the dossier see it."""

    class Kind(models.TextChoices):
        PLACE = "plek", "er is geen plek"
        CARE = "zorg", "wachtlijst voor hulp"
        TRANSPORT = "vervoer", "leerlingenvervoer"
        TLV = "tlv", "toelaatbaarheidsverklaring (TLV)"
        INDICATION = "indicatie", "indicatie of onderzoek"
        FINANCE = "geld", "wie betaalt het"
        MUNICIPALITY = "gemeentegrens", "grens van de gemeente"
        VERBAND = "verbandgrens", "grens van het samenwerkingsverband"
        CONFLICT = "conflict", "ouders en school zijn het oneens"
        CUSTODY = "gezag", "gezag of toestemming"
        OTHER = "anders", "iets anders"

    APPLIED_FOR = (Kind.TRANSPORT, Kind.TLV, Kind.INDICATION, Kind.CARE, Kind.FINANCE)

    case = models.ForeignKey(Case, models.PROTECT, related_name="barriers")
    kind = models.CharField("wat houdt het tegen", max_length=14, choices=Kind.choices)
    what = models.CharField("wat is er nodig", max_length=300)
    owner = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="welke organisatie kan dit oplossen",
    )
    owner_name = models.CharField("wie daar", max_length=100, blank=True)
    asked_on = models.DateField("gevraagd of aangevraagd op")
    promised_on = models.DateField("toegezegd voor", null=True, blank=True)
    decided_on = models.DateField("besluit op de aanvraag op", null=True, blank=True)
    solved_on = models.DateField("opgelost op", null=True)
    solved_how = models.CharField("hoe is het opgelost", max_length=300, blank=True)
    solved_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="opgelost vastgelegd door"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "belemmering"
        verbose_name_plural = "belemmeringen"
        ordering = ["asked_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(solved_on=None) | ~Q(solved_how=""), name="barrier_solved_how")
        ]
        indexes = [models.Index(fields=["case"], condition=Q(solved_on=None), name="barrier_open")]

    @property
    def owner_words(self) -> str:
        """Who can take it away: the organisation, with the person where that is known."""
        names = [n for n in (self.owner.name if self.owner else "", self.owner_name) if n]
        return ", ".join(names) or "nog niemand"


KEPT = {"Barrier": Kept("belemmering, met wie haar kan oplossen", WITH_THE_CASE, True, ABOUT_THE_CHILD)}
