"""The agenda of a Thuiszitterstop: which children, in which order, and which come off it again."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.clock.presentation import clock_of, deadlines_of
from cases.dossier.rules import NotNow
from cases.stops import acts, ordering
from cases.stops.access import may_bring, may_plan
from cases.stops.doors import log_agenda, open_agenda, own_row, own_stop, planned_stop
from cases.stops.forms import SortForm
from cases.stops.invitation import stop_text
from cases.stops.models import Stop, StopCase
from cases.stops.queries import in_numbers, last_batch, last_before, rows_for, seen_by, since_last, untouched
from thuiszitters.core.pages.doors import POST, signed_in
from thuiszitters.core.pages.forms import whole_number
from thuiszitters.core.people.roles import Right
from thuiszitters.core.words import counted

NOTHING_TICKED = "Kruis eerst aan welke dossiers van de agenda gaan."
NOTHING_TO_UNDO = "Er is niets meer om ongedaan te maken."
NOT_A_PLACE = "{}: vul als plaats een getal in vanaf 1."


@signed_in(Right.EXPORT, Right.REGION_VIEW)
def stop(request, pk):
    """The agenda: which children, what is asked, how it went since the last time."""
    return _show(request, own_stop(request, pk))


def _show(request, stop: Stop, *, typed: Mapping[int, str] | None = None, wrong: Mapping[int, str] | None = None):
    """`typed`: the places as they were filled in; `wrong`: what is wrong with them. By row."""
    user, today, typed, wrong = request.user, timezone.localdate(), typed or {}, wrong or {}
    rows, hidden = rows_for(stop, user)
    log_agenda(request, stop, [r.row for r in rows])
    running = deadlines_of([r.row.case_id for r in rows])
    before, batch, plans = last_before(stop, user), last_batch(stop, user), may_plan(stop, user)
    since = since_last([r.row for r in rows], before)
    context = {
        "stop": stop,
        "hidden": hidden,
        "may_plan": plans and not stop.is_cancelled,
        "may_bring": may_bring(stop, user) and not stop.is_cancelled,
        "numbers": in_numbers(stop, user, today),
        "any_can_go": any(plans or r.own for r in rows if not r.row.discussed),
        "sort": SortForm(),
        "last_batch": batch if untouched(batch) and batch[0].batch else [],
        "before": before,
        "today": today,
        "wrong": [(row.row.pk, wrong[row.row.pk]) for row in rows if row.row.pk in wrong],
        "rows": [
            {
                "row": r.row,
                "course": r.course,
                "can_be_written": r.can_be_written,
                "can_go": (plans or r.own) and not r.row.discussed,
                "place": typed.get(r.row.pk, str(n)),
                "wrong": wrong.get(r.row.pk, ""),
                "clock": clock_of(r.row.case, running[r.row.case_id], today),
                "since": since.get(r.row.case_id) if r.course else None,
            }
            for n, r in enumerate(rows, start=1)
        ],
        "invitation": stop_text(stop) if stop.is_planned and not stop.has_begun else "",
        "agreed": stop.tasks.filter(case__in=[r.row.case_id for r in rows if r.course]).count(),
    }
    return render(request, "cases/stops/stop.html", context, status=422 if wrong else 200)


@signed_in(Right.EXPORT, methods=POST)
def stop_off(request, pk, row):
    """Take a dossier off the agenda."""
    try:
        acts.take_off(own_row(request, pk, row), by=request.user)
    except NotNow as problem:
        messages.warning(request, str(problem))
    return redirect("stop", pk=pk)


@signed_in(Right.EXPORT, methods=POST)
def stop_off_many(request, pk):
    """Take what is ticked off the agenda, in one act."""
    stop = open_agenda(request, pk)
    ticked = {n for text in request.POST.getlist("rij") if (n := whole_number(text)) is not None}
    rows = list(seen_by(stop, request.user).filter(pk__in=ticked).select_related("case__pupil", "stop"))
    if not rows:
        messages.warning(request, NOTHING_TICKED)
        return redirect("stop", pk=pk)
    try:
        _tell(request, acts.take_off_many(stop, rows, by=request.user))
    except NotNow as problem:
        messages.warning(request, str(problem))
    return redirect("stop", pk=pk)


def _tell(request, done: acts.TakenOff) -> None:
    if done.gone:
        words = counted(len(done.gone), "dossier is", "dossiers zijn")
        messages.success(request, f"{words} weer van de agenda.")
    if done.stay:
        names = ", ".join(row.case.pupil.name for row in done.stay)
        messages.warning(request, f"Hierover is al iets vastgelegd, dus dit blijft op de agenda: {names}.")


@signed_in(Right.EXPORT, methods=POST)
def stop_undo(request, pk):
    """Take the last ones that came together off the agenda again."""
    done = acts.take_off_batch(open_agenda(request, pk), _uuid(request.POST.get("keer", "")), by=request.user)
    if not done.gone and not done.stay:
        messages.warning(request, NOTHING_TO_UNDO)
    _tell(request, done)
    return redirect("stop", pk=pk)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@signed_in(Right.EXPORT, methods=POST)
def stop_move(request, pk, row, way):
    """One place up or down on the agenda."""
    moved = own_row(request, pk, row)
    at = ordering.move(moved, way == "op", by=request.user)
    messages.success(request, _now_at(moved, at))
    return redirect(_back_to(pk, row))


@signed_in(Right.EXPORT, methods=POST)
def stop_order(request, pk):
    """Put rows at the place that was filled in. Only what was changed moves: what a colleague did meanwhile stays."""
    stop = planned_stop(request, pk)
    rows = {row.pk: row for row in seen_by(stop, request.user).select_related("case__pupil")}
    typed = {n: request.POST.get(f"plaats_{n}", "").strip() for n in rows if f"plaats_{n}" in request.POST}
    changed = {n: text for n, text in typed.items() if text != request.POST.get(f"stond_{n}", "")}
    wrong = {n: NOT_A_PLACE.format(rows[n].case.pupil.name) for n, text in changed.items() if not whole_number(text)}
    if wrong:
        return _show(request, stop, typed=typed, wrong=wrong)
    placed = ordering.place(stop, {n: int(text) for n, text in changed.items()}, by=request.user)
    said = " ".join(_now_at(rows[n], at) for n, at in placed.items()) if len(placed) < 4 else "De volgorde is bewaard."
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"gezegd": said})
    messages.success(request, said or "De volgorde is niet veranderd.")
    return redirect(_back_to(pk, next(iter(placed), None)))


@signed_in(Right.EXPORT, Right.REGION_EDIT, methods=POST)
def stop_sort(request, pk):
    """The whole agenda in another order."""
    stop, form = planned_stop(request, pk), SortForm(request.POST)
    if form.is_valid():
        ordering.sort(stop, form.cleaned_data["op"], by=request.user)
        words = dict(form.fields["op"].choices)[form.cleaned_data["op"]]
        messages.success(request, f"De agenda staat nu op volgorde: {words}.")
    else:
        messages.warning(request, "Kies een volgorde uit de lijst.")
    return redirect(f"{reverse('stop', args=[pk])}#kinderen")


def _now_at(row: StopCase, at: int) -> str:
    return f"{row.case.pupil.name} staat nu op plaats {at}."


def _back_to(pk: int, row: int | None) -> str:
    """The row that moved gets the focus."""
    return f"{reverse('stop', args=[pk])}#{f'dossier-{row}' if row else 'kinderen'}"
