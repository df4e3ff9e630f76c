"""The numbers of a region: children at home and what holds them up. No names anywhere; one reading for the pages and
for the agenda of the board."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from cases.agreements.mandates import Scope, gaps_on
from cases.barriers.models import Barrier
from cases.clock.models import Deadline
from cases.dossier.models import Case
from cases.dossier.states import OPEN
from leerplicht.models import Municipality
from thuiszitters.core.people.organisations import Organisation

KEYS = ("open", "thuis", "weken4", "weken6", "maanden3", "vrij")

Held = tuple[str | None, int, date]  # whose barrier, of which dossier, since when


def children(codes: Iterable[str], today: date) -> dict[str, Any]:
    """Per gemeente how many children are at home and how long, and all of them together."""
    names = dict(Municipality.objects.filter(code__in=codes).values_list("code", "name"))
    rows = [{"name": names[row["municipality"]], **row} for row in _counts(codes, today)]
    return {"rows": rows, "total": {key: sum(row[key] for row in rows) for key in KEYS}}


def gaps_in_words(region: Organisation, today: date) -> list[tuple[str, str]]:
    """Per scope without a holder: its code for the form, and a sentence."""
    gaps = gaps_on(region.pk, today)
    return [(scope, f"Voor {Scope(scope).label} is nu geen houder van doorzettingsmacht.") for scope in gaps]


def bottlenecks(codes: Iterable[str], today: date) -> list[dict[str, Any]]:
    """What holds children up in the region: per kind of barrier how many open dossiers, with whom, and how long the
    oldest. Numbers and organisations only."""
    barriers = Barrier.objects.filter(solved_on=None, case__municipality__in=codes, case__state__in=OPEN)
    found: dict[str, list[Held]] = {}
    for kind, owner, case, on in barriers.values_list("kind", "owner__name", "case", "asked_on"):
        found.setdefault(kind, []).append((owner, case, on))
    items = [
        {
            "kind": Barrier.Kind(kind).label,
            "dossiers": len({case for _, case, _ in rows}),
            "days": (today - min(on for *_, on in rows)).days,
            "owners": _by_owner(rows),
        }
        for kind, rows in found.items()
    ]
    return sorted(items, key=lambda item: (-item["dossiers"], item["kind"]))


def _by_owner(rows: list[Held]) -> list[tuple[str, int]]:
    """Organisations with in how many dossiers they can take it away, most first."""
    cases: dict[str, set[int]] = {}
    for owner, case, _ in rows:
        cases.setdefault(owner or "nog niemand", set()).add(case)
    return sorted(((name, len(ids)) for name, ids in cases.items()), key=lambda one: (-one[1], one[0]))


def _counts(codes: Iterable[str], today: date) -> QuerySet[Case, Any]:
    """One query: open dossiers per gemeente, with how many have passed each term."""
    passed = Deadline.objects.filter(case=OuterRef("pk"), stopped_on=None, exceeded_from__lte=today)

    cases = Case.objects.open().filter(municipality__in=codes)
    marked = cases.annotate(
        w4=Exists(passed.filter(term_code="4-weken")),
        w6=Exists(passed.filter(term_code="6-weken")),
        m3=Exists(passed.filter(term_code="3-maanden")),
    )
    return (
        marked.values("municipality")
        .annotate(
            open=Count("pk"),
            thuis=Count("pk", filter=~Q(home_since=None)),
            weken4=Count("pk", filter=Q(w4=True)),
            weken6=Count("pk", filter=Q(w6=True)),
            maanden3=Count("pk", filter=Q(m3=True)),
            vrij=Count("pk", filter=Q(handler=None)),
        )
        .order_by("municipality__name")
    )
