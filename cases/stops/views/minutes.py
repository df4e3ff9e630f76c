"""What is asked and was said about one child, and what was agreed about all of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.dossier import access
from cases.dossier.access import colleagues_for
from cases.dossier.forms import saved, show_form, too_late
from cases.dossier.rules import NotNow
from cases.dossier.saving import Overtaken
from cases.meetings.minutes import Owners, form_with_rows
from cases.sight.seats import sight_of
from cases.stops import acts
from cases.stops.access import may_bring
from cases.stops.doors import log_agenda, own_row, own_stop
from cases.stops.forms import StopCaseForm
from cases.stops.models import StopCase
from cases.stops.queries import rows_for
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.EXPORT, methods=FORM)
def stop_minutes(request, pk, row):
    """What is asked about one child; from its beginning also what was said and agreed."""
    row = own_row(request, pk, row)
    case = row.case
    if not may_bring(row.stop, request.user):
        raise PermissionDenied
    if not access.may_work(case, request.user) or not sight_of(case, request.user).course:
        raise PermissionDenied
    log_agenda(request, row.stop, [row])
    owners = Owners(case, request.user, colleagues_for(request.user, case))

    def make(data, initial):
        return StopCaseForm(data, instance=row, owners=owners, initial=initial)

    form, draft = form_with_rows(request, make)
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
        "agreements": case.tasks.filter(stop=row.stop).select_related("owner", "owner_organisation", "outsider"),
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
    log_agenda(request, stop, [r.row for r in rows])
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
            "tasks": tasks.select_related("case__pupil", "owner", "owner_organisation", "outsider"),
        },
    )
