"""May this user prepare, send back or sign this doorzettingsbesluit?"""

from datetime import date

from django.utils import timezone

from cases.agreements.mandates import Held
from cases.agreements.models import Mandate
from cases.decisions.models import Decision
from cases.decisions.rules import DecisionState, find_decision_move
from cases.dossier.access import check_may, is_municipal_side
from cases.dossier.models import Case
from cases.dossier.taking_part import Involvement
from thuiszitters.core.people.users import User


class Signer:
    """For what one user can sign on a day: under a mandate of an organisation that takes part in the dossier and reads
    the course of events, and not what the user laid before the holder. Read once, asked for many decisions."""

    def __init__(self, user: User, day: date):
        self.user, self.held = user, Held(user, day)
        organisations = {m.organisation_id for m in self.held.mandates}
        rows = Involvement.objects.running().filter(organisation__in=organisations)
        self.reading = {(r.case_id, r.organisation_id) for r in rows if r.shows_course}

    def mandates(self, case: Case) -> dict[str, Mandate]:
        found = self.held.of(case.municipality_id)
        return {scope: m for scope, m in found.items() if (case.pk, m.organisation_id) in self.reading}

    def of(self, decision: Decision) -> dict[str, Mandate]:
        """The mandates that matter for this decision, by scope, signed or not."""
        if decision.presented_by_id == self.user.pk:
            return {}
        return {s: m for s, m in self.mandates(decision.case).items() if s in decision.scopes}

    def still(self, decision: Decision) -> dict[str, Mandate]:
        """For which scopes the user can sign now."""
        if decision.state != DecisionState.VOORGELEGD:
            return {}
        done = {s.scope for s in decision.signatures.all() if s.version == decision.version}
        return {s: m for s, m in self.of(decision).items() if s not in done}


def may_move(decision: Decision, user: User, target: str) -> bool:
    """The gemeente moves it; a holder of a mandate for it what is a holder's. Of a move that is not there: no."""
    if is_municipal_side(decision.case, user):
        return True
    found = find_decision_move(decision.state, target)
    holders_move = found is None or found.holder
    return holders_move and bool(Signer(user, timezone.localdate()).of(decision))


def check_may_move(decision: Decision, by: User | None, target: str) -> None:
    check_may(by is None or may_move(decision, by, target))
