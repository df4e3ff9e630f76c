"""How much who looks along sees: the sight of the paper for a parent, and nothing else."""

from cases.family.models import LookAlong
from cases.parts.matrix import Level, Part
from cases.sight.seats import Seat, sight_of
from reporting.papers.parents import ParentSight, YouthSight
from reporting.papers.variants import of_parent, on_paper

OF_A_CHILD = {Part.IDENTITEIT: Level.READ, Part.VERZUIM: Level.READ, Part.VERLOOP: Level.READ}


def sight_of_family(row: LookAlong) -> ParentSight:
    """What the gemeente could put on a paper for this person today."""
    within = on_paper(sight_of(row.case, None))
    if row.guardian is None:
        seat = Seat(OF_A_CHILD)
        return YouthSight((seat,), pupil=row.case.pupil, guardian_id=None, facts_only=False, within=within)
    sight = of_parent(row.case, within, row.guardian)
    if sight.facts_only:
        raise TypeError("who looks along has gezag, and no address is secret")
    return sight
