"""What blocks the way back, and the places that are offered."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from cases import permissions
from cases.forms.offers import BarrierForm, OfferForm, OfferMoveForm, SolveForm
from cases.forms.work import claim
from cases.models import Barrier, Offer
from cases.offers import OFFER_MOVES, OfferState, find_offer_move
from cases.policies import NotNow
from cases.services import offers
from cases.services.refusals import log_refused
from cases.sight import sight_of
from cases.views.doors import look_at, visible_case
from cases.views.steps import with_course
from cases.views.typing import show_form, too_late
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.CASE_WORK, methods=FORM)
def barrier(request, number, pk=None):
    """What holds it up, and who can take it away?"""
    case = with_course(request, number)
    own = permissions.own_organisation(case, request.user)
    row = get_object_or_404(Barrier, pk=pk, case=case) if pk else Barrier(case=case, by=request.user, organisation=own)
    row.case = case
    form = BarrierForm(request.POST or None, instance=row, case=case, own=own)
    if request.method == "POST" and form.is_valid():
        try:
            offers.save_barrier(claim(form), by=request.user)
            messages.success(request, "Belemmering bewaard.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    title = "Belemmering wijzigen" if pk else "Wat houdt het tegen?"
    return show_form(request, "cases/form.html", {"case": case, "form": form, "title": title, "button": "Bewaren"})


@signed_in(Right.CASE_WORK, methods=FORM)
def barrier_solved(request, number, pk):
    case = with_course(request, number)
    row = get_object_or_404(Barrier, pk=pk, case=case)
    row.case = case
    form = SolveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            offers.solve_barrier(row, by=request.user, on=form.cleaned_data["on"], how=form.cleaned_data["how"])
            messages.success(request, "Belemmering opgelost.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": f"Opgelost: {row.what}", "button": "Bewaren"}
    return show_form(request, "cases/form.html", context)


@signed_in(Right.CASE_WORK, methods=FORM)
def offer(request, number, pk=None):
    """Which place, for how many hours, and what must be there first?"""
    case = with_course(request, number)
    own = permissions.own_organisation(case, request.user)
    row = get_object_or_404(Offer, pk=pk, case=case) if pk else Offer(case=case, by=request.user, organisation=own)
    row.case = case
    form = OfferForm(request.POST or None, instance=row, sight=sight_of(case, request.user))
    if request.method == "POST" and form.is_valid():
        try:
            saved = claim(form)
            offers.save_offer(saved, by=request.user)
            messages.success(request, "Aanbod bewaard.")
            return redirect("offer", number=number, pk=saved.pk)
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    title = "Aanbod wijzigen" if pk else "Plek vragen of aanbieden"
    context = {"case": case, "form": form, "title": title, "button": "Bewaren", "offer": row if pk else None}
    return show_form(request, "cases/offer_form.html", context)


@signed_in(Right.CASE_VIEW)
def show_offer(request, number, pk):
    """How does it stand with this place, and what comes next?"""
    case = visible_case(request, number)
    if not sight_of(case, request.user).course:
        log_refused(request.user, number)
        raise PermissionDenied
    row = get_object_or_404(case.offers.select_related("school", "organisation", "by"), pk=pk)
    row.case = case
    sight = look_at(case, request.user, "offer_viewed", row=row.pk)
    works = case.is_open and permissions.may_work(case, request.user)
    owns = works and permissions.is_municipal_side(case, request.user)
    moves = [m for m in OFFER_MOVES if m.source == row.state and works]
    secure_from = _secure_from(row)
    if secure_from and secure_from > timezone.localdate():
        moves = [m for m in moves if m.target != OfferState.GEBORGD]
    return render(request, "cases/offer.html", {
        "case": case, "offer": row, "sight": sight,
        "changes": row.changes.select_related("by"), "moves": [m for m in moves if owns or not m.facts],
        "waits_for_owner": any(m.facts and not owns for m in moves), "may_work": works and not row.is_final,
        "secure_from": secure_from,
    })  # fmt: skip


def _secure_from(row: Offer):
    """The day to name on the page; None where there is none, or where it cannot be counted."""
    try:
        return offers.secure_from(row) if row.state == OfferState.VOLLEDIG else None
    except NotNow:
        return None


@signed_in(Right.CASE_WORK, methods=FORM)
def move_offer(request, number, pk, target):
    """The next state of an offer, with its day; what it says about the child is recorded by the gemeente."""
    case = with_course(request, number)
    row = get_object_or_404(case.offers.select_related("school"), pk=pk)
    row.case = case
    if target not in list(OfferState):
        raise Http404
    move = find_offer_move(row.state, target)
    if not move:
        back = reverse("offer", kwargs={"number": number, "pk": pk})
        return too_late(request, case, "Dit kan nu niet. Misschien heeft een collega dit aanbod al bijgewerkt.", back)
    if move.facts and not permissions.is_municipal_side(case, request.user):
        log_refused(request.user, number)
        raise PermissionDenied
    form = OfferMoveForm(request.POST or None, move=move)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            offers.move_offer(row, target, by=request.user, on=data["on"], because=data["because"])
            messages.success(request, f"{row.place}: {row.info.word}.")
            return redirect("offer", number=number, pk=pk)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": f"{move.verb}: {row.place}", "button": "Bewaren"}
    return show_form(request, "cases/form.html", context)
