"""What a region agreed: terms, the convenant and who signed it, who may decide, and what it does together."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases.agreements.kinds import KINDS
from leerplicht.law.terms import Term, Unit
from thuiszitters.core.kept import AGREEMENT, OTHERS, Kept
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation, Period, ends_after_start
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


class RegionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """What the own region agreed; of no other."""
        path = "region__in" if hasattr(self.model, "region") else f"{self._parent()}__region__in"
        return self.filter(**{path: access_of(user).organisations_with(Right.REGION_VIEW, "regio")})

    def _parent(self) -> str:
        return next(name for name in ("ladder", "covenant") if hasattr(self.model, name))


class ActionPoint(models.Model):
    """Actiepunt of a region: what, who leads it, before when, and what came of it. Settled once."""

    class State(models.TextChoices):
        OPEN = "open", "open"
        RUNNING = "loopt", "loopt"
        DONE = "klaar", "klaar"
        STOPPED = "gestopt", "gestopt"

    class Goal(models.TextChoices):
        PREVENTION = "preventie", "preventie"
        PLACE = "passende plek", "passende plek"
        EXEMPTIONS = "minder vrijstellingen", "minder vrijstellingen"
        RESIDENTIAL = "instelling met verblijf", "instelling met verblijf"

    SETTLED = (State.DONE, State.STOPPED)

    region = models.ForeignKey(Organisation, models.PROTECT, related_name="action_points", verbose_name="regio")
    title = models.CharField("titel", max_length=120)
    what = models.TextField("wat gaan we doen", max_length=2000, blank=True)
    goal = models.CharField("doel", max_length=24, choices=Goal.choices)
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="trekker")
    lead_name = models.CharField("naam van de trekker", max_length=100, blank=True)
    due_on = models.DateField("uiterlijk op")
    state = models.CharField("stand", max_length=8, choices=State.choices, default=State.OPEN)
    result = models.TextField("wat kwam eruit", max_length=2000, blank=True)
    settled_on = models.DateField("afgerond op", null=True)
    version = models.PositiveIntegerField(default=1)
    objects = RegionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "actiepunt"
        verbose_name_plural = "actiepunten"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["klaar", "gestopt"], settled_on__isnull=False) & ~Q(result="")
                | Q(state__in=["open", "loopt"], settled_on=None, result=""),
                name="action_point_settled_with_result",
            )
        ]

    def __str__(self):
        return self.title

    @property
    def is_settled(self) -> bool:
        return self.state in self.SETTLED


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


class RegionTerm(Period):
    """A term that a region agreed, as spoken ("6 weken"). What holds on the first day at home is what counts."""

    class Units(models.TextChoices):
        LESSON_WEEKS = Unit.LESSON_WEEKS.value, "lesweken"
        WEEKS = Unit.WEEKS.value, "weken"
        MONTHS = Unit.MONTHS.value, "maanden"
        DAYS = Unit.DAYS.value, "dagen"

    region = models.ForeignKey(Organisation, models.PROTECT, related_name="terms", verbose_name="regio")
    kind = models.CharField("voor welke dossiers", max_length=12, choices=KINDS, blank=True, default="")
    code = models.SlugField("code", max_length=20, help_text="Bijvoorbeeld 6-weken.")
    amount = models.PositiveSmallIntegerField("aantal")
    unit = models.CharField("eenheid", max_length=12, choices=Units.choices)
    warn_days = models.PositiveSmallIntegerField("waarschuw dagen vooraf")
    source = models.CharField("bron", max_length=200)
    objects = RegionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "termijn van een regio"
        verbose_name_plural = "termijnen van regio's"
        constraints = [
            ends_after_start("region_term_ends_after_start"),
            models.CheckConstraint(condition=Q(amount__gte=1), name="region_term_amount"),
        ]

    def __str__(self):
        return f"{self.region}: {self.amount} {self.get_unit_display()}"

    def as_term(self) -> Term:
        return Term(self.code, self.amount, Unit(self.unit), self.warn_days)


KEPT = {
    "Mandate": Kept("mandaat: wie mag beslissen, en de vervanger", AGREEMENT, False, OTHERS),
    "Signature": Kept("wie een convenant tekende: naam en functie", AGREEMENT, False, OTHERS),
    "CovenantFile": Kept("het getekende convenant als bestand, met handtekeningen", AGREEMENT, False, OTHERS),
    "ActionPoint": Kept("actiepunt van de regio, met de naam van de trekker", AGREEMENT, False, OTHERS),
}
NOBODY = {"RegionTerm": "afspraak van een regio", "Covenant": "convenant van een regio, zonder de ondertekenaars"}
