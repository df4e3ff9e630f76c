"""Who takes part in a dossier, on whose consent, and who opened it in an emergency."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from cases.dossier.models import Case
from cases.dossier.queries import EmergencyQuerySet, InvolvementQuerySet
from cases.parts.matrix import PARTS, SHAREABLE, USUAL, Part
from thuiszitters.core.kept import WITH_THE_CASE, Kept
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User


def usual_parts() -> list[str]:
    return [part.value for part in USUAL]


class Consent(models.Model):
    """Toestemming: who agreed that which organisation shows what to which other one, for what, until withdrawn.

    Under 12 the parents decide, from 12 to 15 parents and youth together, from 16 the youth (domain 8.1).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="consents")
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="van welke organisatie zijn de gegevens"
    )
    recipient = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="welke organisatie mag ze zien"
    )
    by_parents = models.BooleanField("de ouders met gezag gaven toestemming", default=False)
    by_youth = models.BooleanField("het kind gaf zelf toestemming", default=False)
    health = models.BooleanField("ook voor gegevens over gezondheid", default=False)
    scope = models.CharField("waarvoor", max_length=300)
    given_on = models.DateField("gegeven op")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField("ingetrokken", null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "toestemming"
        verbose_name_plural = "toestemmingen"
        ordering = ["given_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(by_parents=True) | Q(by_youth=True), name="consent_given_by_somebody"),
            models.CheckConstraint(condition=~Q(owner=F("recipient")), name="consent_to_another"),
            models.UniqueConstraint(
                fields=["case", "owner", "recipient", "health"], condition=Q(withdrawn_at=None), name="consent_once"
            ),
        ]
        indexes = [models.Index(fields=["case"], condition=Q(withdrawn_at=None), name="consent_running")]

    @property
    def givers(self) -> str:
        who = [word for given, word in ((self.by_parents, "ouders"), (self.by_youth, "het kind zelf")) if given]
        return " en ".join(who)


class Involvement(models.Model):
    """An organisation takes part in a dossier: since, until, on which ground, and which parts it may see. Ended at a
    moment, not at the end of a day: from then on the next request is refused."""

    class Ground(models.TextChoices):
        TASK = "taak", "wettelijke taak"
        CONVENANT = "convenant", "convenant"
        CONSENT = "toestemming", "toestemming van ouders of jongere"

    case = models.ForeignKey(Case, models.PROTECT, related_name="involvements")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="involvements", verbose_name="organisatie"
    )
    since = models.DateField("sinds")
    until = models.DateField("tot en met", null=True, blank=True)
    ground = models.CharField("grond", max_length=12, choices=Ground.choices)
    parts = models.JSONField("wat mag zij zien", default=usual_parts)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True, related_name="involvements")
    explanation = models.CharField("toelichting", max_length=300, blank=True)
    told_on = models.DateField("ouders en kind weten het sinds", null=True, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField("beëindigd", null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_because = models.CharField("waarom beëindigd", max_length=300, blank=True)
    objects = InvolvementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "betrokkenheid"
        verbose_name_plural = "betrokken organisaties"
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "organisation"], condition=Q(ended_at=None), name="involved_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="involved_until_after_since",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
            models.CheckConstraint(
                condition=~Q(ground="toestemming") | Q(consent__isnull=False), name="involved_by_consent_has_one"
            ),
        ]

    @property
    def part_words(self) -> list[str]:
        return [PARTS[Part.IDENTITEIT].word, *(PARTS[p].word for p in SHAREABLE if p in self.parts)]

    @property
    def shows_course(self) -> bool:
        """Whether the organisation reads what was done: the one rule that pages, signers and lists ask (in a query:
        `cases.sight.queries.reads_course`)."""
        return Part.VERLOOP in self.parts

    def holds_on(self, today: date) -> bool:
        return self.ended_at is None and self.since <= today and (self.until is None or self.until >= today)


class EmergencyAccess(models.Model):
    """Noodtoegang: somebody opened a dossier that is not theirs because a child may be in danger. Ends by itself; the
    owner is told; every look in between is marked in the log."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="emergencies")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reason = models.CharField("waarom nu", max_length=500)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    objects = EmergencyQuerySet.as_manager()

    class Meta:
        verbose_name = "noodtoegang"
        verbose_name_plural = "noodtoegang"
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["user", "ends_at"], name="emergency_running")]


KEPT = {
    "Involvement": Kept(
        "betrokken organisatie, met grond", WITH_THE_CASE, True, "aan wie gegevens zijn verstrekt (AVG art. 15 lid 1c)"
    ),
    "Consent": Kept(
        "toestemming van ouders of kind om gegevens te delen", WITH_THE_CASE, True, "wie waarvoor toestemming gaf"
    ),
    "EmergencyAccess": Kept(
        "noodtoegang: wie, waarom, tot wanneer", WITH_THE_CASE, True, "wie het dossier zonder eigen taak opende"
    ),
}
