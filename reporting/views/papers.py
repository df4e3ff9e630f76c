from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from cases.decisions import TAKEN
from cases.models import Case
from cases.services.refusals import log_refused
from cases.sight import Sight, sight_of
from cases.views.doors import visible_case
from cases.views.region_doors import own_region
from reporting.board import board_pdf
from reporting.decision import decision_pdf
from reporting.dossier import dossier_pdf
from reporting.meeting import meeting_pdf
from reporting.render import RenderFailed
from thuiszitters.core.models import User
from thuiszitters.core.roles import Right
from thuiszitters.core.views.access import signed_in


@signed_in(Right.EXPORT)
def case_pdf(request, number):
    """The dossier as PDF, with what this user may read."""
    case = visible_case(request, number)
    before = _may_take_along(request, case)
    return _paper(request, case, before, f"dossier-{case.number}",
                  lambda: dossier_pdf(case, by=request.user, purpose=""))  # fmt: skip


@signed_in(Right.EXPORT)
def record_pdf(request, number, pk):
    """The record of an overleg as PDF, for who sees the course of events."""
    case = visible_case(request, number)
    before = _may_take_along(request, case)
    if not before.course:
        raise _refused(request, number)
    row = get_object_or_404(case.meetings, pk=pk, state="gehouden")
    row.case = case
    return _paper(request, case, before, f"overleg-{case.number}", lambda: meeting_pdf(row, by=request.user))


@signed_in(Right.EXPORT)
def letter_pdf(request, number, pk):
    """A decision as a letter to parents and child, once it was taken."""
    case = visible_case(request, number)
    before = _may_take_along(request, case)
    if not before.course:
        raise _refused(request, number)
    rows = case.decisions.select_related("school", "responsible_school")
    row = get_object_or_404(rows, pk=pk, state__in=TAKEN)
    row.case = case
    return _paper(request, case, before, f"besluit-{row.number}", lambda: decision_pdf(row, by=request.user))


@signed_in(Right.REGION_VIEW)
def agenda_pdf(request):
    """The agenda of the board of the own region."""
    region = own_region(request)
    try:
        paper = board_pdf(region, by=request.user)
    except RenderFailed as problem:
        messages.error(request, str(problem))
        return redirect("region")
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="agenda-regio.pdf"'
    return response


def _may_take_along(request, case: Case) -> Sight:
    """What the user sees; a 404 for who may only read here, or sees this in an emergency."""
    sight = sight_of(case, request.user)
    if sight.emergency or not sight.may(Right.EXPORT):
        raise _refused(request, case.number)
    return sight


def _refused(request, number: str) -> Http404:
    log_refused(request.user, number)
    return Http404("Dit dossier bestaat niet.")


def _paper(request, case: Case, before: Sight, name: str, make):
    """Making a paper takes seconds: whoever lost the dossier or the role meanwhile does not get it any more (AZ-07)."""
    try:
        paper = make()
    except RenderFailed as problem:
        messages.error(request, str(problem))
        return redirect("case", number=case.number)
    case.refresh_from_db()
    after = sight_of(case, User.objects.get(pk=request.user.pk))
    if not after.same_as(before):
        raise _refused(request, case.number)
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
