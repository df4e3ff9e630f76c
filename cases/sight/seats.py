"""What one person sees of one dossier: roles (`cases.parts`), what was shared with the own organisation, and consent,
joined in one object that pages, papers and lists ask. Without a person: a command on the server of the gemeente.

Somebody with several roles has several seats. Each seat is judged by itself and never lends its side or its level to
another: a boa who is also coordinator elsewhere reads what a boa reads and what a coordinator reads, and no more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cases.dossier.entry import OfAPart, OfASide, Told, WrittenEntry
from cases.dossier.models import Case
from cases.dossier.results import RESULTS, Counts
from cases.dossier.rules import YOUTH_DECIDES_AT
from cases.dossier.taking_part import Consent, EmergencyAccess
from cases.parts.matrix import EMERGENCY, MATRIX, TLV, Level, Part, most, restrict
from leerplicht.models import Pupil
from thuiszitters.core.dates import age_on
from thuiszitters.core.people.access import Access, access_of
from thuiszitters.core.people.organisations import Membership, Organisation
from thuiszitters.core.people.roles import MUNICIPAL_ROLES, Right, Role
from thuiszitters.core.people.users import User

MUNICIPAL = (Organisation.Kind.GEMEENTE, Organisation.Kind.REGIONAAL_BUREAU)
MUNICIPAL_SIDE = 0  # no organisation has this id


def owner_of(organisation: Organisation) -> int:
    """Whose data it is: the organisation, or the municipal side as one."""
    return MUNICIPAL_SIDE if organisation.kind in MUNICIPAL else organisation.pk


@dataclass(frozen=True)
class Seat:
    """A role from which a dossier is seen. `levels`: how much of each part. `own`: the organisation whose texts are
    own. `municipal`: whether that is the side of the gemeente that owns the dossier. `school`: the own school's code.
    `health_from`: whose health data may be read by consent (`owner_of`)."""

    levels: dict[Part, Level]
    own: int | None = None
    municipal: bool = False
    school: str = ""
    health_from: frozenset[int] = frozenset()
    role: Role | None = None
    membership: Membership | None = None
    user_id: int | None = None
    handles: bool = False

    def at(self, part: Part) -> Level:
        return self.levels.get(part, Level.NONE)

    def reads(self, part: Part) -> bool:
        return self.at(part) >= Level.READ

    def wrote(self, entry: OfASide) -> bool:
        """Whether the own side wrote this. The gemeente and the bureau that acts for it are one side."""
        return entry.organisation_id == self.own or (self.municipal and entry.organisation.kind in MUNICIPAL)

    def can_read(self, entry: Told) -> bool:
        return _RULES[Part(entry.part)](self, entry)

    def knows_of(self, entry: Told) -> bool:
        """Whether it shows that the entry is there. Of enforcement and safety only the municipal side and who wrote it
        know that; of the rest everybody with a view on what was done."""
        part, course = Part(entry.part), self.reads(Part.VERLOOP)
        if self.can_read(entry):
            return True
        if part in (Part.HANDHAVING, Part.VEILIGHEID):
            return self.municipal and self.at(part) > Level.NONE
        return course and self.at(part) > Level.NONE


def _reads_course(seat: Seat, entry: Told) -> bool:
    """The own side, and what was shared. A boa is of the municipal side and reads no course of events."""
    if seat.municipal and not seat.reads(Part.VERLOOP):
        return False
    return seat.wrote(entry) or (entry.shared and seat.reads(Part.VERLOOP))


def _reads_health(seat: Seat, entry: Told) -> bool:
    """The own side, and whoever the parents or the youth allowed to (domain 8.2, the hard rule)."""
    if seat.at(Part.GEZONDHEID) < Level.OWN:
        return False
    return seat.wrote(entry) or owner_of(entry.organisation) in seat.health_from


def _reads_enforcement(seat: Seat, entry: Told) -> bool:
    return seat.municipal and seat.reads(Part.HANDHAVING)


def _reads_safety(seat: Seat, entry: Told) -> bool:
    """Who wrote it; the handler of the own side, so that it is not lost when a dossier changes hands; an emergency."""
    level = seat.at(Part.VEILIGHEID)
    if level >= Level.READ:
        return True
    own = entry.by_id is not None and entry.by_id == seat.user_id
    return level == Level.OWN and (own or (seat.handles and seat.wrote(entry)))


_RULES = {
    Part.VERLOOP: _reads_course,
    Part.GEZONDHEID: _reads_health,
    Part.HANDHAVING: _reads_enforcement,
    Part.VEILIGHEID: _reads_safety,
}


@dataclass(frozen=True)
class Sight:
    """All seats of one person at one dossier. `within`: the sight of who looks over the shoulder, in a preview: what
    that person may not read does not show either."""

    seats: tuple[Seat, ...]
    emergency: EmergencyAccess | None = None
    user_id: int | None = None
    within: "Sight | None" = None

    def at(self, part: Part) -> Level:
        return max((s.at(part) for s in self.seats), default=Level.NONE)

    def reads(self, part: Part) -> bool:
        return self.at(part) >= Level.READ

    def may(self, right: Right) -> bool:
        """Whether a role that sees this dossier holds the right; a right at another organisation does not count."""
        return any(s.role and right in s.role.rights for s in self.seats)

    @property
    def parts(self) -> list[str]:
        """The parts of which anything is seen, for the log."""
        return [part.value for part in Part if self.at(part) > Level.NONE and part != Part.NUMMER]

    @property
    def own(self) -> frozenset[int]:
        return frozenset(s.own for s in self.seats if s.own)

    @property
    def municipal(self) -> bool:
        """Whether the person is of the gemeente that owns the dossier, in whatever role."""
        return any(s.municipal for s in self.seats)

    @property
    def officer(self) -> bool:
        """Whether the person reads what the municipal side wrote for itself: reasons, sources, remarks."""
        return any(s.municipal and s.reads(Part.VERLOOP) for s in self.seats)

    @property
    def absence(self) -> bool:
        return self.reads(Part.VERZUIM)

    @property
    def course(self) -> bool:
        return self.reads(Part.VERLOOP)

    @property
    def tlv(self) -> Level:
        """Whether the TLV of an offer shows, and may be recorded."""
        return max(
            (TLV.get(s.role, Level.NONE) for s in self.seats if s.role and s.reads(Part.VERLOOP)), default=Level.NONE
        )

    @property
    def exemption(self) -> str:
        """Nothing, or the name of how much of an exemption shows: until, conclusion, read, write."""
        level = self.at(Part.VRIJSTELLING)
        return level.name.lower() if level > Level.NONE else ""

    @property
    def membership(self) -> Membership | None:
        """On whose behalf the person looks: the seat in which something can be done comes first."""
        seats = sorted(self.seats, key=lambda s: not (s.role and Right.CASE_WORK in s.role.rights))
        return seats[0].membership if seats else None

    def sees_result(self, result: str) -> bool:
        """Whether the result of a closed dossier shows: an exemption is told to those who may know of it."""
        return RESULTS[result].counts != Counts.EXEMPTION or self.at(Part.VRIJSTELLING) >= Level.CONCLUSION

    def sees_school(self, code: str) -> bool:
        """Whether what a school reported or where a child is enrolled shows; a school sees its own."""
        return any(s.reads(Part.VERZUIM) or (s.at(Part.VERZUIM) == Level.OWN and s.school == code) for s in self.seats)

    def can_read(self, entry: Told) -> bool:
        """Whether what stands in an entry may be read; see `cases.parts` for the rule of each part."""
        return any(s.can_read(entry) for s in self.seats) and (self.within is None or self.within.can_read(entry))

    def knows_of(self, entry: Told) -> bool:
        return any(s.knows_of(entry) for s in self.seats) and (self.within is None or self.within.knows_of(entry))

    def knows_letter(self, document: OfAPart) -> bool:
        """Whether it shows that a letter was made: one about an exemption to who writes there, a warning to the
        gemeente."""
        if document.part == Part.VRIJSTELLING:
            return self.exemption == "write"
        return document.part == Part.VERLOOP or self.officer

    def sees_opinion(self, guardian_id: int | None) -> bool:
        """Whether it shows what this parent, or (None) the child, thinks of the plan."""
        return self.course

    def writes_in(self, part: Part) -> bool:
        """Whether the person may write an entry of this part."""
        if part == Part.VERLOOP:
            return self.at(part) == Level.WRITE
        return self.at(part) in (Level.OWN, Level.CONSENT, Level.WRITE)

    def same_as(self, other: "Sight") -> bool:
        """Whether both show the same: what was made with one may still be given with the other."""
        return self.key == other.key

    @property
    def key(self) -> list[tuple[object, ...]]:
        """Everything on which it hangs what is seen."""
        return sorted(
            (s.own or 0, s.municipal, sorted(s.levels.items()), sorted(s.health_from), s.handles) for s in self.seats
        )


def sight_of(case: Case, user: User | None) -> Sight:
    """What `user` sees of this dossier now. Three queries at most, whatever stands in it; one when it was fetched
    (`cases.course.whole`)."""
    if user is None:
        return Sight((Seat(MATRIX[Role.LEERPLICHTAMBTENAAR], municipal=True, role=Role.LEERPLICHTAMBTENAAR),))
    access = access_of(user)
    seats = tuple(_seats(case, user, access))
    emergency = None if any(s.municipal for s in seats) else _emergency(case, user)
    if emergency:
        seats += (Seat(EMERGENCY, user_id=user.pk, membership=_urgent_seat(access)),)
    return Sight(seats, emergency, user.pk)


def _seats(case: Case, user: User, access: Access) -> Iterable[Seat]:
    viewing = [m for m in access.memberships if Right.CASE_VIEW in Role(m.role).rights]
    if not viewing:
        return
    today = timezone.localdate()
    shared = {i.organisation_id: i.parts for i in case.involvements.all() if i.holds_on(today)}
    consents = _health_consents(case)
    for m in viewing:
        role, organisation = Role(m.role), m.organisation
        municipal = role in MUNICIPAL_ROLES and case.municipality_id in access.codes_of(m)
        if municipal or m.organisation_id in shared:
            levels = MATRIX[role] if municipal else restrict(role, shared[m.organisation_id])
            # A holder at a gemeente is not of the side of its officers: what these wrote is not the holder's own.
            own = m.organisation_id if municipal or organisation.kind not in MUNICIPAL else None
            yield Seat(
                levels,
                own,
                municipal,
                organisation.code if organisation.is_school else "",
                _health_from(consents, m.organisation_id, municipal),
                role,
                m,
                user.pk,
                user.pk == case.handler_id,
            )


def _health_consents(case: Case) -> list[Consent]:
    return [c for c in case.consents.all() if c.health and c.withdrawn_at is None]


def _health_from(consents: Iterable[Consent], organisation: int, municipal: bool) -> frozenset[int]:
    """Whose health data a seat may read, by consent that was not withdrawn. Consents for the municipal side end when a
    dossier is handed over, so those that run are for the gemeente that has it now."""
    return frozenset(
        owner_of(c.owner)
        for c in consents
        if c.recipient_id == organisation or (municipal and c.recipient.kind in MUNICIPAL)
    )


def _emergency(case: Case, user: User) -> EmergencyAccess | None:
    return EmergencyAccess.objects.running_of(user).filter(case=case).first()


def _urgent_seat(access: Access) -> Membership | None:
    return next((m for m in access.memberships if Right.EMERGENCY in Role(m.role).rights), None)


def sight_after_sharing(
    case: Case, organisation: Organisation, roles: Sequence[Role], parts: Iterable[str], health: bool, within: Sight
) -> Sight:
    """What people of `organisation` would see if these parts were shared: the preview, by the same rules, and no more
    than who looks at it may read (`within`)."""
    agreed = {owner_of(c.owner) for c in _health_consents(case) if c.recipient_id == organisation.pk}
    health_from = agreed | ({MUNICIPAL_SIDE} if health else set())
    seat = Seat(
        most(*(restrict(role, parts) for role in roles)),
        organisation.pk,
        school=organisation.code if organisation.is_school else "",
        health_from=frozenset(health_from),
    )
    return Sight((seat,), within=within)


def readable_by_parents(entry: Told, pupil: Pupil, today: date | None = None) -> bool:
    """Whether parents may read what a contact or note says. A young person of 16 or over can keep it back (domain 8.5);
    what was written for the own side only is not for them either."""
    today = today or timezone.localdate()
    kept = isinstance(entry, WrittenEntry) and entry.kept_from_parents
    if kept and age_on(today, pupil.born) >= YOUTH_DECIDES_AT:
        return False
    return Part(entry.part) == Part.VERLOOP and entry.shared
