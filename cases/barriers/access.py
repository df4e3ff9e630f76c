"""Whose barrier is it?"""

from cases.acting.access import Owned, owned_by
from cases.barriers.models import Barrier
from cases.dossier.models import Case


def owner_of_barrier(barrier: Barrier, case: Case) -> Owned:
    """Of who wrote it down, and of who can take it away."""
    return owned_by(case, barrier.organisation, barrier.owner)
