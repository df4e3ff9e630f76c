"""To which region a gemeente belongs on a day, and who belongs to a region."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation, OrganisationLink, Period
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


class RegionBook:
    """Read once, asked often."""

    def __init__(self) -> None:
        links = OrganisationLink.objects.filter(kind=OrganisationLink.Kind.HAS_MEMBER, other__kind="gemeente")
        self.links = list(links.select_related("other"))

    def of(self, municipality: str, day: date) -> set[int]:
        """Ids of the regions."""
        return {link.organisation_id for link in self.links if link.other.code == municipality and link.holds_on(day)}


def members_of(region: Organisation, day: date) -> QuerySet[Organisation]:
    """The organisations that belong to a region on a day, and the bureaus that act for its gemeenten."""
    links = OrganisationLink.objects.filter(Period.covers(day))
    members = links.filter(kind=OrganisationLink.Kind.HAS_MEMBER, organisation=region).values("other")
    bureaus = links.filter(kind=OrganisationLink.Kind.ACTS_FOR, other__in=members).values("organisation")
    return Organisation.objects.filter(Q(pk__in=members) | Q(pk__in=bureaus))


def gemeenten_of(region: Organisation) -> set[str]:
    """Codes of the gemeenten that are or were a member: a dossier keeps what held on its first day."""
    links = OrganisationLink.objects.filter(kind=OrganisationLink.Kind.HAS_MEMBER, organisation=region)
    return set(links.filter(other__kind=Organisation.Kind.GEMEENTE).values_list("other__code", flat=True))


def hold_region(region: Organisation) -> None:
    """Keep what a region agreed still until the transaction ends, so that two dates cannot come to overlap. (On SQLite
    the transaction itself is the lock.)"""
    Organisation.objects.select_for_update().get(pk=region.pk)


def gemeenten_of_mine(user: User) -> set[str]:
    """Codes of the gemeenten that belong today to a region of which the user sees the numbers."""
    regions = access_of(user).organisations_with(Right.REGION_VIEW)
    links = OrganisationLink.objects.filter(
        Period.covers(timezone.localdate()), kind="has_member", organisation__in=regions
    )
    return set(links.filter(other__kind="gemeente").values_list("other__code", flat=True))


def regions_of_members(user: User, right: Right) -> set[int]:
    """Ids of the regions of which an own organisation where the user holds `right`, or a gemeente that it acts for, is
    a member today."""
    access = access_of(user)
    links = OrganisationLink.objects.filter(Period.covers(timezone.localdate()), kind="has_member")
    mine = Q(other__in=access.organisations_with(right))
    mine |= Q(other__kind="gemeente", other__code__in=access.municipalities_with(right))
    return set(links.filter(mine).values_list("organisation", flat=True))


def regions_held_by(user: User, right: Right) -> set[int]:
    """Ids of the regions where the user holds `right`: as regional coordinator."""
    return access_of(user).organisations_with(right, Organisation.Kind.REGIO)
