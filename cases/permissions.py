"""May this user? Each asks the policies first. `check_x` raises, `can_x` answers."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists

from cases.models import Case
from cases.models.work import Entry
from cases.policies import check_open
from cases.querysets import involvements_of
from cases.sight import MUNICIPAL
from thuiszitters.core.access import Access, access_of
from thuiszitters.core.models import Organisation
from thuiszitters.core.roles import Right, Role


def check_work(case: Case, user) -> None:
    """NotNow when the dossier is closed, PermissionDenied when the user may only look."""
    if not may_work(case, user):
        raise PermissionDenied
    check_open(case)


def may_work(case: Case, user) -> bool:
    """Whether the role lets the user write in this dossier, open or closed."""
    access = access_of(user)
    if case.municipality_id in access.municipalities_with(Right.CASE_WORK):
        return True
    involved = access.organisations_with(Right.CASE_WORK)
    return Case.objects.filter(Exists(involvements_of(involved)), pk=case.pk).exists()


def is_municipal_side(case: Case, user, right: Right = Right.CASE_WORK) -> bool:
    """Whether the user works for the gemeente of this dossier: the side that owns it."""
    return case.municipality_id in access_of(user).municipalities_with(right)


def can_assign(case: Case, user) -> bool:
    """A teamleider gives a dossier to anyone; an officer takes it (see `can_take`)."""
    return case.is_open and is_municipal_side(case, user, Right.CASE_ASSIGN)


def can_take(case: Case, user) -> bool:
    return case.is_open and is_municipal_side(case, user) and case.handler_id != user.pk


def can_edit_entry(entry: Entry, case: Case, user) -> bool:
    """Who wrote it may still change it while the dossier is open; every change is kept in the history."""
    return case.is_open and entry.by_id == user.pk and may_work(case, user)


def can_show_pgn(case: Case, user) -> bool:
    return _has_the_child(case, user, Right.PGN_SHOW)


def can_edit_pupil(case: Case, user) -> bool:
    return _has_the_child(case, user, Right.PUPIL_EDIT)


def _has_the_child(case: Case, user, right: Right) -> bool:
    """The gemeente of the dossier; through a closed one only while the child still lives there."""
    if not is_municipal_side(case, user, right):
        return False
    return case.is_open or case.pupil.municipality_id in access_of(user).municipalities_with(right)


def own_organisation(case: Case, user) -> Organisation | None:
    """On behalf of which organisation the user writes in this dossier."""
    access: Access = access_of(user)
    mine = [m.organisation for m in access.memberships if Right.CASE_WORK in Role(m.role).rights]
    codes = {case.municipality_id}
    municipal = [o for o in mine if o.kind in MUNICIPAL and _acts_for(access, o, codes)]
    involved = set(case.involvements.running().values_list("organisation", flat=True))
    return (municipal or [o for o in mine if o.pk in involved] or [None])[0]


def _acts_for(access: Access, organisation: Organisation, codes: set[str]) -> bool:
    return organisation.code in codes or bool(access.acts_for.get(organisation.pk, set()) & codes)
