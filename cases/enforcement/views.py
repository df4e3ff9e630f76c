"""Handhaving in a dossier: for the boa of the gemeente, and nobody else."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cases.dossier import access
from cases.dossier.forms import show_form, too_late
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.enforcement import acts
from cases.enforcement.forms import EndForm, EnforcementForm
from cases.enforcement.models import EnforcementStep
from cases.sight.doors import log_form, visible_case
from cases.sight.looks import log_refused, look_at
from leerplicht.law.enforcement import benefit_revives_on
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right

ENDED = "Een collega heeft dit al afgerond."


def _of_boa(request, number) -> Case:
    case = visible_case(request, number)
    if not access.is_municipal_side(case, request.user, Right.ENFORCE):
        log_refused(request.user, number)
        raise PermissionDenied
    return case


@signed_in(Right.ENFORCE)
def overview(request, number):
    """What was done, what runs, and what the law asks next?"""
    case = _of_boa(request, number)
    look_at(case, request.user, "enforcement_viewed")
    rows = list(case.enforcement.select_related("by", "organisation").order_by("-on", "-pk"))
    return render(
        request,
        "cases/enforcement/enforcement.html",
        {
            "case": case,
            "kinds": EnforcementStep.Kind.choices,
            "rows": [
                {
                    "row": row,
                    "revives": benefit_revives_on(row.ended_on)
                    if row.kind == EnforcementStep.Kind.SVB and row.ended_on and row.positive
                    else None,
                }
                for row in rows
            ],
        },
    )


@signed_in(Right.ENFORCE, methods=FORM)
def new(request, number, kind):
    if kind not in EnforcementStep.Kind.values:
        raise Http404
    case = _of_boa(request, number)
    own = access.own_organisation(case, request.user, Right.ENFORCE)
    return _edit(request, EnforcementStep(case=case, kind=kind, by=request.user, organisation=own))


@signed_in(Right.ENFORCE, methods=FORM)
def edit(request, number, pk):
    return _edit(request, _row(_of_boa(request, number), pk))


def _row(case: Case, pk) -> EnforcementStep:
    row = get_object_or_404(case.enforcement, pk=pk)
    row.case = case
    return row


def _edit(request, row: EnforcementStep):
    log_form(request, row.case)
    form = EnforcementForm(request.POST or None, instance=row)
    if row.ended_on:
        return too_late(request, row.case, ENDED, _back(row.case), form)
    if request.method == "POST" and form.is_valid():
        try:
            acts.save_step(form.save(), by=request.user)
            messages.success(request, "Bewaard.")
            return redirect("enforcement", number=row.case.number)
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    context = {
        "case": row.case,
        "form": form,
        "title": row.get_kind_display(),
        "button": "Bewaren",
        "back": _back(row.case),
    }
    return show_form(request, "cases/dossier/form.html", context)


def _back(case: Case) -> str:
    return reverse("enforcement", kwargs={"number": case.number})


@signed_in(Right.ENFORCE, methods=FORM)
def end(request, number, pk):
    """How did it end?"""
    case = _of_boa(request, number)
    row = _row(case, pk)
    log_form(request, case)
    form = EndForm(request.POST or None)
    if row.ended_on:
        return too_late(request, case, ENDED, _back(case), form)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            acts.end_step(
                row, by=request.user, on=data["on"], positive=data["positive"] == "ja", outcome=data["outcome"]
            )
            messages.success(request, "Afgerond.")
            return redirect("enforcement", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {
        "case": case,
        "form": form,
        "title": f"Afronden: {row.get_kind_display()}",
        "button": "Afronden",
        "back": _back(case),
    }
    return show_form(request, "cases/dossier/form.html", context)
