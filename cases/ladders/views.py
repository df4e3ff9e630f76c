"""The stappenplan of the region: make a draft, change its steps, see what it would do, agree to it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.agreements.doors import own_region, own_row, show
from cases.dossier.rules import NotNow
from cases.ladders import acts
from cases.ladders.forms import AgreeForm, DraftForm, RungForm, VersionForm
from cases.steps.ladder import out_of_order
from cases.steps.models import Ladder, LadderRung
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import FORM, POST, signed_in
from thuiszitters.core.people.roles import Right

CHANGE_BY_NEW = "Dit stappenplan geldt al of is vastgesteld. Maak een nieuwe versie om iets te veranderen."


def _ladder(request, pk: int) -> Ladder:
    rows = Ladder.objects.visible_to(request.user).select_related("region").prefetch_related("rungs")
    return own_row(request, rows, pk)


@signed_in(Right.REGION_EDIT, methods=FORM)
def new(request):
    """A draft, with the steps that hold now."""
    region = own_region(request)
    form = DraftForm(request.POST or None, instance=Ladder(region=region))
    if request.method == "POST" and form.is_valid():
        try:
            row = form.save(commit=False)
            acts.start_draft(row, by=request.user)
            messages.success(request, "Het concept staat klaar, met de stappen die nu gelden. Pas het aan.")
            return redirect("ladder", pk=row.pk)
        except NotNow as problem:
            form.add_error(None, str(problem))
    lead = "U begint met een kopie van wat nu geldt. Er verandert niets tot u het nieuwe stappenplan vaststelt."
    return show(request, form, title="Nieuw stappenplan", button="Concept maken", back="agreements", lead=lead)


@signed_in(Right.REGION_VIEW)
def ladder(request, pk):
    """One version, with its steps; a draft with what can be done with it."""
    row, today = _ladder(request, pk), timezone.localdate()
    rungs = list(row.rungs.all())
    read = [rung.as_rung() for rung in rungs]
    context = {
        "row": row,
        "steps": list(zip(rungs, read, strict=True)),
        "out_of_order": out_of_order(read),
        "begun": row.valid_from <= today,
        "today": today,
    }
    return render(request, "cases/ladders/ladder.html", context)


def _only_draft(request, row: Ladder):
    """Where to go when this version can not be edited."""
    if row.draft:
        return None
    messages.warning(request, CHANGE_BY_NEW)
    return redirect("ladder", pk=row.pk)


@signed_in(Right.REGION_EDIT, methods=FORM)
def edit(request, pk):
    """The first day and the source of a draft."""
    row = _ladder(request, pk)
    if answer := _only_draft(request, row):
        return answer
    form = DraftForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            acts.save_draft(form.save(), by=request.user)
            messages.success(request, "Bewaard.")
            return redirect("ladder", pk=pk)
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    return show(request, form, title="Datum en bron van het stappenplan", button="Bewaren", back="ladder", back_pk=pk)


@signed_in(Right.REGION_EDIT, methods=FORM)
def new_rung(request, pk):
    row = _ladder(request, pk)
    return _only_draft(request, row) or _rung_page(request, LadderRung(ladder=row), "Stap toevoegen")


@signed_in(Right.REGION_EDIT, methods=FORM)
def rung(request, pk):
    rows = LadderRung.objects.visible_to(request.user).select_related("ladder__region")
    row = own_row(request, rows, pk)
    return _only_draft(request, row.ladder) or _rung_page(request, row, f"Stap {row.position}: {row.name}")


def _rung_page(request, row: LadderRung, title: str):
    ladder_pk = row.ladder_id
    form = RungForm(request.POST or None, instance=row, ladder=row.ladder)
    if request.method == "POST" and form.is_valid():
        try:
            changed = form.save(commit=False)
            changed.ladder.version = form.cleaned_data["version"] or changed.ladder.version
            acts.save_rung(changed, form.cleaned_data["place"], by=request.user)
            messages.success(request, f"Stap bewaard: {changed.name}.")
            return redirect("ladder", pk=ladder_pk)
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    return show(request, form, title=title, button="Bewaren", back="ladder", back_pk=ladder_pk)


@signed_in(Right.REGION_EDIT, methods=POST)
def remove_rung(request, pk):
    rows = LadderRung.objects.visible_to(request.user).select_related("ladder__region")
    row = own_row(request, rows, pk)
    name, ladder_pk = row.name, row.ladder_id
    return _press(
        request,
        row.ladder,
        lambda: acts.remove_rung(row, by=request.user),
        f"Stap weggehaald: {name}.",
        "ladder",
        pk=ladder_pk,
    )


@signed_in(Right.REGION_EDIT, methods=POST)
def drop(request, pk):
    row = _ladder(request, pk)
    return _press(
        request, row, lambda: acts.drop_draft(row, by=request.user), "Het concept is weggehaald.", "agreements"
    )


@signed_in(Right.REGION_EDIT, methods=POST)
def take_back(request, pk):
    row = _ladder(request, pk)
    return _press(
        request,
        row,
        lambda: acts.take_back(row, by=request.user),
        "Het stappenplan is weer een concept. Het vorige loopt door.",
        "ladder",
        pk=pk,
    )


def _press(request, row: Ladder, act, done: str, to: str, **arguments):
    """What a button does, with the version that was on the page."""
    pk, form = row.pk, VersionForm(request.POST)
    if form.is_valid():
        row.version = form.cleaned_data["version"]
    try:
        act()
        messages.success(request, done)
        return redirect(to, **arguments)
    except NotNow as problem:
        messages.warning(request, str(problem))
        return redirect("ladder", pk=pk)


@signed_in(Right.REGION_EDIT, methods=FORM)
def agree(request, pk):
    """What would change, in numbers, and then yes."""
    row = _ladder(request, pk)
    if answer := _only_draft(request, row):
        return answer
    at_once = row.valid_from <= timezone.localdate()
    form = AgreeForm(request.POST or None, initial={"version": row.version}, at_once=at_once)
    if request.method == "POST" and form.is_valid():
        try:
            row.version = form.cleaned_data["version"]
            acts.agree(row, confirmed=form.cleaned_data.get("confirmed", False), by=request.user)
            messages.success(request, "Het stappenplan is vastgesteld.")
            return redirect("agreements")
        except NotNow as problem:
            form.add_error(None, str(problem))
            row.refresh_from_db()
            form.data = {**form.data.dict(), "version": row.version}
    log_look(request.user, "ladder_previewed", row=row.pk)
    affected = acts.preview(row)
    total = {key: sum(getattr(a, key) for a in affected) for key in ("gets", "changes")}
    context = {"row": row, "form": form, "affected": affected, "total": total, "at_once": at_once}
    return render(request, "cases/ladders/ladder_agree.html", context, status=422 if form.errors else 200)
