"""The papers about one act, as files."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from cases.agreements.doors import own_region
from cases.decisions.rules import TAKEN
from cases.dossier.models import Case
from cases.meetings.models import Meeting
from cases.sight.doors import visible_case
from cases.sight.seats import Sight
from reporting.papers.doors import as_file, check_still_seen, may_take_along, refused
from reporting.pdf.render import RenderFailed
from reporting.records.board import board_pdf
from reporting.records.decision import decision_pdf
from reporting.records.meeting import meeting_pdf
from thuiszitters.core.pages.doors import signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.EXPORT)
def record_pdf(request, number, pk):
    """The record of an overleg as PDF, for who sees the course of events."""
    case = visible_case(request, number)
    before = may_take_along(request, case)
    if not before.course:
        raise refused(request, number)
    row = get_object_or_404(case.meetings, pk=pk, state=Meeting.State.HELD)
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


def _paper(request, case: Case, before: Sight, name: str, make):
    try:
        paper = make()
    except RenderFailed as problem:
        messages.error(request, str(problem))
        return redirect("case", number=case.number)
    check_still_seen(request, case, before)
    return as_file(paper, name)
