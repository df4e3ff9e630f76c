"""May this user plan this Thuiszitterstop, put own dossiers on its agenda, or take one off? (docs/adr/0044)"""

from cases.agreements.regions import regions_held_by, regions_of_members
from cases.dossier.access import check_may
from cases.stops.models import Stop, StopCase
from cases.stops.queries import put_on_by_side_of
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


def may_plan(stop: Stop, user: User) -> bool:
    """For the organisation that plans it, or the coordinator of the region that does."""
    if stop.organisation_id in access_of(user).organisations_with(Right.EXPORT):
        return True
    held = regions_held_by(user, Right.REGION_EDIT)
    return stop.organisation_id in held and stop.region_id in held


def check_may_plan(stop: Stop, by: User | None) -> None:
    check_may(by is None or may_plan(stop, by))


def planner_for(user: User, region: Organisation) -> Organisation:
    """On behalf of whom somebody plans for a region: the own organisation, or the region that one coordinates."""
    if region.pk in regions_of_members(user, Right.EXPORT):
        return access_of(user).organisation_with(Right.EXPORT)
    return region


def may_bring(stop: Stop, user: User) -> bool:
    """Own dossiers: for who plans it and takes dossiers along, and for who belongs to its region."""
    if stop.organisation_id in access_of(user).organisations_with(Right.EXPORT):
        return True
    return stop.region_id in regions_of_members(user, Right.EXPORT)


def check_may_bring(stop: Stop, by: User | None) -> None:
    check_may(by is None or may_bring(stop, by))


def check_may_take_off(row: StopCase, by: User | None) -> None:
    """For who plans it, and for the side that put it there."""
    check_may(by is None or may_plan(row.stop, by) or row.pk in put_on_by_side_of(row.stop, by))
