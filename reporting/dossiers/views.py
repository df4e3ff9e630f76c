"""Choosing what of a dossier becomes a paper, and making it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.dossier.forms import form_with_draft, saved, show_form
from cases.dossier.models import Case
from cases.sight.doors import visible_case
from cases.sight.looks import look_at
from cases.sight.seats import Sight
from reporting.dossiers.coarse import alike, alike_in_words, kind_of
from reporting.dossiers.forms import DossierForm
from reporting.dossiers.making import Order, dossier_pdf
from reporting.dossiers.readers import reader_at, readers_of
from reporting.papers.doors import as_file, check_still_seen, may_take_along
from reporting.papers.left_out import left_out
from reporting.papers.variants import VARIANTS, sight_for
from reporting.pdf.render import RenderFailed
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.EXPORT, methods=FORM)
def dossier_paper(request, number, reader):
    """Why, and which parts; beside it what stays out. Sent: the PDF."""
    case = visible_case(request, number)
    own = may_take_along(request, case)
    reader = reader_at(reader, case, request.user)
    if not reader:
        return redirect("dossier-paper", number=number)
    sight = sight_for(reader.variant, case, own, organisation=reader.organisation, guardian=reader.guardian)

    def make(data, initial):
        return DossierForm(data, initial=initial, reader=reader, case=case, sight=sight)

    form, draft = form_with_draft(request, make)
    if request.method == "POST" and form.is_valid():
        return _make(request, case, own, form.order())
    look_at(case, request.user, "entry_form", form="dossier-paper")
    context = {
        "careful": "" if reader.info.named else _how_few(case, request.user),
        "case": case,
        "form": form,
        "variant": reader.info,
        "left_out": left_out(reader.variant, case, sight),
        "recipient": reader.recipient,
    }
    return show_form(request, "reporting/dossiers/dossier_paper.html", context, draft=draft)


def _how_few(case: Case, user) -> str:
    """Whether somebody could recognise the child among the others that this user sees in its gemeente."""
    there = Case.objects.visible_to(user).open().filter(municipality=case.municipality_id).select_related("pupil")
    today = timezone.localdate()
    return alike_in_words(alike(there, today)[kind_of(case, today)]) if case.home_since else ""


@signed_in(Right.EXPORT)
def choose(request, number):
    """For whom is it?"""
    case = visible_case(request, number)
    may_take_along(request, case)
    look_at(case, request.user, "entry_form", form="dossier-paper")
    return render(
        request, "reporting/dossiers/dossier_choose.html", {"case": case, "readers": readers_of(case, request.user)}
    )


def _make(request, case: Case, before: Sight, order: Order):
    try:
        paper, content = dossier_pdf(case, order, by=request.user)
    except RenderFailed as problem:
        messages.error(request, str(problem))
        return redirect("case", number=case.number)
    check_still_seen(request, case, before)
    saved(request)
    numbered = VARIANTS[order.variant].numbered
    return as_file(content, f"dossier-{case.number}" if numbered else f"{order.variant}-{paper.number}")
