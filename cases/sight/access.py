"""May this user write in this part of a dossier?"""

from cases.dossier.access import check_may
from cases.dossier.entry import OfASide
from cases.dossier.models import Case
from cases.parts.matrix import Part
from cases.sight.seats import Sight, sight_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


def check_may_write(case: Case, by: User | None, part: Part = Part.VERLOOP) -> None:
    """Also for a closed dossier: whether it is open the rules say. `by` None: the application itself."""
    check_may(by is None or sight_of(case, by).writes_in(part))


def may_change(row: OfASide, sight: Sight) -> bool:
    """Of what several sides write together: the side that wrote this row, and the gemeente that owns the dossier."""
    return any(s.municipal or s.wrote(row) for s in sight.seats if s.role and Right.CASE_WORK in s.role.rights)
