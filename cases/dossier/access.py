"""May this user? What is possible at all the policies say."""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Q, QuerySet
from django.utils import timezone

from cases.dossier.entry import WrittenEntry
from cases.dossier.models import Case
from cases.dossier.queries import involvements_of
from cases.owners.queries import codes_to_divide
from thuiszitters.core.people.access import Access, access_of
from thuiszitters.core.people.organisations import Membership, Organisation, OrganisationLink, Period
from thuiszitters.core.people.roles import MUNICIPAL_ROLES, Right, Role
from thuiszitters.core.people.users import User


def may_work(case: Case, user: User) -> bool:
    """Whether the role lets the user write in this dossier, open or closed."""
    access = access_of(user)
    if case.municipality_id in access.municipalities_with(Right.CASE_WORK):
        return True
    involved = access.organisations_with(Right.CASE_WORK)
    return Case.objects.filter(Exists(involvements_of(involved)), pk=case.pk).exists()


def is_municipal_side(case: Case, user: User, right: Right = Right.CASE_WORK) -> bool:
    """Whether the user works for the gemeente of this dossier: the side that owns it."""
    return case.municipality_id in access_of(user).municipalities_with(right)


def can_assign(case: Case, user: User) -> bool:
    """Who divides the work gives a dossier to anyone; an officer takes it (see `can_take`)."""
    return case.is_open and case.municipality_id in codes_to_divide(user)


def can_take(case: Case, user: User) -> bool:
    return case.is_open and is_municipal_side(case, user) and case.handler_id != user.pk


def can_edit_entry(entry: WrittenEntry, case: Case, user: User) -> bool:
    """Who wrote it may still change it while the dossier is open; every change is kept in the history."""
    return case.is_open and entry.by_id == user.pk and may_work(case, user)


def can_show_pgn(case: Case, user: User) -> bool:
    return _has_the_child(case, user, Right.PGN_SHOW)


def can_edit_pupil(case: Case, user: User) -> bool:
    return _has_the_child(case, user, Right.PUPIL_EDIT)


def _has_the_child(case: Case, user: User, right: Right) -> bool:
    """The gemeente of the dossier; through a closed one only while the child still lives there."""
    if not is_municipal_side(case, user, right):
        return False
    return case.is_open or case.pupil.municipality_id in access_of(user).municipalities_with(right)


# In which of several seats somebody acts when nothing else says so: who works in the dossier first.
ACTING = (Right.CASE_WORK, Right.ENFORCE, Right.DECIDE, Right.CASE_VIEW)


def seat_in(case: Case, user: User, *rights: Right) -> Membership | None:
    """From which membership the user acts in this dossier: of the gemeente's side, else of an organisation that takes
    part in it now; the first that holds one of `rights`, in their order. None for a stranger."""
    seats = list(_seats_in(case, user))
    for right in rights or ACTING:
        for seat in seats:
            if right in Role(seat.role).rights:
                return seat
    return None


def _seats_in(case: Case, user: User) -> Iterator[Membership]:
    access = access_of(user)
    municipal = [m for m in access.memberships if _of_the_gemeente(case, access, m)]
    yield from municipal
    others = [m for m in access.memberships if m not in municipal]
    if others:
        involved = set(case.involvements.running().values_list("organisation", flat=True))
        yield from (m for m in others if m.organisation_id in involved)


def _of_the_gemeente(case: Case, access: Access, seat: Membership) -> bool:
    return Role(seat.role) in MUNICIPAL_ROLES and case.municipality_id in access.codes_of(seat)


def own_organisation(case: Case, user: User, right: Right = Right.CASE_WORK) -> Organisation | None:
    """On behalf of which organisation the user writes in this dossier."""
    seat = seat_in(case, user, right)
    return seat.organisation if seat else None


def acts_for(case: Case, by: User | None) -> Organisation | None:
    """On behalf of which organisation somebody acts in this dossier, in whatever role; None for the application."""
    seat = seat_in(case, by) if by else None
    return seat.organisation if seat else None


def acting_organisation(case: Case, user: User, right: Right = Right.CASE_WORK) -> Organisation:
    """The same, for a page or act that is only for who has one."""
    own = own_organisation(case, user, right)
    if own is None:
        raise NotAllowed
    return own


class NotAllowed(PermissionDenied):
    """Somebody asked for an act that is not theirs. A page answers 403; a command or job ends with it."""


def check_may(allowed: bool) -> None:
    """The last word of every act that asks who acts (`by`); pages ask the same before they show a button."""
    if not allowed:
        raise NotAllowed


def check_may_work(case: Case, by: User | None) -> None:
    """`by` None: the application itself."""
    check_may(by is None or may_work(case, by))


def check_may_lead(case: Case, by: User | None, right: Right = Right.CASE_WORK) -> None:
    """For the gemeente that owns the dossier: who moves, shares and closes it."""
    check_may(by is None or is_municipal_side(case, by, right))


def check_may_edit_pupil(case: Case, by: User | None) -> None:
    check_may(by is None or can_edit_pupil(case, by))


def colleagues_for(user: User, case: Case | None = None) -> QuerySet[User]:
    """Users to whom a dossier can be given: who work, today, for the same gemeenten; with a dossier: for its own."""
    today = timezone.localdate()
    codes = access_of(user).municipalities_with(Right.CASE_WORK)
    if case:
        codes &= {case.municipality_id}
    bureaus = OrganisationLink.objects.filter(
        Period.covers(today), kind=OrganisationLink.Kind.ACTS_FOR, other__code__in=codes
    ).values("organisation")
    gemeenten = Organisation.objects.filter(kind=Organisation.Kind.GEMEENTE, code__in=codes).values("pk")
    members = Membership.objects.filter(
        Period.covers(today),
        Q(organisation__in=bureaus) | Q(organisation__in=gemeenten),
        role__in=["leerplichtambtenaar", "teamleider"],
    )
    return User.objects.filter(pk__in=members.values("user"), is_active=True).order_by("last_name", "first_name")
