"""What a herindeling would move, in numbers; and for which children a person chooses."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from cases.agreements.models import Mandate
from cases.dossier.models import Case
from cases.redivision.rules import Part, part_of
from cases.sight.waits import Waits
from leerplicht.models import Pupil, Redivision, RedivisionPart, School
from leerplicht.names.folding import fold
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Membership, Organisation, OrganisationLink
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

LIVE = (Redivision.State.PREPARED, Redivision.State.DONE)


@dataclass(frozen=True)
class WaitingChild:
    """A child for whom a person chooses. `twin`: the row of the gemeente that knows the child too, with other data."""

    pupil: Pupil
    redivision: Redivision
    parts: list[RedivisionPart]
    twin: Pupil | None = None


def as_parts(rows: Iterable[RedivisionPart]) -> list[Part]:
    return [Part(row.code, frozenset(row.postcodes), frozenset(row.chosen)) for row in rows]


def organisation_of(code: str) -> Organisation | None:
    return Organisation.objects.filter(kind=Organisation.Kind.GEMEENTE, code=code).first()


def running_from(day: date) -> Q:
    """What still holds on a day, or begins later."""
    return Q(valid_until=None) | Q(valid_until__gte=day)


def numbers(code: str, day: date, parts: Sequence[Part]) -> dict[str, int]:
    """How much hangs on the old gemeente. Only numbers: an administrator sees no children."""
    pupils = list(Pupil.objects.filter(municipality=code))
    where = {pupil.pk: part_of(pupil.pk, pupil.address, parts) for pupil in pupils}
    twins = twins_of(pupils, {part.code for part in parts})
    found = [(pupil, twins.get((pupil.pgn_hash, where[pupil.pk] or ""))) for pupil in pupils]
    same = Counter(same_child(pupil, twin) for pupil, twin in found if twin)
    cases, old = Case.objects.filter(municipality=code), organisation_of(code)
    links = OrganisationLink.objects.filter(running_from(day), other=old) if old else OrganisationLink.objects.none()
    return {
        "kinderen": len(pupils),
        "open dossiers": cases.open().count(),
        "afgesloten dossiers": cases.count() - cases.open().count(),
        "kinderen die de nieuwe gemeente ook kent": same[True],
        "kinderen voor wie iemand moet kiezen": sum(code is None for code in where.values()) + same[False],
        "rollen van medewerkers": Membership.objects.filter(running_from(day), organisation=old).count() if old else 0,
        "banden met bureau of regio": links.count(),
        "mandaten": Mandate.objects.filter(running_from(day), organisation=old).count() if old else 0,
        "scholen": School.objects.filter(municipality=code).count(),
    }


def twins_of(pupils: Iterable[Pupil], codes: Iterable[str]) -> dict[tuple[str, str], Pupil]:
    """Rows of the same number in these gemeenten, by number and gemeente."""
    hashes = {pupil.pgn_hash for pupil in pupils if pupil.pgn_hash}
    found = Pupil.objects.filter(pgn_hash__in=hashes, municipality__in=list(codes))
    return {(pupil.pgn_hash, pupil.municipality_id): pupil for pupil in found}


def same_child(one: Pupil, other: Pupil) -> bool:
    """Whether two rows with one number are plainly about one child; else a person looks."""
    return one.born == other.born and fold(one.last_name) == fold(other.last_name)


def waiting_children(user: User) -> list[WaitingChild]:
    """Children of the own gemeenten for whom a person chooses: before the day and after it."""
    codes = access_of(user).municipalities_with(Right.PUPIL_EDIT)
    rows = Redivision.objects.filter(state__in=LIVE, municipality__in=codes).prefetch_related("parts")
    return [child for row in rows for child in waiting_of(row)]


def waiting_of(row: Redivision) -> list[WaitingChild]:
    """The children of one herindeling for whom a person chooses, by name."""
    rows = list(row.parts.all())
    parts = as_parts(rows)
    pupils = list(Pupil.objects.filter(municipality=row.municipality_id).order_by("search_last", "search_first", "pk"))
    twins = twins_of(pupils, {part.code for part in parts})
    found: list[WaitingChild] = []
    for pupil in pupils:
        code = part_of(pupil.pk, pupil.address, parts)
        # Before the day the other gemeente looks after its own row.
        twin = twins.get((pupil.pgn_hash, code or "")) if row.state == Redivision.State.DONE else None
        if code is None or (twin and not same_child(pupil, twin)):
            found.append(WaitingChild(pupil, row, rows, twin))
    return found


def children_to_choose(user: User, today: date) -> set[int]:
    return {child.pupil.pk for child in waiting_children(user)}


def every_child_to_choose(today: date) -> dict[int, str]:
    rows = Redivision.objects.filter(state__in=LIVE).prefetch_related("parts")
    return {child.pupil.pk: row.municipality_id for row in rows for child in waiting_of(row)}


WAITS = (
    Waits(
        "herindeling",
        "Voor 1 kind kiest u de nieuwe gemeente, omdat de gemeente wordt opgeheven.",
        "Voor {} kinderen kiest u de nieuwe gemeente, omdat de gemeente wordt opgeheven.",
        "redivision-children",
        children_to_choose,
        every_child_to_choose,
    ),
)
