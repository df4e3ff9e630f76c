"""The page that stands for a whole dossier: clock, situation, what parents and child say, what blocks, what is asked.
First page of a dossier, and the page of a child in a pack."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from cases.clock.presentation import Clock
from cases.course.chart import Chart, chart_of
from cases.course.summary import Summary, summary
from cases.course.timeline import timeline
from cases.dossier.models import Case
from cases.sight.event import Event
from cases.sight.seats import Sight
from cases.work.models import Contact
from reporting.dossiers.situation import situation
from reporting.papers.parents import is_16, is_facts_only
from reporting.papers.variants import VARIANTS, Variant

WIDTH = 500
COLOURS = {"ok": "#2f7a4d", "near": "#b45f06", "over": "#b3261e"}


@dataclass(frozen=True)
class Mark:
    """A term on the bar of the clock."""

    x: float
    label: str


@dataclass(frozen=True)
class Drawing:
    """The clock in points: the same bar as on the page."""

    filled: float
    colour: str
    marks: tuple[Mark, ...]
    width: int = WIDTH


@dataclass(frozen=True)
class Voice:
    """What somebody last said in the own words; `words` empty: not yet, or not for the reader."""

    who: str
    words: str = ""
    on: date | None = None


@dataclass(frozen=True)
class FirstPage:
    """`about`: what shows of the dossier. `place_shown`: whether it may say where the child lives and goes to school.
    `events`: also for the chapters after it."""

    about: Summary
    place_shown: bool
    events: Sequence[Event]
    situation: str
    voices: Sequence[Voice]
    ask: str
    drawing: Drawing | None
    chart: Chart | None

    def as_context(self) -> dict[str, object]:
        """For a template: the summary by its names, and the rest."""
        own = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "about"}
        return self.about.as_context() | own | {"shown_number": self.about.case.number if self.place_shown else ""}


def first_page(case: Case, sight: Sight, variant: Variant, today: date, ask: str = "") -> FirstPage:
    """What the page says to whoever sees this much: `summary` and more."""
    info, about = VARIANTS[variant], summary(case, sight, today)
    place_shown = not info.hides_place(case)
    if not place_shown:  # what a child went to, and who works there, lead to where it lives
        about = replace(about, school=None, result="")
    if is_facts_only(sight):
        about = replace(about, lead=None, involvements=[], problems=[], exemptions=[])
    events = _for_variant(timeline(case, sight), case, variant, sight)
    contacts = [c for c in case.contacts.all() if sight.knows_of(c)]
    return FirstPage(
        about=about,
        place_shown=place_shown,
        events=events,
        situation=" ".join(situation(about, contacts, place_shown=place_shown)),
        voices=list(_voices(about, contacts, sight)),
        ask=ask or ("" if info.to_family else _asked(about)),
        drawing=drawing(about.clock) if about.clock else None,
        chart=chart_of(case, events, [d.row for d in about.deadlines], today),
    )


def _for_variant(events: Iterable[Event], case: Case, variant: Variant, sight: Sight) -> list[Event]:
    """To parents of a young person of 16 or over, and without gezag, the fact and the dates of a report and not the
    reason (domain 8.5)."""
    if VARIANTS[variant].to_family and (is_16(case.pupil) or is_facts_only(sight)):
        return [replace(e, quote="") if e.kind == "meldingen" else e for e in events]
    return list(events)


def _voices(about: Summary, contacts: Sequence[Contact], sight: Sight):
    for guardian in about.guardians:
        row = guardian.row
        said = [c for c in contacts if c.guardian_id == row.pk]
        yield _voice(f"{row.name} ({row.relation})", said, sight)
    name = about.pupil.first_names.split(" ")[0] or about.pupil.last_name
    yield _voice(name, [c for c in contacts if c.who == Contact.Who.CHILD], sight)


def _voice(who: str, contacts: Sequence[Contact], sight: Sight) -> Voice:
    said = [c for c in contacts if c.own_words and sight.can_read(c)]
    if said:
        return Voice(who, said[-1].own_words, said[-1].on)
    spoken = [c for c in contacts if c.is_talk]
    return Voice(who, on=spoken[-1].on if spoken else None)


def _asked(about: Summary) -> str:
    """What the dossier itself asks: of the holder, of the samenwerkingsverband, else the next step. Of a partner only
    what is asked of it. Of a parent nothing, unless somebody writes it."""
    if not about.case.is_open:
        return ""
    if not about.sight.municipal:
        return _asked_of(about, about.sight.own)
    decision = next((d for d in about.decisions if d.is_preparing), None)
    if decision:
        return decision.question
    if about.reviews:
        return about.reviews[0].question
    return f"Volgende stap: {about.tasks[0].title}." if about.tasks else ""


def _asked_of(about: Summary, organisations: frozenset[int]) -> str:
    review = next((r for r in about.reviews if r.to_organisation_id in organisations), None)
    if review:
        return review.question
    task = next((t for t in about.tasks if t.owner_organisation_id in organisations), None)
    return f"Volgende stap: {task.title}." if task else ""


def drawing(clock: Clock) -> Drawing:
    marks = tuple(Mark(round(m.position * WIDTH, 1), m.label) for m in clock.marks)
    return Drawing(max(2, round(clock.fraction * WIDTH, 1)), COLOURS[clock.level], marks)
