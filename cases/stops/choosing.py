"""Which dossiers can come on the agenda of a Thuiszitterstop: narrowed, in an order, and told in one sentence."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case as Choose
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from cases.barriers.models import Barrier
from cases.clock.presentation import Clock, clock_of, current_school, deadlines_of
from cases.dossier.models import Case
from cases.owners.queries import had_by
from cases.sight.queries import reads_course
from cases.stops.models import Stop
from cases.stops.queries import TERMS, candidates, longer_than
from leerplicht.models import Enrolment, Municipality, School
from thuiszitters.core.people.users import User
from thuiszitters.core.words import counted

# The orders of the agenda and of what can come on it; the first is how a list begins.
ORDERS = {"thuis": "langst thuis eerst", "naam": "naam", "school": "school"}
ORDERS_OF_CHOOSING = ORDERS | {"contact": "langst zonder contact eerst"}
MINE = "mij"


@dataclass(frozen=True)
class Choice:
    """What narrows the list, as it was filled in. `away`: children who are not at home now as well."""

    mine: bool = False
    term: str = ""
    school: School | None = None
    barrier: str = ""
    municipality: Municipality | None = None
    away: bool = False
    order: str = ""

    def sentence(self, count: int) -> str:
        """What stands in the list, with how many."""
        who = "kinderen" if self.away else "kinderen die nu thuis zitten"
        narrowed = [
            "van mij" if self.mine else "",
            f"{TERMS[self.term]} thuis" if self.term else "",
            self.school.name if self.school else "",
            f"zit vast op: {Barrier.Kind(self.barrier).label}" if self.barrier else "",
            f"gemeente {self.municipality.name}" if self.municipality else "",
        ]
        told = ", ".join(filter(None, narrowed))
        sorts = ORDERS_OF_CHOOSING[self.order or "thuis"]
        begin = f"{counted(count, 'dossier', 'dossiers')} van {who}"
        return f"{begin}, nog niet op de agenda{f': {told}' if told else ''}. Volgorde: {sorts}."


def chosen(stop: Stop, user: User, choice: Choice, today: date) -> QuerySet[Case]:
    """The dossiers that meet the choice and are not on the agenda, in its order."""
    cases = candidates(user).exclude(pk__in=stop.cases.values("case")).filter(*_narrowing(user, choice, today))
    if choice.school:
        cases = cases.annotate(at_school=Subquery(_enrolments().values("school")[:1])).filter(at_school=choice.school)
    return in_order(cases, choice.order, user)


def _narrowing(user: User, choice: Choice, today: date) -> list[Q]:
    found = [] if choice.away else [Q(home_since__lte=today)]
    if choice.mine:
        found.append(had_by(user, today))
    if choice.term:
        found.append(Q(pk__in=longer_than(choice.term, today).values("case")))
    if choice.barrier:
        found.append(reads_course(user) & Q(Exists(_open_barriers().filter(kind=choice.barrier))))
    if choice.municipality:
        found.append(Q(municipality=choice.municipality))
    return found


def _enrolments() -> QuerySet[Enrolment]:
    """Of the child of a dossier, within a query on dossiers; the one that runs or was last comes first."""
    rows = Enrolment.objects.filter(pupil=OuterRef("pupil"))
    return rows.order_by(F("last_day").desc(nulls_first=True), F("first_day").desc(nulls_last=True), "-pk")


def _open_barriers() -> QuerySet[Barrier]:
    return Barrier.objects.filter(case=OuterRef("pk"), solved_on=None)


def in_order(cases: QuerySet[Case], key: str, user: User | None = None) -> QuerySet[Case]:
    """Empty values last. When there was contact is of the course of events: who does not read it gets no order."""
    if key == "naam":
        return cases.order_by("pupil__search_last", "pupil__search_first", "pk")
    if key == "school":
        cases = cases.annotate(school_name=Subquery(_enrolments().values("school__name")[:1]))
        return cases.order_by(F("school_name").asc(nulls_last=True), F("home_since").asc(nulls_last=True), "pk")
    if key == "contact" and user:
        spoken = Coalesce(F("last_contact_on"), F("opened_on"))
        cases = cases.annotate(silent_since=Choose(When(reads_course(user), then=spoken), default=None))
        return cases.order_by(F("silent_since").asc(nulls_last=True), "pk")
    return cases.order_by(F("home_since").asc(nulls_last=True), "pk")


def sorted_ids(stop: Stop, key: str) -> list[int]:
    """Ids of all dossiers on the agenda in this order."""
    return list(in_order(Case.objects.filter(stops__stop=stop), key).values_list("pk", flat=True))


def mark_of(ids: Sequence[int]) -> str:
    """What says that a list is still the one that was shown."""
    return hashlib.sha256(repr(sorted(ids)).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Candidate:
    """A dossier as a row of the list. `last_contact_on`, `stuck`: for who reads the course of events."""

    case: Case
    school: School | None
    clock: Clock | None
    course: bool
    last_contact_on: date | None
    stuck: Sequence[str]


def rows_of(ids: Sequence[int], user: User, today: date) -> list[Candidate]:
    """These dossiers as rows, in the order of `ids`, in a fixed number of queries."""
    open_barriers = Barrier.objects.filter(solved_on=None)
    fetched = candidates(user).filter(pk__in=ids).select_related("pupil", "municipality")
    fetched = fetched.annotate(told=Choose(When(reads_course(user), then=1), default=0)).prefetch_related(
        Prefetch("pupil__enrolments", Enrolment.objects.select_related("school")),
        Prefetch("barriers", open_barriers, to_attr="open_barriers"),
    )
    cases, running = {case.pk: case for case in fetched}, deadlines_of(ids)
    return [_row(cases[pk], clock_of(cases[pk], running[pk], today)) for pk in ids if pk in cases]


def _row(case: Case, clock: Clock | None) -> Candidate:
    told = bool(case.told)  # type: ignore[attr-defined]
    stuck = list(dict.fromkeys(b.get_kind_display() for b in case.open_barriers)) if told else []  # type: ignore[attr-defined]
    contact = case.last_contact_on if told else None
    return Candidate(case, current_school(case.pupil), clock, told, contact, stuck)
