"""A proposal to close a dossier while the clock of the child runs, for a second person to confirm."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.dossier.models import Case
from cases.dossier.results import RESULTS, Result
from cases.owners.queries import workers_of
from thuiszitters.core.kept import ABOUT_THE_CHILD, WITH_THE_CASE, Kept
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


class ClosingProposalQuerySet(models.QuerySet["ClosingProposal"]):
    def visible_to(self, user: User) -> Self:
        """Of the own gemeenten."""
        return self.filter(case__municipality__in=access_of(user).municipalities_with(Right.CASE_WORK))

    def open(self) -> Self:
        return self.filter(answered_at=None)

    def to_answer_by(self, user: User) -> Self:
        """Those of somebody else. An own one only of a gemeente where nobody else works: what one person judged there
        is marked, and stays in sight as a clock without dossier."""
        rows = self.visible_to(user).open()
        codes = set(rows.filter(by=user).values_list("case__municipality", flat=True))
        alone = {code for code in codes if workers_of(code, timezone.localdate()) <= {user.pk}}
        return rows.filter(~Q(by=user) | Q(case__municipality__in=alone))


class ClosingProposal(models.Model):
    """Voorstel om af te sluiten. Answered once, by somebody else of the same side; who proposed can take it back."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="closing_proposals")
    result = models.CharField("uitkomst", max_length=30, choices=[(r.code, r.label) for r in RESULTS.values()])
    because = models.CharField("toelichting", max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    agreed = models.BooleanField(null=True)
    answer = models.CharField("antwoord", max_length=500, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    objects = ClosingProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "voorstel om af te sluiten"
        verbose_name_plural = "voorstellen om af te sluiten"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(answered_at=None), name="closing_proposed_once"),
            models.CheckConstraint(
                condition=Q(answered_at=None, agreed=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="closing_answered_by_somebody",
            ),
        ]

    @property
    def outcome(self) -> Result:
        return RESULTS[self.result]


KEPT = {"ClosingProposal": Kept("voorstel om af te sluiten, met antwoord", WITH_THE_CASE, True, ABOUT_THE_CHILD)}
