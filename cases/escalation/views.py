"""Escalations to a samenwerkingsverband: propose, judge, answer; their page; who leads; and looking again later."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Avg, Count, F, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.clock.presentation import clock_of, deadlines_of
from cases.dossier import access
from cases.dossier.forms import form_with_draft, saved, show_form, too_late
from cases.dossier.rules import NotNow
from cases.escalation import acts
from cases.escalation import look_again as looking
from cases.escalation.forms import (
    ACCEPT,
    ASK,
    JudgeForm,
    LookAgainForm,
    ProposeForm,
    ReviewerForm,
    SayForm,
    reviewers_of,
)
from cases.escalation.models import Review
from cases.sight.doors import back_to, owned_case, with_course
from cases.sight.looks import look_at
from thuiszitters.core.log.audit import REFUSED, log_event, log_look
from thuiszitters.core.pages.doors import FORM, POST, signed_in
from thuiszitters.core.pages.forms import whole_number
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

HANDLED = "Dit kan nu niet. Misschien heeft een collega deze opschaling al behandeld."
WEEK = timedelta(days=7)
SHOWN_AFTERWARDS = timedelta(days=28)
LISTS = (
    ("voorgesteld", "Te beoordelen", (Review.State.PROPOSED,)),
    ("loopt", "Loopt bij ons", (Review.State.ACCEPTED,)),
    ("wacht", "Wacht op antwoord van een ander", (Review.State.ASKED_BACK,)),
    ("terug", "Teruggegeven in de laatste vier weken", (Review.State.RETURNED,)),
)


@signed_in(Right.CASE_WORK, methods=FORM)
def propose(request, number):
    """What do you ask of the samenwerkingsverband, and what was tried?"""
    case = with_course(request, number)
    own = access.own_organisation(case, request.user)

    def make(data, initial):
        return ProposeForm(data, instance=Review(case=case, from_organisation=own), initial=initial, case=case)

    form, draft = form_with_draft(request, make)
    if request.method == "POST" and form.is_valid():
        try:
            row = form.save(commit=False)
            acts.propose(row, by=request.user)
            saved(request)
            messages.success(request, f"Voorgesteld aan {row.to_organisation.name}.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": "Opschaling voorstellen", "button": "Voorstellen", "typing": True}
    if not form.fields["to_organisation"].queryset.exists():
        context["may_share"] = access.is_municipal_side(case, request.user)
        return show_form(request, "cases/escalation/propose_to_nobody.html", context)
    return show_form(request, "cases/dossier/form.html", context, draft=draft)


@signed_in(Right.REVIEW)
def inbox(request):
    """What must we judge, what runs with us, what waits for another?"""
    user, today = request.user, timezone.localdate()
    since = timezone.now() - SHOWN_AFTERWARDS
    rows = list(
        Review.objects.to_review_by(user)
        .filter(Q(state__in=Review.OPEN) | Q(state=Review.State.RETURNED, ended_at__gte=since))
        .select_related("case__pupil", "from_organisation", "to_organisation", "reviewer", "owner", "decided_by")
    )
    log_look(user, "reviews_listed", pupils=[r.case.pupil_id for r in rows])
    deadlines = deadlines_of(r.case_id for r in rows)
    items = [_row(r, deadlines[r.case_id], today) for r in rows]
    lists = [
        {"key": key, "title": title, "rows": [i for i in items if i["row"].state in states]}
        for key, title, states in LISTS
    ]
    return render(
        request,
        "cases/escalation/reviews.html",
        {"lists": lists, "week": _week(user), "today": today, "assign_form": ReviewerForm(reviewers=_reviewers(user))},
    )


def _row(review: Review, deadlines: list, today) -> dict:
    waits = (today - timezone.localdate(review.proposed_at)).days
    return {
        "row": review,
        "waits": waits,
        "clock": clock_of(review.case, deadlines, today),
        "late": bool(review.due_on and review.due_on < today),
    }


def _week(user) -> dict:
    """What came and went in the last seven days, and how many days an answer took."""
    since = timezone.now() - WEEK
    rows = Review.objects.to_review_by(user)
    counts = rows.aggregate(
        proposed=Count("pk", filter=Q(proposed_at__gte=since)),
        accepted=Count("pk", filter=Q(decided_at__gte=since, state__in=(Review.State.ACCEPTED, Review.State.FINISHED))),
        returned=Count("pk", filter=Q(decided_at__gte=since, state=Review.State.RETURNED)),
        finished=Count("pk", filter=Q(ended_at__gte=since, state=Review.State.FINISHED)),
        took=Avg(F("decided_at") - F("proposed_at"), filter=Q(decided_at__gte=since)),
    )
    counts["took"] = round(counts["took"] / timedelta(days=1)) if counts["took"] is not None else None
    return counts


def _reviewers(user):
    own = Organisation.objects.filter(pk__in=access_of(user).organisations_with(Right.REVIEW))
    return User.objects.filter(pk__in=[u.pk for o in own for u in reviewers_of(o)])


@signed_in(Right.REVIEW, methods=POST)
def assign(request):
    """Give the ticked proposals to a colleague."""
    chosen = [whole_number(text) for text in request.POST.getlist("beoordeling")]
    found = Review.objects.to_review_by(request.user).filter(pk__in=[pk for pk in chosen if pk is not None])
    rows = list(found.select_related("case", "to_organisation"))
    form = ReviewerForm(request.POST, reviewers=_reviewers(request.user))
    if not rows:
        messages.warning(request, "Kruis eerst een of meer voorstellen aan.")
    elif not form.is_valid():
        messages.warning(request, "Kies een collega uit de lijst.")
    elif not all(reviewers_of(r.to_organisation).filter(pk=form.cleaned_data["reviewer"].pk).exists() for r in rows):
        messages.warning(request, "Deze collega werkt niet voor elk van deze samenwerkingsverbanden.")
    else:
        count = acts.assign(rows, form.cleaned_data["reviewer"], by=request.user)
        name = form.cleaned_data["reviewer"].short_name
        messages.success(request, f"{count} {'voorstel' if count == 1 else 'voorstellen'} voor {name}.")
    return redirect("reviews")


@signed_in(Right.CASE_WORK, methods=FORM)
def review(request, pk):
    """One proposal: judged by the samenwerkingsverband, answered or withdrawn by who proposed it."""
    rows = Review.objects.visible_to(request.user).select_related(
        "case__pupil__municipality",
        "case__handler",
        "case__municipality",
        "to_organisation",
        "from_organisation",
        "owner",
        "proposed_by",
        "step",
        "pause",
    )
    row = rows.filter(pk=pk).first()
    if not row:
        log_event("refused", by=request.user, result=REFUSED, about="opschaling")
        raise Http404
    look_at(row.case, request.user, "review_viewed", row=row.pk)
    judges = Review.objects.to_review_by(request.user).filter(pk=pk).exists()
    owns = Review.objects.asked_by_side_of(request.user).filter(pk=pk).exists()
    form = _form(request, row, judges=judges, owns=owns)
    if request.method == "POST" and not form:
        return too_late(request, row.case, HANDLED, reverse("review", kwargs={"pk": pk}))
    if request.method == "POST" and form.is_valid():
        try:
            done = _act(request, row, form)
            messages.success(request, done)
            return redirect("reviews") if judges else redirect("case", number=row.case.number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    return render(
        request,
        "cases/escalation/review.html",
        _shown(row, form, judges, owns),
        status=422 if form and form.errors else 200,
    )


def _form(request, row: Review, *, judges: bool, owns: bool):
    """The form for who has to act now; None for everybody else, and when nothing is left to do."""
    data = request.POST or None
    if judges and row.state == Review.State.PROPOSED:
        return JudgeForm(data, review=row, user=request.user)
    if judges and row.state == Review.State.ACCEPTED:
        return SayForm(data, label="Wat kwam eruit?")
    if owns and row.state == Review.State.ASKED_BACK:
        return SayForm(data, label="Reden" if data and "intrekken" in data else "Uw antwoord")
    if owns and row.state == Review.State.PROPOSED:
        return SayForm(data, label="Waarom trekt u dit in?")
    return None


def _act(request, row: Review, form) -> str:
    by, text = request.user, form.cleaned_data["text"]
    if isinstance(form, JudgeForm):
        return _judge(row, form.cleaned_data, by)
    if row.state == Review.State.ACCEPTED:
        acts.finish(row, by=by, outcome=text)
        return "Opschaling afgerond."
    if row.state == Review.State.PROPOSED or "intrekken" in request.POST:
        acts.withdraw(row, by=by, reason=text)
        return "Opschaling ingetrokken."
    acts.answer(row, by=by, text=text)
    return "Antwoord verstuurd."


def _judge(row: Review, data: dict, by) -> str:
    if data["act"] == ACCEPT:
        acts.accept(row, by=by, owner=data["owner"], due_on=data["due_on"], text=data["text"], lead=data["lead"])
        return "Aangenomen. Het staat bij uw lopende opschalingen."
    if data["act"] == ASK:
        acts.ask_back(row, by=by, question=data["text"])
        return "Uw vraag is gesteld. Het stappenplan wacht op het antwoord."
    acts.give_back(row, by=by, reason=data["text"])
    return "Teruggegeven, met uw reden."


def _shown(row: Review, form, judges: bool, owns: bool) -> dict:
    today = timezone.localdate()
    deadlines = deadlines_of([row.case_id])[row.case_id]
    return {
        "case": row.case,
        "row": row,
        "form": form,
        "judges": judges,
        "owns": owns,
        "pupil": row.case.pupil,
        "clock": clock_of(row.case, deadlines, today),
        "waits": (today - timezone.localdate(row.proposed_at)).days,
        "said": row.messages.select_related("by", "organisation"),
    }


@signed_in(Right.CASE_WORK, methods=POST)
def end_lead(request, number):
    """The gemeente leads again."""
    case = owned_case(request, number)
    if acts.end_lead(case, by=request.user):
        messages.success(request, "De gemeente voert weer de regie.")
    else:
        messages.warning(request, "De gemeente voerde de regie al.")
    return back_to(number, "mensen")


@signed_in(Right.CASE_WORK, methods=FORM)
def look_again(request, number):
    """Seen, nothing to do now: when do you look again?"""
    case = owned_case(request, number)
    form = LookAgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            looking.look_again(case, by=request.user, **form.cleaned_data)
            messages.success(request, "Bewaard. Op die dag komt het dossier vanzelf terug.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": "Gezien: later opnieuw kijken", "button": "Bewaren"}
    return show_form(request, "cases/dossier/form.html", context)
