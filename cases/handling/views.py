"""Moving a dossier on, and assigning it."""

from django.contrib import messages
from django.shortcuts import redirect, render

from cases.dossier import access, states
from cases.dossier.access import colleagues_for
from cases.dossier.rules import NotNow
from cases.handling import acts
from cases.handling.forms import AssignForm, MoveForm
from cases.sight.doors import owned_case
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.CASE_WORK, methods=FORM)
def move(request, number, target):
    """Move the dossier to another state, with a reason where one is needed."""
    case = owned_case(request, number)
    found = states.find_move(case.state, target)
    if target == states.State.VOLGEN and found and acts.needs_return_day(case):
        return redirect("case-follow", number=number)
    form = MoveForm(request.POST or None, needs_reason=bool(found and found.needs_reason))
    if request.method == "POST" and form.is_valid():
        try:
            if target == states.State.ONDERZOEK and not case.is_open:
                acts.reopen(case, by=request.user, because=form.cleaned_data["because"])
            elif target == states.State.AFGESLOTEN:
                raise NotNow("Sluit een dossier af met een uitkomst.")
            else:
                acts.transition(case, target, by=request.user, because=form.cleaned_data["because"])
            messages.success(request, f"Stand: {case.info.word}.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    if not found and not form.errors:
        messages.warning(request, "Deze stap kan nu niet. Misschien heeft een collega het dossier al bijgewerkt.")
        return redirect("case", number=number)
    return render(
        request,
        "cases/dossier/form.html",
        {"case": case, "form": form, "title": found.verb if found else "Stand wijzigen", "button": "Doorgaan"},
        status=422 if form.errors else 200,
    )


@signed_in(Right.CASE_WORK, methods=FORM)
def assign(request, number):
    """Take the dossier, or give it to a colleague."""
    case = owned_case(request, number)
    sent = request.POST if request.method == "POST" else None
    form = AssignForm(sent, colleagues=colleagues_for(request.user, case))
    taking = request.method == "POST" and "neem" in request.POST
    if taking or (request.method == "POST" and form.is_valid()):
        try:
            if taking and access.can_take(case, request.user):
                acts.assign(case, request.user, by=request.user)
            elif not taking and access.can_assign(case, request.user):
                acts.assign(case, form.chosen, by=request.user, because=form.cleaned_data["because"])
            else:
                raise NotNow("U kunt dit dossier niet toewijzen.")
            name = case.handler.short_name if case.handler else "niemand"
            messages.success(request, f"Behandelaar: {name}.")
        except NotNow as problem:
            messages.warning(request, str(problem))
        return redirect("case", number=number)
    has = f"Nu is {case.handler.short_name} de behandelaar." if case.handler else "Nu heeft niemand dit dossier."
    context = {"case": case, "form": form, "title": "Dossier toewijzen", "button": "Toewijzen"}
    context["note"] = f"{has} Open stappen gaan mee naar wie het dossier krijgt."
    return render(request, "cases/dossier/form.html", context, status=422 if form.errors else 200)
