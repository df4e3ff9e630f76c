"""The forms for terms and mandates."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone

from cases.agreements import acts
from cases.agreements.doors import own_region, own_row, show
from cases.agreements.forms import EndForm, MandateForm, TermForm
from cases.agreements.models import Mandate, RegionTerm
from cases.dossier.rules import NotNow
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.REGION_EDIT, methods=FORM)
def new_term(request):
    region = own_region(request)
    form = TermForm(request.POST or None, instance=RegionTerm(region=region), region=region)
    if request.method == "POST" and form.is_valid():
        try:
            row = form.save(commit=False)
            acts.add_term(row, replaces=form.cleaned_data["replaces"], by=request.user)
            messages.success(request, f"De termijn van {row.amount} {row.get_unit_display()} is bewaard.")
            return redirect("agreements")
        except NotNow as problem:
            form.add_error(None, str(problem))
    lead = "Een termijn telt voor kinderen die vanaf de eerste dag van de afspraak thuis komen te zitten."
    return show(request, form, title="Termijn toevoegen", button="Bewaren", back="agreements", lead=lead)


@signed_in(Right.REGION_EDIT, methods=FORM)
def end_term(request, pk):
    row = own_row(request, RegionTerm.objects.visible_to(request.user), pk)
    return _end(request, row, f"Termijn van {row.amount} {row.get_unit_display()}")


@signed_in(Right.REGION_EDIT, methods=FORM)
def new_mandate(request):
    """Who may cut the knot, about what, and where that is written."""
    region = own_region(request)
    form = MandateForm(
        request.POST or None,
        instance=Mandate(region=region),
        region=region,
        initial={"scope": request.GET.get("voor", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = form.save(commit=False)
            acts.add_mandate(row, by=request.user)
            messages.success(request, f"Het mandaat voor {row.get_scope_display()} is bewaard.")
            return redirect("agreements")
        except NotNow as problem:
            form.add_error(None, str(problem))
    lead = "Wie mag voor deze regio een doorzettingsbesluit tekenen?"
    return show(request, form, title="Houder aanwijzen", button="Bewaren", back="agreements", lead=lead)


@signed_in(Right.REGION_EDIT, methods=FORM)
def end_mandate(request, pk):
    rows = Mandate.objects.visible_to(request.user).select_related("person")
    row = own_row(request, rows, pk)
    return _end(request, row, f"Mandaat voor {row.get_scope_display()} van {row.person}")


def _end(request, row, what: str):
    """End what holds on a day; take away what has not begun."""
    begun = row.valid_from <= timezone.localdate()
    form = EndForm(request.POST or None, initial={"last_day": timezone.localdate()}, begun=begun)
    if request.method == "POST" and form.is_valid():
        try:
            if begun:
                acts.end(row, form.cleaned_data["last_day"], by=request.user)
            else:
                acts.withdraw(row, by=request.user)
            messages.success(request, f"{what} is {'beëindigd' if begun else 'weggehaald'}.")
            return redirect("agreements")
        except NotNow as problem:
            form.add_error(None, str(problem))
    lead = "Wat tot nu toe gold, blijft zo staan." if begun else "Dit geldt nog niet. Het verdwijnt uit de lijst."
    button = "Beëindigen" if begun else "Weghalen"
    return show(request, form, title=f"{what} {button.lower()}", button=button, back="agreements", lead=lead)
