"""What happened along the weeks, as a drawing: reports, contacts and steps in three rows, terms as lines. The same on
the page and on paper (ADR 0024); beside it stands the list with the same events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cases.clock.models import Deadline
from cases.dossier.models import Case
from cases.sight.event import Event
from thuiszitters.core.words import long_date, short_month

LANES = (("meldingen", "meldingen"), ("contacten", "contacten"), ("stappen", "stappen"))
WIDTH, LEFT, TOP, LANE = 720, 92, 26, 26
BEFORE = timedelta(days=7)
LONGEST_BEFORE = timedelta(days=28)
MOST_TICKS = 12
LABEL_ROOM = 66  # points between two labels of terms ("4 lesweken"), else the second stands a line higher


@dataclass(frozen=True)
class Dot:
    x: float
    y: float


@dataclass(frozen=True)
class Line:
    x: float
    label: str
    y: float = 0

    @property
    def text_y(self) -> float:
        return self.y + 4


@dataclass(frozen=True)
class Chart:
    """The drawing in points. `description`: the same in words, for who does not see it."""

    height: float
    left: float
    right: float
    lanes: Sequence[Line]
    dots: Sequence[Dot]
    terms: Sequence[Line]
    ticks: Sequence[Line]
    today: float
    since: float | None
    description: str

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def bottom(self) -> float:
        return self.height - 20

    @property
    def tick_to(self) -> float:
        return self.bottom + 4

    @property
    def tick_text(self) -> float:
        return self.height - 3

    @property
    def home_width(self) -> float:
        return max(round(self.today - (self.since or 0), 1), 0)

    @property
    def home_height(self) -> float:
        return self.bottom - 24


def chart_of(case: Case, events: Iterable[Event], deadlines: Iterable[Deadline], today: date) -> Chart | None:
    """The drawing of these events of a dossier; None when nothing happened yet. `deadlines`: of this dossier."""
    happened = [e for e in events if e.kind in dict(LANES) and e.marker != "f" and e.on <= today]
    running = sorted((d for d in deadlines if d.stopped_on is None), key=lambda d: d.exceeded_from)
    since = case.home_since or min((e.on for e in happened), default=None)
    if since is None:
        return None
    first, last = _axis(since, [e.on for e in happened], running, case.closed_on or today)
    shown = [e for e in happened if first <= e.on]

    def x(day: date) -> float:
        return round(LEFT + (WIDTH - LEFT - 14) * (day - first).days / max((last - first).days, 1), 1)

    lanes = [Line(LEFT, word, TOP + 14 + LANE * n) for n, (_, word) in enumerate(LANES)]
    rows = {kind: lane.y for (kind, _), lane in zip(LANES, lanes, strict=True)}
    dots = sorted({(x(e.on), rows[e.kind]) for e in shown})
    return Chart(
        TOP + LANE * len(LANES) + 26,
        LEFT,
        WIDTH - 14,
        lanes,
        [Dot(*d) for d in dots],
        list(_terms(running, x, last)),
        [Line(x(day), label) for day, label in _ticks(first, last)],
        x(min(today, last)),
        x(case.home_since) if case.home_since else None,
        _in_words(since, shown, running, case),
    )


def _axis(since: date, days: Sequence[date], running: Sequence[Deadline], until: date) -> tuple[date, date]:
    """From the week before the first event, though not much longer before the child was at home; to the first term that
    is still to come."""
    first = max(min([since, *days]), since - LONGEST_BEFORE) - BEFORE
    coming = [d.exceeded_from for d in running if d.exceeded_from > until]
    return first, max([until, *coming[:1]]) + BEFORE


def _terms(running: Sequence[Deadline], x, last: date):
    """A label that would run into the one before it stands a line higher."""
    high, before = False, -LABEL_ROOM
    for d in running:
        if d.exceeded_from > last:
            continue
        at = x(d.exceeded_from)
        high = at - before < LABEL_ROOM and not high
        before = at
        yield Line(at, d.spoken, 8 if high else 19)


def _ticks(first: date, last: date):
    """Mondays; with too many of those the first of each month."""
    monday = first + timedelta(days=-first.weekday() % 7)
    weeks = [monday + timedelta(days=7 * n) for n in range((last - monday).days // 7 + 1)]
    if len(weeks) <= MOST_TICKS:
        return [(day, f"{day.day} {short_month(day)}") for day in weeks]
    months = [day for day in (first + timedelta(days=n) for n in range((last - first).days + 1)) if day.day == 1]
    step = -(-len(months) // MOST_TICKS)
    return [(day, f"{short_month(day)} {day:%y}") for day in months[::step]]


def _in_words(since: date, shown: Sequence[Event], running: Sequence[Deadline], case: Case) -> str:
    counts = ", ".join(f"{sum(e.kind == kind for e in shown)} {word}" for kind, word in LANES)
    start = "Thuis sinds" if case.home_since else "Vanaf"
    terms = ", ".join(f"{d.spoken} op {long_date(d.exceeded_from)}" for d in running)
    last = max((e.on for e in shown), default=None)
    return (
        f"Tijdlijn. {start} {long_date(since)}: {counts}."
        + (f" Het laatst iets gebeurd op {long_date(last)}." if last else "")
        + (f" Termijnen: {terms}." if terms else "")
    )
