"""The way in to one doorzettingsbesluit, and what somebody may know of it: for the pages that show, prepare and act."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from cases.agreements.models import Mandate
from cases.decisions import prepare
from cases.decisions.access import Signer
from cases.decisions.models import Decision, DecisionCondition
from cases.decisions.preconditions import OPP_HEARD, Check
from cases.decisions.readiness import is_hidden
from cases.dossier.forms import too_late
from cases.dossier.models import Case
from cases.parts.matrix import Level
from cases.sight.doors import owned_case, visible_case
from cases.sight.looks import log_refused
from cases.sight.seats import Sight, sight_of
from thuiszitters.core.people.roles import Right


def to_read(request, number, pk) -> tuple[Case, Decision]:
    """A decision is of the course of events. The look is logged by who calls this."""
    case = visible_case(request, number)
    if not sight_of(case, request.user).course:
        log_refused(request.user, number)
        raise PermissionDenied
    rows = case.decisions.select_related(
        "asked_by",
        "organisation",
        "school",
        "responsible_school",
        "presented_by",
        "offer__school",
        "replaces",
        "dropped_by",
    )
    row = get_object_or_404(rows, pk=pk)
    row.case = case
    return case, row


def to_prepare(request, number, pk) -> tuple[Case, Decision]:
    """For the gemeente of the dossier."""
    case = owned_case(request, number)
    row = get_object_or_404(case.decisions.select_related("school", "responsible_school"), pk=pk)
    row.case = case
    return case, row


def mine(row: Decision, user, sight: Sight) -> list[str] | None:
    """For what this user can sign the decision today, in words; None for who holds no mandate for it."""
    if not (row.case.is_open and sight.may(Right.DECIDE)):
        return None
    signer = Signer(user, timezone.localdate())
    return [Mandate.Scope(s).label for s in signer.still(row)] if signer.of(row) else None


def shown(check: Check, row: Decision, sight: Sight, *, decides: bool) -> dict | None:
    """A precondition as this person may know it; None when it is hidden from this person."""
    if is_hidden(check.code, sight, decides=decides):
        return None
    answer = row.answers.get(check.code, "")
    if check.code == "P5" and (heard := row.answers.get(OPP_HEARD, "")):
        answer = f"{answer}\nLeerling gehoord over het OPP: {heard}".strip()
    if check.code == "P6":
        answer = row.get_medical_display() if row.medical else ""
    return {"check": check, "answer": answer, "passed": row.passed.get(check.code)}


def may_know(code: str, sight: Sight) -> bool:
    return code != DecisionCondition.Kind.TLV or sight.tlv > Level.NONE


def not_any_more(request, case, row, sentence: str = prepare.NOT_NOW, form=None):
    return too_late(request, case, sentence, address(row), form)


def address(row: Decision) -> str:
    return reverse("decision", kwargs={"number": row.case.number, "pk": row.pk})
