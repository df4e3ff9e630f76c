"""What waits for me."""

from django.shortcuts import render
from django.utils import timezone

from cases.worklist.waiting import waiting_for
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.CASE_VIEW)
def waiting(request):
    """What waits for me? Numbers only; the lists behind them show the children and log that."""
    today = timezone.localdate()
    rows = waiting_for(request.user, today)
    log_look(request.user, "waiting_viewed")
    return render(request, "cases/worklist/waiting.html", {"rows": rows, "today": today})
