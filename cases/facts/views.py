"""The child itself: own data, parents, and the facts from which the clock follows."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from cases.dossier import access
from cases.dossier.forms import show_form
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.dossier.states import State
from cases.facts import acts, forms
from cases.sight.doors import back_to, visible_case
from cases.sight.looks import log_refused, look_at
from leerplicht.models import Enrolment, Exemption, Guardian, NotEnrolled, PermittedAbsence, Pupil, SchoolReturn
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import FORM, POST, signed_in
from thuiszitters.core.pages.forms import whole_number
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right


@dataclass(frozen=True)
class FactKind:
    model: type[acts.Fact]
    form: type
    title: str


STILL_ELSEWHERE = "Vastgelegd. Bij de vorige gemeente loopt nog een dossier; vraag die gemeente om het over te dragen."
KINDS = {
    "inschrijving": FactKind(Enrolment, forms.EnrolmentForm, "Inschrijving"),
    "terugkeer": FactKind(SchoolReturn, forms.ReturnForm, "Terug op school"),
    "geoorloofd": FactKind(PermittedAbsence, forms.PermittedForm, "Geoorloofd thuis"),
    "vrijstelling": FactKind(Exemption, forms.ExemptionForm, "Vrijstelling"),
    "nergens-ingeschreven": FactKind(NotEnrolled, forms.NotEnrolledForm, "Nergens ingeschreven"),
}


def _editable_case(request, number) -> Case:
    case = visible_case(request, number)
    if not access.can_edit_pupil(case, request.user):
        log_refused(request.user, number)
        raise PermissionDenied
    return case


@signed_in(Right.PUPIL_EDIT, methods=FORM)
def fact(request, number, kind, pk=None):
    """Record or correct a fact; the clock follows at once."""
    case = _editable_case(request, number)
    if kind not in KINDS:
        raise Http404
    about = KINDS[kind]
    instance = get_object_or_404(about.model, pk=pk, pupil=case.pupil_id) if pk else about.model(pupil=case.pupil)
    look_at(case, request.user, "fact_form", kind=kind)
    form = about.form(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        acts.save_fact(form.save(commit=False), by=request.user, case=case)
        messages.success(request, "Bewaard. De klok van het kind is opnieuw berekend.")
        return redirect("case-follow" if _begins_following(case, form.instance, pk) else "case", number=number)
    context = {"case": case, "form": form, "title": about.title, "button": "Bewaren", "fact": instance, "kind": kind}
    return show_form(request, "cases/facts/fact.html", context)


def _begins_following(case: Case, fact: acts.Fact, pk: int | None) -> bool:
    """Whether this return is new and nobody follows the child yet: the next page asks for the build-up only."""
    back = isinstance(fact, SchoolReturn) and not fact.trial and pk is None
    return back and case.state in (State.NIEUW, State.ONDERZOEK, State.AANPAK)


@signed_in(Right.PUPIL_EDIT, methods=POST)
def remove_fact(request, number, kind, pk):
    """Take back a fact that was wrong."""
    case = _editable_case(request, number)
    if kind not in KINDS:
        raise Http404
    row: Any = get_object_or_404(KINDS[kind].model, pk=pk, pupil=case.pupil_id)
    acts.remove_fact(row, by=request.user, case=case)
    messages.success(request, "Weggehaald. De klok van het kind is opnieuw berekend.")
    return back_to(number, "mensen")


@signed_in(Right.PUPIL_EDIT, methods=FORM)
def guardian(request, number, pk=None):
    case = _editable_case(request, number)
    instance = get_object_or_404(Guardian, pk=pk, pupil=case.pupil_id) if pk else Guardian(pupil=case.pupil)
    look_at(case, request.user, "guardian_form")
    form = forms.GuardianForm(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        acts.save_guardian(form.save(commit=False), by=request.user, case=case)
        messages.success(request, "Ouder of verzorger bewaard.")
        return back_to(number, "mensen")
    context = {"case": case, "form": form, "title": "Ouder of verzorger", "button": "Bewaren"}
    return show_form(request, "cases/dossier/form.html", context)


@signed_in(Right.PUPIL_EDIT, methods=FORM)
def pupil(request, number):
    """The pupil's own data."""
    case = _editable_case(request, number)
    look_at(case, request.user, "pupil_form")
    codes = access_of(request.user).municipalities_with(Right.PUPIL_EDIT)
    form = forms.PupilForm(request.POST or None, instance=case.pupil, municipalities=codes)
    version = _version(request) if request.method == "POST" else case.pupil.version
    if request.method == "POST" and form.is_valid():
        try:
            acts.save_pupil(form.save(commit=False), by=request.user, case=case, version=version)
            messages.success(request, "Gegevens van de leerling bewaard.")
            return back_to(number, "mensen")
        except NotNow as problem:
            form.add_error(None, str(problem))
            version = Pupil.objects.visible_to(request.user).values_list("version", flat=True).get(pk=case.pupil_id)
    context = {"case": case, "form": form, "title": "Gegevens van de leerling", "button": "Bewaren", "version": version}
    return show_form(request, "cases/dossier/form.html", context)


def _version(request) -> int:
    """The version that was read; nobody has version 0."""
    return whole_number(request.POST.get("version", "")) or 0


@signed_in(Right.PUPIL_EDIT, methods=FORM)
def new_case(request):
    """A child that is enrolled nowhere. A possible duplicate is shown before anything is saved."""
    codes = access_of(request.user).municipalities_with(Right.PUPIL_EDIT)
    form = forms.NewPupilForm(request.POST or None, municipalities=codes)
    fact_form = forms.NotEnrolledForm(request.POST or None)
    duplicates = []
    if request.method == "POST" and form.is_valid() & fact_form.is_valid():
        known = _chosen(request)
        duplicates = [] if known or "toch" in request.POST else _duplicates(request, form)
        if not duplicates:
            try:
                child = known or form.save(commit=False)
                row = fact_form.save(commit=False)
                case = acts.register_not_enrolled(child, row, by=request.user)
                if not Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
                    messages.warning(request, STILL_ELSEWHERE)
                    return redirect("worklist")
                messages.success(request, f"Dossier {case.number} is geopend.")
                return redirect("case", number=case.number)
            except NotNow as problem:
                form.add_error(None, str(problem))
        log_look(request.user, "duplicates_shown", pupils=[p.pk for p in duplicates])
    status = 422 if form.errors or fact_form.errors or duplicates else 200
    context = {"form": form, "fact_form": fact_form, "duplicates": duplicates}
    return render(request, "cases/facts/new.html", context, status=status)


def _chosen(request) -> Pupil | None:
    pk = whole_number(request.POST.get("bestaand", ""))
    return Pupil.objects.editable_by(request.user).filter(pk=pk).first() if pk else None


def _duplicates(request, form) -> list[Pupil]:
    child = form.save(commit=False)
    return list(
        acts.possible_duplicates(request.user, pgn_hash=child.pgn_hash, last_name=child.last_name, born=child.born)
    )
