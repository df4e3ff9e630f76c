"""Who works with the child, and who is its brother or sister?"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from cases.dossier.access import acting_organisation, can_edit_pupil
from cases.dossier.forms import show_form
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.dossier.saving import Twice
from cases.people import acts
from cases.people.forms import ProfessionalForm, SiblingForm
from cases.people.models import Professional
from cases.sight.access import may_change
from cases.sight.doors import at_part, back_to, owned_case, stands_already, with_course
from cases.sight.looks import log_refused
from cases.sight.seats import sight_of
from leerplicht.models import Pupil
from thuiszitters.core.pages.doors import FORM, POST, signed_in
from thuiszitters.core.people.roles import Right

UNKNOWN = "Dit nummer is niet gevonden. Kijk of het goed is overgenomen."


@signed_in(Right.CASE_WORK, methods=FORM)
def professional(request, number, pk=None):
    """Somebody who works with the child: who, what, and how to reach that person."""
    case = with_course(request, number)
    if pk:
        row = get_object_or_404(Professional, pk=pk, case=case)
        if not may_change(row, sight_of(case, request.user)):
            log_refused(request.user, number)
            raise PermissionDenied
    else:
        row = Professional(case=case, by=request.user, organisation=acting_organisation(case, request.user))
    row.case = case
    form = ProfessionalForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            acts.save_professional(form.save(), by=request.user)
            messages.success(request, f"{row.name} staat bij de mensen van dit dossier.")
            return back_to(number, "mensen")
        except Twice as problem:
            return stands_already(request, number, "mensen", problem)
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    context = {
        "case": case,
        "form": form,
        "title": f"{row.name} wijzigen" if pk else "Wie werkt met dit kind?",
        "button": "Bewaren",
        "back": at_part(number, "mensen"),
        "note": "Alle organisaties die in dit dossier meelezen, zien deze gegevens.",
    }
    return show_form(request, "cases/dossier/form.html", context)


@signed_in(Right.PUPIL_EDIT, methods=FORM)
def sibling(request, number):
    """A brother or sister, by the number of that dossier."""
    case = _own_case(request, number)
    form = SiblingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["number"].strip().upper()
        found = Case.objects.visible_to(request.user).filter(number=typed).select_related("pupil").first()
        try:
            if found is None or not Pupil.objects.editable_by(request.user).filter(pk=found.pupil_id).exists():
                raise NotNow(UNKNOWN)
            acts.say_sibling(case, found.pupil, holds=True, by=request.user)
            messages.success(request, f"{found.pupil.name} staat bij de broers en zussen.")
            return back_to(number, "mensen")
        except NotNow as problem:
            form.add_error("number", str(problem))
    context = {"case": case, "form": form, "title": "Broer of zus", "button": "Bewaren"}
    context["back"] = at_part(number, "mensen")
    return show_form(request, "cases/dossier/form.html", context)


@signed_in(Right.PUPIL_EDIT, methods=POST)
def sibling_said(request, number, pk):
    """Yes or no to a child that was proposed; no to one that stands there by mistake."""
    case = _own_case(request, number)
    other = get_object_or_404(Pupil.objects.editable_by(request.user), pk=pk)
    holds = request.POST.get("antwoord") == "ja"
    try:
        acts.say_sibling(case, other, holds=holds, by=request.user)
        said = "staat bij de broers en zussen" if holds else "is geen broer of zus"
        messages.success(request, f"Bewaard: {other.name} {said}.")
    except NotNow as problem:
        messages.warning(request, str(problem))
    return back_to(number, "mensen")


def _own_case(request, number: str) -> Case:
    """The dossier, for who may change what is known of its child."""
    case = owned_case(request, number)
    if not can_edit_pupil(case, request.user):
        log_refused(request.user, number)
        raise PermissionDenied
    return case
