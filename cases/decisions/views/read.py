"""One doorzettingsbesluit on its page."""

from django.shortcuts import render
from django.utils import timezone

from cases.agreements.models import Mandate
from cases.decisions import prepare, sign, tell
from cases.decisions.models import Decision
from cases.decisions.readiness import checks_of
from cases.decisions.rules import ROUTES, DecisionState
from cases.decisions.views.doors import may_know, mine, shown, to_read
from cases.dossier import access
from cases.sight.looks import look_at
from thuiszitters.core.pages.doors import signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.CASE_VIEW)
def decision(request, number, pk):
    """What is decided or to be decided, what is missing, and who is to act now?"""
    case, row = to_read(request, number, pk)
    sight = look_at(case, request.user, "decision_viewed", row=row.pk)
    today, owns = timezone.localdate(), case.is_open and access.is_municipal_side(case, request.user)
    signs = mine(row, request.user, sight)
    found = [] if row.state == DecisionState.NIET_GENOMEN else checks_of(row, today)
    checks = [shown(check, row, sight, decides=signs is not None) for check in found]
    blocked = [c for c in found if c.blocking and not c.met]
    signatures = sign.signed_scopes(row)
    return render(
        request,
        "cases/decisions/decision.html",
        {
            "case": case,
            "row": row,
            "sight": sight,
            "owns": owns,
            "edits": owns and row.state == DecisionState.AANGEVRAAGD,
            "signs": signs,
            "checks": [c for c in checks if c],
            "missing": [c for c in checks if c and c["check"] in blocked],
            "hidden": len(blocked) - sum(c is not None and c["check"] in blocked for c in checks),
            "parties": row.parties.select_related("guardian"),
            "options": row.options.all(),
            "conditions": [c for c in row.conditions.select_related("organisation") if may_know(c.kind, sight)],
            "signatures": [(Mandate.Scope(s).label, signatures.get(s)) for s in row.scopes],
            "told": row.told.select_related("guardian", "by"),
            "to_tell": tell.to_be_told(row) if row.state == DecisionState.ONDERTEKEND else [],
            "can_tell": row.state == DecisionState.ONDERTEKEND and bool(tell.can_be_told(row)),
            "routes": [ROUTES[code] for code in row.routes if may_know(code, sight)],
            "looks": row.tasks.filter(at__gte=row.signed_at) if owns and row.is_taken else [],
            "cannot_sign": _cannot_sign(row, request.user) if owns and row.is_preparing else [],
            "replaced_by": row.replaced_by.exclude(state=DecisionState.NIET_GENOMEN).first(),
            "today": today,
            "gives_back": row.state == DecisionState.VOORGELEGD and case.is_open and (owns or signs is not None),
            "drops": row.is_preparing
            and case.is_open
            and (owns or (row.state == DecisionState.VOORGELEGD and signs is not None)),
            "can_pdf": row.is_taken and sight.may(Right.EXPORT) and not sight.emergency,
        },
    )


def _cannot_sign(row: Decision, user) -> list[str]:
    """Why nobody could sign, as far as who laid it before the holder, or would do so now, does not."""
    return prepare.who_cannot_sign(row, row.presented_by_id if row.state == DecisionState.VOORGELEGD else user.pk)
