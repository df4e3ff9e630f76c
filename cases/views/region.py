from django.shortcuts import render
from django.utils import timezone

from cases.region import bottlenecks, children, gemeenten_of_mine
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.REGION_VIEW)
def region(request):
    """How many children are at home in each gemeente of the region, and how long: numbers only."""
    today, codes = timezone.localdate(), gemeenten_of_mine(request.user)
    log_look(request.user, "region_counts")
    context = {**children(codes, today), "today": today, "stuck": bottlenecks(codes, today)}
    return render(request, "cases/region.html", context)
