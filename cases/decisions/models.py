"""Doorzettingsbesluit: from the request to what was told, never edited once it is signed (domain 4.6)."""

from datetime import date
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from cases.agreements.models import Mandate
from cases.decisions.rules import DECISION_STATES, PREPARING, TAKEN, DecisionInfo, DecisionState, is_provisional
from cases.dossier.models import Case
from cases.offers.models import Offer
from cases.offers.states import kinds
from cases.sight.queries import reads_course
from leerplicht.models import Guardian, School
from thuiszitters.core.kept import ABOUT_THE_CHILD, OPINION, WITH_THE_CASE, Kept
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: User) -> Self:
        """Of dossiers that the user sees and of which the course of events may be read."""
        cases = Case.objects.visible_to(user, urgent=False).filter(reads_course(user))
        return self.filter(case__in=cases)


STATE_CHOICES = [(s.value, DECISION_STATES[s].word) for s in DecisionState]


class Decision(models.Model):
    """Besluit of the holder of doorzettingsmacht: the request, the place, who carries it out. `scopes`: about what, as
    values of Mandate.Scope. `answers`: what is typed for a precondition, by code. `passed`: why a block was passed, by
    code, each {"because", "by", "on"}. `checks` and `routes` keep what held when it was signed."""

    class Medical(models.TextChoices):
        UNKNOWN = "", "nog niet bekend"
        NOT_NEEDED = "niet nodig", "niet nodig: gezondheid speelt niet mee"
        ASKED = "gevraagd", "nodig, gevraagd aan een arts"
        GIVEN = "gegeven", "nodig, een arts heeft advies gegeven"

    number = models.CharField("besluitnummer", max_length=24, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    state = models.CharField("stand", max_length=12, choices=STATE_CHOICES, default=DecisionState.AANGEVRAAGD.value)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asked_on = models.DateField("gevraagd op")
    trigger = models.TextField("waarom is een besluit nodig", max_length=2000)
    question = models.CharField("wat is de vraag aan de houder", max_length=500)
    scopes = models.JSONField("waarover gaat het besluit", default=list)
    answers = models.JSONField(default=dict, blank=True)
    medical = models.CharField("advies van een arts", max_length=10, choices=Medical.choices, blank=True)
    kind = models.CharField("wat voor plek", max_length=24, choices=kinds(), blank=True)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="school")
    provider = models.CharField("of welke instelling", max_length=150, blank=True)
    responsible_school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="school die verantwoordelijk is"
    )
    hours_start = models.DecimalField("uren per week bij het begin", max_digits=4, decimal_places=1, null=True)
    hours_full = models.DecimalField("uren per week die het moeten worden", max_digits=4, decimal_places=1, null=True)
    build_up = models.JSONField("opbouw", default=list, blank=True)
    start_on = models.DateField("begint op", null=True, blank=True)
    because = models.TextField("waarom deze plek", max_length=2000, blank=True)
    bridge = models.CharField("wat krijgt het kind tot die dag", max_length=500, blank=True)
    funding = models.CharField("wie betaalt wat", max_length=500, blank=True)
    teller = models.CharField("wie vertelt het aan ouders en kind", max_length=100, blank=True)
    tell_before = models.DateField("uiterlijk op", null=True, blank=True)
    presented_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    presented_at = models.DateTimeField(null=True)
    returned_because = models.CharField("waarom teruggegeven", max_length=500, blank=True)
    passed = models.JSONField(default=dict, blank=True)
    signed_at = models.DateTimeField(null=True)
    checks = models.JSONField(default=list, blank=True)
    routes = models.JSONField(default=list, blank=True)
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, related_name="decisions")
    dropped_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True)
    dropped_because = models.CharField("waarom er geen besluit kwam", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    objects = DecisionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "doorzettingsbesluit"
        verbose_name_plural = "doorzettingsbesluiten"
        ordering = ["asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["aangevraagd", "voorgelegd"]), name="decision_open_once"
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(state="ondertekend"), name="decision_holds_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["ondertekend", "vervangen"])
                | Q(signed_at__isnull=False, offer__isnull=False, presented_by__isnull=False),
                name="decision_taken_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state="voorgelegd")
                | Q(presented_by__isnull=False, hours_start__gt=0, hours_full__gte=F("hours_start")) & ~Q(kind=""),
                name="decision_presented_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="niet_genomen") | ~Q(dropped_because=""), name="decision_dropped_because"
            ),
        ]
        indexes = [models.Index(fields=["state"], condition=Q(state="voorgelegd"), name="decision_to_sign")]

    def __str__(self):
        return self.number

    @property
    def info(self) -> DecisionInfo:
        return DECISION_STATES[DecisionState(self.state)]

    @property
    def is_preparing(self) -> bool:
        return self.state in PREPARING

    @property
    def is_taken(self) -> bool:
        return self.state in TAKEN

    @property
    def is_provisional(self) -> bool:
        return is_provisional(self.start_on, self.responsible_school_id)

    @property
    def place(self) -> str:
        return self.school.name if self.school else self.provider

    @property
    def scope_words(self) -> list[str]:
        return [Mandate.Scope(s).label for s in self.scopes]

    @property
    def hours_by_day(self) -> list[tuple[date, Decimal]]:
        """The build-up as days and hours a week."""
        return [(date.fromisoformat(row["from"]), Decimal(row["hours"])) for row in self.build_up]


class DecisionRow(models.Model):
    """A row of a decision that is in preparation; it goes into the decision as it stands when that is signed."""

    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        ordering = ["pk"]


class DecisionParty(DecisionRow):
    """Somebody who was heard about the decision: how, when, and what they think of it."""

    class Who(models.TextChoices):
        PARENT = "ouder", "ouder of verzorger"
        CHILD = "kind", "het kind zelf"
        SCHOOL = "school", "school"
        SAMENWERKINGSVERBAND = "samenwerkingsverband", "samenwerkingsverband"
        GEMEENTE = "gemeente", "gemeente"
        CARE = "zorg", "jeugdhulp"
        DOCTOR = "arts", "jeugdarts"
        OTHER = "anders", "iemand anders"

    class How(models.TextChoices):
        IN_PERSON = "gesprek", "in een gesprek"
        IN_WRITING = "schriftelijk", "schriftelijk"
        NOT = "niet", "niet gehoord"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="parties")
    who = models.CharField("wie", max_length=24, choices=Who.choices)
    guardian = models.ForeignKey(
        Guardian, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="welke ouder of verzorger"
    )
    name = models.CharField("naam", max_length=100, blank=True)
    how = models.CharField("hoe gehoord", max_length=12, choices=How.choices)
    on = models.DateField("wanneer", null=True, blank=True)
    position = models.TextField("wat vindt deze persoon, of waarom niet gehoord", max_length=2000)
    disagrees = models.BooleanField("is het niet eens met het voorstel", default=False)
    history = HistoricalRecords()

    @property
    def is_heard(self) -> bool:
        return self.how != self.How.NOT

    @property
    def words(self) -> str:
        name = self.guardian.name if self.guardian else self.name
        return f"{name} ({self.get_who_display()})" if name else self.get_who_display().capitalize()


class DecisionOption(DecisionRow):
    """A way out that was weighed. `failed_because`: it was tried or offered, and this is why it did not work."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="options")
    what = models.CharField("welke mogelijkheid", max_length=200)
    pro = models.CharField("wat pleit ervoor", max_length=500, blank=True)
    contra = models.CharField("wat pleit ertegen", max_length=500, blank=True)
    costs = models.CharField("wat kost het, en wie betaalt", max_length=200, blank=True)
    start_from = models.DateField("kan beginnen op", null=True, blank=True)
    failed_because = models.CharField("waarom lukte het niet", max_length=500, blank=True)
    history = HistoricalRecords()


class DecisionCondition(DecisionRow):
    """What somebody else must arrange before a day, so that the place can begin."""

    class Kind(models.TextChoices):
        TLV = "tlv", "toelaatbaarheidsverklaring (TLV)"
        ARRANGEMENT = "arrangement", "arrangement"
        TRANSPORT = "vervoer", "leerlingenvervoer"
        CARE = "jeugdhulp", "jeugdhulp"
        OTHER = "anders", "iets anders"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="conditions")
    kind = models.CharField("wat moet er zijn", max_length=12, choices=Kind.choices)
    what = models.CharField("wat precies", max_length=300)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="welke organisatie"
    )
    person = models.CharField("wie daar", max_length=100)
    due_on = models.DateField("uiterlijk op")
    history = HistoricalRecords()

    @property
    def who(self) -> str:
        return f"{self.person}, {self.organisation.name}" if self.organisation else self.person


class DecisionSignature(models.Model):
    """A holder signed for a scope, under a mandate that held on that day. `version`: the text that was signed; one that
    was changed afterwards is signed again. Never edited."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="signatures")
    scope = models.CharField("waarover", max_length=12, choices=Mandate.Scope.choices)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="signatures")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    presented_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "scope", "version"], name="decision_signed_once"),
            models.CheckConstraint(condition=~Q(by=F("presented_by")), name="decision_signed_by_another"),
        ]


class DecisionTold(models.Model):
    """The decision was told to a parent or to the child: by whom, when and how; or why not. Never edited."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="told")
    # Nobody: the child itself.
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField("op welke dag")
    teller = models.CharField("wie vertelde het", max_length=100)
    how = models.CharField("hoe, of waarom niet", max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "guardian"], name="decision_told_once"),
            models.UniqueConstraint(fields=["decision"], condition=Q(guardian=None), name="decision_told_child_once"),
        ]

    @property
    def whom(self) -> str:
        return self.guardian.name if self.guardian else "het kind"


KEPT = {
    "Decision": Kept("doorzettingsbesluit: waarom, welke plek, wie tekende", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "DecisionParty": Kept(
        "wie over een besluit is gehoord en wat die vindt",
        WITH_THE_CASE,
        True,
        "gaat over het kind; wat een ander in vertrouwen zei wordt per geval beoordeeld (UAVG art. 41)",
    ),
    "DecisionOption": Kept("mogelijkheid die bij een besluit is afgewogen", WITH_THE_CASE, True, OPINION),
    "DecisionCondition": Kept("wat er voor een besluit geregeld moet zijn", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "DecisionSignature": Kept(
        "wie een besluit tekende, met welk mandaat", WITH_THE_CASE, True, "wie over het kind besliste"
    ),
    "DecisionTold": Kept("aan wie een besluit is verteld", WITH_THE_CASE, True, ABOUT_THE_CHILD),
}
