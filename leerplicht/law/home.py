"""When is a child at home, since when, and of which kind? Home periods derived from facts.

The rules, with their reasons, stand in docs/adr/0005. In short: a child stays at home until it is back at school for a
whole lesson week; trial days, holidays, a closed report or a new enrolment on paper do not bring a child to school.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from leerplicht.law.calendar import LessonCalendar

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


def home_periods(facts: Facts, calendar: LessonCalendar, today: date) -> list[HomePeriod]:
    """The home periods up to and including `today`, oldest first; facts after `today` do not count yet.

    Sources: domain rules 1.6, 3.1, 3.2, R7, R8, R12 and R14. ValueError: a day outside the known school holidays.
    """
    tomorrow = today + DAY
    pieces = _pieces(_bounded(facts, calendar, tomorrow), calendar, tomorrow)
    return [_period(group, after, calendar) for group, after in _groups(pieces, calendar)]


def _bounded(facts: Facts, calendar: LessonCalendar, tomorrow: date) -> Facts:
    """Absences that end with a return; all that keeps a child at home speaks for school days only (domain A2)."""

    def on_school_days(group: Iterable[Fact]) -> list[Fact]:
        return [fact for fact in (_on_school_days(f, calendar, tomorrow) for f in group) if fact]

    return replace(
        facts,
        absent=on_school_days(_until_back(a, facts.back) for a in facts.absent),
        unenrolled=on_school_days(facts.unenrolled),
        permitted=on_school_days(_until_back(p, facts.back) for p in facts.permitted),
    )


def _until_back(absence: Fact, back: Iterable[date]) -> Fact:
    """An absence ends on the day before the first return after its first day, if not earlier by itself."""
    later = [day for day in back if absence.first_day < day < absence.end]
    return replace(absence, last_day=min(later) - DAY) if later else absence


def _on_school_days(fact: Fact, calendar: LessonCalendar, tomorrow: date) -> Fact | None:
    """From the first school day of the fact up to the first school day after it: a weekend, a holiday or a closed day
    is as the school day before it, for there is nothing to miss (R2, R7, R12). None: it holds no school day."""
    if fact.first_day >= tomorrow:
        return None
    start = _first_school_day(fact.first_day, tomorrow, calendar)
    end = fact.end if fact.end >= tomorrow else _first_school_day(fact.end, tomorrow, calendar)
    if start >= min(end, tomorrow):
        return None
    return replace(fact, first_day=start, last_day=fact.last_day and end - DAY)


def _first_school_day(day: date, end: date, calendar: LessonCalendar) -> date:
    """The first school day from `day`; `end` when there is none before it."""
    while day < end and not calendar.is_school_day(day):
        day += DAY
    return day


def _pieces(facts: Facts, calendar: LessonCalendar, tomorrow: date) -> list[_Piece]:
    """The days from the first fact up to `tomorrow`, cut wherever anything changes, joined where nothing does."""
    everything = [*facts.absent, *facts.unenrolled, *facts.permitted, *facts.exempt, *facts.obliged]
    cuts = {day for f in everything for day in (f.first_day, f.end) if day < tomorrow}
    pieces: list[_Piece] = []
    for start, end in pairwise([*sorted(cuts), tomorrow]):
        _add(pieces, _piece(facts, start, end), calendar)
    return pieces


def _add(pieces: list[_Piece], piece: _Piece, calendar: LessonCalendar) -> None:
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


def _whole_lesson_week(piece: _Piece, calendar: LessonCalendar) -> bool:
    """Whether it holds each school day of a lesson week counted from its first day: Monday to Friday will do, days off
    around them neither add nor take away (domain A2)."""
    end = calendar.add_lesson_weeks(piece.start, 1)
    return piece.end >= end or _first_school_day(piece.end, end, calendar) == end


def _parts(gap: _Piece, calendar: LessonCalendar) -> bool:
    """Whether these days at school (or exempt, or not obliged) end a home period."""
    return bool(gap.why) or _whole_lesson_week(gap, calendar)


def _groups(pieces: Sequence[_Piece], calendar: LessonCalendar) -> Iterable[tuple[list[_Piece], _Piece | None]]:
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


def _period(group: list[_Piece], after: _Piece | None, calendar: LessonCalendar) -> HomePeriod:
    ended = after is not None and _parts(after, calendar)
    if after is not None:
        group = [*group[:-1], _until_last_school_day(group[-1], after, calendar)]
    last_piece = group[-1]
    return HomePeriod(
        first_day=group[0].start,
        last_day=last_piece.end - DAY if ended else None,
        spans=tuple(_span(p, open_end=p is last_piece and not after) for p in group),
        clock_start=_clock_start(group, calendar),
        back_since=after.start if after and not ended else None,
        ended_by=_ended_by(last_piece, after) if after and ended else None,
    )


def _until_last_school_day(piece: _Piece, after: _Piece, calendar: LessonCalendar) -> _Piece:
    """The last day at home is the last on which something was missed; an exemption, and the end of the obligation, come
    on their own day."""
    end = piece.end
    while not (after.why and end == after.start) and not calendar.is_school_day(end - DAY):
        end -= DAY
    return replace(piece, end=end)


def _span(piece: _Piece, *, open_end: bool) -> Span:
    assert piece.kind
    return Span(piece.kind, piece.start, None if open_end else piece.end - DAY, piece.source)


def _ended_by(last: _Piece, after: _Piece) -> EndedBy:
    if after.why:
        return after.why
    return EndedBy.ENROLMENT if last.kind == Kind.ABSOLUUT else EndedBy.RETURN


def _clock_start(group: Sequence[_Piece], calendar: LessonCalendar) -> date | None:
    """The first unauthorised day since the last permitted whole lesson week; a shorter permission changes nothing."""
    start: date | None = None
    for piece in group:
        if piece.kind != Kind.GEOORLOOFD:
            start = start or piece.start
        elif _whole_lesson_week(piece, calendar):
            start = None
    return start
