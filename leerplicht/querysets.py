"""Scoping by starting point: every query on personal data begins with `visible_to(user)`."""

from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from thuiszitters.core.people.access import (
    access_of,
    municipalities_where_somebody_holds,
    organisations_where_somebody_holds,
)
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

if TYPE_CHECKING:  # rows know their query sets, so not the other way round
    from leerplicht.models import AbsenceReport, Enrolment, Guardian, IdentityQuestion, Pupil, RejectedLine  # noqa: F401 (named in quotes below)


class PupilQuerySet(models.QuerySet["Pupil"]):
    def visible_to(self, user: User) -> Self:
        """Pupils who live in a gemeente the user works for. Other ways to reach a child run through a dossier
        (cases) or through an own report (schools)."""
        return self.filter(municipality__in=access_of(user).municipalities_with(Right.CASE_VIEW))

    def with_facts(self) -> Self:
        """Pupils with a fact of any kind that can make or end a home period, also one whose first day is still to come,
        or with a period to be kept up."""
        reports = Q(Exists(self._rows("AbsenceReport", all_lessons=True, superseded_at=None)))
        ended = Q(Exists(self._rows("Enrolment", last_day__isnull=False)))
        kinds = ("NotEnrolled", "PermittedAbsence", "Exemption", "SchoolReturn", "HomePeriod")
        others = (Q(Exists(self._rows(kind))) for kind in kinds)
        return self.filter(reduce(or_, others, reports | ended))

    def standing_apart(self) -> Self:
        """Rows that hold a report until the gemeente said whether it is about a child it knows."""
        open_questions = apps.get_model("leerplicht", "IdentityQuestion").objects.filter(
            ~Q(known=OuterRef("pk")), pupil=OuterRef("pk"), answer="", kind__in=("wie", "nummer")
        )
        return self.filter(Exists(open_questions))

    @staticmethod
    def _rows(model: str, **conditions: Any) -> Any:
        return apps.get_model("leerplicht", model).objects.filter(pupil=OuterRef("pk"), **conditions)

    def editable_by(self, user: User) -> Self:
        return self.filter(municipality__in=access_of(user).municipalities_with(Right.PUPIL_EDIT))


class AbsenceReportQuerySet(models.QuerySet["AbsenceReport"]):
    def visible_to(self, user: User) -> Self:
        """Reports on children who live in the gemeenten of an officer, or of the own school. A child that was handed
        over takes its reports along."""
        access = access_of(user)
        return self.filter(
            Q(pupil__municipality__in=access.municipalities_with(Right.REPORT_VIEW))
            | Q(school__code__in=access.schools_with(Right.REPORT_VIEW))
        )

    def current(self) -> Self:
        return self.filter(superseded_at=None)


class GuardianQuerySet(models.QuerySet["Guardian"]):
    def running(self, day: date | None = None) -> Self:
        """Who is parent or guardian on a day, today when none is given: who ended leaves lists and letters."""
        day = day or timezone.localdate()
        return self.filter(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gte=day))


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def running(self, day: date) -> Self:
        """Those of a day. Of an unknown first day it is taken that it was before."""
        return self.filter(Q(first_day=None) | Q(first_day__lte=day), Q(last_day=None) | Q(last_day__gte=day))


class IdentityQuestionQuerySet(models.QuerySet["IdentityQuestion"]):
    def visible_to(self, user: User) -> Self:
        """Of children who live in a gemeente for which the user keeps the data of pupils."""
        codes = access_of(user).municipalities_with(Right.PUPIL_EDIT)
        return self.filter(known__municipality__in=codes, pupil__municipality__in=codes)

    def open(self) -> Self:
        return self.filter(answer="")


class RejectedLineQuerySet(models.QuerySet["RejectedLine"]):
    def visible_to(self, user: User) -> Self:
        """Lines of the gemeenten the user handles reports of, however they came in; and lines that name no gemeente, of
        files that the own organisation uploaded. Others are seen by nobody but who gives out the work (`adrift`)."""
        access = access_of(user)
        return self.filter(
            Q(municipality_code__in=access.municipalities_with(Right.REPORT_HANDLE))
            | Q(municipality_code="", organisation__in=access.organisations_with(Right.REPORT_HANDLE))
        )

    def adrift_for(self, user: User) -> Self:
        """The lines of `adrift`, for an administrator; nothing for others."""
        return self.adrift() if Right.ADMIN in access_of(user).rights else self.none()

    def adrift(self) -> Self:
        """Lines for which nobody works: of no gemeente and no organisation, or of one where nobody handles reports. The
        administrator gives them to a gemeente, without seeing whom they are about."""
        handled = municipalities_where_somebody_holds(Right.REPORT_HANDLE)
        placed = Q(municipality_code__in=handled)
        uploaded = Q(municipality_code="", organisation__in=organisations_where_somebody_holds(Right.REPORT_HANDLE))
        return self.exclude(placed | uploaded)
