"""A doorzettingsbesluit is told to parents and child: who still has to know, and that somebody does."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.decisions.models import Decision, DecisionTold
from cases.decisions.prepare import end_tasks, log_decision
from cases.decisions.rules import DecisionState
from cases.dossier.access import check_may_lead
from cases.dossier.models import Task
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import hold
from cases.meetings.rules import must_be_asked
from thuiszitters.core.people.users import User
from thuiszitters.core.words import long_date

NOT_HOLDING = "Alleen een besluit dat geldt, wordt verteld."


def tell(row: DecisionTold, *, by: User) -> None:
    """A parent or the child was told, once each. When all have been, the step to do so is done."""
    check_may_lead(row.decision.case, by)
    decision, today = row.decision, timezone.localdate()
    check_open(decision.case)
    if not decision.signed_at:
        raise NotNow(NOT_HOLDING)
    if not timezone.localdate(decision.signed_at) <= row.on <= today:
        raise NotNow(f"Kies een dag vanaf {long_date(timezone.localdate(decision.signed_at))} tot en met vandaag.")
    try:
        with transaction.atomic():
            hold(decision.case)
            if not Decision.objects.filter(pk=decision.pk, state=DecisionState.ONDERTEKEND).exists():
                raise NotNow(NOT_HOLDING)
            row.by = by
            row.save()
            if not to_be_told(decision):
                end_tasks(decision, "Verteld.", by=by, kind=Task.Kind.TELLING)
            log_decision("decision_told", decision, by, item=row.pk)
    except IntegrityError as problem:
        raise NotNow("Dit staat er al: deze persoon is het verteld.") from problem


def to_be_told(decision: Decision) -> list[tuple[int | None, str]]:
    """Parents with gezag, and the child from 12, who were not told yet: id of the parent (None: the child) and name."""
    told = set(decision.told.values_list("guardian", flat=True))
    people = must_be_asked(decision.case, timezone.localdate())
    found = [(key[1] if len(key) > 1 else None, name) for key, name in people]
    return [(pk, name) for pk, name in found if pk not in told]


def can_be_told(decision: Decision) -> list[tuple[int | None, str]]:
    """Everybody of the family who was not told yet: those who must be, and the others."""
    told = set(decision.told.values_list("guardian", flat=True))
    people: list[tuple[int | None, str]] = [
        (g.pk, f"{g.name} ({g.relation})") for g in decision.case.pupil.guardians.running()
    ]
    return [(pk, name) for pk, name in [*people, (None, "het kind zelf")] if pk not in told]


def tell_title(decision: Decision) -> str:
    return f"Besluit {decision.number} vertellen aan ouders en kind"
