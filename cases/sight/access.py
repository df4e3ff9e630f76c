"""May this user write in this part of a dossier?"""

from cases.dossier.access import check_may
from cases.dossier.models import Case
from cases.parts.matrix import Part
from cases.sight.seats import sight_of
from thuiszitters.core.people.users import User


def check_may_write(case: Case, by: User | None, part: Part = Part.VERLOOP) -> None:
    """Also for a closed dossier: whether it is open the rules say. `by` None: the application itself."""
    check_may(by is None or sight_of(case, by).writes_in(part))
