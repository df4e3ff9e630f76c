"""What organisations in a region bound themselves to: the convenant, who signed it, and who may decide."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases.querysets import RegionQuerySet
from thuiszitters.core.people.organisations import Organisation, Period, ends_after_start
from thuiszitters.core.people.users import User


class Covenant(Period):
    """Convenant: what parties in a region signed. A later version is a new row; this one is then ended."""

    region = models.ForeignKey(Organisation, models.PROTECT, related_name="covenants", verbose_name="regio")
    title = models.CharField("titel", max_length=200)
    parties = models.ManyToManyField(Organisation, related_name="+", blank=True, verbose_name="partijen")
    other_parties = models.TextField("partijen die hier niet in staan", max_length=2000, blank=True)
    signed_on = models.DateField("getekend op", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    objects = RegionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "convenant"
        verbose_name_plural = "convenanten"
        ordering = ["-valid_from", "pk"]
        constraints = [ends_after_start("covenant_ends_after_start")]

    def __str__(self):
        return self.title


class CovenantFile(models.Model):
    """The signed paper as PDF, apart from the convenant so that a list does not read it. A newer one is a new row."""

    covenant = models.ForeignKey(Covenant, models.PROTECT, related_name="files")
    name = models.CharField("naam", max_length=150)
    content = models.BinaryField("inhoud")
    size = models.PositiveIntegerField("bytes")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = "bestand van een convenant"
        verbose_name_plural = "bestanden van convenanten"
        ordering = ["-pk"]


class Signature(models.Model):
    """Who signed a convenant: for which organisation, in which function, on which day."""

    covenant = models.ForeignKey(Covenant, models.PROTECT, related_name="signatures")
    organisation = models.CharField("organisatie", max_length=200)
    name = models.CharField("naam", max_length=100)
    function = models.CharField("functie", max_length=100)
    signed_on = models.DateField("getekend op")
    objects = RegionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "ondertekenaar"
        verbose_name_plural = "ondertekenaars"
        ordering = ["signed_on", "pk"]


class Mandate(Period):
    """Mandaat: who holds doorzettingsmacht for a region and a scope, from a day until a day. Never changed once it
    holds; only ended. `source`: where it is written."""

    class Scope(models.TextChoices):
        EDUCATION = "onderwijs", "onderwijs"
        CARE = "zorg", "zorg"
        TRANSPORT = "vervoer", "vervoer"
        FINANCE = "geld", "geld"

    region = models.ForeignKey(Organisation, models.PROTECT, related_name="mandates", verbose_name="regio")
    covenant = models.ForeignKey(
        Covenant, models.PROTECT, null=True, blank=True, related_name="mandates", verbose_name="convenant"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="organisatie")
    person = models.ForeignKey(User, models.PROTECT, related_name="mandates", verbose_name="houder")
    deputy = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vervanger")
    scope = models.CharField("waarover", max_length=12, choices=Scope.choices)
    source = models.CharField("waar staat dit", max_length=200)
    objects = RegionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "mandaat"
        verbose_name_plural = "mandaten"
        ordering = ["scope", "valid_from", "pk"]
        constraints = [
            ends_after_start("mandate_ends_after_start"),
            # Overlaps between dates are for the service; these two hold on every database.
            models.UniqueConstraint(fields=["region", "scope", "valid_from"], name="mandate_start_once"),
            models.UniqueConstraint(
                fields=["region", "scope"], condition=Q(valid_until=None), name="mandate_open_once"
            ),
            models.CheckConstraint(
                condition=Q(deputy=None) | ~Q(deputy=models.F("person")), name="mandate_deputy_is_another"
            ),
        ]

    def __str__(self):
        return f"{self.get_scope_display()}: {self.person}"
