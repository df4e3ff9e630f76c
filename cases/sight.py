"""What one person sees of one dossier: roles (`cases.parts`), what was shared with the own organisation, and consent,
joined in one object that pages, papers and lists ask. Without a person: a command on the server of the gemeente."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from cases.models import Case, Consent, EmergencyAccess
from cases.models.work import Entry
from cases.parts import EMERGENCY, MATRIX, Level, Part, most, restrict
from cases.policies import YOUTH_DECIDES_AT
from cases.results import RESULTS, Counts
from thuiszitters.core.access import Access, access_of
from thuiszitters.core.models import Membership, Organisation
from thuiszitters.core.roles import Right, Role
from thuiszitters.core.words import age_on

MUNICIPAL = (Organisation.Kind.GEMEENTE, Organisation.Kind.REGIONAAL_BUREAU)


@dataclass(frozen=True)
class Sight:
    """`levels`: how much of each part. `own`: ids of the organisations on whose behalf the person looks, `schools`: the
    codes of the schools among them. `municipal`: whether that is the side of the gemeente that owns the dossier.
    `health_from`: ids of organisations whose health data may be read by consent; the municipal side counts as one
    (MUNICIPAL_SIDE)."""

    levels: dict[Part, Level]
    own: frozenset[int] = frozenset()
    schools: frozenset[str] = frozenset()
    municipal: bool = False
    health_from: frozenset[int] = frozenset()
    user_id: int | None = None
    handler_id: int | None = None
    membership: Membership | None = None
    emergency: EmergencyAccess | None = None

    def at(self, part: Part) -> Level:
        return self.levels.get(part, Level.NONE)

    def reads(self, part: Part) -> bool:
        return self.at(part) >= Level.READ

    @property
    def parts(self) -> list[str]:
        """The parts of which anything is seen, for the log."""
        return [part.value for part in Part if self.at(part) > Level.NONE and part != Part.NUMMER]

    # For templates.
    @property
    def absence(self) -> bool:
        return self.reads(Part.VERZUIM)

    @property
    def course(self) -> bool:
        return self.reads(Part.VERLOOP)

    @property
    def exemption(self) -> str:
        """Nothing, or the name of how much of an exemption shows: until, conclusion, read, write."""
        level = self.at(Part.VRIJSTELLING)
        return level.name.lower() if level > Level.NONE else ""

    def sees_result(self, result: str) -> bool:
        """Whether the result of a closed dossier shows: an exemption is told to those who may know of it."""
        return RESULTS[result].counts != Counts.EXEMPTION or self.at(Part.VRIJSTELLING) >= Level.CONCLUSION

    def sees_school(self, code: str) -> bool:
        """Whether what a school reported or where a child is enrolled shows; a school sees its own."""
        return self.absence or (self.at(Part.VERZUIM) == Level.OWN and code in self.schools)

    def wrote(self, entry: Entry) -> bool:
        """Whether the own side wrote this. The gemeente and the bureau that acts for it are one side."""
        return entry.organisation_id in self.own or (self.municipal and entry.organisation.kind in MUNICIPAL)

    def can_read(self, entry: Entry) -> bool:
        """Whether what stands in an entry may be read; see `cases.parts` for the rule of each part."""
        return _RULES[Part(entry.part)](self, entry)

    def knows_of(self, entry: Entry) -> bool:
        """Whether it shows that the entry is there. Of enforcement and safety only the municipal side and who wrote it
        know that; of the rest everybody with a view on what was done."""
        part = Part(entry.part)
        if self.can_read(entry):
            return True
        if part in (Part.HANDHAVING, Part.VEILIGHEID):
            return self.municipal and self.at(part) > Level.NONE
        return self.course if part == Part.VERLOOP else self.course and self.at(part) > Level.NONE

    def writes_in(self, part: Part) -> bool:
        """Whether the person may write an entry of this part."""
        if part == Part.VERLOOP:
            return self.at(part) == Level.WRITE
        return self.at(part) in (Level.OWN, Level.CONSENT, Level.WRITE)


def _reads_course(sight: Sight, entry: Entry) -> bool:
    if sight.municipal and not sight.course:  # a boa who is no leerplichtambtenaar
        return False
    return sight.wrote(entry) or (entry.shared and sight.course)


def _reads_health(sight: Sight, entry: Entry) -> bool:
    """The own side, and whoever the parents or the youth allowed to (domain 8.2, the hard rule)."""
    if sight.at(Part.GEZONDHEID) < Level.OWN:
        return False
    return sight.wrote(entry) or owner_of(entry.organisation) in sight.health_from


def _reads_enforcement(sight: Sight, entry: Entry) -> bool:
    return sight.municipal and sight.reads(Part.HANDHAVING)


def _reads_safety(sight: Sight, entry: Entry) -> bool:
    """Who wrote it; the handler of the own side, so that it is not lost when a dossier changes hands; an emergency."""
    level = sight.at(Part.VEILIGHEID)
    if level >= Level.READ:
        return True
    return level == Level.OWN and (
        entry.by_id == sight.user_id or (sight.wrote(entry) and sight.user_id == sight.handler_id is not None)
    )


_RULES = {
    Part.VERLOOP: _reads_course,
    Part.GEZONDHEID: _reads_health,
    Part.HANDHAVING: _reads_enforcement,
    Part.VEILIGHEID: _reads_safety,
}

MUNICIPAL_SIDE = 0  # no organisation has this id


def owner_of(organisation: Organisation) -> int:
    """Whose data it is: the organisation, or the municipal side as one."""
    return MUNICIPAL_SIDE if organisation.kind in MUNICIPAL else organisation.pk


@dataclass(frozen=True)
class _Seat:
    """A membership from which a dossier is seen, and how much it shows."""

    membership: Membership
    levels: dict[Part, Level] = field(default_factory=dict)
    municipal: bool = False


def sight_of(case: Case, user) -> Sight:
    """What `user` sees of this dossier now. Three queries at most, whatever stands in it."""
    if user is None:
        return Sight(MATRIX[Role.LEERPLICHTAMBTENAAR], municipal=True)
    access = access_of(user)
    seats = list(_seats(case, access))
    emergency = None if any(s.municipal for s in seats) else _emergency(case, user)
    levels = [s.levels for s in seats] + ([EMERGENCY] if emergency else [])
    own = frozenset(s.membership.organisation_id for s in seats)
    municipal = any(s.municipal for s in seats)
    return Sight(
        levels=most(*levels) if levels else {}, own=own, municipal=municipal,
        schools=frozenset(s.membership.organisation.code for s in seats if s.membership.organisation.is_school),
        health_from=_health_from(case, own, municipal) if seats else frozenset(), user_id=user.pk,
        handler_id=case.handler_id, emergency=emergency,
        membership=seats[0].membership if seats else _urgent_seat(access) if emergency else access.main,
    )  # fmt: skip


def _seats(case: Case, access: Access) -> Iterable[_Seat]:
    viewing = [m for m in access.memberships if Right.CASE_VIEW in Role(m.role).rights]
    shared = {}
    if viewing:
        mine = {m.organisation_id for m in viewing}
        running = case.involvements.running().filter(organisation__in=mine)
        shared = dict(running.values_list("organisation", "parts"))
    for m in viewing:
        if case.municipality_id in access.codes_of(m):
            yield _Seat(m, MATRIX[Role(m.role)], municipal=True)
        elif m.organisation_id in shared:
            yield _Seat(m, restrict(Role(m.role), shared[m.organisation_id]))


def _emergency(case: Case, user) -> EmergencyAccess | None:
    return EmergencyAccess.objects.running_of(user).filter(case=case).first()


def _urgent_seat(access: Access) -> Membership | None:
    return next((m for m in access.memberships if Right.EMERGENCY in Role(m.role).rights), None)


def _health_from(case: Case, own: frozenset[int], municipal: bool) -> frozenset[int]:
    """Whose health data the own side may read, by consent that was not withdrawn."""
    running = Consent.objects.filter(case=case, health=True, withdrawn_at=None).select_related("owner", "recipient")
    return frozenset(
        owner_of(c.owner) for c in running
        if c.recipient_id in own or (municipal and c.recipient.kind in MUNICIPAL)
    )  # fmt: skip


def sight_after_sharing(case: Case, organisation: Organisation, roles: Sequence[Role], parts: Iterable[str],
                        health: bool) -> Sight:  # fmt: skip
    """What people of `organisation` would see if these parts were shared: the preview, by the same rules."""
    health_from = {MUNICIPAL_SIDE} if health else set()
    return Sight(
        most(*(restrict(role, parts) for role in roles)), own=frozenset({organisation.pk}),
        schools=frozenset({organisation.code}) if organisation.is_school else frozenset(),
        health_from=frozenset(health_from) | _health_from(case, frozenset({organisation.pk}), False),
        handler_id=case.handler_id,
    )  # fmt: skip


def readable_by_parents(entry, pupil, today: date | None = None) -> bool:
    """Whether parents may read what a contact or note says. A young person of 16 or over can keep it back (domain 8.5);
    what was written for the own side only is not for them either."""
    today = today or timezone.localdate()
    if entry.kept_from_parents and age_on(today, pupil.born) >= YOUTH_DECIDES_AT:
        return False
    return Part(entry.part) == Part.VERLOOP and entry.shared
