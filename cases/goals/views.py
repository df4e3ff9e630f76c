"""What do we want to reach, how does it go, and what do they think of it?"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from cases.dossier.access import acting_organisation
from cases.dossier.forms import show_form
from cases.dossier.rules import NotNow
from cases.dossier.saving import Twice
from cases.goals import acts
from cases.goals.forms import GoalForm, OpinionsForm, ReviewForm
from cases.goals.models import Goal
from cases.sight.access import may_change
from cases.sight.doors import at_part, back_to, stands_already, with_course
from cases.sight.looks import log_refused
from cases.sight.seats import sight_of
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right

ALL_READ = "Alle organisaties die in dit dossier meelezen, zien dit. Over gezondheid schrijft u een notitie."


@signed_in(Right.CASE_WORK, methods=FORM)
def goal(request, number, pk=None):
    """Agree on a goal, or word it better."""
    case = with_course(request, number)
    if pk:
        row = _ours(request, case, pk)
    else:
        row = Goal(case=case, by=request.user, organisation=acting_organisation(case, request.user))
    form = GoalForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            acts.save_goal(form.save(), by=request.user)
            messages.success(request, "Doel bewaard.")
            return back_to(number, "plan")
        except Twice as problem:
            return stands_already(request, number, "plan", problem)
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    title = "Doel wijzigen" if pk else "Wat willen wij bereiken?"
    return _page(request, case, form, title)


@signed_in(Right.CASE_WORK, methods=FORM)
def review(request, number, pk):
    """How does it go with this goal?"""
    case = with_course(request, number)
    row = _ours(request, case, pk)
    form = ReviewForm(request.POST if request.method == "POST" else None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        row.version = form.cleaned_data.pop("version")
        try:
            acts.review(row, by=request.user, **form.cleaned_data)
            messages.success(request, "Bewaard hoe het gaat.")
            return back_to(number, "plan")
        except Twice as problem:
            return stands_already(request, number, "plan", problem)
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again(case.goals.get(pk=pk))
    return _page(request, case, form, f"Hoe gaat het? {row.text}")


@signed_in(Right.CASE_WORK, methods=FORM)
def opinions(request, number, pk=None):
    """What parents and child think of a goal, or of the plan."""
    case = with_course(request, number)
    row = get_object_or_404(Goal, pk=pk, case=case) if pk else None
    form = OpinionsForm(request.POST if request.method == "POST" else None, case=case)
    if request.method == "POST" and form.is_valid():
        own = acting_organisation(case, request.user)
        said = form.said()
        for opinion in said:
            opinion.case, opinion.goal, opinion.by, opinion.organisation = case, row, request.user, own
        try:
            acts.say(case, said, by=request.user)
            messages.success(request, "Bewaard wat zij vinden.")
            return back_to(number, "plan")
        except Twice as problem:
            return stands_already(request, number, "plan", problem)
        except NotNow as problem:
            form.add_error(None, str(problem))
    title = f"Wat vinden zij van: {row.text}" if row else "Wat vinden zij van het plan?"
    return _page(request, case, form, title)


def _page(request, case, form, title: str):
    about = {"case": case, "form": form, "title": title, "button": "Bewaren", "note": ALL_READ}
    return show_form(request, "cases/dossier/form.html", about | {"back": at_part(case.number, "plan")})


def _ours(request, case, pk) -> Goal:
    row = get_object_or_404(Goal, pk=pk, case=case)
    row.case = case
    if not may_change(row, sight_of(case, request.user)):
        log_refused(request.user, case.number)
        raise PermissionDenied
    return row
