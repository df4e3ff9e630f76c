"""Whose step of the stappenplan is it? A step names a kind of organisation; which one that is follows from who takes
part in the dossier. A step of nobody who takes part is of the gemeente: the clock of the child is its duty."""

from cases.acting.access import Owned, parties_of
from cases.acting.matrix import Duty
from cases.dossier.models import Case
from cases.sight.seats import MUNICIPAL, MUNICIPAL_SIDE
from cases.steps.ladder import StepOwner
from cases.steps.models import EscalationStep
from thuiszitters.core.people.organisations import Organisation

Kind = Organisation.Kind
_VERBAND, _GEMEENTE = frozenset({Kind.SAMENWERKINGSVERBAND.value}), frozenset(kind.value for kind in MUNICIPAL)
KINDS: dict[StepOwner, frozenset[str]] = {
    StepOwner.SCHOOL: frozenset({Kind.SCHOOL.value}),
    StepOwner.GEMEENTE: _GEMEENTE,
    # Who leads differs by region: one of these three (domain 4.7).
    StepOwner.REGISSEUR: _GEMEENTE | _VERBAND | {Kind.SCHOOL.value},
    StepOwner.SAMENWERKINGSVERBAND: _VERBAND,
    StepOwner.BOTH: _GEMEENTE | _VERBAND,
    # A holder signs and closes no steps: who prepares the decision does.
    StepOwner.HOLDER: _GEMEENTE | _VERBAND,
    StepOwner.BOARD: _GEMEENTE | _VERBAND,
}
# What the law asks of one party, whatever the others know (domain 1.8: art. 16 and 22 Leerplichtwet).
DUTIES: dict[StepOwner, Duty] = {StepOwner.GEMEENTE: Duty.INVESTIGATION}


def is_of(step: EscalationStep, organisation: Organisation) -> bool:
    return organisation.kind in KINDS[StepOwner(step.owner)]


def owner_of_step(step: EscalationStep, case: Case) -> Owned:
    """Who can close it (`cases.acting`)."""
    kinds = KINDS[StepOwner(step.owner)]
    found = {side for side, kind in parties_of(case).items() if kind in kinds}
    return Owned(frozenset(found or {MUNICIPAL_SIDE}), f"de {step.owner}", DUTIES.get(StepOwner(step.owner)))
