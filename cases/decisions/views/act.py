"""What happens to a doorzettingsbesluit as a whole: laid before the holder, given back, dropped, signed, told."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone

from cases.clock.presentation import clock_of, deadlines_of
from cases.decisions import prepare, tell
from cases.decisions import sign as signing
from cases.decisions.forms import DecisionMoveForm, SignForm, ToldForm
from cases.decisions.models import Decision, DecisionTold
from cases.decisions.preconditions import blocks
from cases.decisions.queries import opinions_of
from cases.decisions.readiness import checks_of, is_hidden
from cases.decisions.rules import DecisionState, find_decision_move
from cases.decisions.views.doors import address, mine, not_any_more, to_prepare, to_read
from cases.dossier import access
from cases.dossier.forms import show_form
from cases.dossier.rules import NotNow
from cases.dossier.saving import Overtaken
from cases.sight.looks import log_refused, look_at
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right

NOTES = {
    DecisionState.VOORGELEGD: (
        "De houder kan het besluit daarna lezen en tekenen. Wijzigen kan dan niet meer, terughalen wel."
    ),
    DecisionState.AANGEVRAAGD: (
        "Daarna kan de gemeente het besluit weer wijzigen. Wie al tekende, tekent daarna opnieuw."
    ),
    DecisionState.NIET_GENOMEN: "Het besluit blijft te lezen, met uw reden. Voor een ander besluit begint u opnieuw.",
}


@signed_in(Right.CASE_WORK, Right.DECIDE, methods=FORM)
def move(request, number, pk, target):
    """Lay it before the holder, give it back, or say that no decision comes."""
    case, row = to_read(request, number, pk)
    sight = look_at(case, request.user, "entry_form", form="decision-move")
    if target not in (DecisionState.VOORGELEGD, DecisionState.AANGEVRAAGD, DecisionState.NIET_GENOMEN):
        raise Http404
    owns = access.is_municipal_side(case, request.user)
    found = find_decision_move(row.state, target)
    if not owns and not (mine(row, request.user, sight) is not None and (found is None or found.holder)):
        log_refused(request.user, number)
        raise PermissionDenied
    if not found:
        return not_any_more(request, case, row, "Dit kan nu niet. Misschien heeft een collega dit al bijgewerkt.")
    data = request.POST if request.method == "POST" else None
    form = DecisionMoveForm(data, needs_reason=found.needs_reason, version=row.version)
    if request.method == "POST" and form.is_valid():
        row.version = form.cleaned_data["version"]
        try:
            messages.success(request, _go(row, target, form, request.user))
            return redirect(address(row))
        except Overtaken as problem:
            return not_any_more(request, case, row, str(problem), form)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {
        "case": case,
        "form": form,
        "title": found.verb,
        "button": found.verb,
        "back": address(row),
        "note": NOTES[found.target],
    }
    return show_form(request, "cases/dossier/form.html", context)


def _go(row: Decision, target: str, form, by) -> str:
    if target == DecisionState.VOORGELEGD:
        prepare.present(row, by=by)
        return "Voorgelegd. De houder ziet het besluit bij wat er wacht."
    if target == DecisionState.AANGEVRAAGD:
        prepare.give_back(row, by=by, reason=form.cleaned_data["because"])
        return "Terug in voorbereiding, met uw reden."
    prepare.drop(row, by=by, reason=form.cleaned_data["because"])
    return "Vastgelegd dat er geen besluit komt."


@signed_in(Right.DECIDE, methods=FORM)
def sign(request, number, pk):
    """The holder signs: for what, and why a block is passed. For what is hidden from the holder no reason is asked."""
    case, row = to_read(request, number, pk)
    sight = look_at(case, request.user, "entry_form", form="decision-sign")
    scopes = mine(row, request.user, sight)
    checks = checks_of(row, timezone.localdate())
    if case.is_open and scopes is None:
        log_refused(request.user, number)
        raise PermissionDenied
    if not scopes:
        sentence = "Hier is nu niets voor u te tekenen." if case.is_open else "Dit dossier is intussen afgesloten."
        return not_any_more(request, case, row, sentence, SignForm(blocked=checks, version=row.version))
    blocked = blocks(checks, {c: p["because"] for c, p in row.passed.items()})
    seen = [c for c in blocked if not is_hidden(c.code, sight, decides=True)]
    form = SignForm(request.POST if request.method == "POST" else None, blocked=seen, version=row.version)
    if len(seen) < len(blocked):
        return not_any_more(request, case, row, signing.SOMETHING_HIDDEN, form)
    if request.method == "POST" and form.is_valid():
        row.version = form.cleaned_data["version"]
        try:
            taken = signing.sign(row, by=request.user, passed=form.reasons())
            messages.success(request, "Het besluit is genomen." if taken else "Getekend. Het wacht nog op een ander.")
            return redirect(address(row))
        except Overtaken as problem:
            return not_any_more(request, case, row, str(problem), form)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {
        "case": case,
        "form": form,
        "title": f"Tekenen: {row.number}",
        "button": "Tekenen",
        "row": row,
        "clock": clock_of(case, deadlines_of([case.pk])[case.pk], timezone.localdate()),
        "opinions": opinions_of(row, timezone.localdate()),
        "back": address(row),
        "mine": scopes,
    }
    return show_form(request, "cases/decisions/decision_sign.html", context)


@signed_in(Right.CASE_WORK, methods=FORM)
def told(request, number, pk):
    """Who told the decision to whom, and when?"""
    case, row = to_prepare(request, number, pk)
    people = tell.can_be_told(row) if row.state == DecisionState.ONDERTEKEND else []
    form = ToldForm(request.POST or None, people=people, teller=row.teller)
    if not people:
        return not_any_more(request, case, row, "Er is niemand meer aan wie dit besluit verteld moet worden.", form)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        guardian = None if data["whom"] == "kind" else case.pupil.guardians.get(pk=data["whom"])
        line = DecisionTold(
            decision=row, guardian=guardian, on=data["on"], teller=data["teller"], how=data["how"].strip()
        )
        try:
            tell.tell(line, by=request.user)
            messages.success(request, "Bewaard wie het weet.")
            return redirect(address(row))
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": "Wie weet het?", "button": "Bewaren", "back": address(row)}
    return show_form(request, "cases/dossier/form.html", context)
