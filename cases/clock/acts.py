"""From home periods to deadlines and flags: after each change of facts, and every night for all.

Deadlines are derived from dates each time; the rows are a cache for lists and the worker. Flags are raised once and
withdrawn, with a reason, when changed facts show that they did not hold.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cases.agreements.kinds import DossierKind
from cases.agreements.regions import RegionBook
from cases.agreements.terms import TermBook
from cases.clock.models import Deadline, Flag
from cases.clock.relapse import back_to_work
from cases.dossier.models import Case
from cases.dossier.opening import open_cases
from cases.dossier.results import PLACES
from cases.steps.acts import sync_steps
from cases.steps.kinds import kinds_of
from leerplicht.law.calendar import LessonCalendar
from leerplicht.law.home import Kind
from leerplicht.law.terms import exceeded_from
from leerplicht.models import HomePeriod, Pupil
from leerplicht.services import clock
from leerplicht.services.calendars import calendars_of_pupils
from thuiszitters.core.words import long_date

CHUNK = 500
DERIVED = ("amount", "unit", "start", "warns_from", "exceeded_from")


def facts_changed(pupil_ids: Iterable[int], today: date) -> clock.Recomputed:
    """Bring everything that follows from the facts of these pupils up to date: to be called after each change."""
    ids = sorted(set(pupil_ids))
    with transaction.atomic():
        result = clock.recompute(ids, today)
        sync(Case.objects.open().filter(pupil__in=ids), today)
    return result


def keep_time(today: date) -> Counter[str]:
    """The clocks of all children, dossiers for children at home without one, deadlines and flags."""
    result = clock.recompute(clock.pupils_on_the_clock(), today)
    _open_missing(today)
    sync(Case.objects.open(), today)
    return Counter(kinderen=result.pupils, gewijzigd=len(result.changed), mislukt=len(result.failed))


def tally() -> Counter[str]:
    return Counter(
        geopend=Case.objects.count(),
        signalen=Flag.objects.count(),
        ingetrokken=Flag.objects.exclude(withdrawn_at=None).count(),
    )


def _open_missing(today: date) -> None:
    """Dossiers for children whose clock runs while nobody has them in sight: no open dossier, nor one that was closed
    during this period (then somebody looked and decided)."""
    cases = Case.objects.filter(pupil=OuterRef("pupil"))
    decided = Q(closed_on__gte=OuterRef("first_day")) & ~Q(result__in=PLACES)  # with a place: a relapse
    seen = cases.filter(Q(closed_on=None) | decided)
    missing = HomePeriod.objects.filter(~Exists(seen), last_day=None, back_since=None).exclude(clock_start=None)
    missing = missing.exclude(pupil__in=Pupil.objects.standing_apart())  # first somebody says which child it is
    reasons = {p.pupil_id: _because(p) for p in missing.only("pupil_id", "first_day", "kind", "spans")}
    open_cases(reasons, on=today)


def _because(period: HomePeriod) -> str:
    kind = "Nergens ingeschreven" if period.kind == Kind.ABSOLUUT else "Thuis"
    return f"{kind} sinds {long_date(period.first_day)}: {period.spans[-1]['source']}"


def sync(cases: QuerySet[Case], today: date) -> None:
    """Deadlines, steps and flags of these dossiers anew, some hundreds at a time."""
    ids = cases.values_list("pk", flat=True).order_by("pk").iterator(chunk_size=CHUNK)
    while chunk := list(islice(ids, CHUNK)):
        with transaction.atomic():
            _sync_chunk(chunk, today)


def _sync_chunk(ids: list[int], today: date) -> None:
    cases = list(Case.objects.select_for_update().filter(pk__in=ids).order_by("pk").prefetch_related("formerly"))
    pupils = Pupil.objects.filter(pk__in=[c.pupil_id for c in cases]).select_related("municipality")
    calendars = calendars_of_pupils(pupils)
    periods = defaultdict(list)
    for period in HomePeriod.objects.filter(pupil__in=calendars):
        periods[period.pupil_id].append(period)
    regions = RegionBook()
    terms = TermBook(regions)
    stored = {(d.case_id, d.term_code): d for d in Deadline.objects.filter(case__in=ids)}
    fresh: list[Deadline] = []
    changed: list[Deadline] = []
    cached: list[Case] = []
    at_home: dict[int, HomePeriod | None] = {}
    for case in cases:
        at_home[case.pk] = next((p for p in periods[case.pupil_id] if p.last_day is None), None)
    kinds = kinds_of(cases, at_home, today) if terms.by_kind else {}
    for case in cases:
        running, kind = at_home[case.pk], kinds.get(case.pk, DossierKind.ALL)
        wanted = _deadlines(case, running, terms, calendars[case.pupil_id], kind)
        _compare(case, wanted, stored, today, fresh, changed)
        if _cache(case, running):
            cached.append(case)
    _store(cached, fresh, changed)
    back_to_work(cases, at_home, today)
    sync_steps(cases, at_home, calendars, regions, today)
    _sync_flags({c.pk: periods[c.pupil_id] for c in cases}, {c.pk: c.taken_over_on for c in cases}, today)


def _deadlines(
    case: Case, period: HomePeriod | None, terms: "TermBook", calendar: LessonCalendar, kind: DossierKind
) -> dict[str, Deadline]:
    start = period.clock_start if period else None
    if not start:
        return {}
    wanted = {}
    for term in terms.of(case.municipality_on(start), start, kind):
        try:
            exceeded = exceeded_from(start, term, calendar)
        except ValueError:  # the school holidays of that time are not published: no date is better than a guess
            continue
        wanted[term.code] = Deadline(
            case=case,
            term_code=term.code,
            amount=term.amount,
            unit=term.unit.value,
            start=start,
            exceeded_from=exceeded,
            warns_from=max(start, exceeded - timedelta(days=term.warn_days)),
        )
    return wanted


def _compare(
    case: Case,
    wanted: dict[str, Deadline],
    stored: dict[tuple[int, str], Deadline],
    today: date,
    fresh: list[Deadline],
    changed: list[Deadline],
) -> None:
    for code, deadline in wanted.items():
        row = stored.pop((case.pk, code), None)
        if row is None:
            fresh.append(deadline)
        elif row.stopped_on or any(getattr(row, name) != getattr(deadline, name) for name in DERIVED):
            deadline.pk = row.pk
            changed.append(deadline)
    for key in [k for k in stored if k[0] == case.pk]:
        row = stored.pop(key)
        if row.stopped_on is None:
            row.stopped_on = today
            changed.append(row)


def _cache(case: Case, period: HomePeriod | None) -> bool:
    before = case.home_since, case.clock_start
    case.home_since = period.first_day if period else None
    case.clock_start = period.clock_start if period else None
    return before != (case.home_since, case.clock_start)


def _store(cases: list[Case], fresh: list[Deadline], changed: list[Deadline]) -> None:
    Deadline.objects.bulk_create(fresh, batch_size=CHUNK)
    Deadline.objects.bulk_update(changed, [*DERIVED, "stopped_on"], batch_size=CHUNK)
    Case.objects.bulk_update(cases, ["home_since", "clock_start"], batch_size=CHUNK)


def _sync_flags(periods: dict[int, list[HomePeriod]], taken_over: dict[int, date | None], today: date) -> None:
    """Raise and withdraw the flags of these dossiers; by dossier: `periods` are the home periods, `taken_over` the day
    on which it came from another system."""
    deadlines = Deadline.objects.filter(case__in=periods)
    current = {
        (f.deadline_id, f.level): f
        for f in Flag.objects.filter(deadline__in=deadlines, withdrawn_at=None).select_related("deadline")
    }
    moved = []
    for key, flag in list(current.items()):
        if because := _no_longer_holds(flag, periods[flag.deadline.case_id], today):
            _withdraw(flag, because)
            del current[key]
        elif (since := _since(flag)) != flag.holds_from and today >= flag.raised_on:
            flag.holds_from = since  # it held on the day it was raised, but since another day than was thought
            moved.append(flag)
    Flag.objects.bulk_update(moved, ["holds_from"], batch_size=CHUNK)
    fresh = []
    for d in deadlines:
        for level, since in _thresholds(d):
            due = d.stopped_on is None and since <= today and not _of_the_past(since, taken_over[d.case_id])
            if due and (d.pk, level.value) not in current:
                fresh.append(Flag(deadline=d, level=level, holds_from=since, raised_on=today))
    Flag.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=CHUNK)


def _thresholds(deadline: Deadline) -> tuple[tuple[Flag.Level, date], ...]:
    return (Flag.Level.NEARING, deadline.warns_from), (Flag.Level.EXCEEDED, deadline.exceeded_from)


def _of_the_past(since: date, taken_over_on: date | None) -> bool:
    """What was near or past before a dossier came from another system, was known there: a flag of today would say that
    it happened now (docs/adr/0030). How the term stands shows all the same."""
    return taken_over_on is not None and since < taken_over_on


def _since(flag: Flag) -> date:
    """Since when it holds, by the facts of now."""
    return dict(_thresholds(flag.deadline))[Flag.Level(flag.level)]


def _withdraw(flag: Flag, because: str) -> None:
    rows = Flag.objects.filter(pk=flag.pk, withdrawn_at=None)
    rows.update(withdrawn_at=timezone.now(), withdrawn_because=because)


def _no_longer_holds(flag: Flag, periods: list[HomePeriod], today: date) -> str:
    """Why a flag did not hold on the day it was raised, by the facts of now; empty when it did. Looking back at an
    earlier day withdraws nothing, and a return afterwards does not undo that the term was passed."""
    if today < flag.raised_on:
        return ""
    deadline, since = flag.deadline, _since(flag)
    if since > flag.raised_on:
        if deadline.start > flag.holds_from and _at_home(periods, flag.holds_from):
            return f"de termijn telt opnieuw vanaf {long_date(deadline.start)}"
        return f"de gegevens zijn veranderd: dit geldt pas vanaf {long_date(since)}"
    if deadline.stopped_on is not None and not _at_home(periods, since):
        return "de gegevens zijn veranderd: het kind was op die dag niet meer thuis"
    return ""


def _at_home(periods: list[HomePeriod], day: date) -> bool:
    return any(p.first_day <= day <= (p.last_day or date.max) for p in periods)
