"""What blocks the way back, as the page of a dossier shows it."""

from dataclasses import dataclass
from datetime import date

from cases.barriers.models import Barrier
from cases.dossier.models import Case


@dataclass(frozen=True, slots=True)
class BarrierShown:
    """`age`: days since it was asked. `late`: what was promised did not come."""

    row: Barrier
    age: int
    late: bool


def barriers_of(case: Case, today: date) -> list[BarrierShown]:
    """What blocks the way back now, the oldest first."""
    rows = [b for b in case.barriers.all() if b.solved_on is None]
    return [
        BarrierShown(b, (today - b.asked_on).days, b.promised_on is not None and b.promised_on < today) for b in rows
    ]
