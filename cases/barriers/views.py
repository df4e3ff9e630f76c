"""What blocks the way back: writing it down and solving it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404

from cases.acting.doors import must_be_ours
from cases.acting.matrix import Act
from cases.barriers import acts
from cases.barriers.access import owner_of_barrier
from cases.barriers.forms import BarrierForm, SolveForm
from cases.barriers.models import Barrier
from cases.dossier import access
from cases.dossier.forms import show_form
from cases.dossier.rules import NotNow
from cases.sight.doors import at_part, back_to, with_course
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.CASE_WORK, methods=FORM)
def barrier(request, number, pk=None):
    """What holds it up, and who can take it away?"""
    case = with_course(request, number)
    own = access.own_organisation(case, request.user)
    row = get_object_or_404(Barrier, pk=pk, case=case) if pk else Barrier(case=case, by=request.user, organisation=own)
    row.case = case
    if pk:
        must_be_ours(request, Act.EDIT_BARRIER, owner_of_barrier(row, case), case)
    form = BarrierForm(request.POST or None, instance=row, case=case, own=own)
    if request.method == "POST" and form.is_valid():
        try:
            acts.save_barrier(form.save(), by=request.user)
            messages.success(request, "Belemmering bewaard.")
            return back_to(number, "plan")
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    title = "Belemmering wijzigen" if pk else "Wat houdt het tegen?"
    context = {"case": case, "form": form, "title": title, "button": "Bewaren", "back": at_part(number, "plan")}
    return show_form(request, "cases/dossier/form.html", context)


@signed_in(Right.CASE_WORK, methods=FORM)
def barrier_solved(request, number, pk):
    case = with_course(request, number)
    row = get_object_or_404(Barrier, pk=pk, case=case)
    row.case = case
    must_be_ours(request, Act.SOLVE_BARRIER, owner_of_barrier(row, case), case)
    form = SolveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.solve_barrier(row, by=request.user, on=form.cleaned_data["on"], how=form.cleaned_data["how"])
            messages.success(request, "Belemmering opgelost.")
            return back_to(number, "plan")
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": f"Opgelost: {row.what}", "button": "Bewaren"}
    context["back"] = at_part(number, "plan")
    return show_form(request, "cases/dossier/form.html", context)
