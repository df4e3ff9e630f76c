"""A talk: plan it, look at it, move it, call it off, put it in an agenda. What was said is a contact."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from cases.acting.access import may_on, owner_of_task
from cases.acting.doors import must_be_ours
from cases.acting.matrix import Act, May
from cases.dossier import access
from cases.dossier.forms import form_with_draft, saved, show_form
from cases.dossier.models import Case
from cases.dossier.rules import YOUTH_JOINS_AT, NotNow
from cases.sight.doors import course_to_read, with_course
from cases.sight.looks import look_at
from cases.sight.seats import sight_of
from cases.talks import acts
from cases.talks.forms import CallOffForm, TalkForm
from cases.talks.models import Talk
from cases.talks.words import talk_file, when, with_whom
from leerplicht.models import Guardian
from thuiszitters.core.dates import age_on
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.CASE_WORK, methods=FORM)
def plan(request, number):
    """With whom, when and where?"""
    case = with_course(request, number)
    row = Talk(case=case, organisation=access.own_organisation(case, request.user))
    return _form(request, case, row, "Gesprek plannen", "Plannen")


@signed_in(Right.CASE_WORK, methods=FORM)
def edit(request, number, pk):
    case, row = _to_write(request, number, pk)
    if not row.is_open:
        messages.warning(request, acts.OVER)
        return redirect("talk", number=number, pk=pk)
    return _form(request, case, row, "Gesprek verzetten", "Bewaren")


def _form(request, case: Case, row: Talk, title: str, button: str):
    parents = list(case.pupil.guardians.running())
    new = row.pk is None

    def make(data, initial):
        return TalkForm(data, instance=row, parents=parents, initial=(_asked(case, parents) if new else {}) | initial)

    form, draft = form_with_draft(request, make)
    if request.method == "POST" and form.is_valid():
        try:
            talk = form.save()
            if new:
                acts.plan(talk, form.people, by=request.user)
            else:
                acts.change(talk, form.people, by=request.user)
            saved(request)
            done = "Het gesprek is gepland en staat als stap op de lijst." if new else "Bewaard."
            messages.success(request, f"{done} Nodig nu uit, of zet het in uw agenda.")
            return redirect("talk", number=case.number, pk=talk.pk)
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    context = {"case": case, "form": form, "title": title, "button": button, "typing": True}
    return show_form(request, "cases/dossier/form.html", context, draft=draft)


def _asked(case: Case, parents) -> dict:
    """Whom one speaks first: each parent with gezag, and the child from 12."""
    return {
        "guardians": [g.pk for g in parents if g.gezag == Guardian.Gezag.YES],
        "child": age_on(timezone.localdate(), case.pupil.born) >= YOUTH_JOINS_AT,
    }


@signed_in(Right.CASE_VIEW)
def talk(request, number, pk):
    """When and where, and what can be done with it."""
    case, row = _to_read(request, number, pk)
    look_at(case, request.user, "talk_viewed", row=row.pk)
    sight = sight_of(case, request.user)
    works = case.is_open and sight.may(Right.CASE_WORK) and not sight.emergency
    mine = works and row.is_open and may_on(Act.EDIT_TASK, owner_of_task(row.task, case), sight) == May.ACT
    context = {
        "case": case,
        "row": row,
        "people": with_whom(row, row.guardians.all()),
        "when": when(row),
        "mine": mine,
        "may_letter": works,
        "can_take": not sight.emergency,
    }
    return render(request, "cases/talks/talk.html", context)


@signed_in(Right.CASE_WORK, methods=FORM)
def call_off(request, number, pk):
    case, row = _to_write(request, number, pk)
    form = CallOffForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.call_off(row, because=form.cleaned_data["because"], by=request.user)
            messages.success(request, "Het gesprek is afgezegd. Plan een nieuw gesprek, of spreek een andere stap af.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": "Gesprek afzeggen", "button": "Afzeggen"}
    return show_form(request, "cases/dossier/form.html", context)


@signed_in(Right.CASE_VIEW)
def invitation(request, number, pk):
    """The file for an agenda; no name in it. Not for who reads in an emergency: that is to read only."""
    case, row = _to_read(request, number, pk, takes_along=True)
    look_at(case, request.user, "talk_invitation", row=row.pk)
    method = "CANCEL" if row.is_cancelled else "REQUEST"
    response = HttpResponse(talk_file(row), content_type=f"text/calendar; charset=utf-8; method={method}")
    response["Content-Disposition"] = f'attachment; filename="gesprek-{number}.ics"'
    return response


def _to_write(request, number, pk) -> tuple[Case, Talk]:
    case = with_course(request, number)
    row = _row(case, pk)
    must_be_ours(request, Act.EDIT_TASK, owner_of_task(row.task, case), case)
    return case, row


def _to_read(request, number, pk, *, takes_along=False) -> tuple[Case, Talk]:
    case = course_to_read(request, number, takes_along=takes_along)
    return case, _row(case, pk)


def _row(case: Case, pk: int) -> Talk:
    rows = case.talks.select_related("organisation", "task__owner", "task__owner_organisation")
    row = get_object_or_404(rows.prefetch_related("guardians"), pk=pk)
    row.case = row.task.case = case
    return row
