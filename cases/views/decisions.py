"""A doorzettingsbesluit in a dossier: ask for it, prepare it, lay it before the holder, sign it, tell it."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from cases import permissions
from cases.decisions import ROUTES, DecisionState, find_decision_move
from cases.forms.decisions import (
    ChecksForm,
    ConditionForm,
    ContentForm,
    DecisionMoveForm,
    OptionForm,
    PartyForm,
    RequestForm,
    SignForm,
    ToldForm,
)
from cases.forms.work import claim
from cases.models import Case, Decision, DecisionCondition, DecisionOption, DecisionParty, DecisionTold, Mandate
from cases.parts import Level
from cases.policies import NotNow
from cases.preconditions import Check, blocks
from cases.readiness import CONFINED, checks_of
from cases.services import decisions, signing
from cases.services.refusals import log_refused
from cases.sight import Sight, sight_of
from cases.views.doors import look_at, owned_case, visible_case
from cases.views.steps import with_course
from cases.views.typing import form_with_draft, saved, show_form, too_late
from thuiszitters.core.roles import Right
from thuiszitters.core.views.access import FORM, POST, signed_in

S = DecisionState
NOT_SHOWN = "Dit is nog niet in orde. Wat er ontbreekt, is niet met u gedeeld: vraag het de gemeente."
TAKEN_OUT = "Een collega heeft dit net weggehaald."
NOTES = {
    S.VOORGELEGD: "De houder kan het besluit daarna lezen en tekenen. Wijzigen kan dan niet meer, terughalen wel.",
    S.AANGEVRAAGD: "Daarna kan de gemeente het besluit weer wijzigen. Wie al tekende, tekent daarna opnieuw.",
    S.NIET_GENOMEN: "Het besluit blijft te lezen, met uw reden. Voor een ander besluit begint u opnieuw.",
}


@dataclass(frozen=True)
class RowKind:
    """A kind of row of a decision, under a name in the address."""

    model: type
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
    own = permissions.own_organisation(case, request.user)
    holds = case.decisions.filter(state=S.ONDERTEKEND).first()
    before = {n: getattr(holds, n) for n in ("trigger", "question", "scopes")} if holds else {}

    def make(data, initial):
        return RequestForm(data, instance=Decision(case=case, organisation=own), initial=before | initial)

    form, draft = form_with_draft(request, make)
    if request.method == "POST" and form.is_valid():
        try:
            row = form.save(commit=False)
            decisions.request(row, by=request.user)
            saved(request)
            messages.success(request, f"Besluit {row.number} is in voorbereiding.")
            return redirect("decision", number=number, pk=row.pk)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": "Doorzettingsbesluit vragen", "button": "Vragen", "typing": True}
    return show_form(request, "cases/form.html", context, draft=draft)


@signed_in(Right.CASE_VIEW)
def decision(request, number, pk):
    """What is decided or to be decided, what is missing, and who is to act now?"""
    case, row = _to_read(request, number, pk)
    sight = look_at(case, request.user, "decision_viewed", row=row.pk)
    today, owns = timezone.localdate(), case.is_open and permissions.is_municipal_side(case, request.user)
    signs = _mine(row, request.user, sight)
    found = [] if row.state == S.NIET_GENOMEN else checks_of(row, today)
    checks = [_shown(check, row, sight, decides=signs is not None) for check in found]
    blocked = [c for c in found if c.blocking and not c.met]
    signatures = signing.signed_scopes(row)
    return render(request, "cases/decision.html", {
        "case": case, "row": row, "sight": sight, "owns": owns, "edits": owns and row.state == S.AANGEVRAAGD,
        "signs": signs, "checks": [c for c in checks if c],
        "missing": [c for c in checks if c and c["check"] in blocked],
        "hidden": len(blocked) - sum(c is not None and c["check"] in blocked for c in checks),
        "parties": row.parties.select_related("guardian"), "options": row.options.all(),
        "conditions": [c for c in row.conditions.select_related("organisation") if _may_know(c.kind, sight)],
        "signatures": [(Mandate.Scope(s).label, signatures.get(s)) for s in row.scopes],
        "told": row.told.select_related("guardian", "by"),
        "to_tell": decisions.to_be_told(row) if row.state == S.ONDERTEKEND else [],
        "can_tell": row.state == S.ONDERTEKEND and bool(decisions.can_be_told(row)),
        "routes": [ROUTES[code] for code in row.routes if _may_know(code, sight)],
        "looks": row.tasks.filter(at__gte=row.signed_at) if owns and row.is_taken else [],
        "cannot_sign": decisions.who_cannot_sign(row) if owns and row.is_preparing else [],
        "replaced_by": row.replaced_by.exclude(state=S.NIET_GENOMEN).first(), "today": today,
        "gives_back": row.state == S.VOORGELEGD and case.is_open and (owns or signs is not None),
        "drops": row.is_preparing and case.is_open and (owns or (row.state == S.VOORGELEGD and signs is not None)),
        "can_pdf": row.is_taken and sight.may(Right.EXPORT) and not sight.emergency,
    })  # fmt: skip


def _may_know(code: str, sight: Sight) -> bool:
    return code != DecisionCondition.Kind.TLV or sight.tlv > Level.NONE


def _to_read(request, number, pk) -> tuple[Case, Decision]:
    """A decision is of the course of events. The look is logged by who calls this."""
    case = visible_case(request, number)
    if not sight_of(case, request.user).course:
        log_refused(request.user, number)
        raise PermissionDenied
    rows = case.decisions.select_related(
        "asked_by", "organisation", "school", "responsible_school", "presented_by", "offer__school", "replaces",
        "dropped_by",
    )  # fmt: skip
    row = get_object_or_404(rows, pk=pk)
    row.case = case
    return case, row


def _mine(row: Decision, user, sight: Sight) -> list[str] | None:
    """For what this user can sign the decision today, in words; None for who holds no mandate for it."""
    if not (row.case.is_open and sight.may(Right.DECIDE)):
        return None
    signer = signing.Signer(user, timezone.localdate())
    return [Mandate.Scope(s).label for s in signer.still(row)] if signer.of(row) else None


def _shown(check: Check, row: Decision, sight: Sight, *, decides: bool) -> dict | None:
    """A precondition as this person may know it. What tells of a confined part is for the gemeente and for who decides,
    as far as they know of that part at all; of OPP and TLV for who sees a TLV. Others see nothing of it."""
    if check.code == "P5" and sight.tlv == Level.NONE:
        return None
    confined = CONFINED.get(check.code, ())
    if confined and not ((sight.officer or decides) and all(sight.at(part) > Level.NONE for part in confined)):
        return None
    answer = row.answers.get(check.code, "")
    if check.code == "P6":
        answer = row.get_medical_display() if row.medical else ""
    return {"check": check, "answer": answer, "passed": row.passed.get(check.code)}


def _to_prepare(request, number, pk) -> tuple[Case, Decision]:
    """For the gemeente of the dossier."""
    case = owned_case(request, number)
    row = get_object_or_404(case.decisions.select_related("school", "responsible_school"), pk=pk)
    row.case = case
    return case, row


def _not_any_more(request, case, row, sentence: str = decisions.NOT_NOW, form=None):
    return too_late(request, case, sentence, _address(row), form)


def _address(row: Decision) -> str:
    return reverse("decision", kwargs={"number": row.case.number, "pk": row.pk})


@signed_in(Right.CASE_WORK, methods=FORM)
def content(request, number, pk):
    """Which place, how many hours, from when, who pays, and who tells it?"""
    return _edit(request, number, pk, ContentForm, "cases/decision_content.html", "Wat wordt er besloten?")


@signed_in(Right.CASE_WORK, methods=FORM)
def question(request, number, pk):
    """Why, which question, and about what: put right while it is prepared."""
    return _edit(request, number, pk, RequestForm, "cases/form.html", "Vraag wijzigen")


@signed_in(Right.CASE_WORK, methods=FORM)
def answers(request, number, pk):
    """What must be there first, and is not in the dossier itself?"""
    return _edit(request, number, pk, ChecksForm, "cases/form.html", "Wat moet er eerst zijn?")


def _edit(request, number, pk, form_class, template, title):
    case, row = _to_prepare(request, number, pk)

    def make(data, initial):
        return form_class(data, instance=row, initial=initial)

    if row.state != S.AANGEVRAAGD:
        return _not_any_more(request, case, row, form=make(None, {}))

    form, draft = form_with_draft(request, make)
    if request.method == "POST" and form.is_valid():
        try:
            save = decisions.save_answers if form_class is ChecksForm else decisions.save_content
            save(claim(form), by=request.user)
            saved(request)
            messages.success(request, "Bewaard.")
            return redirect(_address(row))
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    context = {"case": case, "form": form, "title": title, "button": "Bewaren", "back": _address(row), "typing": True}
    return show_form(request, template, context, draft=draft)


@signed_in(Right.CASE_WORK, methods=FORM)
def item(request, number, pk, kind, item=None):
    """Somebody who was heard, an option that was weighed, or something that must be arranged."""
    case, row = _to_prepare(request, number, pk)
    about = _kind(kind)
    instance = about.model.objects.filter(pk=item, decision=row).first() if item else about.model()
    if instance is None and request.method != "POST":
        raise Http404
    gone = instance is None  # a colleague took it out while this was typed
    instance = instance or about.model()
    instance.decision = row

    def make(data, initial):
        return about.form(data, instance=instance, initial=initial, case=case)

    if row.state != S.AANGEVRAAGD or gone:
        sentence = TAKEN_OUT if row.state == S.AANGEVRAAGD else decisions.NOT_NOW
        return _not_any_more(request, case, row, sentence, make(None, {}))

    form, draft = form_with_draft(request, make)
    if request.method == "POST" and form.is_valid():
        try:
            decisions.save_row(claim(form), by=request.user)
            saved(request)
            messages.success(request, about.saved)
            return redirect(_address(row))
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    drop = (
        reverse("decision-item-drop", kwargs={"number": number, "pk": pk, "kind": kind, "item": item}) if item else ""
    )
    context = {"case": case, "form": form, "title": about.title, "button": "Bewaren", "back": _address(row),
               "drop": drop, "typing": True}  # fmt: skip
    return show_form(request, "cases/form.html", context, draft=draft)


def _kind(kind: str) -> RowKind:
    if kind not in ROWS:
        raise Http404
    return ROWS[kind]


@signed_in(Right.CASE_WORK, methods=POST)
def drop_item(request, number, pk, kind, item):
    case, row = _to_prepare(request, number, pk)
    instance = _kind(kind).model.objects.filter(pk=item, decision=row).first()
    if not instance:
        return _not_any_more(request, case, row, TAKEN_OUT)
    instance.decision = row
    try:
        decisions.drop_row(instance, by=request.user)
        messages.success(request, "Weggehaald.")
    except NotNow as problem:
        messages.warning(request, str(problem))
    return redirect(_address(row))


@signed_in(Right.CASE_WORK, Right.DECIDE, methods=FORM)
def move(request, number, pk, target):
    """Lay it before the holder, give it back, or say that no decision comes."""
    case, row = _to_read(request, number, pk)
    sight = look_at(case, request.user, "entry_form", form="decision-move")
    if target not in (S.VOORGELEGD, S.AANGEVRAAGD, S.NIET_GENOMEN):
        raise Http404
    owns = permissions.is_municipal_side(case, request.user)
    found = find_decision_move(row.state, target)
    if not owns and not (_mine(row, request.user, sight) is not None and (found is None or found.holder)):
        log_refused(request.user, number)
        raise PermissionDenied
    if not found:
        return _not_any_more(request, case, row, "Dit kan nu niet. Misschien heeft een collega dit al bijgewerkt.")
    data = request.POST if request.method == "POST" else None
    form = DecisionMoveForm(data, needs_reason=found.needs_reason, version=row.version)
    if request.method == "POST" and form.is_valid():
        row.version = form.cleaned_data["version"]
        try:
            messages.success(request, _go(row, target, form, request.user))
            return redirect(_address(row))
        except decisions.Overtaken as problem:
            return _not_any_more(request, case, row, str(problem), form)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": found.verb, "button": found.verb, "back": _address(row),
               "note": NOTES[found.target]}  # fmt: skip
    return show_form(request, "cases/form.html", context)


def _go(row: Decision, target: str, form, by) -> str:
    if target == S.VOORGELEGD:
        decisions.present(row, by=by)
        return "Voorgelegd. De houder ziet het besluit bij wat er wacht."
    if target == S.AANGEVRAAGD:
        decisions.give_back(row, by=by, reason=form.cleaned_data["because"])
        return "Terug in voorbereiding, met uw reden."
    decisions.drop(row, by=by, reason=form.cleaned_data["because"])
    return "Vastgelegd dat er geen besluit komt."


@signed_in(Right.DECIDE, methods=FORM)
def sign(request, number, pk):
    """The holder signs: for what, and why a block is passed."""
    case, row = _to_read(request, number, pk)
    sight = look_at(case, request.user, "entry_form", form="decision-sign")
    mine = _mine(row, request.user, sight)
    if mine is None:
        log_refused(request.user, number)
        raise PermissionDenied
    if not mine:
        return _not_any_more(request, case, row, "Hier is nu niets voor u te tekenen.")
    blocked = blocks(checks_of(row, timezone.localdate()), {c: p["because"] for c, p in row.passed.items()})
    blocked = [c if _shown(c, row, sight, decides=True) else replace(c, why=NOT_SHOWN) for c in blocked]
    form = SignForm(request.POST or None, blocked=blocked, version=row.version)
    if request.method == "POST" and form.is_valid():
        row.version = form.cleaned_data["version"]
        try:
            taken = signing.sign(row, by=request.user, passed=form.reasons())
            messages.success(request, "Het besluit is genomen." if taken else "Getekend. Het wacht nog op een ander.")
            return redirect(_address(row))
        except decisions.Overtaken as problem:
            return _not_any_more(request, case, row, str(problem), form)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": f"Tekenen: {row.number}", "button": "Tekenen", "row": row,
               "back": _address(row), "mine": mine}  # fmt: skip
    return show_form(request, "cases/decision_sign.html", context)


@signed_in(Right.CASE_WORK, methods=FORM)
def told(request, number, pk):
    """Who told the decision to whom, and when?"""
    case, row = _to_prepare(request, number, pk)
    people = decisions.can_be_told(row) if row.state == S.ONDERTEKEND else []
    if not people:
        return _not_any_more(request, case, row, "Er is niemand meer aan wie dit besluit verteld moet worden.")
    form = ToldForm(request.POST or None, people=people, teller=row.teller)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        guardian = None if data["whom"] == "kind" else case.pupil.guardians.get(pk=data["whom"])
        line = DecisionTold(
            decision=row, guardian=guardian, on=data["on"], teller=data["teller"], how=data["how"].strip()
        )
        try:
            decisions.tell(line, by=request.user)
            messages.success(request, "Bewaard wie het weet.")
            return redirect(_address(row))
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": "Wie weet het?", "button": "Bewaren", "back": _address(row)}
    return show_form(request, "cases/form.html", context)
