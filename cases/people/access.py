"""May this user change who stands around the child?"""

from cases.dossier.access import check_may, is_municipal_side
from cases.dossier.models import Case
from cases.people.models import Professional
from cases.sight.access import check_may_write
from cases.sight.seats import sight_of
from thuiszitters.core.people.users import User


def may_change(row: Professional, case: Case, user: User) -> bool:
    """The side that wrote it down, and the gemeente that owns the dossier, in which all come together."""
    return is_municipal_side(case, user) or any(seat.wrote(row) for seat in sight_of(case, user).seats)


def check_may_save(row: Professional, by: User | None) -> None:
    """`by` None: the application itself."""
    check_may_write(row.case, by)
    if row.pk and by is not None:
        stored = Professional.objects.select_related("organisation").get(pk=row.pk)
        check_may(may_change(stored, row.case, by))
