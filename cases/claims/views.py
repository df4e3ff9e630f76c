"""A claim on an exemption or a request: written down, judged, objected to; and the exemptions to look at again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.claims import acts
from cases.claims.forms import ClaimForm, JudgeForm, ObjectionForm, ToldForm
from cases.claims.models import ExemptionClaim
from cases.claims.queries import running, terms_of
from cases.dossier import access
from cases.dossier.forms import show_form, too_late
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.dossier.saving import Overtaken
from cases.sight.doors import log_form, visible_case
from cases.sight.looks import log_refused, look_at
from leerplicht.law.calendar import school_year
from leerplicht.law.claims import Ground, look_again_on
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right

JUDGED = "Dit is al beoordeeld. Kijk hoe het er nu voor staat."


def _own(request, number) -> Case:
    """For the gemeente of the dossier alone; others see of an exemption what `cases.parts` says."""
    case = visible_case(request, number)
    if not access.is_municipal_side(case, request.user, Right.PUPIL_EDIT):
        log_refused(request.user, number)
        raise PermissionDenied
    return case


def _row(request, number, pk) -> tuple[Case, ExemptionClaim]:
    case = _own(request, number)
    row = get_object_or_404(case.claims.select_related("by", "judged_by").prefetch_related("letters"), pk=pk)
    row.case = case
    return case, row


def _address(row: ExemptionClaim) -> str:
    return reverse("claim", kwargs={"number": row.case.number, "pk": row.pk})


@signed_in(Right.PUPIL_EDIT)
def choose(request, number):
    """On what does it rest? Each ground has its own questions."""
    case = _own(request, number)
    log_form(request, case)
    return render(
        request, "cases/claims/claim_choose.html", {"case": case, "grounds": ExemptionClaim.GroundChoices.choices}
    )


@signed_in(Right.PUPIL_EDIT, methods=FORM)
def new(request, number, kind):
    """What came in, and when."""
    if kind not in list(Ground):
        raise Http404
    case = _own(request, number)
    log_form(request, case)
    return _edit(request, ExemptionClaim(case=case, ground=kind, by=request.user))


@signed_in(Right.PUPIL_EDIT, methods=FORM)
def edit(request, number, pk):
    """What was asked for meanwhile, or put right."""
    case, row = _row(request, number, pk)
    log_form(request, case)
    if not row.is_open:
        return too_late(request, case, JUDGED, _address(row), ClaimForm(instance=row))
    return _edit(request, row)


def _edit(request, row: ExemptionClaim):
    form = ClaimForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            saved = form.save()
            acts.save_claim(saved, by=request.user)
            messages.success(request, "Bewaard.")
            return redirect(_address(saved))
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    context = {
        "case": row.case,
        "form": form,
        "title": row.get_ground_display().capitalize(),
        "button": "Bewaren",
        "back": _address(row) if row.pk else "",
    }
    return show_form(request, "cases/dossier/form.html", context)


@signed_in(Right.PUPIL_EDIT)
def show(request, number, pk):
    """What must be there, by when, and what came of it?"""
    case, row = _row(request, number, pk)
    look_at(case, request.user, "claim_viewed", row=row.pk)
    today = timezone.localdate()
    return render(
        request,
        "cases/claims/claim.html",
        {
            "case": case,
            "row": row,
            "requirements": acts.requirements_of(row),
            "terms": terms_of(row, today),
            "look_again": look_again_on(row.first_day) if row.is_positive and row.ground != Ground.LEAVE else None,
        },
    )


@signed_in(Right.PUPIL_EDIT, methods=FORM)
def judge(request, number, pk):
    """Is it valid, or is it granted, until when, and what must be true to come back?"""
    case, row = _row(request, number, pk)
    log_form(request, case)
    form = JudgeForm(request.POST or None, row=row)
    if not row.is_open:
        return too_late(request, case, JUDGED, _address(row), form)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        row.version = data.pop("version")
        try:
            acts.judge(row, data.pop("outcome"), by=request.user, **data)
            messages.success(request, f"Vastgelegd: {row.get_state_display()}.")
            return redirect(_address(row))
        except Overtaken as problem:
            return too_late(request, case, str(problem), _address(row), form)
        except NotNow as problem:
            form.add_error(None, str(problem))
    title = "Besluiten" if row.is_decided else "Beoordelen"
    context = {"case": case, "form": form, "title": title, "button": "Vastleggen", "back": _address(row)}
    return show_form(request, "cases/dossier/form.html", context)


@signed_in(Right.PUPIL_EDIT, methods=FORM)
def told(request, number, pk):
    """On which day was the decision sent? Only where no letter of the dossier says it."""
    case, row = _row(request, number, pk)
    log_form(request, case)
    form = ToldForm(request.POST or None, instance=row)
    if problem := acts.not_to_tell(row):
        return too_late(request, case, problem, _address(row), form)
    if request.method == "POST" and form.is_valid():
        try:
            acts.record_sent(form.save(), by=request.user, on=form.cleaned_data["sent_on"])
            messages.success(request, "Bewaard. De termijn voor bezwaar loopt.")
            return redirect(_address(row))
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    context = {
        "case": case,
        "form": form,
        "title": "Wanneer is het besluit verzonden?",
        "button": "Bewaren",
        "back": _address(row),
    }
    return show_form(request, "cases/dossier/form.html", context)


@signed_in(Right.PUPIL_EDIT, methods=FORM)
def objection(request, number, pk):
    """Somebody objects to the decision; later: what came of that."""
    case, row = _row(request, number, pk)
    log_form(request, case)
    form = ObjectionForm(request.POST or None, instance=row)
    if not row.has_decision:
        return too_late(request, case, "Er is geen besluit, dus ook geen bezwaar.", _address(row), form)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            acts.object_to(form.save(), by=request.user, on=data["objected_on"], outcome=data["objection"])
            messages.success(request, "Bezwaar bewaard.")
            return redirect(_address(row))
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    context = {"case": case, "form": form, "title": "Bezwaar", "button": "Bewaren", "back": _address(row)}
    return show_form(request, "cases/dossier/form.html", context)


@signed_in(Right.PUPIL_EDIT)
def exemptions(request):
    """Which exemptions of art. 5 end this school year, or never: is it time to look again?"""
    today = timezone.localdate()
    found = running(request.user, today)
    log_look(request.user, "exemptions_listed", pupils={r.row.pupil_id for r in found})
    seen = Case.objects.visible_to(request.user).filter(pupil__in=[r.row.pupil_id for r in found]).order_by("pk")
    newest = dict(seen.values_list("pupil", "number"))
    look = look_again_on(today)
    return render(
        request,
        "cases/claims/exemptions.html",
        {
            "rows": [{"row": r.row, "number": newest.get(r.row.pupil_id), "goes_on": r.goes_on} for r in found],
            "look": look,
            "due": look <= today,
            "before": f"1 juli {school_year(today) + 1}",
        },
    )
