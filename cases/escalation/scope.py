"""Which escalations somebody sees, judges or answers."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cases.dossier.models import Case
from cases.dossier.taking_part import Involvement
from cases.sight.scope import reads_course
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Proposals to an own samenwerkingsverband while it takes part, and those about dossiers of the own gemeenten;
        what was tried is a part of the course of events, so only for who reads that."""
        return self._read_by(user).filter(self._to(user) | self._of(user))

    def to_review_by(self, user):
        """Those that the own organisation judges."""
        return self._read_by(user).filter(self._to(user))

    def asked_by_side_of(self, user):
        return self._read_by(user).filter(self._of(user))

    def to_answer_by(self, user):
        """Those about which something was asked back, of who proposed it and of who handles the dossier."""
        mine = Q(proposed_by=user) | Q(case__handler=user)
        return self.asked_by_side_of(user).filter(mine, state="teruggevraagd")

    def _read_by(self, user):
        return self.filter(case__in=Case.objects.filter(reads_course(user)))

    @staticmethod
    def _to(user) -> Q:
        own = access_of(user).organisations_with(Right.REVIEW)
        return Q(_takes_part("to_organisation"), to_organisation__in=own)

    @staticmethod
    def _of(user) -> Q:
        """The gemeente, and the organisation that proposed it while it takes part."""
        access = access_of(user)
        own = access.organisations_with(Right.CASE_WORK)
        municipal = Q(case__municipality__in=access.municipalities_with(Right.CASE_WORK))
        return municipal | Q(_takes_part("from_organisation"), from_organisation__in=own)


def _takes_part(field: str) -> Exists:
    running = Involvement.objects.running()
    return Exists(running.filter(case=OuterRef("case"), organisation=OuterRef(field)))
