"""Closing a dossier, following a child that is back, and clocks that run without a dossier."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from cases.closing import acts
from cases.closing.forms import AnswerForm, CloseForm, FollowForm
from cases.closing.models import ClosingProposal
from cases.closing.queries import clocks_of, still_open
from cases.dossier.access import NotAllowed
from cases.dossier.models import Case
from cases.dossier.rules import NotNow, needs_second
from cases.owners.queries import codes_to_divide
from cases.sight.doors import owned_case
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right

ASKED = "Een collega krijgt de vraag of dit klopt. Tot die tijd blijft het dossier open."


@signed_in(Right.CASE_WORK, methods=FORM)
def close(request, number):
    """Close with a result, or ask a colleague to confirm it; first what is still open, and what becomes of it."""
    case, today = owned_case(request, number), timezone.localdate()
    waiting = still_open(case, today)
    sent = request.POST if request.method == "POST" else None
    form = CloseForm(sent, still_open=bool(waiting))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if needs_second(data["result"], at_home=acts.running_period(case) is not None):
                acts.propose(case, result=data["result"], because=data["because"], by=request.user)
                messages.success(request, ASKED)
            else:
                acts.close(case, result=data["result"], by=request.user, because=data["because"])
                messages.success(request, f"Dossier {case.number} is afgesloten.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "still_open": waiting, "can_follow": _can_follow(case)}
    return render(request, "cases/closing/close.html", context, status=422 if form.errors else 200)


def _can_follow(case: Case) -> bool:
    return case.is_open and acts.running_period(case) is not None


@signed_in(Right.CASE_WORK, methods=FORM)
def follow(request, number):
    """The child is back: since when, how it builds up, and what happens next."""
    case = owned_case(request, number)
    period = acts.running_period(case)
    sent = request.POST if request.method == "POST" else None
    known = case.pupil.returns.filter(trial=False, last_day=None).last()
    initial = {"first_day": known.first_day, "source": known.source} if known else {}
    form = FollowForm(sent, initial=initial, at_home_since=period.first_day if period else None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.follow(case, by=request.user, **form.cleaned_data)
            messages.success(request, "Vastgelegd. U krijgt stappen voor de eerste week, en na 4 en 12 weken.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    note = "De klok stopt pas na een hele lesweek. Valt het kind weer uit, dan loopt hij gewoon door."
    context = {"case": case, "form": form, "title": "Kind is terug: volgen", "button": "Vastleggen", "note": note}
    return render(request, "cases/dossier/form.html", context, status=422 if form.errors else 200)


@signed_in(Right.CASE_WORK)
def proposals(request):
    """Which dossiers does a colleague want to close while the clock runs?"""
    rows = ClosingProposal.objects.to_answer_by(request.user).select_related("case__pupil", "case__municipality", "by")
    log_look(request.user, "closing_proposals_listed", pupils=[row.case.pupil_id for row in rows])
    return render(request, "cases/closing/proposals.html", {"rows": rows})


@signed_in(Right.CASE_WORK, methods=FORM)
def proposal(request, pk):
    """Confirm that a dossier closes while the clock runs, or say why not."""
    rows = ClosingProposal.objects.visible_to(request.user).open().select_related("case__pupil", "by")
    row = get_object_or_404(rows, pk=pk)
    log_look(request.user, "closing_proposal_viewed", pupils=[row.case.pupil_id], case_number=row.case.number)
    sent = request.POST if request.method == "POST" else None
    form = AnswerForm(sent)
    if request.method == "POST" and form.is_valid() and not {"ja", "nee"} & set(request.POST):
        form.add_error(None, "Kies ja of nee.")
    if request.method == "POST" and form.is_valid():
        try:
            agreed = "ja" in request.POST
            acts.answer(row, agreed=agreed, words=form.cleaned_data["words"], by=request.user)
            messages.success(request, "Het dossier is afgesloten." if agreed else "Het dossier blijft open.")
            return redirect("case", number=row.case.number)
        except NotNow as problem:
            form.add_error("words", str(problem))
        except NotAllowed:
            form.add_error(None, "Uw eigen voorstel bevestigt een collega. U kunt het wel terugnemen.")
    context = {
        "row": row,
        "case": row.case,
        "form": form,
        "own": row.by_id == request.user.pk,
        "still_open": still_open(row.case, timezone.localdate()),
    }
    return render(request, "cases/closing/proposal.html", context, status=422 if form.errors else 200)


@signed_in(Right.CASE_WORK)
def clocks(request):
    """Of which children does the clock run while no dossier is open?"""
    if not codes_to_divide(request.user):
        raise PermissionDenied
    periods = list(clocks_of(request.user).select_related("pupil__municipality").order_by("clock_start", "pk"))
    cases = Case.objects.visible_to(request.user).filter(pupil__in=[p.pupil_id for p in periods])
    last = {case.pupil_id: case for case in cases.select_related("handler").order_by("closed_on", "pk")}
    log_look(request.user, "clocks_listed", pupils=[p.pupil_id for p in periods])
    today = timezone.localdate()
    rows = [(p, (today - p.first_day).days, last.get(p.pupil_id)) for p in periods]
    return render(request, "cases/closing/clocks.html", {"rows": rows})
