"""May this user change who works with the child?"""

from cases.dossier.access import check_may
from cases.people.models import Professional
from cases.sight.access import check_may_write, may_change
from cases.sight.seats import sight_of
from thuiszitters.core.people.users import User


def check_may_save(row: Professional, by: User | None) -> None:
    """`by` None: the application itself."""
    check_may_write(row.case, by)
    if row.pk and by is not None:
        stored = Professional.objects.select_related("organisation").get(pk=row.pk)
        check_may(may_change(stored, sight_of(row.case, by)))
