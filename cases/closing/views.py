"""Closing a dossier."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render

from cases.closing import acts
from cases.closing.forms import CloseForm
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.facts.acts import save_fact
from cases.sight.doors import owned_case
from leerplicht.models import SchoolReturn
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.CASE_WORK, methods=FORM)
def close(request, number):
    """Close with a result; a return on the way is recorded as a fact of the child."""
    case = owned_case(request, number)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                if data["back_on"]:
                    _record_return(case, data["back_on"], request.user)
                acts.close(case, result=data["result"], by=request.user, because=data["because"])
            messages.success(request, f"Dossier {case.number} is afgesloten.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": "Dossier afsluiten", "button": "Afsluiten"}
    return render(request, "cases/dossier/form.html", context, status=422 if form.errors else 200)


def _record_return(case: Case, day, user) -> None:
    if case.pupil.returns.filter(first_day=day, trial=False).exists():
        return
    fact = SchoolReturn(pupil=case.pupil, first_day=day, source="vastgelegd bij het afsluiten")
    save_fact(fact, by=user, case=case)
