"""A claim on an exemption, or a request for one or for leave of more than ten days."""

from datetime import date

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases.claims.rules import POSITIVE, ClaimState
from cases.dossier.models import Case
from leerplicht.law.claims import Ground, is_decided
from leerplicht.models import Exemption, PermittedAbsence
from thuiszitters.core.kept import ABOUT_THE_CHILD, WITH_THE_CASE, Kept
from thuiszitters.core.people.users import User


class ExemptionClaim(models.Model):
    """Beroep op vrijstelling (art. 5: valid or not, never "granted"), or aanvraag (art. 3a, 3b, 15, leave: a besluit
    with objection). Of a statement only that it is there: who gave it and when. For the gemeente alone (domain 8.2).
    `because`: why it was judged so. `sent_on`: when the outcome was sent, where no letter of the dossier says that
    (`told_on`). `previous_until`: of the exemption before this one. `asked_until`: last day of leave that was asked."""

    class GroundChoices(models.TextChoices):
        ART_5_ONDER_A = Ground.ART_5_ONDER_A.value, "art. 5 onder a: lichamelijk of psychisch niet geschikt"
        ART_5_ONDER_B = Ground.ART_5_ONDER_B.value, "art. 5 onder b: bedenkingen tegen de richting"
        ART_5_ONDER_C = Ground.ART_5_ONDER_C.value, "art. 5 onder c: school in het buitenland"
        ART_3A = Ground.ART_3A.value, "art. 3a: vervangende leerplicht vanaf 14 jaar"
        ART_3B = Ground.ART_3B.value, "art. 3b: laatste schooljaar op het mbo"
        ART_15 = Ground.ART_15.value, "art. 15: ander onderwijs bij kwalificatieplicht"
        LEAVE = Ground.LEAVE.value, "art. 14: verlof van meer dan 10 dagen"

    class State(models.TextChoices):
        RECEIVED = ClaimState.RECEIVED.value, "te beoordelen"
        VALID = ClaimState.VALID.value, "geldig"
        INVALID = ClaimState.INVALID.value, "niet geldig"
        GRANTED = ClaimState.GRANTED.value, "toegewezen"
        REFUSED = ClaimState.REFUSED.value, "afgewezen"
        WITHDRAWN = ClaimState.WITHDRAWN.value, "ingetrokken"

    class Expert(models.TextChoices):
        DOCTOR = "arts", "arts"
        PEDAGOGUE = "pedagoog", "pedagoog"
        PSYCHOLOGIST = "psycholoog", "psycholoog"

    case = models.ForeignKey(Case, models.PROTECT, related_name="claims")
    ground = models.CharField("waarop", max_length=8, choices=GroundChoices.choices)
    state = models.CharField("stand", max_length=12, choices=State.choices, default=State.RECEIVED)
    received_on = models.DateField("ontvangen op")
    first_day = models.DateField("vanaf welke dag")
    notice_on = models.DateField("datum op de kennisgeving", null=True, blank=True)
    earlier = models.BooleanField("er was al eerder een beroep op vrijstelling", default=False)
    previous_until = models.DateField("de vorige liep tot en met", null=True, blank=True)
    school_since = models.BooleanField("het kind ging daarna weer naar school", default=False)
    statement_on = models.DateField("datum van de verklaring", null=True, blank=True)
    expert = models.CharField("wie gaf de verklaring", max_length=100, blank=True)
    expert_kind = models.CharField("soort deskundige", max_length=12, choices=Expert.choices, blank=True)
    designated = models.BooleanField("de gemeente heeft deze deskundige aangewezen", default=False)
    treats = models.BooleanField("deze deskundige behandelt het kind", default=False)
    permanent = models.BooleanField("de verklaring zegt dat het blijvend is", default=False)
    last_at_direction = models.DateField("laatste dag op een school van die richting", null=True, blank=True)
    attends = models.BooleanField("de verklaring zegt dat het kind er is ingeschreven en er komt", default=False)
    advice_on = models.DateField("datum van het onderwijskundig advies", null=True, blank=True)
    board_agreed_on = models.DateField("bestuur van de school stemde in op", null=True, blank=True)
    head_statement_on = models.DateField("datum van de verklaring van het hoofd", null=True, blank=True)
    heard_on = models.DateField("ouders en jongere gehoord op", null=True, blank=True)
    head_heard_on = models.DateField("hoofd van de school gehoord op", null=True, blank=True)
    days = models.PositiveSmallIntegerField("hoeveel dagen gevraagd", null=True, blank=True)
    asked_until = models.DateField("gevraagd tot en met", null=True, blank=True)
    granted = models.PositiveSmallIntegerField("hoeveel dagen gaf het hoofd al dit schooljaar", default=0)
    last_day = models.DateField("tot en met", null=True, blank=True)
    because = models.CharField("waarom", max_length=500, blank=True)
    come_back = models.CharField("wat moet er waar zijn om terug te komen", max_length=500, blank=True)
    judged_on = models.DateField("beoordeeld op", null=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sent_on = models.DateField("verzonden op", null=True, blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    objected_on = models.DateField("bezwaar ontvangen op", null=True, blank=True)
    objection = models.CharField("wat kwam er van het bezwaar", max_length=500, blank=True)
    objected_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    exemption = models.ForeignKey(Exemption, models.SET_NULL, null=True, related_name="claims")
    permitted = models.ForeignKey(PermittedAbsence, models.SET_NULL, null=True, related_name="claims")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "beroep of aanvraag"
        verbose_name_plural = "beroepen en aanvragen"
        ordering = ["received_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="ontvangen") | Q(judged_on__isnull=False, judged_by__isnull=False) & ~Q(because=""),
                name="claim_judged_because",
            ),
            # Art. 5 is valid or not; the others are granted or refused (domain 1.9).
            models.CheckConstraint(
                condition=~Q(state__in=["toegewezen", "afgewezen"], ground__startswith="art-5")
                & (~Q(state__in=["geldig", "niet_geldig"]) | Q(ground__startswith="art-5")),
                name="claim_never_granted_by_law",
            ),
            models.CheckConstraint(
                condition=Q(sent_on=None) | Q(sent_on__gte=models.F("judged_on")), name="claim_sent_after_judgement"
            ),
            models.UniqueConstraint(
                fields=["case", "ground"], condition=Q(state="ontvangen"), name="claim_waiting_once"
            ),
        ]

    @property
    def is_decided(self) -> bool:
        """Whether somebody decides on it, with objection."""
        return is_decided(Ground(self.ground))

    @property
    def is_open(self) -> bool:
        return self.state == self.State.RECEIVED

    @property
    def has_decision(self) -> bool:
        """Whether there is a besluit: what was withdrawn has none, and what the law gives neither."""
        return self.is_decided and self.state in (self.State.GRANTED, self.State.REFUSED)

    @property
    def outcome_sent(self) -> dict[str, date]:
        """By whom it is addressed to: the first day on which a letter with the outcome was sent or handed over."""
        letters = [(d.sent_on, d.recipient) for d in self.letters.all() if d.sent_on and d.tells_outcome]
        return {recipient: day for day, recipient in sorted(letters, reverse=True)}

    @property
    def told_on(self) -> date | None:
        """The day on which the outcome was sent or handed over: the letters of the dossier say it, else `sent_on`.
        Where several people got a letter it is the last of their days, so that nobody's term is cut short. None: not
        told yet, so that no term runs."""
        return max(self.outcome_sent.values(), default=self.sent_on)

    @property
    def is_positive(self) -> bool:
        return self.state in POSITIVE


KEPT = {
    "ExemptionClaim": Kept("beroep op vrijstelling of aanvraag, met het oordeel", WITH_THE_CASE, True, ABOUT_THE_CHILD)
}
