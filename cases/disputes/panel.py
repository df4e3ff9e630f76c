"""Routes that were started, as the page of a dossier shows them."""

from dataclasses import dataclass

from cases.acting.access import may_on
from cases.acting.matrix import Act, May
from cases.disputes.access import may_read, may_see, owner_of_dispute
from cases.disputes.models import Dispute
from cases.dossier.models import Case
from cases.sight.seats import Sight


@dataclass(frozen=True, slots=True)
class DisputeShown:
    """`about`, `came_of`: the words, for who may read them; else empty. `hidden`: there are words and they may not be
    read. `may_change`: whether the row is theirs who look."""

    row: Dispute
    about: str
    came_of: str
    hidden: bool
    may_change: bool


def disputes_of(case: Case, sight: Sight) -> list[DisputeShown]:
    """What runs first, then what ended, each in the order in which it began."""
    rows = sorted((d for d in case.disputes.all() if may_see(d, sight)), key=lambda d: not d.is_running)
    return [_shown(row, case, sight) for row in rows]


def _shown(row: Dispute, case: Case, sight: Sight) -> DisputeShown:
    reads = may_read(row, sight)
    return DisputeShown(
        row,
        row.about if reads else "",
        row.came_of if reads else "",
        not reads and bool(row.about_sealed or row.came_of_sealed),
        may_on(Act.EDIT_DISPUTE, owner_of_dispute(row, case), sight) == May.ACT,
    )
