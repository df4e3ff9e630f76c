from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import render
from django.utils import timezone

from cases.models import Barrier, Case, Deadline
from cases.states import OPEN
from leerplicht.models import Municipality
from thuiszitters.core.access import access_of
from thuiszitters.core.audit import log_look
from thuiszitters.core.models import OrganisationLink
from thuiszitters.core.models.organisations import Period
from thuiszitters.core.roles import Right
from thuiszitters.core.views.access import signed_in


@signed_in(Right.REGION_VIEW)
def region(request):
    """How many children are at home in each gemeente of the region, and how long: numbers only."""
    today = timezone.localdate()
    codes = gemeenten_of_mine(request.user)
    names = dict(Municipality.objects.filter(code__in=codes).values_list("code", "name"))
    log_look(request.user, "region_counts")
    rows = [{"name": names[row["municipality"]], **row} for row in _counts(codes, today)]
    keys = ("open", "thuis", "weken4", "weken6", "maanden3", "vrij")
    total = {key: sum(row[key] for row in rows) for key in keys}
    context = {"rows": rows, "total": total, "today": today, "stuck": _bottlenecks(codes, today)}
    return render(request, "cases/region.html", context)


def gemeenten_of_mine(user) -> set[str]:
    """Codes of the gemeenten that belong today to a region of which the user sees the numbers."""
    regions = access_of(user).organisations_with(Right.REGION_VIEW)
    links = OrganisationLink.objects.filter(
        Period.covers(timezone.localdate()), kind="has_member", organisation__in=regions
    )
    return set(links.filter(other__kind="gemeente").values_list("other__code", flat=True))


def _bottlenecks(codes, today) -> list[dict]:
    """What holds children up in the region: per kind of barrier how many open dossiers, with whom, and how long the
    oldest. Numbers and organisations only."""
    barriers = Barrier.objects.filter(solved_on=None, case__municipality__in=codes, case__state__in=OPEN)
    found: dict[str, list[tuple]] = {}
    for kind, *rest in barriers.values_list("kind", "owner__name", "case", "asked_on"):
        found.setdefault(kind, []).append(tuple(rest))
    items = [
        {"kind": Barrier.Kind(kind).label, "dossiers": len({case for _, case, _ in rows}),
         "days": (today - min(on for *_, on in rows)).days, "owners": _by_owner(rows)}
        for kind, rows in found.items()
    ]  # fmt: skip
    return sorted(items, key=lambda item: (-item["dossiers"], item["kind"]))


def _by_owner(rows: list[tuple]) -> list[tuple[str, int]]:
    """Organisations with in how many dossiers they can take it away, most first."""
    cases: dict[str, set] = {}
    for owner, case, _ in rows:
        cases.setdefault(owner or "nog niemand", set()).add(case)
    return sorted(((name, len(ids)) for name, ids in cases.items()), key=lambda one: (-one[1], one[0]))


def _counts(codes, today):
    """One query: open dossiers per gemeente, with how many have passed each term."""
    passed = Deadline.objects.filter(case=OuterRef("pk"), stopped_on=None, exceeded_from__lte=today)

    cases = Case.objects.open().filter(municipality__in=codes)
    marked = cases.annotate(
        w4=Exists(passed.filter(term_code="4-weken")),
        w6=Exists(passed.filter(term_code="6-weken")),
        m3=Exists(passed.filter(term_code="3-maanden")),
    )
    return marked.values("municipality").annotate(
        open=Count("pk"), thuis=Count("pk", filter=~Q(home_since=None)), weken4=Count("pk", filter=Q(w4=True)),
        weken6=Count("pk", filter=Q(w6=True)), maanden3=Count("pk", filter=Q(m3=True)),
        vrij=Count("pk", filter=Q(handler=None)),
    ).order_by("municipality__name")  # fmt: skip
