"""Who looks along in a dossier, and who could."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.dossier.models import Case
from cases.family.access import is_open_at, why_not
from cases.family.models import FamilyDoor, LookAlong
from leerplicht.models import Guardian
from thuiszitters.core.people.access import looked_after_by
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User


@dataclass(frozen=True, slots=True)
class Person:
    """A parent, guardian or the child (`guardian` None), and whether that person looks along. `key`: in an address.
    `problem`: why not, when that cannot be now; of who was invited it means that the door is shut meanwhile."""

    guardian: Guardian | None
    row: LookAlong | None
    problem: str
    name: str

    @property
    def key(self) -> int:
        return self.guardian.pk if self.guardian else CHILD

    @property
    def state(self) -> str:
        """In words; empty for who was never invited."""
        if self.row is None:
            return ""
        if self.problem:
            return "kan nu niet meekijken"
        if self.row.is_locked:
            return "geblokkeerd na te veel verkeerde pincodes"
        return "kijkt mee" if self.row.entered_at else "uitgenodigd, keek nog niet"


CHILD = 0  # no guardian has this id


def people_of(case: Case, today: date) -> list[Person]:
    """Everybody who could be invited, and who looks along already though that cannot be any more."""
    rows = {r.guardian_id: r for r in LookAlong.objects.running().filter(case=case).select_related("guardian", "by")}
    guardians = list(case.pupil.guardians.running(today))
    known = {g.pk for g in guardians}
    guardians += [r.guardian for r in rows.values() if r.guardian and r.guardian_id not in known]
    people = [Person(g, rows.get(g.pk), why_not(case, g, today), f"{g.name} ({g.relation})") for g in guardians]
    return [*people, Person(None, rows.get(None), why_not(case, None, today), case.pupil.name)]


def along_of(case: Case) -> list[LookAlong] | None:
    """Who was invited to look along, for the page of a dossier that was fetched whole; None where the gemeente does not
    let people look along."""
    if not is_open_at(case.municipality_id):
        return None
    return [row for row in case.lookers.all() if row.ended_at is None]


@dataclass(frozen=True, slots=True)
class DoorShown:
    organisation: Organisation
    row: FamilyDoor | None
    looking: int

    @property
    def is_open(self) -> bool:
        return self.row is not None and self.row.open


def doors_of(user: User) -> Sequence[DoorShown]:
    """Each gemeente that the user looks after, and how many people look along there."""
    gemeenten = looked_after_by(user).filter(kind=Organisation.Kind.GEMEENTE).order_by("name")
    rows = {row.organisation_id: row for row in FamilyDoor.objects.visible_to(user).select_related("by")}
    running = list(LookAlong.objects.running().values_list("case__municipality", flat=True))
    return [DoorShown(o, rows.get(o.pk), running.count(o.code)) for o in gemeenten]
