"""May this user write in this part of a dossier?"""

from cases.dossier.access import check_may, is_municipal_side
from cases.dossier.entry import OfASide
from cases.dossier.models import Case
from cases.parts.matrix import Part
from cases.sight.seats import sight_of
from thuiszitters.core.people.users import User


def check_may_write(case: Case, by: User | None, part: Part = Part.VERLOOP) -> None:
    """Also for a closed dossier: whether it is open the rules say. `by` None: the application itself."""
    check_may(by is None or sight_of(case, by).writes_in(part))


def may_change(row: OfASide, case: Case, user: User) -> bool:
    """Of what several sides write together: the side that wrote this row, and the gemeente that owns the dossier."""
    return is_municipal_side(case, user) or any(seat.wrote(row) for seat in sight_of(case, user).seats)
