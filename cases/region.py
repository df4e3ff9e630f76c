"""The numbers of a region: children at home, what holds them up, and doorzettingsbesluiten. No names anywhere; one
reading for the pages and for the agenda of the board."""

from functools import reduce
from operator import or_
from statistics import median

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from cases.decisions import PREPARING, TAKEN, DecisionState
from cases.mandates import Scope, gaps_on
from cases.models import Barrier, Case, Deadline, Decision
from cases.states import OPEN
from leerplicht.models import Municipality
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import OrganisationLink, Period
from thuiszitters.core.people.roles import Right

S = DecisionState
KEYS = ("open", "thuis", "weken4", "weken6", "maanden3", "vrij")


def gemeenten_of_mine(user) -> set[str]:
    """Codes of the gemeenten that belong today to a region of which the user sees the numbers."""
    regions = access_of(user).organisations_with(Right.REGION_VIEW)
    links = OrganisationLink.objects.filter(
        Period.covers(timezone.localdate()), kind="has_member", organisation__in=regions
    )
    return set(links.filter(other__kind="gemeente").values_list("other__code", flat=True))


def children(codes, today) -> dict:
    """Per gemeente how many children are at home and how long, and all of them together."""
    names = dict(Municipality.objects.filter(code__in=codes).values_list("code", "name"))
    rows = [{"name": names[row["municipality"]], **row} for row in _counts(codes, today)]
    return {"rows": rows, "total": {key: sum(row[key] for row in rows) for key in KEYS}}


def gaps_in_words(region, today) -> list[tuple[str, str]]:
    """Per scope without a holder: its code for the form, and a sentence."""
    gaps = gaps_on(region.pk, today)
    return [(scope, f"Voor {Scope(scope).label} is nu geen houder van doorzettingsmacht.") for scope in gaps]


def bottlenecks(codes, today) -> list[dict]:
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


def decisions_of(codes) -> dict:
    """How often these gemeenten came to a decision, what came of it and how fast, per year of asking and in all. By the
    number and not by the dossier: a child that moved takes the dossier along, and not who decided."""
    ours = [Q(number__startswith=f"DM-{code}-") for code in codes]
    found = Decision.objects.filter(reduce(or_, ours)) if ours else Decision.objects.none()
    rows = list(found.select_related("offer").order_by("-asked_on"))
    years: dict[int, list[Decision]] = {}
    for row in rows:
        years.setdefault(row.asked_on.year, []).append(row)
    return {"years": [{"year": year, **_count(found)} for year, found in years.items()], "total": _count(rows)}


def _count(rows: list[Decision]) -> dict:
    taken = [r for r in rows if r.state in TAKEN]
    signed = {r.pk: timezone.localdate(r.signed_at) for r in taken}
    # A decision that was replaced shares its place with the one that followed: the child is counted once.
    holding = [r for r in taken if r.state == S.ONDERTEKEND]
    begun = [r for r in holding if r.offer.started_on]
    return {
        "considered": len(rows), "preparing": sum(r.state in PREPARING for r in rows), "taken": len(taken),
        "dropped": sum(r.state == S.NIET_GENOMEN for r in rows), "replaced": len(taken) - len(holding),
        "provisional": sum(r.is_provisional for r in holding), "begun": len(begun),
        "failed": sum(r.offer.state in ("mislukt", "geweigerd") for r in holding),
        "to_decision": _median([(signed[r.pk] - r.asked_on).days for r in taken]),
        "to_first_day": _median([max(0, (r.offer.started_on - signed[r.pk]).days) for r in begun]),
    }  # fmt: skip


def _median(days: list[int]) -> int | None:
    return round(median(days)) if days else None
