"""Choosing what of a dossier becomes a paper, and making it."""

from django.contrib import messages
from django.shortcuts import redirect, render

from cases.dossier.forms import form_with_draft, saved, show_form
from cases.dossier.models import Case
from cases.sight.doors import look_at, visible_case
from cases.sight.seats import Sight
from leerplicht.models import Guardian
from reporting.dossiers.forms import DossierForm
from reporting.dossiers.making import dossier_pdf
from reporting.papers.doors import as_file, check_still_seen, may_take_along
from reporting.papers.variants import VARIANTS, Variant, left_out, sight_for
from reporting.pdf.render import RenderFailed
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.pages.forms import whole_number
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right


@signed_in(Right.EXPORT, methods=FORM)
def dossier_paper(request, number, reader):
    """Why, and which parts; beside it what stays out. Sent: the PDF."""
    case = visible_case(request, number)
    own = may_take_along(request, case)
    variant, organisation, guardian = _chosen(request, case, reader)
    if variant is None:
        return redirect("dossier-paper", number=number)
    sight = sight_for(variant, case, own, organisation=organisation, guardian=guardian)

    def make(data, initial):
        return DossierForm(data, initial=initial, variant=variant, case=case, sight=sight)

    form, draft = form_with_draft(request, make)
    if request.method == "POST" and form.is_valid():
        order = form.order(organisation=organisation, guardian=guardian)
        return _make(request, case, own, order)
    look_at(case, request.user, "entry_form", form="dossier-paper")
    context = {
        "case": case,
        "form": form,
        "variant": VARIANTS[variant],
        "left_out": left_out(variant, case, sight),
        "recipient": organisation or guardian,
    }
    return show_form(request, "reporting/dossiers/dossier_paper.html", context, draft=draft)


def _chosen(request, case: Case, reader: str) -> tuple[Variant | None, Organisation | None, Guardian | None]:
    """The variant in the address, with whom it is for; nothing when it is not there or cannot be."""
    kind, _, pk = reader.partition("-")
    pk = whole_number(pk) or 0
    if kind not in Variant._value2member_map_:
        return None, None, None
    variant = Variant(kind)
    if variant == Variant.PARTNER:
        row = case.involvements.running().filter(organisation=pk).first()
        return (variant, row.organisation, None) if row and row.organisation_id not in _own(request) else (None,) * 3
    if variant == Variant.OUDERS:
        row = case.pupil.guardians.filter(until=None, pk=pk).first()
        return (variant, None, row) if row else (None,) * 3
    return variant, None, None


def _own(request) -> set[int]:
    return access_of(request.user).organisations_with(Right.EXPORT)


@signed_in(Right.EXPORT)
def choose(request, number):
    """For whom is it?"""
    case = visible_case(request, number)
    may_take_along(request, case)
    look_at(case, request.user, "entry_form", form="dossier-paper")
    partners = case.involvements.running().exclude(organisation__in=_own(request)).select_related("organisation")
    choices = [
        *[(v.value, VARIANTS[v].word, VARIANTS[v].for_whom) for v in (Variant.VOLLEDIG,)],
        *[
            (f"partner-{r.organisation_id}", f"voor {r.organisation.name}", VARIANTS[Variant.PARTNER].for_whom)
            for r in partners
        ],
        *[
            (f"ouders-{g.pk}", f"voor {g.name}, {g.relation}", _for_parent(g))
            for g in case.pupil.guardians.filter(until=None)
        ],
        *[(v.value, VARIANTS[v].word, VARIANTS[v].for_whom) for v in (Variant.PSEUDONIEM, Variant.AANTALLEN)],
    ]
    return render(request, "reporting/dossiers/dossier_choose.html", {"case": case, "choices": choices})


def _for_parent(guardian: Guardian) -> str:
    if guardian.gezag == Guardian.Gezag.YES:
        return VARIANTS[Variant.OUDERS].for_whom
    return f"{guardian.get_gezag_display()}: alleen feiten en data"


def _make(request, case: Case, before: Sight, order):
    try:
        paper, content = dossier_pdf(case, order, by=request.user)
    except RenderFailed as problem:
        messages.error(request, str(problem))
        return redirect("case", number=case.number)
    check_still_seen(request, case, before)
    saved(request)
    # The number of a dossier says of which gemeente it is: not for who may not know that, or who it is.
    own = order.variant in (Variant.VOLLEDIG, Variant.PARTNER)
    return as_file(content, f"dossier-{case.number}" if own else f"{order.variant}-{paper.number}")
