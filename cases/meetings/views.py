"""Overleg over one child: plan it, look at it, change it, record what happened, call it off, invite."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.acting.access import may_on, owner_of_task
from cases.acting.doors import must_be_ours
from cases.acting.matrix import Act, May
from cases.dossier import access
from cases.dossier.access import colleagues_for
from cases.dossier.forms import done_too, form_with_draft, saved, show_form
from cases.dossier.models import Case, Task
from cases.dossier.rules import NotNow
from cases.dossier.saving import Overtaken
from cases.goals.models import Opinion
from cases.goals.panel import last_of
from cases.meetings import acts
from cases.meetings.forms import CancelForm, MeetingForm, WhoComesForm
from cases.meetings.invitation import invitation_file, invitation_text
from cases.meetings.minutes import MinutesForm, Owners, form_with_rows
from cases.meetings.models import Attendance, Meeting
from cases.meetings.rules import not_asked, owner_of_meeting, recorded_by
from cases.parts.matrix import Part
from cases.sight.doors import course_to_read, with_course
from cases.sight.looks import look_at
from cases.sight.signing import remember_people
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.pages.forms import whole_number
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User
from thuiszitters.core.words import long_date

HELD_ALREADY = "Dit overleg is al gehouden of afgezegd."


@signed_in(Right.CASE_WORK, methods=FORM)
def plan(request, number):
    """When, where, about what, and who is asked? After an earlier overleg (`?na=`) most of it stands there already."""
    return _plan(request, number, past=False, title="Overleg plannen", button="Plannen")


@signed_in(Right.CASE_WORK, methods=FORM)
def plan_past(request, number):
    """An overleg that was not planned here and is over: the same questions, then the record."""
    return _plan(request, number, past=True, title="Overleg achteraf vastleggen", button="Verder naar het verslag")


def _plan(request, number, *, past, title, button):
    case = with_course(request, number)
    own = access.own_organisation(case, request.user)
    before = _before(case, request)

    def make(data, initial):
        return MeetingForm(data, instance=Meeting(case=case, organisation=own), case=case, initial=before | initial)

    form, draft = form_with_draft(request, make)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = form.save(commit=False)
            acts.plan(meeting, form.people, past=past, by=request.user)
            saved(request)
            if past:
                return redirect("meeting-record", number=number, pk=meeting.pk)
            messages.success(request, "Het overleg is gepland. Stuur nu de uitnodiging.")
            return redirect("meeting", number=number, pk=meeting.pk)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": title, "button": button, "past": past, "row": None}
    return show_form(request, "cases/meetings/meeting_form.html", context, draft=draft)


def _before(case: Case, request) -> dict:
    """What a next overleg takes over from the one before."""
    pk = whole_number(request.GET.get("na", ""))
    row = case.meetings.filter(pk=pk).prefetch_related("people").first() if pk else None
    if not row:
        return {}
    asked = ["-".join(str(part) for part in p.key) for p in row.people.all() if p.key[0] != "vrij"]
    local = timezone.localtime(row.starts_at)
    return {
        "kind": row.kind,
        "on": row.next_on,
        "at": local.time(),
        "minutes": row.minutes,
        "place": row.place,
        "question": row.question,
        "ground": row.ground,
        "invited": asked,
    }


@signed_in(Right.CASE_WORK, methods=FORM)
def edit(request, number, pk):
    """Another time, place or guest. Who has the invitation gets a new one."""
    case, row = _to_write(request, number, pk)
    if not row.is_planned:
        return _over(request, row)
    must_be_ours(request, Act.EDIT_MEETING, owner_of_meeting(row), case)

    def make(data, initial):
        return MeetingForm(data, instance=row, case=case, initial=initial)

    form, draft = form_with_draft(request, make)
    if request.method == "POST" and form.is_valid():
        try:
            acts.change(form.save(), form.people, by=request.user)
            saved(request)
            messages.success(request, "Bewaard. Stuur de uitnodiging opnieuw.")
            return redirect("meeting", number=number, pk=pk)
        except NotNow as problem:
            _look_again(form, problem)
    context = {
        "case": case,
        "form": form,
        "title": f"{row.label} wijzigen",
        "button": "Bewaren",
        "past": False,
        "row": row,
    }
    return show_form(request, "cases/meetings/meeting_form.html", context, draft=draft)


@signed_in(Right.CASE_WORK, methods=FORM)
def record(request, number, pk):
    """Who was there, what was said, and who does what before when?"""
    case, row = _to_write(request, number, pk)
    if row.state == Meeting.State.CANCELLED or not row.has_begun:
        messages.warning(request, "Een verslag maakt u vanaf het moment dat het overleg begint.")
        return redirect("meeting", number=number, pk=pk)
    must_be_ours(request, Act.RECORD_MEETING, recorded_by(row), case)
    owners = Owners(case, request.user, colleagues_for(request.user, case))

    def make(data, initial):
        return MinutesForm(data, instance=row, case=case, owners=owners, initial=initial)

    form, draft = form_with_rows(request, make)
    if request.method == "POST" and form.is_valid():
        try:
            answered = acts.record(form.save(), form.people, form.agreements, by=request.user)
            saved(request)
            messages.success(
                request, "Het verslag is bewaard. De afspraken staan bij wie ze uitvoert." + done_too(answered)
            )
            return redirect("meeting", number=number, pk=pk)
        except NotNow as problem:
            _look_again(form, problem)
    context = {
        "case": case,
        "form": form,
        "row": row,
        "agreements": _agreements(row),
        "title": f"{row.label} vastleggen",
    }
    return show_form(request, "cases/meetings/minutes.html", context, draft=draft)


def _look_again(form, problem: NotNow) -> None:
    """Say what is wrong; when a colleague was first, with what that one saved beside the own text."""
    form.add_error(None, str(problem))
    if isinstance(problem, Overtaken):
        form.look_again()


@signed_in(Right.CASE_WORK, methods=FORM)
def cancel(request, number, pk):
    case, row = _to_write(request, number, pk)
    if not row.is_planned:
        return _over(request, row)
    must_be_ours(request, Act.CANCEL_MEETING, owner_of_meeting(row), case)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.cancel(row, because=form.cleaned_data["because"], by=request.user)
            messages.success(request, "Het overleg is afgezegd. Stuur de afzegging aan wie u had uitgenodigd.")
            return redirect("meeting", number=number, pk=pk)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": f"{row.label} afzeggen", "button": "Afzeggen"}
    return show_form(request, "cases/dossier/form.html", context)


@signed_in(Right.CASE_WORK)
def invitations(request):
    """On which invitations did we not say yet who comes?"""
    open_ = Attendance.objects.visible_to(request.user).unanswered()
    open_ = open_.select_related("meeting__case__pupil", "meeting__organisation", "organisation")
    rows = list(open_.order_by("meeting__starts_at", "pk"))
    log_look(request.user, "invitations_listed", pupils=[row.meeting.case.pupil_id for row in rows])
    return render(request, "cases/meetings/invitations.html", {"rows": rows})


@signed_in(Right.CASE_WORK, methods=FORM)
def who_comes(request, number, pk):
    """Do we come, or somebody else? Until the overleg begins the answer can be changed."""
    case, meeting = _to_read(request, number, pk)
    asked = _invitation_for(request.user, meeting)
    if not asked:
        raise PermissionDenied
    asked.meeting = meeting
    form = WhoComesForm(
        request.POST if request.method == "POST" else None,
        initial={"comes": asked.comes, "instead": asked.instead or str(request.user)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            acts.say_who_comes(asked, **form.cleaned_data, by=request.user)
            messages.success(request, f"Bewaard. {meeting.organisation.name} ziet uw antwoord.")
        except NotNow as problem:
            messages.warning(request, str(problem))
        return redirect("meeting", number=number, pk=pk)
    look_at(case, request.user, "meeting_viewed", row=meeting.pk)
    title = f"{meeting.label} van {long_date(meeting.on)}: komt u?"
    context = {"case": case, "form": form, "title": title, "button": "Versturen"}
    context |= {"note": f"Voor {asked.side}.", "back": reverse("meeting", args=[number, pk])}
    return show_form(request, "cases/dossier/form.html", context)


@signed_in(Right.CASE_VIEW)
def meeting(request, number, pk):
    """One overleg, with everything: who, what, and what was agreed."""
    case, row = _to_read(request, number, pk)
    sight = look_at(case, request.user, "meeting_viewed", row=row.pk)
    people = list(row.people.all())
    may_work = access.may_work(case, request.user) and case.is_open and sight.writes_in(Part.VERLOOP)
    return render(
        request,
        "cases/meetings/meeting.html",
        {
            "case": case,
            "row": row,
            "people": people,
            "asked": _asked(request.user, row),
            "agreements": _to_finish(row, sight) if may_work else [(task, False) for task in _agreements(row)],
            "may_work": may_work,
            "may_edit": may_work and may_on(Act.EDIT_MEETING, owner_of_meeting(row), sight) == May.ACT,
            "opinions": last_of(o for o in _opinions(row) if sight.sees_opinion(o.guardian_id)),
            "present": [p for p in people if p.was_there],
            "absent": [p for p in people if not p.was_there],
            "not_asked": not_asked(case, people, row.on),
            "today": timezone.localdate(),
            "may_record": may_work
            and row.has_begun
            and row.state != Meeting.State.CANCELLED
            and may_on(Act.RECORD_MEETING, recorded_by(row), sight) == May.ACT,
            "invitation": invitation_text(row) if row.is_planned and not row.has_begun else "",
            "can_take": not sight.emergency,
            "can_pdf": row.is_held and sight.may(Right.EXPORT) and not sight.emergency,
        },
    )


def _opinions(row: Meeting) -> QuerySet[Opinion]:
    """What parents and the child wrote about it who look along."""
    return row.opinions.select_related("guardian")


@signed_in(Right.CASE_VIEW)
def invitation(request, number, pk):
    """The file for an agenda; no name of the child in it. Not for who reads in an emergency: that is to read only."""
    case, row = _to_read(request, number, pk, takes_along=True)
    look_at(case, request.user, "meeting_invitation", row=row.pk)
    method = "CANCEL" if row.state == Meeting.State.CANCELLED else "REQUEST"
    response = HttpResponse(invitation_file(row), content_type=f"text/calendar; charset=utf-8; method={method}")
    response["Content-Disposition"] = f'attachment; filename="overleg-{number}.ics"'
    return response


def _to_write(request, number, pk) -> tuple[Case, Meeting]:
    case = with_course(request, number)
    rows = case.meetings.select_related("organisation").prefetch_related("people__organisation")
    row = get_object_or_404(rows, pk=pk)
    row.case = case
    return case, row


def _to_read(request, number, pk, *, takes_along=False) -> tuple[Case, Meeting]:
    case = course_to_read(request, number, takes_along=takes_along)
    rows = case.meetings.select_related("organisation", "by")
    row = get_object_or_404(rows.prefetch_related("people__organisation", "people__guardian"), pk=pk)
    row.case = case
    return case, row


def _invitation_for(user: User, row: Meeting) -> Attendance | None:
    """The invitation by another side to the organisation of this person; of several the one without an answer."""
    return Attendance.objects.visible_to(user).by_another_side().filter(meeting=row).order_by("comes", "pk").first()


def _asked(user: User, row: Meeting) -> Attendance | None:
    """That invitation as long as it can be answered."""
    if not row.is_planned or row.has_begun or Right.CASE_WORK not in access_of(user).rights:
        return None
    return _invitation_for(user, row)


def _agreements(row: Meeting) -> list:
    return list(row.tasks.select_related("owner", "owner_organisation", "outsider"))


def _to_finish(row: Meeting, sight) -> list[tuple[Task, bool]]:
    """What was agreed, and whether whoever looks may say that it is done."""
    case, tasks = row.case, _agreements(row)
    remember_people([case], {t.owner_id for t in tasks if t.owner_id})
    return [(t, may_on(Act.FINISH_TASK, owner_of_task(t, case), sight) == May.ACT) for t in tasks]


def _over(request, row: Meeting):
    messages.warning(request, HELD_ALREADY)
    return redirect("meeting", number=row.case.number, pk=row.pk)
