"""Who takes part in a dossier: sharing after a look at what the other will see, ending, consent."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from cases.course.summary import summary
from cases.course.timeline import timeline
from cases.course.whole import fetch_whole
from cases.dossier import access
from cases.dossier.forms import show_form
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.dossier.taking_part import Consent, Involvement
from cases.parts.matrix import LEVELS, PARTS, Level, Part
from cases.sharing import acts
from cases.sharing.forms import ConsentFields, ConsentForm, InvolvementForm, LeaveForm, may_take_part
from cases.sharing.rules import ROLES_OF_KIND, check_consent
from cases.sight.doors import back_to, owned_case, workable_case
from cases.sight.looks import look_at
from cases.sight.seats import sight_after_sharing
from thuiszitters.core.pages.doors import FORM, POST, signed_in
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right


@signed_in(Right.CASE_WORK, methods=FORM)
def involve(request, number):
    """Let another organisation take part. First the preview of what it will see, then the act."""
    case = owned_case(request, number)
    form = InvolvementForm(request.POST or None, instance=Involvement(case=case, added_by=request.user))
    consent_form = ConsentFields(request.POST or None)
    back = "anders" in request.POST  # from the preview to the form, with all that was chosen
    if request.method == "POST" and not back and _is_complete(case, form, consent_form):
        try:
            if "delen" in request.POST:
                return _share(request, case, form, consent_form)
            return _preview(request, case, form, consent_form)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "consent_form": consent_form}
    wrong = form.errors or consent_form.errors
    return render(request, "cases/sharing/involve.html", context, status=422 if wrong else 200)


def _is_complete(case: Case, form, consent_form) -> bool:
    """Consent is asked for where the ground or health needs it."""
    if not (form.is_valid() & consent_form.is_valid()):
        return False
    if not _needs_consent(form, consent_form):
        return True
    return consent_form.require() and _fits(case, consent_form)


def _needs_consent(form, consent_form) -> bool:
    return form.cleaned_data["ground"] == Involvement.Ground.CONSENT or consent_form.cleaned_data["health"]


def _fits(case: Case, form) -> bool:
    data = form.cleaned_data
    try:
        check_consent(case.pupil.born, data["given_on"], parents=data["by_parents"], youth=data["by_youth"])
    except NotNow as problem:
        form.add_error("by_parents", str(problem))
    return not form.errors


def _share(request, case, form, consent_form):
    row, consent = form.save(commit=False), None
    if _needs_consent(form, consent_form):
        own = access.own_organisation(case, request.user)
        consent = consent_form.consent(case, owner=own, recipient=row.organisation)
    acts.involve(row, by=request.user, consent=consent)
    messages.success(request, f"{row.organisation.name} doet nu mee in dit dossier.")
    return back_to(case.number, "mensen")


def _preview(request, case, form, consent_form):
    """The dossier as the other will see it, by the rules by which it will be shown."""
    data, organisation = form.cleaned_data, form.cleaned_data["organisation"]
    if case.involvements.running().filter(organisation=organisation).exists():
        raise NotNow(acts.ALREADY)
    fetch_whole([case])
    own = look_at(case, request.user, "sharing_previewed", organisation=organisation.pk)
    health = consent_form.cleaned_data["health"]
    sight = sight_after_sharing(case, organisation, ROLES_OF_KIND[organisation.kind], data["parts"], health, within=own)
    parts = [{"word": PARTS[p].word, "level": LEVELS[sight.at(p)], "seen": sight.at(p) > Level.NONE} for p in Part]
    context = summary(case, sight, timezone.localdate()).as_context() | {
        "form": form,
        "consent_form": consent_form,
        "organisation": organisation,
        "parts": parts,
        "events": timeline(case, sight),
        "with_consent": _needs_consent(form, consent_form),
    }
    return render(request, "cases/sharing/involve_preview.html", context)


@signed_in(Right.CASE_WORK, methods=FORM)
def leave(request, number):
    """A partner stops taking part, with a reason that the gemeente reads."""
    case = workable_case(request, number)
    own = access.acting_organisation(case, request.user)
    row = case.involvements.running().filter(organisation=own).first()
    if not row:
        raise PermissionDenied
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.end_involvement(row, by=request.user, because=form.cleaned_data["because"])
        messages.success(request, f"{own.name} doet niet meer mee in dossier {case.number}.")
        return redirect("worklist")
    context = {"case": case, "form": form, "title": "Niet meer meedoen", "button": "Stoppen"}
    return show_form(request, "cases/dossier/form.html", context)


@signed_in(Right.CASE_WORK, methods=POST)
def end_involvement(request, number, pk):
    case = owned_case(request, number)
    row = get_object_or_404(Involvement, pk=pk, case=case)
    if acts.end_involvement(row, by=request.user, because="beëindigd door de gemeente"):
        messages.success(request, f"{row.organisation.name} ziet dit dossier niet meer.")
    else:
        messages.warning(request, f"{row.organisation.name} deed al niet meer mee.")
    return back_to(number, "mensen")


@signed_in(Right.CASE_WORK, methods=FORM)
def consent(request, number):
    """Let another party in the dossier see what the own organisation recorded about health."""
    case = workable_case(request, number)
    own = access.acting_organisation(case, request.user)
    form = ConsentForm(request.POST or None, recipients=_other_parties(case, own))
    if request.method == "POST" and form.is_valid() and form.require() and _fits(case, form):
        try:
            row = form.consent(case, owner=own, recipient=form.cleaned_data["recipient"])
            acts.give_consent(row, by=request.user)
            messages.success(request, f"Toestemming vastgelegd. {row.recipient.name} ziet nu ook uw gegevens hierover.")
            return back_to(number, "mensen")
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": "Toestemming vastleggen", "button": "Vastleggen"}
    return show_form(request, "cases/dossier/form.html", context)


def _other_parties(case: Case, own: Organisation):
    """The gemeente that owns the dossier, and who takes part in it now."""
    taking_part = may_take_part(case).filter(pk__in=case.involvements.running().values("organisation"))
    gemeente = Organisation.objects.filter(kind=Organisation.Kind.GEMEENTE, code=case.municipality_id)
    municipal = own.kind in (Organisation.Kind.GEMEENTE, Organisation.Kind.REGIONAAL_BUREAU)
    return taking_part if municipal else (taking_part | gemeente).exclude(pk=own.pk)


@signed_in(Right.CASE_WORK, methods=POST)
def withdraw_consent(request, number, pk):
    """Who recorded a consent, or the gemeente, takes it back when it is withdrawn."""
    case = workable_case(request, number)
    row = get_object_or_404(Consent, pk=pk, case=case)
    own = access.acting_organisation(case, request.user)
    if row.withdrawn_at:
        raise Http404
    if own.pk != row.owner_id and not access.is_municipal_side(case, request.user):
        raise PermissionDenied
    acts.withdraw_consent(row, by=request.user)
    messages.success(request, "De toestemming is ingetrokken. Wat daarop rustte is niet meer te zien.")
    return back_to(number, "mensen")
