"""Offers of a place, and each of their moves."""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases.dossier.models import Case
from cases.offers.states import FINAL, OFFER_STATES, OfferInfo, OfferState, brings_to_school, kinds
from leerplicht.models import School
from thuiszitters.core.kept import ABOUT_THE_CHILD, WITH_THE_CASE, Kept
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User

OFFER_CHOICES = [(s.value, OFFER_STATES[s].word) for s in OfferState]


class Need(models.TextChoices):
    """How it stands with something that must be there before a place can begin."""

    UNKNOWN = "onbekend", "nog niet bekend"
    NOT_NEEDED = "niet nodig", "niet nodig"
    NEEDED = "nodig", "nodig, nog niet aangevraagd"
    ASKED = "aangevraagd", "aangevraagd"
    ARRANGED = "geregeld", "geregeld"


class Offer(models.Model):
    """Aanbod: a place in education and/or care, from the question to a child that stays. `build_up`: from which day how
    many hours a week, as [{"from": ISO date, "hours": "6"}]. The child is at home until the first attended day."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="offers")
    kind = models.CharField("wat voor plek", max_length=24, choices=kinds())
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="school")
    provider = models.CharField("of welke instelling", max_length=150, blank=True)
    hours_start = models.DecimalField("uren per week bij het begin", max_digits=4, decimal_places=1)
    hours_full = models.DecimalField("uren per week die het moeten worden", max_digits=4, decimal_places=1)
    build_up = models.JSONField("opbouw", default=list, blank=True)
    remarks = models.CharField("afspraken over deze plek", max_length=500, blank=True)
    tlv = models.CharField("TLV", max_length=12, choices=Need.choices, default=Need.UNKNOWN)
    tlv_on = models.DateField("TLV aangevraagd of afgegeven op", null=True, blank=True)
    transport = models.CharField("leerlingenvervoer", max_length=12, choices=Need.choices, default=Need.UNKNOWN)
    transport_on = models.DateField("vervoer aangevraagd op", null=True, blank=True)
    care = models.CharField("jeugdhulp erbij", max_length=12, choices=Need.choices, default=Need.UNKNOWN)
    care_on = models.DateField("jeugdhulp aangevraagd op", null=True, blank=True)
    state = models.CharField("stand", max_length=14, choices=OFFER_CHOICES, default=OfferState.GEVRAAGD.value)
    after = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="next_ones", verbose_name="volgt op"
    )
    asked_on = models.DateField("gevraagd op")
    start_on = models.DateField("begint op", null=True)
    started_on = models.DateField("eerste dag dat het kind er was", null=True)
    full_on = models.DateField("alle uren sinds", null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "aanbod"
        verbose_name_plural = "aanbod"
        ordering = ["asked_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(school__isnull=False) | ~Q(provider=""), name="offer_of_somebody"),
            models.CheckConstraint(
                condition=Q(hours_start__gt=0) & Q(hours_full__gte=models.F("hours_start")), name="offer_hours_grow"
            ),
            models.CheckConstraint(
                condition=~Q(state="aangekondigd") | Q(start_on__isnull=False), name="offer_announced_has_start"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["gestart", "volledig", "geborgd"]) | Q(started_on__isnull=False),
                name="offer_started_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["volledig", "geborgd"])
                | Q(full_on__isnull=False, full_on__gte=models.F("started_on")),
                name="offer_full_after_start",
            ),
        ]
        indexes = [models.Index(fields=["case", "state"], name="offer_case")]

    @property
    def info(self) -> OfferInfo:
        return OFFER_STATES[OfferState(self.state)]

    @property
    def is_final(self) -> bool:
        return self.state in FINAL

    @property
    def place(self) -> str:
        return self.school.name if self.school else self.provider

    @property
    def hours_by_day(self) -> list[tuple[date, Decimal]]:
        """The build-up as days and hours a week."""
        return [(date.fromisoformat(row["from"]), Decimal(row["hours"])) for row in self.build_up]

    @property
    def ends_home(self) -> bool:
        """Whether the child is no longer at home once it attends."""
        return brings_to_school(self.kind)


class OfferChange(models.Model):
    """One move of an offer. Never edited. `cause`: why it moved, where something else asks that."""

    class Cause(models.TextChoices):
        OTHER = "", "iets anders"
        REPLACED = "vervangen", "vervangen door een besluit"

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="changes")
    source = models.CharField(max_length=14, choices=OFFER_CHOICES, blank=True)
    target = models.CharField(max_length=14, choices=OFFER_CHOICES)
    on = models.DateField("op")
    because = models.CharField("reden", max_length=500, blank=True)
    cause = models.CharField(max_length=10, choices=Cause.choices, blank=True, default=Cause.OTHER)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]

    @property
    def info(self) -> OfferInfo:
        return OFFER_STATES[OfferState(self.target)]


KEPT = {
    "Offer": Kept("aanbod van een plek", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "OfferChange": Kept("stand van een aanbod, met reden", WITH_THE_CASE, True, ABOUT_THE_CHILD),
}
