"""Questions between organisations that wait for an answer."""

from collections.abc import Sequence
from datetime import date

from cases.dossier.models import Case
from cases.sharing.models import Referral
from cases.sight.waits import Waits
from leerplicht.models import Enrolment
from thuiszitters.core.people.access import organisations_where_somebody_holds
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


def open_referrals(case: Case) -> list[Referral]:
    return list(case.referrals.filter(state=Referral.State.OPEN).select_related("to_organisation"))


def to_answer(user: User, today: date) -> set[int]:
    """Questions to the own organisation, and those of the own side to one where nobody can answer: ask another."""
    held = organisations_where_somebody_holds(Right.CASE_WORK)
    open_ = Referral.objects.filter(state=Referral.State.OPEN)
    deaf = open_.asked_by_side_of(user).exclude(to_organisation__in=held).exclude(to_organisation__kind="gemeente")
    asked = Referral.objects.to_answer_by(user)
    return {pk for rows in (asked, deaf) for pk in rows.values_list("pk", flat=True)}


def every_question(today: date) -> dict[int, str]:
    """Of the gemeente that asks, unless a gemeente is asked."""
    rows = Referral.objects.filter(state=Referral.State.OPEN).select_related("to_organisation")
    gemeente = Organisation.Kind.GEMEENTE
    return {
        r.pk: r.to_organisation.code if r.to_organisation.kind == gemeente else r.from_municipality_id for r in rows
    }


def own_pupils(rows: Sequence[Referral], today: date) -> set[int]:
    """Ids of the questions to a school about a child that is enrolled there: it may know which one. One query."""
    schools = {row.pk: row.to_organisation.code for row in rows if row.to_organisation.is_school}
    asked = [row.case.pupil_id for row in rows if row.pk in schools]
    enrolled = set(Enrolment.objects.running(today).filter(pupil__in=asked).values_list("pupil", "school__code"))
    return {row.pk for row in rows if (row.case.pupil_id, schools.get(row.pk)) in enrolled}


def is_pupil_of(pupil: int, organisation: Organisation, today: date) -> bool:
    """Whether the child (its id) is enrolled at this school today."""
    enrolled = Enrolment.objects.running(today).filter(pupil=pupil, school__code=organisation.code)
    return organisation.is_school and enrolled.exists()


WAITS = (
    Waits(
        "verzoeken",
        "1 verzoek wacht op uw antwoord.",
        "{} verzoeken wachten op uw antwoord.",
        "referrals",
        to_answer,
        every_question,
    ),
)
