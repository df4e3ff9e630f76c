"""Papers of one dossier or region that need no choice: a record, a decision, the agenda of the board."""

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
from reporting.meeting import meeting_pdf
from reporting.pdf.render import RenderFailed
from thuiszitters.core.pages.doors import signed_in
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


@signed_in(Right.EXPORT)
def record_pdf(request, number, pk):
    """The record of an overleg as PDF, for who sees the course of events."""
    case = visible_case(request, number)
    before = may_take_along(request, case)
    if not before.course:
        raise refused(request, number)
    row = get_object_or_404(case.meetings, pk=pk, state="gehouden")
    row.case = case
    return _paper(request, case, before, f"overleg-{case.number}", lambda: meeting_pdf(row, by=request.user))


@signed_in(Right.EXPORT)
def letter_pdf(request, number, pk):
    """A decision as a letter to parents and child, once it was taken."""
    case = visible_case(request, number)
    before = may_take_along(request, case)
    if not before.course:
        raise refused(request, number)
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
    return as_file(paper, "agenda-regio")


def may_take_along(request, case: Case) -> Sight:
    """What the user sees; a 404 for who may only read here, or sees this in an emergency."""
    sight = sight_of(case, request.user)
    if sight.emergency or not sight.may(Right.EXPORT):
        raise refused(request, case.number)
    return sight


def refused(request, number: str) -> Http404:
    log_refused(request.user, number)
    return Http404("Dit dossier bestaat niet.")


def _paper(request, case: Case, before: Sight, name: str, make):
    try:
        paper = make()
    except RenderFailed as problem:
        messages.error(request, str(problem))
        return redirect("case", number=case.number)
    check_still_seen(request, case, before)
    return as_file(paper, name)


def check_still_seen(request, case: Case, before: Sight) -> None:
    """Making a paper takes seconds: whoever lost the dossier or the role meanwhile does not get it any more (AZ-07)."""
    case.refresh_from_db()  # what was fetched along as well
    if not sight_of(case, User.objects.get(pk=request.user.pk)).same_as(before):
        raise refused(request, case.number)


def as_file(content: bytes, name: str, content_type: str = "application/pdf", extension: str = "pdf") -> HttpResponse:
    """To save, never to open inside the application (IN-08). `name` is made by us: numbers and plain letters."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
