"""Scoping by starting point: every query on dossiers begins with `visible_to(user)`."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from cases.parts import MATRIX, Level, Part
from cases.states import OPEN
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import MUNICIPAL_ROLES, Right, Role


class CaseQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=OPEN)

    def visible_to(self, user, right: Right = Right.CASE_VIEW, *, urgent: bool = True):
        """Dossiers of the gemeenten the user works for, those in which an own organisation is involved now, and, with
        `urgent`, those that the user opened in an emergency. `right`: in which role, when looking is not enough."""
        access = access_of(user)
        seen = Q(municipality__in=access.municipalities_with(right))
        seen |= Q(Exists(involvements_of(access.organisations_with(right))))
        if urgent and Right.EMERGENCY in access.rights:
            seen |= Q(Exists(emergencies_of(user)))
        return self.filter(seen)

    def workable_by(self, user):
        """Dossiers in which the user may write."""
        access = access_of(user)
        return self.visible_to(user).filter(
            Q(municipality__in=access.municipalities_with(Right.CASE_WORK))
            | Q(Exists(involvements_of(access.organisations_with(Right.CASE_WORK))))
        )


def reads_course(user) -> Q:
    """Dossiers of which the user reads the course of events: of an own gemeente, or because it was shared with an own
    organisation (docs/adr/0011). As `Sight.course`, for use within a query on dossiers; emergencies not counted."""
    seats = [m for m in access_of(user).memberships if MATRIX[Role(m.role)][Part.VERLOOP] >= Level.READ]
    municipal = [access_of(user).codes_of(m) for m in seats if Role(m.role) in MUNICIPAL_ROLES]
    # The list of parts as text, because SQLite cannot look into a JSON list; no part is a piece of another one.
    shares = involvements_of({m.organisation_id for m in seats}).annotate(shown=Cast("parts", TextField()))
    shared = shares.filter(shown__contains=f'"{Part.VERLOOP.value}"')
    return Q(municipality__in=set().union(*municipal)) | Q(Exists(shared))


def involvements_of(organisations):
    """Involvements of these organisations that hold now, for use within a query on dossiers."""
    return _model("Involvement").objects.running().filter(case=OuterRef("pk"), organisation__in=organisations)


def involvements_ever_of(organisations):
    """Involvements of these organisations, also those that ended, for use within a query on dossiers."""
    return _model("Involvement").objects.filter(case=OuterRef("pk"), organisation__in=organisations)


def emergencies_of(user):
    """Running emergency access of this user, for use within a query on dossiers."""
    return _model("EmergencyAccess").objects.running_of(user).filter(case=OuterRef("pk"))


def _model(name: str):
    return apps.get_model("cases", name)


class InvolvementQuerySet(models.QuerySet):
    def running(self):
        """Those that hold at this moment."""
        today = timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=today), since__lte=today, ended_at=None)


class EmergencyQuerySet(models.QuerySet):
    def running_of(self, user):
        if Right.EMERGENCY not in access_of(user).rights:
            return self.none()
        return self.filter(user=user.pk, ends_at__gt=timezone.now())


class RegionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What the own region agreed; of no other."""
        path = "region__in" if hasattr(self.model, "region") else f"{self._parent()}__region__in"
        return self.filter(**{path: access_of(user).organisations_with(Right.REGION_VIEW, "regio")})

    def _parent(self) -> str:
        return next(name for name in ("ladder", "covenant") if hasattr(self.model, name))


class ReferralQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What was asked of an own organisation or gemeente, and what was asked about the dossiers of the own
        gemeenten."""
        return self.filter(self._to(user) | self._from(user))

    def to_answer_by(self, user):
        return self.filter(self._to(user), state="open")

    def asked_by_side_of(self, user):
        return self.filter(self._from(user))

    @staticmethod
    def _to(user) -> Q:
        access = access_of(user)
        organisations = Q(to_organisation__in=access.organisations_with(Right.CASE_WORK))
        codes = access.municipalities_with(Right.CASE_WORK)
        return organisations | Q(to_organisation__kind="gemeente", to_organisation__code__in=codes)

    @staticmethod
    def _from(user) -> Q:
        return Q(from_municipality__in=access_of(user).municipalities_with(Right.CASE_WORK))


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
        return self.filter(case__in=_model("Case").objects.filter(reads_course(user)))

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


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of dossiers that the user sees and of which the course of events may be read."""
        cases = _model("Case").objects.visible_to(user, urgent=False).filter(reads_course(user))
        return self.filter(case__in=cases)


def _takes_part(field: str) -> Exists:
    running = _model("Involvement").objects.running()
    return Exists(running.filter(case=OuterRef("case"), organisation=OuterRef(field)))


class IntakeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(report__pupil__municipality__in=access_of(user).municipalities_with(Right.REPORT_HANDLE))
