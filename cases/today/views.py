"""The page where the day begins."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from cases.load.views import load_context
from cases.owners.queries import codes_to_divide
from cases.today import beside
from cases.today.administering import failed_jobs, in_numbers
from cases.today.lines import now_of
from cases.today.models import OutOfSight
from cases.today.week import week_of
from cases.worklist.waiting import waiting_for
from thuiszitters.core.jobs.models import Job
from thuiszitters.core.jobs.queue import try_again
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import POST, signed_in
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right


@signed_in()
def today(request):
    """What asks something of me today? Children by name, the most urgent first; then this week; then the rest."""
    user, day = request.user, timezone.localdate()
    rights = access_of(user).rights
    context = {"today": day, "rest": waiting_for(user, day)}  # each leads to exactly what it counts
    seen: set[int] = set()
    if Right.CASE_VIEW in rights:
        now = now_of(user, day, everything="alles" in request.GET)
        follows = beside.followed(user, day)
        seen = {line.pupil for line in now.lines if line.pupil} | {row.case.pupil_id for row in follows}
        context |= {"now": now, "followed": follows}
    if Right.CASE_WORK in rights:
        week = week_of(user, day)
        seen |= {entry.pupil for when in week for entry in when.entries}
        context |= {
            "week": week,
            "others": beside.waits_for_others(user, day),
            "replacing": beside.replacing(user, day),
        }
    if Right.REPORT_ENTER in rights and Right.REPORT_HANDLE not in rights:
        context["own_reports"] = reports = beside.own_reports(user)
        seen |= {report.pupil_id for report in reports}
    if Right.REGION_VIEW in rights:
        context["region_gaps"] = beside.gaps_of_region(user, day)
    if codes_to_divide(user):
        context |= load_context(user, day)
    if Right.ADMIN in rights or codes_to_divide(user):
        context["gaps"] = OutOfSight.objects.visible_to(user).filter(gone_at=None).count()
    if Right.ADMIN in rights:
        context |= {"numbers": in_numbers(user, day), "jobs": failed_jobs()}
    log_look(user, "waiting_viewed", pupils=sorted(seen))
    context["can_be_away"] = bool(access_of(user).municipalities_with(Right.CASE_WORK))
    context["can_enter"] = Right.REPORT_ENTER in rights
    return render(request, "cases/today/today.html", context)


@signed_in(Right.ADMIN, methods=POST)
def retry_job(request, pk):
    """Try work that failed once more."""
    if try_again(get_object_or_404(Job, pk=pk)):
        messages.success(request, "Dit werk wordt opnieuw geprobeerd.")
    return redirect("waiting")
