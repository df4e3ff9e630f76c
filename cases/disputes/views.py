"""A route that was started, and what came of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404

from cases.acting.doors import must_be_ours
from cases.acting.matrix import Act
from cases.disputes import acts
from cases.disputes.access import may_read, may_see, owner_of_dispute, routes_for
from cases.disputes.forms import CorrectForm, DisputeForm, EndForm
from cases.disputes.models import Dispute
from cases.disputes.rules import Route
from cases.dossier.access import acting_organisation
from cases.dossier.forms import show_form, too_late
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.dossier.saving import Overtaken, Twice
from cases.sight.doors import at_part, back_to, stands_already, with_course
from cases.sight.looks import log_refused
from cases.sight.seats import sight_of
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right

ALL_READ = "Alle organisaties die in dit dossier meelezen, zien dat dit loopt en hoe het afliep."
OF_THE_CLAIM = "Gaat een bezwaar over een aanvraag die in dit dossier staat? Leg het dan bij die aanvraag vast."


@signed_in(Right.CASE_WORK, methods=FORM)
def dispute(request, number, pk=None):
    """Which route was started, by whom and about what; or put right what was recorded."""
    case = with_course(request, number)
    if pk:
        row = _ours(request, case, pk, Act.EDIT_DISPUTE)
    else:
        row = Dispute(case=case, by=request.user, organisation=acting_organisation(case, request.user))
    ended, sight = not row.is_running, sight_of(case, request.user)
    reads = not pk or may_read(row, sight)
    make = CorrectForm if ended else DisputeForm
    sent = request.POST if request.method == "POST" else None
    form = make(sent, instance=row, routes=routes_for(sight), reads=reads)
    if request.method == "POST" and form.is_valid():
        try:
            if ended:
                acts.correct_dispute(form.save(), because=form.cleaned_data["because"], by=request.user)
            else:
                acts.save_dispute(form.save(), by=request.user)
            messages.success(request, "Bewaard.")
            return back_to(number, "plan")
        except Twice as problem:
            return stands_already(request, number, "plan", problem)
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    titles = {True: "Verbeteren wat is vastgelegd", False: "Wijzigen wat is begonnen"}
    title = titles[ended] if pk else "Welk bezwaar, welke klacht of welke hulp is begonnen?"
    return _page(request, case, form, title, note=_note(routes_for(sight)))


def _note(routes) -> str:
    return f"{ALL_READ} {OF_THE_CLAIM}" if Route.LEERPLICHT in routes else ALL_READ


@signed_in(Right.CASE_WORK, methods=FORM)
def end(request, number, pk):
    """What came of it?"""
    case = with_course(request, number)
    row = _ours(request, case, pk, Act.END_DISPUTE)
    form = EndForm(
        request.POST if request.method == "POST" else None, row=row, reads=may_read(row, sight_of(case, request.user))
    )
    if request.method == "GET" and not row.is_running:
        return too_late(request, case, acts.ENDED, at_part(number, "plan"), form)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        row.version = data["version"]
        try:
            acts.end_dispute(
                row, outcome=data["outcome"], on=data["on"], came_of=data.get("came_of", ""), by=request.user
            )
            messages.success(request, "De uitkomst is vastgelegd.")
            return back_to(number, "plan")
        except Twice as problem:
            return stands_already(request, number, "plan", problem)
        except Overtaken as problem:
            form.add_error(None, str(problem))
            form.look_again(case.disputes.get(pk=pk))
        except acts.Ended as problem:
            return too_late(request, case, str(problem), at_part(number, "plan"), form)
        except NotNow as problem:
            form.add_error(None, str(problem))
    return _page(request, case, form, f"Uitkomst: {row.get_route_display()}")


def _page(request, case: Case, form, title: str, *, note: str = ""):
    about = {"case": case, "form": form, "title": title, "button": "Bewaren", "note": note}
    return show_form(request, "cases/dossier/form.html", about | {"back": at_part(case.number, "plan")})


def _ours(request, case: Case, pk: int, act: Act) -> Dispute:
    """The route, for who may act on it; who may not know of it gets the 404 of what does not exist."""
    row = get_object_or_404(case.disputes.select_related("organisation"), pk=pk)
    row.case = case
    if not may_see(row, sight_of(case, request.user)):
        log_refused(request.user, case.number)
        raise Http404
    must_be_ours(request, act, owner_of_dispute(row, case), case)
    return row
