from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cases.dossier.forms import show_form
from cases.dossier.rules import NotNow
from cases.dossier.saving import Overtaken
from cases.labels import acts
from cases.labels.acts import known_to, labels_of, owner_for, set_labels
from cases.labels.forms import LabelsForm, LevelForm, RiskForm
from cases.labels.models import KEEPS_THE_LIST, RiskLevel
from cases.sight.doors import workable_case
from thuiszitters.core.pages.doors import FORM, POST, signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.CASE_WORK, methods=FORM)
def labels(request, number):
    """The own words on a dossier, to find it by in the worklist."""
    case = workable_case(request, number)
    owner = owner_for(case, request.user)
    stands = labels_of(case, owner)
    initial = {"names": stands, "shown": "|".join(stands)}
    form = LabelsForm(request.POST if request.method == "POST" else None, known=known_to(owner), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_labels(case, form.chosen(), shown=form.read(), by=request.user)
            messages.success(request, "De labels zijn bewaard.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    note = f"Alleen {owner.name} ziet deze labels. In de werkvoorraad kunt u erop kiezen."
    context = {"case": case, "form": form, "title": "Labels", "button": "Bewaren", "note": note}
    return show_form(request, "cases/dossier/form.html", context)


@signed_in(Right.CASE_WORK, methods=FORM)
def risk(request, number):
    """How does the own organisation judge the risk? Only where it has a list of levels."""
    case = workable_case(request, number)
    row = acts.risk_of(case, owner_for(case, request.user))
    row.case = case
    levels = acts.levels_for(row)
    if not levels.exists():
        raise Http404("Uw organisatie heeft geen lijst van risiconiveaus.")
    form = RiskForm(request.POST if request.method == "POST" else None, instance=row, levels=levels)
    if request.method == "POST" and form.is_valid():
        try:
            acts.set_risk(form.save(), by=request.user)
            messages.success(request, "Het risico is bewaard.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
            if isinstance(problem, Overtaken):
                form.look_again()
    note = f"Alleen {row.organisation.name} ziet dit. In de werkvoorraad kunt u erop kiezen."
    context = {"case": case, "form": form, "title": "Risico inschatten", "button": "Bewaren", "note": note}
    return show_form(request, "cases/dossier/form.html", context)


@signed_in(*KEEPS_THE_LIST, methods=FORM)
def levels(request):
    """The list of levels of the own organisation, and another one."""
    owner = acts.list_owner(request.user)
    rows = list(RiskLevel.objects.editable_by(request.user).filter(organisation=owner))
    new = RiskLevel(organisation=owner, position=len(rows) + 1)
    form = LevelForm(request.POST if request.method == "POST" else None, instance=new)
    if request.method == "POST" and form.is_valid():
        try:
            acts.save_level(form.save(), by=request.user)
            messages.success(request, "Het risiconiveau staat in de lijst.")
            return redirect("risk-levels")
        except NotNow as problem:
            form.add_error("name", str(problem))
    context = {"rows": rows, "form": form, "owner": owner}
    return render(request, "cases/labels/levels.html", context, status=422 if form.errors else 200)


@signed_in(*KEEPS_THE_LIST, methods=FORM)
def level(request, pk):
    """Another name, place or tone; or no longer to be chosen."""
    row = get_object_or_404(RiskLevel.objects.editable_by(request.user), pk=pk)
    form = LevelForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            acts.save_level(form.save(), by=request.user)
            messages.success(request, "Het risiconiveau is bewaard.")
            return redirect("risk-levels")
        except NotNow as problem:
            form.add_error(None, str(problem))
            if isinstance(problem, Overtaken):
                form.look_again()
    context = {"row": row, "form": form, "back": reverse("risk-levels")}
    return render(request, "cases/labels/level.html", context, status=422 if form.errors else 200)


@signed_in(*KEEPS_THE_LIST, methods=POST)
def level_end(request, pk):
    """No longer to be chosen, or again."""
    row = get_object_or_404(RiskLevel.objects.editable_by(request.user), pk=pk)
    acts.end_level(row, ended="weer" not in request.POST, by=request.user)
    messages.success(request, "De lijst is bijgewerkt. Op dossiers waar het staat, blijft het staan.")
    return redirect("risk-levels")
