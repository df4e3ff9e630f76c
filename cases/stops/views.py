"""Thuiszitterstop: plan it, choose dossiers, write down what was said, look back at what was agreed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.clock.presentation import clock_of, deadlines_of
from cases.dossier import access
from cases.dossier.access import colleagues_for
from cases.dossier.forms import form_with_draft, saved, show_form, too_late
from cases.dossier.rules import NotNow
from cases.dossier.saving import Overtaken
from cases.meetings.forms import CancelForm
from cases.meetings.minutes import Owners
from cases.sight.seats import sight_of
from cases.stops import acts
from cases.stops.forms import TERMS, StopCaseForm, StopForm, regions_for
from cases.stops.invitation import stop_file, stop_text
from cases.stops.models import Stop, StopCase
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import FORM, POST, signed_in
from thuiszitters.core.pages.forms import whole_number
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

MOST_SHOWN = 200
NOTHING_CHOSEN = "Kruis eerst aan welke dossiers op de agenda komen."
NOTHING_NEW = "Deze dossiers staan al op de agenda, of u kunt ze niet meer meenemen."


def own_stop(request, pk) -> Stop:
    return get_object_or_404(Stop.objects.visible_to(request.user).select_related("region", "organisation"), pk=pk)


@dataclass(frozen=True)
class AgendaRow:
    """A dossier on the agenda as one person sees it. `course`: whether what was said and agreed shows, which is of the
    course of events; `can_be_written`: whether the person may write that down."""

    row: StopCase
    course: bool
    can_be_written: bool


def rows_for(stop: Stop, user: User) -> tuple[list[AgendaRow], int]:
    """The dossiers on the agenda that this user may take along, and how many there are beside these."""
    mine = acts.candidates_ever(user).filter(stops__stop=stop).values("pk")
    rows = list(stop.cases.filter(case__in=mine).select_related("case__pupil", "case__municipality", "stop"))
    told = acts.told_of(stop, user)
    writes = set(acts.writable(user).filter(stops__stop=stop).values_list("pk", flat=True))
    seen = [AgendaRow(row, row.case_id in told, row.case_id in told & writes) for row in rows]
    return seen, stop.cases.count() - len(seen)


@signed_in(Right.EXPORT)
def stop_list(request):
    """Which Thuiszitterstops are to come, and which were there?"""
    rows = Stop.objects.visible_to(request.user).select_related("region")
    return render(request, "cases/stops/stops.html", {"rows": rows, "may_plan": regions_for(request.user).exists()})


@signed_in(Right.EXPORT, methods=FORM)
def stop_edit(request, pk=None):
    """Plan one, or change one that is planned."""
    stop = own_stop(request, pk) if pk else None
    organisation = access_of(request.user).organisation_with(Right.EXPORT)

    def make(data, initial):
        row = stop or Stop(organisation=organisation)
        return StopForm(data, instance=row, regions=regions_for(request.user), initial=initial)

    form, draft = form_with_draft(request, make)
    if request.method == "POST" and form.is_valid():
        try:
            row = form.save()
            acts.save_stop(row, by=request.user)
            saved(request)
            messages.success(request, "De Thuiszitterstop is bewaard.")
            return redirect("stop", pk=row.pk)
        except NotNow as problem:
            form.add_error(None, str(problem))
            if isinstance(problem, Overtaken):
                form.look_again()
    title = "Thuiszitterstop wijzigen" if pk else "Thuiszitterstop plannen"
    context = {"form": form, "stop": stop, "title": title, "button": "Bewaren"}
    return show_form(request, "cases/stops/stop_form.html", context, draft=draft)


@signed_in(Right.EXPORT, methods=FORM)
def stop_cancel(request, pk):
    stop = own_stop(request, pk)
    form, draft = form_with_draft(request, lambda data, initial: CancelForm(data, initial=initial))
    form.fields["because"].help_text = ""
    if request.method == "POST" and form.is_valid():
        try:
            acts.cancel_stop(stop, because=form.cleaned_data["because"], by=request.user)
            saved(request)
            messages.success(request, "De Thuiszitterstop is afgezegd. Stuur de afzegging aan wie u had uitgenodigd.")
            return redirect("stop", pk=pk)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"form": form, "stop": stop, "title": "Thuiszitterstop afzeggen", "button": "Afzeggen"}
    return show_form(request, "cases/stops/stop_form.html", context, draft=draft)


@signed_in(Right.EXPORT)
def stop(request, pk):
    """The agenda: which children, what is asked, how it went since the last time."""
    stop, today = own_stop(request, pk), timezone.localdate()
    rows, hidden = rows_for(stop, request.user)
    _log(request, stop, [r.row for r in rows])
    running = deadlines_of([r.row.case_id for r in rows])
    before = acts.last_before(stop, request.user)
    since = acts.since_last([r.row for r in rows], before)
    return render(
        request,
        "cases/stops/stop.html",
        {
            "stop": stop,
            "hidden": hidden,
            "last_batch": len(acts.last_batch(stop, request.user)),
            "before": before,
            "today": today,
            "rows": [
                {
                    "row": r.row,
                    "course": r.course,
                    "can_be_written": r.can_be_written,
                    "clock": clock_of(r.row.case, running[r.row.case_id], today),
                    "since": since.get(r.row.case_id) if r.course else None,
                }
                for r in rows
            ],
            "invitation": stop_text(stop) if stop.is_planned and not stop.has_begun else "",
            "agreed": stop.tasks.filter(case__in=[r.row.case_id for r in rows if r.course]).count(),
        },
    )


def _log(request, stop: Stop, rows: Sequence[StopCase]) -> None:
    log_look(request.user, "stop_viewed", pupils=[r.case.pupil_id for r in rows], row=stop.pk)


@signed_in(Right.EXPORT)
def stop_invitation(request, pk):
    """The file for an agenda; no child is named in it."""
    stop = own_stop(request, pk)
    method = "CANCEL" if stop.is_cancelled else "REQUEST"
    response = HttpResponse(stop_file(stop), content_type=f"text/calendar; charset=utf-8; method={method}")
    response["Content-Disposition"] = f'attachment; filename="thuiszitterstop-{stop.on}.ics"'
    return response


@signed_in(Right.EXPORT, methods=FORM)
def stop_choose(request, pk):
    """Put dossiers on the agenda: by hand, or all of a filter."""
    stop, today = own_stop(request, pk), timezone.localdate()
    term = request.GET.get("termijn", "") if request.GET.get("termijn") in TERMS else ""
    found = acts.candidates(request.user).exclude(pk__in=stop.cases.values("case"))
    if term:
        found = found.filter(pk__in=acts.longer_than(term, today).values("case"))
    if request.method == "POST":
        chosen = {n for text in request.POST.getlist("dossier") if (n := whole_number(text)) is not None}
        wanted = list(found if "alle" in request.POST else found.filter(pk__in=chosen))
        if wanted and _add(request, stop, wanted):
            return redirect("stop", pk=pk)
        if not wanted:
            messages.warning(request, NOTHING_NEW if chosen or "alle" in request.POST else NOTHING_CHOSEN)
    total = found.count()
    cases = list(found.select_related("pupil", "municipality")[:MOST_SHOWN])
    log_look(request.user, "stop_candidates", pupils=[c.pupil_id for c in cases], row=stop.pk)
    running = deadlines_of([c.pk for c in cases])
    return render(
        request,
        "cases/stops/stop_choose.html",
        {
            "stop": stop,
            "terms": TERMS,
            "term": term,
            "total": total,
            "rows": [{"case": c, "clock": clock_of(c, running[c.pk], today)} for c in cases],
        },
        status=422 if request.method == "POST" else 200,
    )


def _add(request, stop: Stop, wanted) -> bool:
    try:
        many = acts.add_cases(stop, wanted, by=request.user)
    except NotNow as problem:
        messages.error(request, str(problem))
        return False
    messages.success(request, "1 dossier toegevoegd." if many == 1 else f"{many} dossiers toegevoegd.")
    return True


def _row(request, pk, row_pk) -> StopCase:
    stop = own_stop(request, pk)
    mine = acts.candidates_ever(request.user).values("pk")
    row = stop.cases.filter(case__in=mine, pk=row_pk).select_related("case__pupil", "case__handler", "stop").first()
    if not row:
        raise Http404("Dit dossier staat niet op deze agenda.")
    return row


@signed_in(Right.EXPORT, methods=POST)
def stop_off(request, pk, row):
    """Take a dossier off the agenda."""
    try:
        acts.take_off(_row(request, pk, row), by=request.user)
    except NotNow as problem:
        messages.warning(request, str(problem))
    return redirect("stop", pk=pk)


@signed_in(Right.EXPORT, methods=POST)
def stop_undo(request, pk):
    """Take the last ones that came together off the agenda again."""
    many = acts.take_off_batch(own_stop(request, pk), by=request.user)
    if many:
        messages.success(request, f"{many} dossiers zijn weer van de agenda.")
    return redirect("stop", pk=pk)


@signed_in(Right.EXPORT, methods=POST)
def stop_move(request, pk, row, way):
    """One place up or down on the agenda."""
    acts.move(_row(request, pk, row), way == "op", by=request.user)
    return redirect(f"{reverse('stop', args=[pk])}#dossier-{row}")


@signed_in(Right.EXPORT, methods=FORM)
def stop_minutes(request, pk, row):
    """What is asked about one child; from its beginning also what was said and agreed."""
    row = _row(request, pk, row)
    case = row.case
    if not access.may_work(case, request.user) or not sight_of(case, request.user).course:
        raise PermissionDenied
    _log(request, row.stop, [row])
    owners = Owners(case, request.user, colleagues_for(request.user, case))

    def make(data, initial):
        return StopCaseForm(data, instance=row, owners=owners, initial=initial)

    form, draft = form_with_draft(request, make)
    if request.method == "POST" and form.is_valid():
        try:
            acts.save_minutes(form.save(), form.agreements, by=request.user)
            saved(request)
            told = " De afspraken staan bij wie ze uitvoert." if form.agreements else ""
            messages.success(request, f"Bewaard.{told}")
            return redirect(_next(request, row))
        except Overtaken as problem:
            form.add_error(None, str(problem))
            form.look_again()
        except NotNow as problem:
            return too_late(request, case, str(problem), reverse("stop", args=[pk]), form=form)
    context = {
        "form": form,
        "row": row,
        "case": case,
        "stop": row.stop,
        "agreements": case.tasks.filter(stop=row.stop).select_related("owner", "owner_organisation"),
    }
    return show_form(request, "cases/stops/stop_minutes.html", context, draft=draft)


def _next(request, row: StopCase) -> str:
    """During the meeting: on to the next child."""
    rows, _ = rows_for(row.stop, request.user)
    writable = [r.row for r in rows if r.can_be_written]
    after = [r for r in writable if (r.position, r.pk) > (row.position, row.pk)]
    if "volgende" in request.POST and after:
        return reverse("stop-minutes", args=[row.stop_id, after[0].pk])
    return reverse("stop", args=[row.stop_id])


@signed_in(Right.EXPORT)
def stop_recap(request, pk):
    """Afterwards: who does what before when, and what is done already."""
    stop = own_stop(request, pk)
    rows, hidden = rows_for(stop, request.user)
    _log(request, stop, [r.row for r in rows])
    told = [r.row.case_id for r in rows if r.course]
    open_first = F("done_on").desc(nulls_first=True), "due_on", "pk"
    tasks = stop.tasks.filter(case__in=told).order_by(*open_first)
    return render(
        request,
        "cases/stops/stop_recap.html",
        {
            "stop": stop,
            "hidden": hidden + len(rows) - len(told),
            "today": timezone.localdate(),
            "tasks": tasks.select_related("case__pupil", "owner", "owner_organisation"),
        },
    )
