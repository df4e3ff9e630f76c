"""When is a child at home, since when, and of which kind? Home periods derived from facts.

The rules, with their reasons, stand in docs/adr/0005. In short: a child stays at home until it is back at school for a
whole lesson week; trial days, holidays, a closed report or a new enrolment on paper do not bring a child to school.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from leerplicht.law.calendar import SchoolCalendar

DAY = timedelta(days=1)
FOREVER = date.max


class Kind(StrEnum):
    """What a day at home is: enrolled but absent, enrolled nowhere, or absent with permission."""

    RELATIEF = "relatief"
    ABSOLUUT = "absoluut"
    GEOORLOOFD = "geoorloofd"


class EndedBy(StrEnum):
    """Why a home period ended."""

    RETURN = "terug"
    ENROLMENT = "ingeschreven"
    EXEMPTION = "vrijgesteld"
    NO_OBLIGATION = "niet leerplichtig"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact with its days, both included; no last day: still so. `source` tells people where it came from."""

    first_day: date
    last_day: date | None
    source: str

    @property
    def end(self) -> date:
        """The first day on which the fact no longer holds."""
        return self.last_day + DAY if self.last_day else FOREVER


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one child. `obliged` are the days of leerplicht and kwalificatieplicht, `back` the first
    days back at school (no trial days), `absent` the unauthorised absences with all lessons missed."""

    obliged: Sequence[Fact] = ()
    absent: Sequence[Fact] = ()
    unenrolled: Sequence[Fact] = ()
    permitted: Sequence[Fact] = ()
    exempt: Sequence[Fact] = ()
    back: Sequence[date] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Days of one kind within a home period; `last_day` is None for the span that still runs."""

    kind: Kind
    first_day: date
    last_day: date | None
    source: str


@dataclass(frozen=True, slots=True)
class HomePeriod:
    """From the first day missed to the return.

    `clock_start`: since when the terms run, the first day of unauthorised absence that no permitted whole lesson week
    has interrupted; None while the absence is permitted. `back_since`: back at school, but not yet a whole lesson week,
    so the period still runs. `last_day` is None while it runs.
    """

    first_day: date
    last_day: date | None
    spans: tuple[Span, ...]
    clock_start: date | None
    back_since: date | None
    ended_by: EndedBy | None

    @property
    def kind(self) -> Kind:
        """What the absence is now, or was at the end."""
        return self.spans[-1].kind


@dataclass(frozen=True, slots=True)
class _Piece:
    """Days [start, end) in one condition; no kind: not at home, for the reason in `why`."""

    kind: Kind | None
    start: date
    end: date
    source: str
    why: EndedBy | None = None


def home_periods(facts: Facts, calendar: SchoolCalendar, today: date) -> list[HomePeriod]:
    """The home periods up to and including `today`, oldest first; facts after `today` do not count yet.

    Sources: domain rules 1.6, 3.1, 3.2, R7, R8, R12 and R14. ValueError: a day outside the known school holidays.
    """
    tomorrow = today + DAY
    pieces = _pieces(_bounded(facts, calendar, tomorrow), calendar, tomorrow)
    return [_period(group, after, calendar) for group, after in _groups(pieces, calendar)]


def _bounded(facts: Facts, calendar: SchoolCalendar, tomorrow: date) -> Facts:
    """The facts up to `tomorrow`, from and until the days on which there was something to miss."""
    return replace(
        facts,
        absent=[_until_back(a, facts.back) for a in facts.absent],
        unenrolled=[u for u in (_from_school_day(u, calendar, tomorrow) for u in facts.unenrolled) if u],
        permitted=[_through_days_off(_until_back(p, facts.back), calendar, tomorrow) for p in facts.permitted],
    )


def _until_back(absence: Fact, back: Iterable[date]) -> Fact:
    """An absence ends on the day before the first return after its first day, if not earlier by itself."""
    later = [day for day in back if absence.first_day < day < absence.end]
    return replace(absence, last_day=min(later) - DAY) if later else absence


def _from_school_day(gap: Fact, calendar: SchoolCalendar, tomorrow: date) -> Fact | None:
    """Between two schools in a holiday nothing is missed: count from the first school day, or not at all (R12)."""
    end = min(gap.end, tomorrow)
    day = _first_school_day(gap.first_day, end, calendar)
    return replace(gap, first_day=day) if day < end else None


def _through_days_off(permission: Fact, calendar: SchoolCalendar, tomorrow: date) -> Fact:
    """On a weekend or holiday nothing is missed: what was permitted up to it becomes unauthorised after it (R7)."""
    if permission.end >= tomorrow:
        return permission
    return replace(permission, last_day=_first_school_day(permission.end, tomorrow, calendar) - DAY)


def _first_school_day(day: date, end: date, calendar: SchoolCalendar) -> date:
    """The first school day from `day`; `end` when there is none before it."""
    while day < end and not calendar.is_school_day(day):
        day += DAY
    return day


def _pieces(facts: Facts, calendar: SchoolCalendar, tomorrow: date) -> list[_Piece]:
    """The days from the first fact up to `tomorrow`, cut wherever anything changes, joined where nothing does."""
    everything = [*facts.absent, *facts.unenrolled, *facts.permitted, *facts.exempt, *facts.obliged]
    cuts = {day for f in everything for day in (f.first_day, f.end) if day < tomorrow}
    pieces: list[_Piece] = []
    for start, end in pairwise([*sorted(cuts), tomorrow]):
        _add(pieces, _piece(facts, start, end), calendar)
    return pieces


def _add(pieces: list[_Piece], piece: _Piece, calendar: SchoolCalendar) -> None:
    """After an exemption, and when the obligation begins, nothing is missed until the first school day (R2, R12)."""
    if piece.kind and (not pieces or pieces[-1].why):
        piece = replace(piece, start=_first_school_day(piece.start, piece.end, calendar))
    if pieces and _same(pieces[-1], piece):
        piece = replace(pieces.pop(), end=piece.end)
    if piece.start < piece.end:
        pieces.append(piece)


def _same(a: _Piece, b: _Piece) -> bool:
    return (a.kind, a.why) == (b.kind, b.why)


def _piece(facts: Facts, start: date, end: date) -> _Piece:
    """The condition of the days from `start`: what comes first in this list wins."""
    if not _at(facts.obliged, start):
        return _Piece(None, start, end, "", EndedBy.NO_OBLIGATION)
    if exempt := _at(facts.exempt, start):
        return _Piece(None, start, end, exempt.source, EndedBy.EXEMPTION)
    for kind, group in (
        (Kind.ABSOLUUT, facts.unenrolled),
        (Kind.GEOORLOOFD, facts.permitted),
        (Kind.RELATIEF, facts.absent),
    ):
        if fact := _at(group, start):
            return _Piece(kind, start, end, fact.source)
    return _Piece(None, start, end, "")


def _at(facts: Iterable[Fact], day: date) -> Fact | None:
    return next((f for f in facts if f.first_day <= day < f.end), None)


def _groups(pieces: Sequence[_Piece], calendar: SchoolCalendar) -> Iterable[tuple[list[_Piece], _Piece | None]]:
    """Pieces at home that belong together, with the piece after them. A short visit to school joins two."""
    group: list[_Piece] = []
    for piece in pieces:
        if piece.kind:
            group.append(piece)
        elif group and _parts(piece, calendar):
            yield group, piece
            group = []
    if group:
        after = pieces[-1] if pieces[-1].kind is None else None
        yield group, after


def _parts(gap: _Piece, calendar: SchoolCalendar) -> bool:
    """Whether these days at school (or exempt, or not obliged) end a home period."""
    if gap.why:
        return True
    return calendar.add_lesson_weeks(gap.start, 1) <= gap.end


def _period(group: list[_Piece], after: _Piece | None, calendar: SchoolCalendar) -> HomePeriod:
    ended = after is not None and _parts(after, calendar)
    last_piece = group[-1]
    return HomePeriod(
        first_day=group[0].start,
        last_day=last_piece.end - DAY if ended else None,
        spans=tuple(_span(p, open_end=p is last_piece and not after) for p in group),
        clock_start=_clock_start(group, calendar),
        back_since=after.start if after and not ended else None,
        ended_by=_ended_by(last_piece, after) if after and ended else None,
    )


def _span(piece: _Piece, *, open_end: bool) -> Span:
    assert piece.kind
    return Span(piece.kind, piece.start, None if open_end else piece.end - DAY, piece.source)


def _ended_by(last: _Piece, after: _Piece) -> EndedBy:
    if after.why:
        return after.why
    return EndedBy.ENROLMENT if last.kind == Kind.ABSOLUUT else EndedBy.RETURN


def _clock_start(group: Sequence[_Piece], calendar: SchoolCalendar) -> date | None:
    """The first unauthorised day since the last permitted whole lesson week; a shorter permission changes nothing."""
    start: date | None = None
    for piece in group:
        if piece.kind != Kind.GEOORLOOFD:
            start = start or piece.start
        elif calendar.add_lesson_weeks(piece.start, 1) <= piece.end:
            start = None
    return start
