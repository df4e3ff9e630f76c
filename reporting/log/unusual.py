"""Looks that ask for a question (LG-06). None of these is proof: the list tells a controller where to ask.

Every pattern is a function from the rows of some weeks to findings. Rows are read once; the numbers can be set.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import QuerySet
from django.utils import timezone

from cases.dossier.models import Case, Task
from cases.work.models import Contact, Note
from leerplicht.models import Guardian, Pupil
from leerplicht.names.folding import fold
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.people.roles import Role
from thuiszitters.core.people.users import User

OPENED = ("case_viewed", "dossier_printed", "history_viewed", "report_viewed")
WATCHED = (*OPENED, "emergency_opened", "pgn_shown", "refused")
OFFICERS = (Role.LEERPLICHTAMBTENAAR,)  # a teamleider looks into all, a coordinator into all that was shared
LOOK_BACK = 28


@dataclass(frozen=True)
class Limits:
    """From how many on it is unusual, in one day; `times_usual`: compared with the median of the other days."""

    children: int = 30
    times_usual: float = 3
    outside: int = 8
    refused: int = 5
    numbers: int = 10
    from_hour: int = 6
    until_hour: int = 22


@dataclass(frozen=True)
class Finding:
    """`what`: the pattern in words; `events`: ids of the rows it rests on, `cases`: numbers of the dossiers."""

    on: date
    user_id: int | None
    what: str
    events: tuple[int, ...] = field(default=())
    cases: tuple[str, ...] = field(default=())


def findings(events: QuerySet[AuditEvent], limits: Limits | None = None) -> list[Finding]:
    """What stands out in these rows of the log, the newest first."""
    rows = list(events.filter(action__in=WATCHED, user_id__isnull=False).order_by("pk"))
    limits = limits or Limits()
    patterns = (
        _emergency(rows),
        _own_name(rows),
        _secret_address(rows),
        _far_above_usual(rows, limits),
        _outside_caseload(rows, limits),
        _refused_often(rows, limits),
        _many_numbers(rows, limits),
        _at_night(rows, limits),
    )
    found = [f for pattern in patterns for f in pattern]
    return sorted(found, key=lambda f: (f.on, f.user_id, f.what), reverse=True)


def _day(event: AuditEvent) -> date:
    return timezone.localdate(event.at)


def _finding(what: str, events: list[AuditEvent]) -> Finding:
    numbers = tuple(sorted({e.case_number for e in events if e.case_number}))
    return Finding(_day(events[0]), events[0].user_id, what, tuple(e.pk for e in events), numbers)


def _per_user_and_day(events) -> dict[tuple[int | None, date], list[AuditEvent]]:
    groups = defaultdict(list)
    for event in events:
        groups[event.user_id, _day(event)].append(event)
    return groups


def _emergency(rows) -> Iterator[Finding]:
    for event in rows:
        if event.action == "emergency_opened":
            yield _finding("Noodtoegang gebruikt", [event])


def _own_name(rows) -> Iterator[Finding]:
    """The own family name: of the child, or of a parent."""
    opened = [e for e in rows if e.action in OPENED]
    names: dict[int | None, str] = {
        u.pk: fold(u.last_name) for u in User.objects.filter(pk__in={e.user_id for e in opened})
    }
    ids = {pk for e in opened for pk in e.pupil_ids}
    families = defaultdict(set)
    for pk, name in Pupil.objects.filter(pk__in=ids).values_list("pk", "last_name"):
        families[pk].add(fold(name))
    for pk, name in Guardian.objects.filter(pupil__in=ids).values_list("pupil", "name"):
        families[pk].add(fold(name))
    for (user, _), events in _per_user_and_day(opened).items():
        same = [
            e for e in events if any(_same_family(names.get(user, ""), f) for pk in e.pupil_ids for f in families[pk])
        ]
        if same:
            yield _finding("Dossier met de eigen achternaam geopend", same)


def _same_family(own: str, other: str) -> bool:
    """The whole name, or the end of it: "bakker" in "f. bakker"."""
    return bool(own) and (other == own or other.endswith(f" {own}"))


def _secret_address(rows) -> Iterator[Finding]:
    """A child with a secret address, opened by somebody who does not handle the dossier."""
    opened = [e for e in rows if e.action in OPENED and e.case_number]
    cases = Case.objects.filter(number__in={e.case_number for e in opened}, pupil__secret_address=True)
    handlers = dict(cases.values_list("number", "handler"))
    hits = [e for e in opened if e.case_number in handlers and handlers[e.case_number] != e.user_id]
    for events in _per_user_and_day(hits).values():
        yield _finding("Dossier met een geheim adres geopend door wie het niet behandelt", events)


def _far_above_usual(rows, limits: Limits) -> Iterator[Finding]:
    """Many more children opened in a day than somebody usually does."""
    per_day = _per_user_and_day(e for e in rows if e.action in OPENED)
    counts: dict[int | None, dict[date, int]] = defaultdict(dict)
    for (user, day), events in per_day.items():
        counts[user][day] = len({pk for e in events for pk in e.pupil_ids})
    for user, days in counts.items():
        for day, count in days.items():
            others = [n for other, n in days.items() if other != day]
            usual = median(others) if others else 0
            if count >= limits.children and count >= limits.times_usual * usual:
                what = f"{count} kinderen bekeken op één dag; gewoon is {usual:.0f}"
                yield _finding(what, per_day[user, day])


def _outside_caseload(rows, limits: Limits) -> Iterator[Finding]:
    """An officer who opens many dossiers in a day without any part in them: no handler, nothing written, no step."""
    opened = [e for e in rows if e.action in OPENED and e.case_number and e.role in OFFICERS]
    part = _parts_of({e.case_number for e in opened})
    for events in _per_user_and_day(opened).values():
        outside = [e for e in events if e.user_id not in part[e.case_number]]
        if len({e.case_number for e in outside}) >= limits.outside:
            count = len({e.case_number for e in outside})
            yield _finding(f"{count} dossiers van collega's geopend op één dag", outside)


def _parts_of(numbers: set[str]) -> dict[str, set[int]]:
    """Who has a part in each dossier."""
    part = defaultdict(set)
    for number, handler in Case.objects.filter(number__in=numbers).values_list("number", "handler"):
        part[number].add(handler)
    for model, who in ((Contact, "by"), (Note, "by"), (Task, "owner"), (Task, "by")):
        for number, user in model.objects.filter(case__number__in=numbers).values_list("case__number", who):
            part[number].add(user)
    return part


def _refused_often(rows, limits: Limits) -> Iterator[Finding]:
    for events in _per_user_and_day(e for e in rows if e.result == AuditEvent.Result.REFUSED).values():
        if len(events) >= limits.refused:
            yield _finding(f"{len(events)} keer een dossier geprobeerd dat niet mocht", events)


def _many_numbers(rows, limits: Limits) -> Iterator[Finding]:
    for events in _per_user_and_day(e for e in rows if e.action == "pgn_shown").values():
        if len(events) >= limits.numbers:
            yield _finding(f"{len(events)} keer een heel BSN getoond op één dag", events)


def _at_night(rows, limits: Limits) -> Iterator[Finding]:
    def hour(event) -> int:
        return timezone.localtime(event.at).hour

    late = [e for e in rows if e.action in OPENED and not limits.from_hour <= hour(e) < limits.until_hour]
    for events in _per_user_and_day(late).values():
        yield _finding("Dossiers geopend in de nacht", events)


def since(today: date) -> datetime:
    """The first moment of the weeks that are looked at."""
    return timezone.make_aware(datetime.combine(today - timedelta(days=LOOK_BACK), datetime.min.time()))
