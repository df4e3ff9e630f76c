"""The orders of the worklist: one per column, either way. What somebody may not read shows in no order either."""

from datetime import date
from typing import Any

from django.db.models import Case as Choose
from django.db.models import Count, F, Min, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from cases.clock.models import Deadline
from cases.dossier.models import Case, Task
from cases.sight.queries import reads_course
from thuiszitters.core.people.users import User

# The column by its key in the address, and in words; the first is how a list begins.
SORTS = {
    "thuis": "Thuis",
    "naam": "Leerling",
    "klok": "Klok van het kind",
    "stap": "Volgende stap",
    "contact": "Contact",
    "behandelaar": "Behandelaar",
}


def in_order(cases: QuerySet[Case], asked: str, user: User, today: date) -> QuerySet[Case]:
    """`asked` as it stands in the address: "naam", or "-naam" for the other way. Empty values come last both ways."""
    key, back = asked.removeprefix("-") or "thuis", asked.startswith("-")
    marked, columns = _columns(cases, key, user, today)
    order = [F(name).desc(nulls_last=True) if down != back else F(name).asc(nulls_last=True) for name, down in columns]
    return marked.order_by(*order, "pk")


def _columns(cases: QuerySet[Case], key: str, user: User, today: date) -> tuple[QuerySet[Case], list[tuple[str, bool]]]:
    """What is compared, and whether the list begins with the highest."""
    if key == "naam":
        return cases, [("pupil__search_last", False), ("pupil__search_first", False)]
    if key == "klok":
        return _by_clock(cases, today)
    if key == "stap":
        tasks = Task.objects.filter(case=OuterRef("pk"), done_on=None).order_by("due_on")
        return _of_the_course(cases, user, Subquery(tasks.values("due_on")[:1])), [("told", False)]
    if key == "contact":
        return _of_the_course(cases, user, F("last_contact_on")), [("told", False)]
    if key == "behandelaar":
        return cases, [("handler__last_name", False), ("handler__first_name", False)]
    return cases, [("clock_start", False), ("home_since", False)]


def _of_the_course(cases: QuerySet[Case], user: User, value: Any) -> QuerySet[Case]:
    return cases.annotate(told=Choose(When(reads_course(user), then=value), default=None))


def _by_clock(cases: QuerySet[Case], today: date) -> tuple[QuerySet[Case], list[tuple[str, bool]]]:
    """How many terms passed, then which comes first."""
    running = Deadline.objects.filter(case=OuterRef("pk"), stopped_on=None).order_by().values("case")
    passed = running.filter(exceeded_from__lte=today).annotate(n=Count("pk")).values("n")
    coming = running.filter(exceeded_from__gt=today).annotate(first=Min("exceeded_from")).values("first")
    marked = cases.annotate(passed=Coalesce(Subquery(passed), 0), coming=Subquery(coming))
    return marked, [("passed", True), ("coming", False)]
