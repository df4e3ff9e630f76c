"""Asking for a doorzettingsbesluit and preparing it: what is decided, who was heard, what was weighed and arranged."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from cases.decisions import prepare
from cases.decisions.forms import ChecksForm, ConditionForm, ContentForm, OptionForm, PartyForm, RequestForm
from cases.decisions.models import Decision, DecisionCondition, DecisionOption, DecisionParty
from cases.decisions.rules import DecisionState
from cases.decisions.views.doors import address, not_any_more, to_prepare
from cases.dossier import access
from cases.dossier.forms import form_with_draft, saved, show_form
from cases.dossier.rules import NotNow
from cases.sight.doors import with_course
from thuiszitters.core.pages.doors import FORM, POST, signed_in
from thuiszitters.core.people.roles import Right

TAKEN_OUT = "Een collega heeft dit net weggehaald."


@dataclass(frozen=True)
class RowKind:
    """A kind of row of a decision, under a name in the address."""

    model: type[DecisionParty] | type[DecisionOption] | type[DecisionCondition]
    form: type
    title: str
    saved: str


ROWS = {
    "gehoord": RowKind(DecisionParty, PartyForm, "Wie is gehoord?", "Bewaard wie is gehoord."),
    "mogelijkheid": RowKind(DecisionOption, OptionForm, "Welke mogelijkheid is afgewogen?", "Mogelijkheid bewaard."),
    "voorwaarde": RowKind(DecisionCondition, ConditionForm, "Wat moet er geregeld zijn?", "Voorwaarde bewaard."),
}


@signed_in(Right.CASE_WORK, methods=FORM)
def ask(request, number):
    """Why is a decision needed, which question, and about what?"""
    case = with_course(request, number)
    own = access.own_organisation(case, request.user)
    newest = prepare.newest_of(case)
    before = {n: getattr(newest, n) for n in ("trigger", "question", "scopes")} if newest else {}

    def make(data, initial):
        return RequestForm(data, instance=Decision(case=case, organisation=own), initial=before | initial)

    form, draft = form_with_draft(request, make)
    if request.method == "POST" and form.is_valid():
        try:
            row = form.save(commit=False)
            prepare.request(row, by=request.user)
            saved(request)
            messages.success(request, f"Besluit {row.number} is in voorbereiding.")
            return redirect("decision", number=number, pk=row.pk)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": "Doorzettingsbesluit vragen", "button": "Vragen", "typing": True}
    return show_form(request, "cases/dossier/form.html", context, draft=draft)


@signed_in(Right.CASE_WORK, methods=FORM)
def content(request, number, pk):
    """Which place, how many hours, from when, who pays, and who tells it?"""
    return _edit(request, number, pk, ContentForm, "cases/decisions/decision_content.html", "Wat wordt er besloten?")


@signed_in(Right.CASE_WORK, methods=FORM)
def question(request, number, pk):
    """Why, which question, and about what: put right while it is prepared."""
    return _edit(request, number, pk, RequestForm, "cases/dossier/form.html", "Vraag wijzigen")


@signed_in(Right.CASE_WORK, methods=FORM)
def answers(request, number, pk):
    """What must be there first, and is not in the dossier itself?"""
    return _edit(request, number, pk, ChecksForm, "cases/dossier/form.html", "Wat moet er eerst zijn?")


def _edit(request, number, pk, form_class, template, title):
    case, row = to_prepare(request, number, pk)

    def make(data, initial):
        return form_class(data, instance=row, initial=initial)

    if row.state != DecisionState.AANGEVRAAGD:
        return not_any_more(request, case, row, form=make(None, {}))

    form, draft = form_with_draft(request, make)
    if request.method == "POST" and form.is_valid():
        try:
            save = prepare.save_answers if form_class is ChecksForm else prepare.save_content
            save(form.save(), by=request.user)
            saved(request)
            messages.success(request, "Bewaard.")
            return redirect(address(row))
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    context = {"case": case, "form": form, "title": title, "button": "Bewaren", "back": address(row), "typing": True}
    return show_form(request, template, context, draft=draft)


@signed_in(Right.CASE_WORK, methods=FORM)
def item(request, number, pk, kind, item=None):
    """Somebody who was heard, an option that was weighed, or something that must be arranged."""
    case, row = to_prepare(request, number, pk)
    about = _kind(kind)
    instance = about.model.objects.filter(pk=item, decision=row).first() if item else about.model()
    if instance is None and request.method != "POST":
        raise Http404
    gone = instance is None  # a colleague took it out while this was typed
    instance = instance or about.model()
    instance.decision = row

    def make(data, initial):
        return about.form(data, instance=instance, initial=initial, case=case)

    if row.state != DecisionState.AANGEVRAAGD or gone:
        sentence = TAKEN_OUT if row.state == DecisionState.AANGEVRAAGD else prepare.NOT_NOW
        return not_any_more(request, case, row, sentence, make(None, {}))

    form, draft = form_with_draft(request, make)
    if request.method == "POST" and form.is_valid():
        try:
            prepare.save_row(form.save(), by=request.user)
            saved(request)
            messages.success(request, about.saved)
            return redirect(address(row))
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    drop = (
        reverse("decision-item-drop", kwargs={"number": number, "pk": pk, "kind": kind, "item": item}) if item else ""
    )
    context = {
        "case": case,
        "form": form,
        "title": about.title,
        "button": "Bewaren",
        "back": address(row),
        "drop": drop,
        "typing": True,
    }
    return show_form(request, "cases/dossier/form.html", context, draft=draft)


def _kind(kind: str) -> RowKind:
    if kind not in ROWS:
        raise Http404
    return ROWS[kind]


@signed_in(Right.CASE_WORK, methods=POST)
def drop_item(request, number, pk, kind, item):
    case, row = to_prepare(request, number, pk)
    instance = _kind(kind).model.objects.filter(pk=item, decision=row).first()
    if not instance:
        return not_any_more(request, case, row, TAKEN_OUT)
    instance.decision = row
    try:
        prepare.drop_row(instance, by=request.user)
        messages.success(request, "Weggehaald.")
    except NotNow as problem:
        messages.warning(request, str(problem))
    return redirect(address(row))
