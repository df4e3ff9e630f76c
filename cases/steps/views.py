"""Closing a step of the stappenplan, and holding the steps up."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from cases.acting.doors import must_be_ours
from cases.acting.matrix import Act
from cases.dossier.forms import form_with_draft, saved, show_form
from cases.dossier.rules import NotNow
from cases.sight.doors import owned_case, with_course
from cases.steps import acts
from cases.steps.access import owner_of_step
from cases.steps.forms import PauseForm, StepForm
from cases.steps.models import EscalationStep, Pause
from thuiszitters.core.pages.doors import FORM, POST, signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.CASE_WORK, methods=FORM)
def step(request, number, pk):
    """Close a step, once. The first one only when parents and child were heard, or with a reason for each."""
    case = with_course(request, number)
    row = get_object_or_404(EscalationStep, pk=pk, case=case)
    row.case = case
    if row.is_done or row.stopped_on:
        messages.warning(request, "Deze stap is al afgerond of telt niet meer mee.")
        return redirect("case", number=number)
    must_be_ours(request, Act.FINISH_STEP, owner_of_step(row, case), case)
    missing = acts.missing_for(row)

    def make(data, initial):
        return StepForm(data, initial=initial, step=row, missing=missing)

    form, draft = form_with_draft(request, make)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            acts.finish(
                row,
                result=data["result"],
                outcome=data["outcome"],
                late_because=data.get("late_because", ""),
                reasons=form.reasons(),
                by=request.user,
            )
            saved(request)
            messages.success(request, f"Stap afgerond: {row.name}.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {
        "case": case,
        "form": form,
        "title": f"Stap {row.position}: {row.name}",
        "button": "Afronden",
        "typing": True,
    }
    return show_form(request, "cases/dossier/form.html", context, draft=draft)


@signed_in(Right.CASE_WORK, methods=FORM)
def pause(request, number):
    """Hold the steps up until a day, for a reason."""
    case = owned_case(request, number)
    form = PauseForm(request.POST or None, instance=Pause(case=case))
    if request.method == "POST" and form.is_valid():
        try:
            row = form.save(commit=False)
            acts.pause(row, by=request.user)
            messages.success(request, "Het stappenplan is gepauzeerd. De klok van het kind loopt door.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": "Stappenplan pauzeren", "button": "Pauzeren"}
    return show_form(request, "cases/dossier/form.html", context)


@signed_in(Right.CASE_WORK, methods=POST)
def end_pause(request, number, pk):
    case = owned_case(request, number)
    row = get_object_or_404(Pause, pk=pk, case=case)
    row.case = case
    if acts.end_pause(row, by=request.user):
        messages.success(request, "Het stappenplan gaat verder.")
    else:
        messages.warning(request, "Deze pauze was al voorbij.")
    return redirect("case", number=number)
