"""The way in to one dossier from the web: every view on a dossier starts with one of these."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from cases.dossier.access import is_municipal_side, may_work
from cases.dossier.models import Case
from cases.parts.matrix import Part
from cases.sight.fetching import fetch_for_sight
from cases.sight.looks import log_refused, look_at
from cases.sight.seats import sight_of


def visible_case(request, number: str) -> Case:
    """The dossier, when this user may see it; else the same 404 as for a number that does not exist."""
    cases = Case.objects.visible_to(request.user).select_related(
        "pupil", "pupil__municipality", "handler", "municipality"
    )
    case = cases.filter(number=number).first()
    if not case:
        log_refused(request.user, number)
        raise Http404("Dit dossier bestaat niet.")
    return case


def workable_case(request, number: str) -> Case:
    """The dossier, when this user may write in it. Its forms name the child, so this is a look."""
    case = visible_case(request, number)
    if not may_work(case, request.user):
        log_refused(request.user, number)
        raise PermissionDenied
    log_form(request, case)
    return case


def log_form(request, case: Case) -> None:
    """The row for a form of a dossier, also when it comes back with errors."""
    form = request.resolver_match.url_name
    look_at(case, request.user, "entry_form", form=form)


def owned_case(request, number: str) -> Case:
    """The dossier, when this user works for the gemeente that owns it: who moves, closes and shares it."""
    case = visible_case(request, number)
    if not is_municipal_side(case, request.user):
        log_refused(request.user, number)
        raise PermissionDenied
    log_form(request, case)
    return case


def with_course(request, number) -> Case:
    """The dossier, for who works on its steps: not for an organisation with which these were not shared."""
    case = workable_case(request, number)
    if not sight_of(case, request.user).writes_in(Part.VERLOOP):
        log_refused(request.user, number)
        raise PermissionDenied
    return case


def at_part(number: str, part: str) -> str:
    """The address of a part of the page of a dossier: verloop, mensen, plan or papieren."""
    return f"{reverse('case', args=[number])}#{part}"


def back_to(number: str, part: str) -> HttpResponseRedirect:
    """Back to the page of a dossier, to the part in which what was done shows."""
    return HttpResponseRedirect(at_part(number, part))


def stands_already(request, number: str, part: str, problem: Exception) -> HttpResponseRedirect:
    """The same was sent again (`cases.dossier.saving.Twice`): it is there, once."""
    messages.warning(request, str(problem))
    return back_to(number, part)


def course_to_read(request, number, *, takes_along=False) -> Case:
    """The dossier, for who reads its course of events; else the 404 of what does not exist. The look is logged by who
    calls this. `takes_along`: what is taken out of the application, which who reads in an emergency may not."""
    case = visible_case(request, number)
    fetch_for_sight([case])
    sight = sight_of(case, request.user)
    if not sight.course or (takes_along and sight.emergency):
        log_refused(request.user, number)
        raise Http404("Dit dossier bestaat niet.")
    return case


CASE = "dossiers/<slug:number>"
