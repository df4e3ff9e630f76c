"""What organisations ask of each other."""

from typing import Self

from django.db import models
from django.db.models import Q

from cases.dossier.models import Case
from cases.dossier.taking_part import Involvement, usual_parts
from leerplicht.models import Municipality
from thuiszitters.core.kept import WITH_THE_CASE, Kept
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: User) -> Self:
        """What was asked of an own organisation or gemeente, and what was asked about the dossiers of the own
        gemeenten."""
        return self.filter(self._to(user) | self._from(user))

    def asked_of(self, user: User) -> Self:
        return self.filter(self._to(user))

    def to_answer_by(self, user: User) -> Self:
        return self.asked_of(user).filter(state=Referral.State.OPEN)

    def asked_by_side_of(self, user: User) -> Self:
        return self.filter(self._from(user))

    @staticmethod
    def _to(user: User) -> Q:
        access = access_of(user)
        organisations = Q(to_organisation__in=access.organisations_with(Right.CASE_WORK))
        codes = access.municipalities_with(Right.CASE_WORK)
        return organisations | Q(to_organisation__kind="gemeente", to_organisation__code__in=codes)

    @staticmethod
    def _from(user: User) -> Q:
        return Q(from_municipality__in=access_of(user).municipalities_with(Right.CASE_WORK))


class Referral(models.Model):
    """What one organisation asks another: to take part (verwijzing), or to take the dossier over (overdracht). Answered
    once, with a reason when the answer is no; who asked can take it back until then."""

    class Kind(models.TextChoices):
        REFER = "verwijzing", "verwijzing"
        HAND_OVER = "overdracht", "overdracht"

    class State(models.TextChoices):
        OPEN = "open", "wacht op antwoord"
        ACCEPTED = "aanvaard", "aanvaard"
        REJECTED = "afgewezen", "afgewezen"
        TAKEN_BACK = "teruggenomen", "teruggenomen"

    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals")
    kind = models.CharField("soort", max_length=10, choices=Kind.choices)
    from_municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    from_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="aan wie")
    question = models.CharField("vraag of reden", max_length=500)
    ground = models.CharField("grond", max_length=12, choices=Involvement.Ground.choices, blank=True)
    parts = models.JSONField(default=usual_parts)
    until = models.DateField("tot en met", null=True, blank=True)
    state = models.CharField("stand", max_length=12, choices=State.choices, default=State.OPEN)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField("antwoord", max_length=500, blank=True)
    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = "verzoek"
        verbose_name_plural = "verzoeken"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "to_organisation", "kind"], condition=Q(state="open"), name="referral_open_once"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="open", kind="overdracht"), name="hand_over_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None) | ~Q(state="open") & Q(answered_at__isnull=False),
                name="referral_answered_when_settled",
            ),
            models.CheckConstraint(condition=~Q(state="afgewezen", answer=""), name="referral_rejected_because"),
        ]
        indexes = [models.Index(fields=["to_organisation"], condition=Q(state="open"), name="referral_waiting")]

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_hand_over(self) -> bool:
        return self.kind == self.Kind.HAND_OVER


KEPT = {
    "Referral": Kept(
        "verzoek om mee te doen of over te nemen, met het antwoord",
        WITH_THE_CASE,
        True,
        "aan wie gegevens zijn gevraagd te verstrekken (AVG art. 15 lid 1c)",
    )
}
