"""The decisions of a holder, and the register of a region: how often, with what outcome, how fast."""

from datetime import timedelta

from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone

from cases.agreements.regions import gemeenten_of_mine
from cases.clock.presentation import clock_of, deadlines_of
from cases.decisions.access import Signer
from cases.decisions.models import Decision
from cases.decisions.queries import decisions_of
from cases.decisions.rules import TAKEN, DecisionState
from cases.dossier.states import OPEN
from cases.offers.states import ATTENDED, FINAL
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import signed_in
from thuiszitters.core.people.roles import Right

SHOWN_AFTERWARDS = timedelta(days=365)


@signed_in(Right.DECIDE)
def decisions(request):
    """What waits for my signature, and is the child there after what I signed?"""
    user, today = request.user, timezone.localdate()
    year_ago = timezone.now() - SHOWN_AFTERWARDS
    running = Q(state=DecisionState.VOORGELEGD) | Q(state=DecisionState.ONDERTEKEND, case__state__in=OPEN)
    recent = Q(dropped_at__gte=year_ago) | Q(state__in=TAKEN, signed_at__gte=year_ago)
    found = list(
        Decision.objects.visible_to(user)
        .filter(running | recent)
        .select_related("case__pupil", "case__municipality", "school", "offer")
        .prefetch_related("signatures")
    )
    log_look(user, "decisions_listed", pupils=[r.case.pupil_id for r in found])
    deadlines = deadlines_of(r.case_id for r in found)
    signer = Signer(user, today)
    items = [_item(r, deadlines[r.case_id], signer, today) for r in found]
    lists = [
        {"key": key, "title": title, "rows": [i for i in items if i["list"] == key]}
        for key, title in (
            ("teken", "Te tekenen"),
            ("ander", "Wacht op een andere houder"),
            ("wacht", "Genomen, het kind is er nog niet"),
            ("er", "Genomen, het kind is er"),
            ("mislukt", "Genomen, de plek ging niet door of mislukte"),
            ("klaar", "Klaar in het laatste jaar: niet genomen, vervangen of dossier gesloten"),
        )
    ]
    return render(request, "cases/decisions/decisions.html", {"lists": lists, "today": today})


def _item(row: Decision, deadlines: list, signer: Signer, today) -> dict:
    since = timezone.localdate(row.dropped_at or row.signed_at or row.presented_at)
    return {
        "row": row,
        "list": _where(row, signer),
        "clock": clock_of(row.case, deadlines, today),
        "since": since,
        "days": (today - since).days,
    }


def _where(row: Decision, signer: Signer) -> str:
    if row.state == DecisionState.VOORGELEGD:
        return "teken" if signer.still(row) else "ander"
    if row.state != DecisionState.ONDERTEKEND or not row.case.is_open or not row.offer:
        return "klaar"
    if row.offer.state in ATTENDED:
        return "er"
    return "mislukt" if row.offer.state in FINAL else "wacht"


@signed_in(Right.REGION_VIEW)
def register(request):
    """How often did the region come to a decision, what came of it, and how fast? Numbers only."""
    log_look(request.user, "region_counts")
    return render(request, "cases/decisions/decision_register.html", decisions_of(gemeenten_of_mine(request.user)))
