"""May this parent or child look along today? And may this user let them in?"""

from datetime import date

from cases.dossier.access import check_may
from cases.dossier.models import Case
from cases.family.models import FamilyDoor, LookAlong
from cases.family.rules import NOT_HERE, why_not_child, why_not_parent
from leerplicht.models import Guardian
from thuiszitters.core.dates import age_on
from thuiszitters.core.people.access import looked_after_by
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User


def is_open_at(code: str) -> bool:
    """Whether the gemeente with this code lets parents and children look along."""
    kind = Organisation.Kind.GEMEENTE
    return FamilyDoor.objects.filter(organisation__kind=kind, organisation__code=code, open=True).exists()


def why_not(case: Case, guardian: Guardian | None, today: date) -> str:
    """Why this person cannot look along in this dossier today; empty when nothing stands in the way. Of a birth date of
    which a part is unknown the oldest age counts for parents, the youngest for the child: both let in the fewest."""
    pupil = case.pupil
    if not is_open_at(case.municipality_id):
        return NOT_HERE
    if guardian is None:
        return why_not_child(age_on(today, pupil.born_last))
    return why_not_parent(
        gezag=guardian.gezag == Guardian.Gezag.YES,
        holds=guardian.pupil_id == pupil.pk and guardian.holds_on(today),
        age=age_on(today, pupil.born),
        secret=pupil.secret_address or _hides_from(guardian, today),
    )


def _hides_from(guardian: Guardian, today: date) -> bool:
    """Whether somebody else around the child has a secret address: school, places and days lead there as well."""
    others = guardian.pupil.guardians.running(today).exclude(pk=guardian.pk)
    return others.filter(secret_address=True).exists()


def may_look_along(row: LookAlong, today: date) -> bool:
    """Asked at each request: what changed since the invitation counts at once."""
    return row.ended_at is None and not why_not(row.case, row.guardian, today)


def check_may_set(organisation: Organisation, by: User) -> None:
    """For who looks after this gemeente."""
    gemeente = organisation.kind == Organisation.Kind.GEMEENTE
    check_may(gemeente and looked_after_by(by).filter(pk=organisation.pk).exists())
