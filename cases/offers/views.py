"""A place that is offered: writing it down, showing it, moving it on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.acting.access import may_on
from cases.acting.doors import must_be_ours
from cases.acting.matrix import Act, May
from cases.dossier import access
from cases.dossier.forms import show_form, too_late
from cases.dossier.rules import NotNow
from cases.offers import acts, moves
from cases.offers.access import owner_of_offer
from cases.offers.forms import OfferForm, OfferMoveForm, TlvForm
from cases.offers.models import Offer
from cases.offers.states import FAILED, OFFER_MOVES, OfferState, find_offer_move
from cases.parts.matrix import Level
from cases.sight.doors import visible_case, with_course
from cases.sight.looks import log_refused, look_at
from cases.sight.seats import sight_of
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.pages.forms import whole_number
from thuiszitters.core.people.roles import Right


@signed_in(Right.CASE_WORK, methods=FORM)
def offer(request, number, pk=None):
    """Which place, for how many hours, and what must be there first?"""
    case = with_course(request, number)
    own = access.own_organisation(case, request.user)
    row = get_object_or_404(Offer, pk=pk, case=case) if pk else Offer(case=case, by=request.user, organisation=own)
    row.case = case
    if not pk:
        row.after = _before(case, request)
    sight = sight_of(case, request.user)
    ours = not pk or may_on(Act.EDIT_OFFER, owner_of_offer(row, case), sight) == May.ACT
    if not ours and sight.tlv < Level.WRITE:
        must_be_ours(request, Act.EDIT_OFFER, owner_of_offer(row, case), case)
    make = OfferForm if ours else TlvForm
    form = make(request.POST or None, instance=row, sight=sight)
    if request.method == "POST" and form.is_valid():
        try:
            saved = form.save()
            acts.save_offer(saved, by=request.user)
            messages.success(request, "Aanbod bewaard.")
            return redirect("offer", number=number, pk=saved.pk)
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    title = "Aanbod wijzigen" if pk else "Plek vragen of aanbieden"
    context = {"case": case, "form": form, "title": title, "button": "Bewaren", "offer": row if pk else None}
    template = "cases/offers/offer_form.html" if ours else "cases/dossier/form.html"
    return show_form(request, template, context)


def _before(case, request):
    """After which place that came to nothing this one is asked (`?na=`)."""
    pk = whole_number(request.GET.get("na", ""))
    return case.offers.filter(pk=pk, state__in=FAILED).first() if pk else None


@signed_in(Right.CASE_VIEW)
def show_offer(request, number, pk):
    """How does it stand with this place, and what comes next?"""
    case = visible_case(request, number)
    if not sight_of(case, request.user).course:
        log_refused(request.user, number)
        raise PermissionDenied
    row = get_object_or_404(case.offers.select_related("school", "organisation", "by", "after__school"), pk=pk)
    row.case = case
    sight = look_at(case, request.user, "offer_viewed", row=row.pk)
    works = case.is_open and access.may_work(case, request.user)
    owned = owner_of_offer(row, case)
    may_move = works and may_on(Act.MOVE_OFFER, owned, sight) == May.ACT
    owns = works and access.is_municipal_side(case, request.user)
    moves = [m for m in OFFER_MOVES if m.source == row.state and may_move]
    secure_from = _secure_from(row)
    if secure_from and secure_from > timezone.localdate():
        moves = [m for m in moves if m.target != OfferState.GEBORGD]
    return render(
        request,
        "cases/offers/offer.html",
        {
            "case": case,
            "offer": row,
            "sight": sight,
            "changes": row.changes.select_related("by"),
            "next_ones": row.next_ones.select_related("school"),
            "may_ask_next": works and row.state in FAILED,
            "moves": [m for m in moves if owns or not m.facts],
            "waits_for_owner": any(m.facts and not owns for m in moves),
            "may_work": works
            and not row.is_final
            and (may_on(Act.EDIT_OFFER, owned, sight) == May.ACT or sight.tlv >= Level.WRITE),
            "secure_from": secure_from,
        },
    )


def _secure_from(row: Offer):
    """The day to name on the page; None where there is none, or where it cannot be counted."""
    try:
        return moves.secure_from(row) if row.state == OfferState.VOLLEDIG else None
    except NotNow:
        return None


@signed_in(Right.CASE_WORK, methods=FORM)
def move_offer(request, number, pk, target):
    """The next state of an offer, with its day; what it says about the child is recorded by the gemeente."""
    case = with_course(request, number)
    row = get_object_or_404(case.offers.select_related("school", "organisation"), pk=pk)
    row.case = case
    if target not in list(OfferState):
        raise Http404
    move = find_offer_move(row.state, target)
    if not move:
        back = reverse("offer", kwargs={"number": number, "pk": pk})
        return too_late(request, case, "Dit kan nu niet. Misschien heeft een collega dit aanbod al bijgewerkt.", back)
    if move.facts and not access.is_municipal_side(case, request.user):
        log_refused(request.user, number)
        raise PermissionDenied
    must_be_ours(request, Act.MOVE_OFFER, owner_of_offer(row, case), case)
    form = OfferMoveForm(request.POST or None, move=move)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            acts.move_offer(row, target, by=request.user, on=data["on"], because=data["because"])
            messages.success(request, f"{row.place}: {row.info.word}.")
            return redirect("offer", number=number, pk=pk)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": f"{move.verb}: {row.place}", "button": "Bewaren"}
    return show_form(request, "cases/dossier/form.html", context)
