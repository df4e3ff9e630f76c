"""The promise of this software as one function over the database: every child whose clock runs, and everything that
waits for a person, is on the page "Vandaag" of at least one living person who may act (docs/adr/0036)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import structlog
from django.utils import timezone

from cases.dossier.models import Case, Task
from cases.load.queries import nobodys
from cases.owners.queries import had_by
from cases.sight.queries import reads_course
from cases.sight.waits import Waits
from cases.today.administering import every_failed, failed
from cases.today.models import OutOfSight
from cases.worklist.waiting import WAITS
from thuiszitters.core.people.absences import absent_on
from thuiszitters.core.people.access import access_of, municipalities_where_somebody_holds
from thuiszitters.core.people.organisations import Membership, Period
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Kind:
    """Something that must be in sight: `rows` are ids on the page of a user, `every` are all, with their gemeente."""

    code: str
    rows: Callable[[User, date], set[int]]
    every: Callable[[date], Mapping[int, str]]


@dataclass(frozen=True, order=True)
class Gap:
    """What is on nobody's page. `municipality`: its code, "" for what is of no gemeente."""

    kind: str
    row: int
    municipality: str


def own_dossiers(user: User, today: date) -> set[int]:
    """Open dossiers that the user looks after."""
    if Right.CASE_WORK not in access_of(user).rights:
        return set()
    cases = Case.objects.visible_to(user, Right.CASE_WORK, urgent=False).open()
    return set(cases.filter(had_by(user, today)).values_list("pk", flat=True))


def dossiers(user: User, today: date) -> set[int]:
    """Open dossiers on the page: those the user looks after, and those nobody does, of who divides the work."""
    return own_dossiers(user, today) | set(nobodys(user, today).values_list("pk", flat=True))


def every_dossier(today: date) -> dict[int, str]:
    return dict(Case.objects.open().values_list("pk", "municipality"))


def steps(user: User, today: date) -> set[int]:
    """Open steps on the page: own ones, those of an own organisation that reads them, and all of dossiers there."""
    access = access_of(user)
    if Right.CASE_WORK not in access.rights:
        return set()
    open_ = Task.objects.filter(done_on=None, case__in=Case.objects.open())
    read = open_.filter(case__in=Case.objects.filter(reads_course(user)))
    theirs = read.filter(owner=user) | read.filter(owner_organisation__in=access.organisations_with(Right.CASE_WORK))
    here = open_.filter(case__in=dossiers(user, today))
    return {pk for rows in (theirs, here) for pk in rows.values_list("pk", flat=True)}


def every_step(today: date) -> dict[int, str]:
    open_ = Task.objects.filter(done_on=None, case__in=Case.objects.open())
    return dict(open_.values_list("pk", "case__municipality"))


def _of(waits: Waits) -> Kind:
    return Kind(waits.code, waits.rows, waits.every)


KINDS = (
    Kind("dossier", dossiers, every_dossier),
    Kind("stap", steps, every_step),
    Kind("werk", failed, every_failed),
    *map(_of, WAITS),
)


def living_people(today: date) -> Iterable[User]:
    """Everybody who can log in and holds a role today."""
    held = Membership.objects.filter(Period.covers(today)).values("user")
    return User.objects.filter(pk__in=held, is_active=True).order_by("pk")


def out_of_sight(today: date, kinds: Iterable[Kind] = KINDS) -> list[Gap]:
    """What waits and stands on nobody's page. Who is away counts only where nobody else is there. What is of a gemeente
    for which nobody works stands on the page of the administrator, as a number. Costs some queries per person and kind:
    for the night and for tests."""
    away = set(absent_on(today))
    people = list(living_people(today))
    present = [user for user in people if user.pk not in away]
    absent = [user for user in people if user.pk in away]
    staffed = municipalities_where_somebody_holds(Right.CASE_WORK, but=away)
    worked = municipalities_where_somebody_holds(Right.CASE_WORK)
    administered = any(Right.ADMIN in access_of(user).rights for user in people)
    gaps = []
    for kind in kinds:
        left = _not_with(present, kind, dict(kind.every(today)), today)
        here = {row: code for row, code in left.items() if code in staffed}
        there = _not_with(absent, kind, {row: code for row, code in left.items() if row not in here}, today)
        numbers = {row for row, code in there.items() if administered and code and code not in worked}
        gaps += [Gap(kind.code, row, code) for row, code in (here | there).items() if row not in numbers]
    return sorted(gaps)


def _not_with(people: Iterable[User], kind: Kind, every: dict[int, str], today: date) -> dict[int, str]:
    """What of these is on the page of none of these people."""
    for user in people:
        if not every:
            break
        mine = kind.rows(user, today)
        every = {row: code for row, code in every.items() if row not in mine}
    return every


def look_for_gaps(today: date) -> int:
    """The nightly look: what is out of sight is written down for the administrator and who divides the work, and raises
    an alarm; what is in sight again is struck off. Gives how many there are now."""
    gaps = out_of_sight(today)
    known = {(row.kind, row.row): row for row in OutOfSight.objects.filter(gone_at=None)}
    now = {(gap.kind, gap.row) for gap in gaps}
    OutOfSight.objects.filter(pk__in=[row.pk for key, row in known.items() if key not in now]).update(
        gone_at=timezone.now()
    )
    fresh = [gap for gap in gaps if (gap.kind, gap.row) not in known]
    OutOfSight.objects.bulk_create(
        OutOfSight(kind=gap.kind, row=gap.row, municipality=gap.municipality) for gap in fresh
    )
    for gap in fresh:
        logger.error("out_of_sight", kind=gap.kind, row=gap.row, municipality=gap.municipality)
    return len(gaps)
