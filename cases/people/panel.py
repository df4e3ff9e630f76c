"""Who stands around the child, as the page of a dossier shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.dossier.models import Case
from cases.people.models import Professional
from cases.people.queries import SiblingShown, earlier_cases, proposed_siblings, siblings_of
from cases.sight.access import may_change
from cases.sight.seats import Sight
from thuiszitters.core.people.users import User


@dataclass(frozen=True, slots=True)
class ProfessionalShown:
    row: Professional
    may_change: bool


@dataclass(frozen=True, slots=True)
class Around:
    """`professionals` work with the child now, `former` did. `proposed`: who may be a brother or sister, for who may
    say so."""

    professionals: Sequence[ProfessionalShown]
    former: Sequence[ProfessionalShown]
    siblings: Sequence[SiblingShown]
    proposed: Sequence[SiblingShown]
    earlier: Sequence[Case]


def around(case: Case, user: User, sight: Sight, *, works: bool, edits: bool) -> Around:
    """`works`: whether the user works in this dossier now; `edits`: whether that user may change what is known of the
    child."""
    rows = case.professionals.select_related("organisation") if sight.course else ()
    shown = [ProfessionalShown(r, works and may_change(r, sight)) for r in rows]
    return Around(
        professionals=[p for p in shown if p.row.is_running],
        former=[p for p in shown if not p.row.is_running],
        siblings=siblings_of(case, user),
        proposed=proposed_siblings(case, user) if edits and case.is_open else [],
        earlier=earlier_cases(case, user),
    )
