"""Questions between organisations: ask to take part, hand over, answer, take back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.dossier import access
from cases.dossier.forms import show_form
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.parts.matrix import PARTS, SHAREABLE
from cases.sharing import asking
from cases.sharing.forms import AnswerForm, HandOverForm, ReferralForm
from cases.sharing.handing_over import fields_of_both
from cases.sharing.models import Referral
from cases.sharing.queries import is_pupil_of, own_pupils
from cases.sight.doors import owned_case
from cases.sight.event import day_of
from thuiszitters.core.dates import age_on
from thuiszitters.core.log.audit import REFUSED, log_event, log_look
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right

PER_PAGE = 25


@signed_in(Right.CASE_WORK)
def inbox(request):
    """What waits for an answer of us, and what we asked."""
    rows = Referral.objects.visible_to(request.user)
    rows = rows.select_related("case__pupil", "to_organisation", "from_organisation", "asked_by")
    to_answer = list(rows.to_answer_by(request.user).order_by("asked_at"))
    asked = Paginator(rows.asked_by_side_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    log_look(request.user, "referrals_listed", pupils=[r.case.pupil_id for r in [*to_answer, *asked]])
    today = timezone.localdate()
    known = own_pupils(to_answer, today)
    waiting = [
        {"row": r, "pupil": r.case.pupil if r.pk in known else None, "days": (today - day_of(r.asked_at)).days}
        for r in to_answer
    ]
    return render(request, "cases/sharing/referrals.html", {"to_answer": waiting, "asked": asked})


@signed_in(Right.CASE_WORK, methods=FORM)
def refer(request, number):
    """Ask an organisation to take part; it says yes or no."""
    return _ask(request, number, ReferralForm, Referral.Kind.REFER, "Vragen om mee te doen")


@signed_in(Right.CASE_WORK, methods=FORM)
def hand_over(request, number):
    """Ask another gemeente to take the dossier over, with its history."""
    return _ask(request, number, HandOverForm, Referral.Kind.HAND_OVER, "Dossier overdragen")


def _ask(request, number, form_class, kind, title):
    case = owned_case(request, number)
    own = access.own_organisation(case, request.user)
    instance = Referral(case=case, kind=kind, from_organisation=own, from_municipality=case.municipality)
    form = form_class(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        try:
            row = form.save(commit=False)
            asking.ask(row, by=request.user)
            messages.success(request, f"De vraag is gesteld aan {row.to_organisation.name}.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": title, "button": "Versturen"}
    return show_form(request, "cases/dossier/form.html", context)


@signed_in(Right.CASE_WORK, methods=FORM)
def referral(request, pk):
    """One question. Who has to answer sees what is needed for that, and no more."""
    rows = Referral.objects.visible_to(request.user)
    row = rows.select_related("case__pupil__municipality", "to_organisation", "from_organisation").filter(pk=pk).first()
    if not row:
        log_event("refused", by=request.user, result=REFUSED, about="verzoek")
        raise Http404
    answers = Referral.objects.to_answer_by(request.user).filter(pk=pk).exists()
    asks = Referral.objects.asked_by_side_of(request.user).filter(pk=pk).exists()
    form = AnswerForm(request.POST or None)
    log_look(request.user, "referral_viewed", pupils=[row.case.pupil_id], case_number=row.case.number, row=row.pk)
    if request.method == "POST" and form.is_valid():
        try:
            if answer := _act(request, row, form.cleaned_data["answer"], answers=answers, asks=asks):
                return answer
        except NotNow as problem:
            form.add_error(None, str(problem))
    return render(
        request,
        "cases/sharing/referral.html",
        _shown(request.user, row, form, answers, asks),
        status=422 if form.errors else 200,
    )


def _act(request, row: Referral, answer: str, *, answers: bool, asks: bool):
    if "terug" in request.POST and asks:
        asking.take_back(row, by=request.user)
        messages.success(request, "De vraag is teruggenomen.")
        return redirect("referrals")
    if "ja" in request.POST and answers:
        case = asking.accept(row, by=request.user, answer=answer)
        done = "Het dossier is nu van uw gemeente." if row.is_hand_over else "Uw organisatie doet nu mee."
        messages.success(request, done)
        return redirect("case", number=case.number)
    if "nee" in request.POST and answers:
        asking.reject(row, by=request.user, answer=answer)
        messages.success(request, "Het verzoek is afgewezen.")
        return redirect("referrals")
    if {"ja", "nee", "terug"} & set(request.POST):
        if not row.is_open:
            raise NotNow("Dit verzoek is al beantwoord of teruggenomen.")
        raise PermissionDenied
    return None


def _shown(user, row: Referral, form, answers: bool, asks: bool) -> dict:
    """For a hand-over who the child is, because the gemeente must know whether it lives there; for a question to take
    part only what is needed to say yes or no."""
    today, case = timezone.localdate(), row.case
    home = (today - case.home_since).days if case.home_since else None
    # Once it is answered the child shows only to who may open the dossier.
    opens = Case.objects.visible_to(user).filter(pk=case.pk).exists()
    own_pupil = answers and is_pupil_of(case.pupil_id, row.to_organisation, today)
    visible = opens or (row.is_open and answers and (row.is_hand_over or own_pupil))
    shown = opens or row.is_open
    return {
        "row": row,
        "form": form,
        "answers": answers and row.is_open,
        "asks": asks and row.is_open,
        "case": case,
        "pupil": case.pupil if visible else None,
        "shown": shown,
        "age": age_on(today, case.pupil.born),
        "home": home,
        # What differs, before somebody says yes: the gemeente that takes over may know the child already.
        "fields": fields_of_both(case, row) if answers and row.is_open and row.is_hand_over else [],
        "parts": [PARTS[p].word for p in SHAREABLE if p in row.parts] if not row.is_hand_over else [],
    }
