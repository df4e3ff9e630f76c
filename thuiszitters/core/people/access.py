"""What a user may reach today, in one object. Every `visible_to(user)` starts from it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils import timezone

from thuiszitters.core.people.organisations import Membership, Organisation, OrganisationLink, Period
from thuiszitters.core.people.roles import BY_SHARE, Right, Role
from thuiszitters.core.people.users import User


@dataclass
class Access:
    """The memberships of one user on one day, opened up into rights per organisation."""

    memberships: list[Membership]
    acts_for: dict[int, set[str]] = field(default_factory=dict)
    succeeds: dict[int, set[int]] = field(default_factory=dict)

    @property
    def rights(self) -> set[Right]:
        return {right for m in self.memberships for right in Role(m.role).rights}

    def organisations_with(self, right: Right, *kinds: str) -> set[int]:
        """Ids of the own organisations where the user holds `right`; narrowed to `kinds` when given. What belonged to a
        gemeente that became a part of an own one counts as own."""
        own = {
            m.organisation_id
            for m in self.memberships
            if right in Role(m.role).rights and (not kinds or m.organisation.kind in kinds)
        }
        return own.union(*(self.succeeds.get(pk, set()) for pk in own))

    def municipalities_with(self, right: Right) -> set[str]:
        """Codes of the gemeenten for which the user holds `right`: the own gemeente, and those a bureau acts for. A
        role that sees dossiers by a share only does not count, at whatever organisation it is held."""
        codes = set()
        for m in self.memberships:
            if right in Role(m.role).rights and Role(m.role) not in BY_SHARE:
                codes |= self.codes_of(m)
        return codes

    def codes_of(self, membership: Membership) -> set[str]:
        """Codes of the gemeenten that the organisation of a membership is or acts for."""
        own = {membership.organisation.code} if membership.organisation.kind == Organisation.Kind.GEMEENTE else set()
        return own | self.acts_for.get(membership.organisation_id, set())

    def schools_with(self, right: Right) -> set[str]:
        """BRIN and location codes of the own schools where the user holds `right`."""
        kind = Organisation.Kind.SCHOOL
        return {
            m.organisation.code
            for m in self.memberships
            if right in Role(m.role).rights and m.organisation.kind == kind
        }

    def seat_with(self, *rights: Right) -> Membership | None:
        """The first membership that holds one of the rights; the first of all when none are named."""
        return next((m for m in self.memberships if not rights or Role(m.role).rights & set(rights)), None)

    def organisation_with(self, *rights: Right) -> Organisation:
        """The organisation of that membership, for a page behind a door that asks for one of these rights."""
        seat = self.seat_with(*rights)
        if seat is None:
            raise PermissionDenied
        return seat.organisation

    @property
    def main(self) -> Membership | None:
        """The membership that heads the page; somebody with several sees the oldest first."""
        return self.memberships[0] if self.memberships else None


def access_of(user: User | AnonymousUser) -> Access:
    """The access of `user` today. Kept on the user object, which lives for one request: an ended role ends at once."""
    if not hasattr(user, "_access"):
        user._access = _load_access(user, timezone.localdate())
    return user._access


def _load_access(user, today) -> Access:
    if not user.is_authenticated or not user.is_active:
        return Access([])
    memberships = list(
        Membership.objects.filter(Period.covers(today), user=user)
        .select_related("organisation")
        .order_by("valid_from", "pk")
    )
    access = Access(memberships)
    kinds = Organisation.Kind
    bureaus, gemeenten = (
        [m.organisation_id for m in memberships if m.organisation.kind == kind]
        for kind in (kinds.REGIONAAL_BUREAU, kinds.GEMEENTE)
    )
    if bureaus or gemeenten:
        acts_for = Q(kind=OrganisationLink.Kind.ACTS_FOR, organisation__in=bureaus)
        succeeds = Q(kind=OrganisationLink.Kind.SUCCEEDS, organisation__in=gemeenten)
        links = OrganisationLink.objects.filter(Period.covers(today), acts_for | succeeds)
        for kind, organisation, other, code in links.values_list("kind", "organisation_id", "other_id", "other__code"):
            if kind == OrganisationLink.Kind.ACTS_FOR:
                access.acts_for.setdefault(organisation, set()).add(code)
            else:
                access.succeeds.setdefault(organisation, set()).add(other)
    return access


def looked_after_by(user: User) -> QuerySet[Organisation]:
    """The organisations that an administrator looks after: the own, those for which it acts, and its members."""
    own = access_of(user).organisations_with(Right.ADMIN)
    links = OrganisationLink.objects.filter(Period.covers(timezone.localdate()), organisation__in=own)
    return Organisation.objects.filter(Q(pk__in=own) | Q(pk__in=links.values("other")))


def _memberships_with(right: Right) -> QuerySet[Membership]:
    """Everybody who can work today and holds `right`."""
    roles = [role.value for role in Role if right in role.rights]
    return Membership.objects.filter(Period.covers(timezone.localdate()), role__in=roles, user__is_active=True)


def organisations_where_somebody_holds(right: Right) -> set[int]:
    """Ids of the organisations where somebody holds `right` today."""
    return set(_memberships_with(right).values_list("organisation", flat=True))


def municipalities_where_somebody_holds(right: Right, but: Iterable[int] = ()) -> set[str]:
    """Codes of the gemeenten for which somebody holds `right` today: there, or at a bureau that acts for it. Roles that
    see dossiers by a share do not count, as in `municipalities_with`. `but`: users (ids) who do not count either."""
    memberships = _memberships_with(right).exclude(role__in=[role.value for role in BY_SHARE]).exclude(user__in=but)
    gemeenten = Organisation.objects.filter(kind=Organisation.Kind.GEMEENTE, pk__in=memberships.values("organisation"))
    links = OrganisationLink.objects.filter(
        Period.covers(timezone.localdate()),
        kind=OrganisationLink.Kind.ACTS_FOR,
        organisation__in=memberships.values("organisation"),
    )
    return set(gemeenten.values_list("code", flat=True)) | set(links.values_list("other__code", flat=True))
