"""The stappenplan of one dossier: close a step, hold the steps up, go on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect

from cases.forms.steps import PauseForm, StepForm
from cases.models import Case, EscalationStep, Pause
from cases.parts import Part
from cases.policies import NotNow
from cases.services import steps
from cases.services.refusals import log_refused
from cases.sight import sight_of
from cases.views.doors import owned_case, workable_case
from cases.views.typing import form_with_draft, saved, show_form
from thuiszitters.core.pages.doors import FORM, POST, signed_in
from thuiszitters.core.people.roles import Right


def with_course(request, number) -> Case:
    """The dossier, for who works on its steps: not for an organisation with which these were not shared."""
    case = workable_case(request, number)
    if not sight_of(case, request.user).writes_in(Part.VERLOOP):
        log_refused(request.user, number)
        raise PermissionDenied
    return case


@signed_in(Right.CASE_WORK, methods=FORM)
def step(request, number, pk):
    """Close a step, once. The first one only when parents and child were heard, or with a reason for each."""
    case = with_course(request, number)
    row = get_object_or_404(EscalationStep, pk=pk, case=case)
    row.case = case
    if row.is_done or row.stopped_on:
        messages.warning(request, "Deze stap is al afgerond of telt niet meer mee.")
        return redirect("case", number=number)
    missing = steps.missing_for(row)

    def make(data, initial):
        return StepForm(data, initial=initial, step=row, missing=missing)

    form, draft = form_with_draft(request, make)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            steps.finish(
                row, result=data["result"], outcome=data["outcome"], late_because=data.get("late_because", ""),
                reasons=form.reasons(), by=request.user,
            )  # fmt: skip
            saved(request)
            messages.success(request, f"Stap afgerond: {row.name}.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": f"Stap {row.position}: {row.name}", "button": "Afronden",
               "typing": True}  # fmt: skip
    return show_form(request, "cases/form.html", context, draft=draft)


@signed_in(Right.CASE_WORK, methods=FORM)
def pause(request, number):
    """Hold the steps up until a day, for a reason."""
    case = owned_case(request, number)
    form = PauseForm(request.POST or None, instance=Pause(case=case))
    if request.method == "POST" and form.is_valid():
        try:
            row = form.save(commit=False)
            steps.pause(row, by=request.user)
            messages.success(request, "Het stappenplan is gepauzeerd. De klok van het kind loopt door.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": "Stappenplan pauzeren", "button": "Pauzeren"}
    return show_form(request, "cases/form.html", context)


@signed_in(Right.CASE_WORK, methods=POST)
def end_pause(request, number, pk):
    case = owned_case(request, number)
    row = get_object_or_404(Pause, pk=pk, case=case)
    row.case = case
    if steps.end_pause(row, by=request.user):
        messages.success(request, "Het stappenplan gaat verder.")
    else:
        messages.warning(request, "Deze pauze was al voorbij.")
    return redirect("case", number=number)
