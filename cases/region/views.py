"""The pages of a region: its numbers, and what it agreed."""

from django.shortcuts import render
from django.utils import timezone

from cases.agreements.doors import own_region
from cases.agreements.models import ActionPoint, Covenant, Mandate, RegionTerm
from cases.agreements.regions import gemeenten_of_mine
from cases.ladders import acts as ladders
from cases.region.queries import bottlenecks, children, gaps_in_words
from cases.steps.models import Ladder
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.REGION_VIEW)
def overview(request):
    """Stappenplan, termijnen, convenanten and mandaten of the own region, and what is missing in words."""
    today, user, region = timezone.localdate(), request.user, own_region(request)
    mandates = Mandate.objects.visible_to(user).filter(region=region)
    versions = list(Ladder.objects.visible_to(user).filter(region=region).order_by("-valid_from"))
    points = ActionPoint.objects.visible_to(user).filter(region=region, settled_on=None)
    context = {
        "region": region,
        "today": today,
        "ladder": ladders.in_force(region, today),
        "versions": versions,
        "holding": {row.pk for row in versions if not row.draft and row.holds_on(today)},
        "terms": _now_and_later(RegionTerm.objects.visible_to(user).filter(region=region), today),
        "covenants": Covenant.objects.visible_to(user).filter(region=region),
        "mandates": _now_and_later(mandates.select_related("person", "deputy", "organisation", "covenant"), today),
        "gaps": gaps_in_words(region, today),
        "open_points": points.count(),
        "late_points": points.filter(due_on__lt=today).count(),
    }
    return render(request, "cases/region/agreements.html", context)


def _now_and_later(rows, today) -> dict[str, list]:
    """What holds or will hold, and what ended."""
    found: dict[str, list] = {"now": [], "ended": []}
    for row in rows:
        found["ended" if row.valid_until and row.valid_until < today else "now"].append(row)
    return found


@signed_in(Right.REGION_VIEW)
def region(request):
    """How many children are at home in each gemeente of the region, and how long: numbers only."""
    today, codes = timezone.localdate(), gemeenten_of_mine(request.user)
    log_look(request.user, "region_counts")
    context = {**children(codes, today), "today": today, "stuck": bottlenecks(codes, today)}
    return render(request, "cases/region/region.html", context)
