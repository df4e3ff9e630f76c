"""Claims on an exemption and requests in every state, for a few demonstration dossiers."""

from datetime import date, timedelta

from cases.claims import acts as claims
from cases.claims.models import ExemptionClaim
from cases.dossier.models import Case
from leerplicht.law.claims import holds_until
from leerplicht.services.calendars import calendars_of_pupils

EXPERT = {"expert": "Jeugdarts GGD", "expert_kind": "arts", "designated": True}
BECAUSE = {
    "geldig": "Alles wat de wet vraagt is er.",
    "niet_geldig": "De verklaring is van de behandelend arts.",
    "afgewezen": "Het plan van de school is nog niet af.",
    "ingetrokken": "Ouders zien ervan af.",
}
PATHS = (
    ("art-5a", "", {**EXPERT, "statement_days": 40}),
    ("art-5a", "geldig", {**EXPERT, "statement_days": 20}),
    ("art-5a", "niet_geldig", {**EXPERT, "treats": True, "statement_days": 10}),
    ("art-3a", "afgewezen", {}),
    ("verlof", "", {"days": 4, "granted": 8}),
    ("art-5b", "ingetrokken", {}),
)


def take_in_claims(today: date) -> None:
    """The newest dossiers of each gemeente, one claim each, along the service."""
    rows = Case.objects.open().exclude(handler=None).filter(decisions=None).select_related("pupil", "handler")
    for case, (ground, outcome, about) in zip(rows.order_by("-opened_on", "number"), PATHS, strict=False):
        fields = dict(about)
        received = max(case.opened_on, today - timedelta(days=12))
        if "days" in fields:
            fields["asked_until"] = _last_of(case, received, fields["days"])
        if "statement_days" in fields:
            fields["statement_on"] = received - timedelta(days=fields.pop("statement_days"))
        row = ExemptionClaim(
            case=case, ground=ground, received_on=received, first_day=received, by=case.handler, **fields
        )
        claims.save_claim(row, by=case.handler)
        if outcome:
            last = holds_until(received) if outcome == "geldig" else None
            claims.judge(
                row,
                outcome,
                by=case.handler,
                because=BECAUSE[outcome],
                last_day=last,
                come_back="Een kleine klas, en een begin van een uur per dag.",
            )


def _last_of(case: Case, first: date, days: int) -> date:
    """The last of so many school days from the first day on."""
    calendar, day = calendars_of_pupils([case.pupil])[case.pupil_id], first
    while calendar.school_days(first, day) < days:
        day += timedelta(days=1)
    return day
