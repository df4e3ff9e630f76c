"""Invitations on which the own organisation did not say yet who comes."""

from datetime import date

from cases.dossier.taking_part import Involvement
from cases.meetings.models import Attendance
from cases.parts.matrix import Part
from cases.sight.waits import Waits
from thuiszitters.core.people.access import organisations_where_somebody_holds
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


def to_answer(user: User, today: date) -> set[int]:
    return set(Attendance.objects.visible_to(user).unanswered().values_list("pk", flat=True))


def every_invitation(today: date) -> dict[int, str]:
    """Of organisations where somebody can answer: a gemeente in its own dossier, others while the course of events is
    shared with them."""
    rows = list(Attendance.objects.unanswered().select_related("organisation", "meeting__case"))
    staffed = organisations_where_somebody_holds(Right.CASE_WORK)
    shares = Involvement.objects.running().filter(case__in=[row.meeting.case_id for row in rows])
    reads = {
        (share.case_id, share.organisation_id)
        for share in shares
        if Part.VERLOOP in share.parts and share.organisation_id in staffed
    }
    found = {}
    for row in rows:
        case, organisation = row.meeting.case, row.organisation
        if organisation is None:
            continue
        if organisation.kind == Organisation.Kind.GEMEENTE and organisation.code == case.municipality_id:
            found[row.pk] = organisation.code
        elif (case.pk, organisation.pk) in reads:
            found[row.pk] = ""
    return found


WAITS = (
    Waits(
        "uitnodigingen",
        "Op 1 uitnodiging voor een overleg gaf u nog geen antwoord.",
        "Op {} uitnodigingen voor een overleg gaf u nog geen antwoord.",
        "invitations",
        to_answer,
        every_invitation,
    ),
)
