"""A few steps of a boa, for the demonstration dossiers of the gemeente in which one works."""

from datetime import date, timedelta

from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.enforcement import acts as enforcement
from cases.enforcement.models import EnforcementStep
from thuiszitters.core.people.organisations import Membership
from thuiszitters.core.people.roles import Role

PATHS: tuple[tuple[str, dict, bool | None], ...] = (
    ("waarschuwing", {}, None),
    ("halt", {"hours": 16, "late": 3, "youth_agrees": True, "parents_agree": True, "own_choice": True}, True),
    ("pv", {"about": "ouders", "convicted_before": True}, None),
    ("svb", {}, None),
    ("hulp", {}, False),
)
BECAUSE = "Twee gesprekken en een brief; ouders en jongere kwamen niet."


def enforce(today: date) -> None:
    """One step of each kind, in the first dossier of the gemeente in which the law allows it."""
    seat = Membership.objects.filter(role=Role.BOA).select_related("user", "organisation").first()
    if not seat:
        return
    cases = list(
        Case.objects.open()
        .filter(municipality=seat.organisation.code, decisions=None, claims=None)
        .select_related("pupil")
        .order_by("number")
    )
    for kind, fields, positive in PATHS:
        _first_that_can(cases, kind, fields, positive, seat, today)


def _first_that_can(cases: list[Case], kind: str, fields: dict, positive: bool | None, seat, today: date) -> None:
    for case in cases:
        on = max(case.opened_on, today - timedelta(days=8))
        heard = {"heard_on": on, "days_from": case.opened_on, "days_until": on} if kind == "pv" else {}
        row = EnforcementStep(
            case=case,
            kind=kind,
            on=on,
            because=BECAUSE,
            by=seat.user,
            organisation=seat.organisation,
            **fields,
            **heard,
        )
        try:
            enforcement.save_step(row, by=seat.user)
        except NotNow:  # too young, too old
            continue
        cases.remove(case)
        if positive is not None:
            outcome = "De afspraken zijn nagekomen." if positive else "Het hielp niet; een zwaardere route volgt."
            enforcement.end_step(row, by=seat.user, on=today, positive=positive, outcome=outcome)
        return
