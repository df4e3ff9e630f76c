"""A dossier without anybody in it: only what is counted and what has a fixed word. Nothing that somebody typed goes
through here, because a name can stand in it (domain 8.2: for a board a pseudonym at most)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.barriers.models import Barrier
from cases.clock.panel import DeadlineShown
from cases.course.summary import Summary, summary
from cases.course.timeline import timeline
from cases.decisions.models import Decision
from cases.dossier.models import Case
from cases.dossier.results import RESULTS, Counts
from cases.dossier.taking_part import Involvement
from cases.offers.models import Offer
from cases.parts.matrix import Part
from cases.sight.event import Event
from cases.sight.seats import Sight
from cases.steps.models import EscalationStep
from cases.work.models import Contact
from reporting.dossiers.coarse import LONGEST, Standing, age_in_words, month_in_words, standing_of
from reporting.dossiers.first_page import COLOURS, WIDTH, Drawing
from thuiszitters.core.dates import age_on

_MUNICIPAL = "gemeente"


@dataclass(frozen=True)
class Span:
    """A stretch of the time at home, in months."""

    kind: str
    since: str
    until: str


@dataclass(frozen=True)
class Term:
    """A term: in which month it passed or passes."""

    spoken: str
    passes: str
    stand: str


@dataclass(frozen=True)
class Step:
    """A step of the plan of the region; it has a fixed name."""

    name: str
    due: str
    done: str
    now: bool
    late: bool


@dataclass(frozen=True)
class Place:
    kind: str
    state: str
    hours_start: Decimal
    hours_full: Decimal
    asked: str
    started: str


@dataclass(frozen=True)
class Block:
    """What holds the child up: `age` in whole weeks, `owner` the kind of organisation that can solve it."""

    kind: str
    age: int
    late: bool
    owner: str


@dataclass(frozen=True)
class Ruling:
    """A doorzettingsbesluit, as far as it was taken."""

    state: str
    provisional: bool
    start: str


@dataclass(frozen=True)
class Anonymous:
    """All that is said of a child whom nobody should recognise: no day, no exact age (`coarse`). `name`: what it is
    called in this paper, "Kind 1"."""

    name: str
    age: str
    obligation: str
    clock: Standing | None
    drawing: Drawing | None
    state: str
    result: str
    spans: list[Span]
    deadlines: list[Term]
    problems: list[str]
    ladder: list[Step]
    offers: list[Place]
    barriers: list[Block]
    decisions: list[Ruling]
    counts: list[tuple[str, int]]
    involved: list[str]


def anonymous(case: Case, sight: Sight, today: date, name: str) -> Anonymous:
    """The clock, the steps, the kinds of places and barriers, and counts."""
    about = summary(case, sight, today)
    events = timeline(case, sight)
    contacts = [c for c in case.contacts.all() if sight.knows_of(c)]
    standing = standing_of(case, about.clock, [d.row for d in about.deadlines], today)
    return Anonymous(
        name=name,
        age=age_in_words(age_on(today, case.pupil.born)),
        obligation=about.obligation,
        clock=standing,
        drawing=_drawing(standing) if standing else None,
        state=case.info.word,
        result=_result(case),
        spans=[Span(s.kind, month_in_words(s.first_day), month_in_words(s.last_day)) for s in about.spans],
        deadlines=[_term(d) for d in about.deadlines],
        problems=[p.get_code_display() for p in about.problems if p.part == Part.VERLOOP],
        ladder=[_step(s.row, s.now, s.late) for s in about.ladder],
        offers=[_place(o) for o in about.offers],
        barriers=[_block(b.row, b.age, b.late) for b in about.barriers],
        decisions=[_ruling(d) for d in about.decisions],
        counts=_counts(contacts, events, about),
        involved=_involved(about.involvements),
    )


def _drawing(standing: Standing) -> Drawing:
    """In whole months: from the length of the bar no day can be read."""
    return Drawing(max(2, round(standing.months / LONGEST * WIDTH, 1)), COLOURS[standing.level], ())


def _term(item: DeadlineShown) -> Term:
    return Term(item.row.spoken, month_in_words(item.row.exceeded_from), item.stand)


def _step(row: EscalationStep, now: bool, late: bool) -> Step:
    return Step(row.name, month_in_words(row.due_on), month_in_words(row.done_on), now, late)


def _place(row: Offer) -> Place:
    kind, state = row.get_kind_display(), row.info.word
    asked, started = month_in_words(row.asked_on), month_in_words(row.started_on)
    return Place(kind, state, row.hours_start, row.hours_full, asked, started)


def _block(row: Barrier, age: int, late: bool) -> Block:
    return Block(row.get_kind_display(), age // 7, late, row.owner.get_kind_display() if row.owner else "")


def _ruling(row: Decision) -> Ruling:
    start = month_in_words(row.start_on) if row.is_taken else ""
    return Ruling(row.info.word, row.is_taken and row.is_provisional, start)


def _involved(rows: Iterable[Involvement]) -> list[str]:
    return sorted({row.organisation.get_kind_display() for row in rows if not row.ended_at} | {_MUNICIPAL})


def _result(case: Case) -> str:
    """With an exemption only that: the article can be a medical ground (domain 8.2)."""
    if not case.result:
        return ""
    return "vrijstelling" if RESULTS[case.result].counts == Counts.EXEMPTION else case.get_result_display()


def _counts(contacts: list[Contact], events: list[Event], about: Summary) -> list[tuple[str, int]]:
    real = [c for c in contacts if c.is_talk]
    held = about.meetings.held if about.meetings else 0
    return [
        ("gesprekken met ouders", sum(c.who == Contact.Who.PARENT for c in real)),
        ("gesprekken met het kind", sum(c.who == Contact.Who.CHILD for c in real)),
        ("andere contacten", sum(c.who not in (Contact.Who.PARENT, Contact.Who.CHILD) for c in real)),
        ("pogingen die niet lukten", sum(not c.is_talk for c in contacts)),
        ("meldingen van school", sum(e.kind == "meldingen" for e in events)),
        ("overleggen", held),
        ("stappen van het stappenplan gedaan", sum(s.row.is_done for s in about.ladder)),
        ("stappen te laat", sum(s.late for s in about.ladder)),
        ("plekken gevraagd", len(about.offers)),
        ("belemmeringen open", len(about.barriers)),
    ]
