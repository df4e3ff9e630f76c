"""Proposing that a step of another organisation was done, and answering that."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst

from cases.acting.doors import must_be_ours
from cases.acting.matrix import May
from cases.dossier.forms import show_form, too_late
from cases.dossier.models import Task
from cases.dossier.rules import NotNow
from cases.proposals import acts
from cases.proposals.access import act_on, row_of
from cases.proposals.forms import NotYetForm, ProposeForm
from cases.proposals.models import Proposal
from cases.proposals.queries import to_answer_by
from cases.sight.doors import with_course
from cases.sight.event import day_of
from cases.steps import acts as steps
from cases.steps.forms import StepForm
from cases.work.forms import DoneForm
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right
from thuiszitters.core.words import long_date


@signed_in(Right.CASE_WORK, methods=FORM)
def propose_task(request, number, pk):
    """An agreed step of another organisation: say that it was done."""
    case = with_course(request, number)
    return _propose(request, case, get_object_or_404(case.tasks.select_related("owner_organisation"), pk=pk))


@signed_in(Right.CASE_WORK, methods=FORM)
def propose_step(request, number, pk):
    """The same for a step of the stappenplan."""
    case = with_course(request, number)
    return _propose(request, case, get_object_or_404(case.steps, pk=pk))


def _propose(request, case, row):
    act, owned = act_on(row, case)
    must_be_ours(request, act, owned, case, wanted=May.PROPOSE)
    form = ProposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.propose(row, case, text=form.cleaned_data["text"], by=request.user)
            messages.success(request, f"Voorgesteld aan {owned.name}. De stap blijft open tot die bevestigt.")
            return redirect("case", number=case.number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    name = row.title if isinstance(row, Task) else row.name
    context = {"case": case, "form": form, "title": f"Voorstellen als gedaan: {name}", "button": "Voorstellen"}
    return show_form(request, "cases/dossier/form.html", context)


def _to_answer(request, number, pk):
    case = with_course(request, number)
    rows = case.proposals.select_related("task__owner_organisation", "step", "by", "organisation")
    row = get_object_or_404(rows, pk=pk)
    row.case = case
    act, owned = act_on(row_of(row), case)
    must_be_ours(request, act, owned, case)
    return case, row


@signed_in(Right.CASE_WORK, methods=FORM)
def proposal(request, number, pk):
    """Is it done? The form of the step itself, with the words of the proposal in it."""
    case, row = _to_answer(request, number, pk)
    if not case.proposals.waiting().filter(pk=pk).exists():
        return too_late(request, case, acts.ANSWERED, reverse("case", kwargs={"number": number}))
    form = _form(request, row)
    if request.method == "POST" and form.is_valid():
        try:
            acts.confirm(row, **_given(form), by=request.user)
            messages.success(request, f"Bevestigd: {row.title} is gedaan.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {
        "case": case,
        "form": form,
        "note": _said(row),
        "title": f"Gedaan? {capfirst(row.title)}",
        "button": "Ja, gedaan",
        "other": (reverse("proposal-refuse", args=[number, pk]), "Nog niet gedaan"),
    }
    return show_form(request, "cases/dossier/form.html", context)


def _said(row: Proposal) -> str:
    return f"{row.by.short_name}, {row.organisation.name}, zei op {long_date(day_of(row.at))}: {row.text}"


def _form(request, row: Proposal):
    data, initial = request.POST or None, {"outcome": row.text}
    if row.step is None:
        return DoneForm(data, initial=initial)
    row.step.case = row.case
    form = StepForm(data, initial=initial, step=row.step, missing=steps.missing_for(row.step))
    del form.fields["result"]
    form.fields["outcome"].help_text = "De andere partijen in dit dossier lezen dit."
    return form


def _given(form) -> dict:
    data = form.cleaned_data
    if isinstance(form, DoneForm):
        return {"outcome": data["outcome"]}
    return {"outcome": data["outcome"], "late_because": data.get("late_because", ""), "reasons": form.reasons()}


@signed_in(Right.CASE_WORK, methods=FORM)
def refuse(request, number, pk):
    case, row = _to_answer(request, number, pk)
    form = NotYetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.refuse(row, because=form.cleaned_data["because"], by=request.user)
            messages.success(request, "Bewaard: nog niet gedaan.")
            return redirect("case", number=number)
        except NotNow as problem:
            return too_late(request, case, str(problem), reverse("case", kwargs={"number": number}))
    context = {
        "case": case,
        "form": form,
        "note": _said(row),
        "title": f"Nog niet gedaan: {row.title}",
        "button": "Bewaren",
    }
    return show_form(request, "cases/dossier/form.html", context)


@signed_in(Right.CASE_WORK)
def proposals(request):
    """What waits for an answer, the oldest first."""
    rows = list(to_answer_by(request.user).select_related("case__pupil", "organisation", "task", "step"))
    log_look(request.user, "proposals_listed", pupils=[r.case.pupil_id for r in rows])
    return render(request, "cases/proposals/proposals.html", {"rows": rows})
