"""What a region agreed, on one page, and the forms for terms and mandates."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.forms.region import EndForm, MandateForm, TermForm
from cases.models import ActionPoint, Covenant, Ladder, Mandate, RegionTerm
from cases.policies import NotNow
from cases.region import gaps_in_words
from cases.services import agreements, ladders
from cases.views.region_doors import own_region, own_row, show
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.REGION_VIEW)
def overview(request):
    """Stappenplan, termijnen, convenanten and mandaten of the own region, and what is missing in words."""
    today, user, region = timezone.localdate(), request.user, own_region(request)
    mandates = Mandate.objects.visible_to(user).filter(region=region)
    versions = list(Ladder.objects.visible_to(user).filter(region=region).order_by("-valid_from"))
    points = ActionPoint.objects.visible_to(user).filter(region=region, settled_on=None)
    context = {
        "region": region, "today": today, "ladder": ladders.in_force(region, today), "versions": versions,
        "terms": _now_and_later(RegionTerm.objects.visible_to(user).filter(region=region), today),
        "covenants": Covenant.objects.visible_to(user).filter(region=region),
        "mandates": _now_and_later(mandates.select_related("person", "deputy", "organisation", "covenant"), today),
        "gaps": gaps_in_words(region, today), "open_points": points.count(),
        "late_points": points.filter(due_on__lt=today).count(),
    }  # fmt: skip
    return render(request, "cases/agreements.html", context)


def _now_and_later(rows, today) -> dict[str, list]:
    """What holds or will hold, and what ended."""
    found: dict[str, list] = {"now": [], "ended": []}
    for row in rows:
        found["ended" if row.valid_until and row.valid_until < today else "now"].append(row)
    return found


@signed_in(Right.REGION_EDIT, methods=FORM)
def new_term(request):
    region = own_region(request)
    form = TermForm(request.POST or None, instance=RegionTerm(region=region), region=region)
    if request.method == "POST" and form.is_valid():
        try:
            row = form.save(commit=False)
            agreements.add_term(row, replaces=form.cleaned_data["replaces"], by=request.user)
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
    form = MandateForm(request.POST or None, instance=Mandate(region=region), region=region,
                       initial={"scope": request.GET.get("voor", "")})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            row = form.save(commit=False)
            agreements.add_mandate(row, by=request.user)
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
                agreements.end(row, form.cleaned_data["last_day"], by=request.user)
            else:
                agreements.withdraw(row, by=request.user)
            messages.success(request, f"{what} is {'beëindigd' if begun else 'weggehaald'}.")
            return redirect("agreements")
        except NotNow as problem:
            form.add_error(None, str(problem))
    lead = "Wat tot nu toe gold, blijft zo staan." if begun else "Dit geldt nog niet. Het verdwijnt uit de lijst."
    button = "Beëindigen" if begun else "Weghalen"
    return show(request, form, title=f"{what} {button.lower()}", button=button, back="agreements", lead=lead)
