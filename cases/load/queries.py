"""Who has how much, and what nobody looks after."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from cases.clock.models import Deadline
from cases.dossier.access import colleagues_for
from cases.dossier.models import Case, Task
from cases.owners.queries import codes_to_divide, unattended, without_handler
from cases.sight.waits import Waits
from leerplicht.law.terms import PACT, THUISZITTER
from thuiszitters.core.people.absences import Absence
from thuiszitters.core.people.organisations import Membership, Period
from thuiszitters.core.people.roles import MUNICIPAL_ROLES
from thuiszitters.core.people.users import User

# How long children are at home, by the term that has passed; the longest first. "": no term has passed yet.
STRETCHES = {
    "3-maanden": "langer dan 3 maanden",
    "regio": "voorbij de termijn van de regio",
    "4-weken": "langer dan 4 lesweken",
    "": "korter",
}
SOON_GONE = 31  # days before the end of a role at which it shows


@dataclass
class Load:
    """What one person has; `user` None: nobody. `stretches`: how many dossiers by how long the child is at home, in the
    order of STRETCHES; `rest`: those of children that are not at home. `note`: away, leaving or left."""

    user: User | None
    stretches: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STRETCHES, 0))
    rest: int = 0
    note: str = ""
    leaves: bool = False

    @property
    def counts(self) -> list[int]:
        """The pieces of the picture."""
        return [*self.stretches.values(), self.rest]

    @property
    def in_words(self) -> str:
        pieces = [(STRETCHES[key], n) for key, n in self.stretches.items()] + [("nu niet thuis", self.rest)]
        return ", ".join(f"{word}: {n}" for word, n in pieces if n) or "geen dossiers"

    @property
    def total(self) -> int:
        return sum(self.stretches.values()) + self.rest


def load_of(user: User, today: date) -> list[Load]:
    """Who has what in the gemeenten whose work the user divides: nobody first, then who left, then by how much. A
    constant number of queries."""
    cases = Case.objects.open().filter(municipality__in=codes_to_divide(user))
    passed = defaultdict(set)
    running = Deadline.objects.filter(case__in=cases, stopped_on=None, exceeded_from__lte=today)
    for pk, code in running.values_list("case", "term_code"):
        passed[pk].add(code)
    loads: dict[int | None, Load] = {None: Load(None)}
    loads |= {colleague.pk: Load(colleague) for colleague in colleagues_for(user)}
    alone = set(cases.filter(without_handler(today)).values_list("pk", flat=True))
    for case in cases.select_related("handler").only("pk", "clock_start", "handler"):
        load = loads.setdefault(case.handler_id, Load(case.handler))
        if case.handler_id and case.pk in alone:
            load.leaves, load.note = True, "werkt hier niet meer"
        if case.clock_start is None:
            load.rest += 1
        else:
            load.stretches[_stretch(passed[case.pk])] += 1
    _note(loads.values(), today)
    return sorted(loads.values(), key=lambda load: (load.user is not None, not load.leaves, -load.total))


def _stretch(passed: set[str]) -> str:
    """The last term that passed; what is not of the law or the pact is of the region."""
    if PACT.code in passed:
        return PACT.code
    return "regio" if passed - {THUISZITTER.code} else next(iter(passed), "")


def _note(loads: Iterable[Load], today: date) -> None:
    """Who is away, and whose role ends soon."""
    found = {load.user.pk: load for load in loads if load.user}
    for row in Absence.objects.on(today).filter(user__in=found).select_related("stand_in"):
        instead = f"vervangen door {row.stand_in.short_name}" if row.stand_in else "niemand vervangt"
        found[row.user_id].note = f"afwezig tot en met {row.last_day:%d-%m} · {instead}"
    ends = Membership.objects.filter(Period.covers(today), user__in=found, valid_until__isnull=False)
    stays = Membership.objects.filter(valid_until=None, role__in=MUNICIPAL_ROLES).values("user")
    for ending in ends.exclude(user__in=stays):
        load = found[ending.user_id]
        if ending.valid_until and (ending.valid_until - today).days <= SOON_GONE and load.total:
            load.note, load.leaves = f"rol eindigt {ending.valid_until:%d-%m}: {load.total} dossiers te verdelen", True


def divides_for(user: User, colleague: User) -> bool:
    """Whether `user` divides the work of somebody."""
    return bool(codes_to_divide(user)) and colleagues_for(user).filter(pk=colleague.pk).exists()


def steps_elsewhere(person: User, user: User) -> QuerySet[Task]:
    """Open steps of a person in open dossiers of others, in the gemeenten whose work `user` divides."""
    rows = Task.objects.filter(owner=person, done_on=None, case__in=Case.objects.open())
    rows = rows.filter(case__municipality__in=codes_to_divide(user)).exclude(case__handler=person)
    return rows.select_related("case__handler")


def nobodys(user: User, today: date) -> QuerySet[Case]:
    """Open dossiers that nobody looks after, in the gemeenten whose work the user divides."""
    return Case.objects.open().filter(unattended(today), municipality__in=codes_to_divide(user))


def to_divide(user: User, today: date) -> set[int]:
    return set(nobodys(user, today).values_list("pk", flat=True))


def every_unattended(today: date) -> dict[int, str]:
    return dict(Case.objects.open().filter(unattended(today)).values_list("pk", "municipality"))


WAITS = (
    Waits(
        "verdelen",
        "1 dossier heeft niemand: geef het aan een collega.",
        "{} dossiers hebben niemand: geef ze aan een collega.",
        "divide",
        to_divide,
        every_unattended,
    ),
)
