"""A dossier as a paper, for a named reader and purpose (ADR 0024). Never a BSN."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils import timezone

from cases.course.whole import fetch_whole
from cases.dossier.models import Case
from cases.sight.event import Event
from cases.sight.looks import look_at
from cases.sight.seats import Sight
from cases.work.panel import may_know
from leerplicht.models import Guardian
from reporting.dossiers.anonymous import anonymous
from reporting.dossiers.first_page import first_page
from reporting.papers.acts import begin_paper, complete
from reporting.papers.footer import footer_of
from reporting.papers.left_out import left_out
from reporting.papers.models import Paper
from reporting.papers.variants import CHAPTERS, VARIANTS, Chapter, Variant, possible, sight_for
from reporting.pdf.render import render_joined
from thuiszitters.core.people.organisations import Organisation

# A document with more is laid out in several, each by itself: the time WeasyPrint takes grows faster than the rows.
# An event counts as one, and as one more for each CHARACTERS of text.
MOST_EVENTS, CHARACTERS = 250, 600


@dataclass(frozen=True)
class Order:
    """What somebody asks for. `organisation`: of a partner; `guardian`: of a parent. `ask`: what the maker asks of the
    reader, else what the dossier itself asks. `name`: what the child is called where nobody may be recognised."""

    variant: Variant = Variant.VOLLEDIG
    recipient: str = VARIANTS[Variant.VOLLEDIG].recipient
    purpose: str = ""
    chapters: frozenset[Chapter] = field(default_factory=lambda: frozenset(Chapter))
    ask: str = ""
    organisation: Organisation | None = None
    guardian: Guardian | None = None
    name: str = "Een kind"


def dossier_pdf(case: Case, order: Order, *, by) -> tuple[Paper, bytes]:
    """The PDF of one dossier, and its line in the list of papers. Both the look and the line are written before the
    bytes leave. RenderFailed when it cannot be made."""
    fetch_whole([case])
    own = look_at(
        case,
        by,
        "dossier_printed",
        variant=order.variant.value,
        **({"purpose": order.purpose} if order.purpose else {}),
    )
    sight = sight_for(order.variant, case, own, organisation=order.organisation, guardian=order.guardian)
    chapters = [c for c in possible(order.variant, sight) if c in order.chapters]
    paper = begin_paper(
        Paper.Kind.DOSSIER,
        by=by,
        cases=[case],
        variant=order.variant,
        recipient=order.recipient,
        purpose=order.purpose,
        parts=chapters,
    )
    documents = documents_of(case, sight, order, paper, by=by)
    return paper, complete(paper, render_joined(documents))


def documents_of(case: Case, sight: Sight, order: Order, paper: Paper, *, by) -> list[str]:
    """The HTML documents of a dossier, one after the other: one, or several when it is long."""
    info, today = VARIANTS[order.variant], timezone.localdate()
    base = _base(case, sight, order, paper, by)
    if not info.named:
        return [render_to_string(info.template, base | vars(anonymous(case, sight, today, order.name)))]
    about = first_page(case, sight, order.variant, today, order.ask).as_context()
    if sight.course:
        about["all_tasks"] = [t for t in case.tasks.all() if may_know(t, sight)]
    return list(_split(info.template, base | about))


def _base(case: Case, sight: Sight, order: Order, paper: Paper, by) -> dict:
    """What every paper of a dossier says, whoever reads it."""
    info, can = VARIANTS[order.variant], possible(order.variant, sight)
    told = info.named and not info.hides_place(case)  # gemeente and number say where
    return {
        "footer": footer_of(paper, by=by, about=f"Dossier {case.number}" if told else "", named=told),
        "case": case,
        "order": order,
        "sight": sight,
        "left_out": left_out(order.variant, case, sight),
        "today": timezone.localdate(),
        "by": by,
        "paper": paper,
        "chapters": {c.value: c in can and c in order.chapters for c in Chapter},
        "any_chapter": any(c in order.chapters for c in can),
        "not_chosen": [CHAPTERS[c] for c in can if c not in order.chapters],
    }


def _split(template: str, context: dict) -> Iterator[str]:
    """The whole in one when it is short; else what is of fixed length first, then contacts and events a few pages at a
    time."""
    events = list(reversed(context["events"]))
    lists = [
        (CHAPTERS[chapter], rows)
        for chapter, rows in (
            (Chapter.CONTACTEN, [e for e in context["events"] if e.kind == "contacten"]),
            (Chapter.VERLOOP, events),
        )
        if context["chapters"][chapter]
    ]
    if sum(_weight(e) for _, rows in lists for e in rows) <= MOST_EVENTS:
        yield render_to_string(template, context | {"lists": lists})
        return
    parts = [(title, chunk) for title, rows in lists for chunk in _chunks(rows)]
    many = len(parts) + 1
    yield render_to_string(template, context | {"lists": [], "part": f"deel 1 van {many}, "})
    seen = set()
    for number, (title, chunk) in enumerate(parts, start=2):
        more = {"title": title, "events": chunk, "again": title in seen, "part": f"deel {number} van {many}, "}
        seen.add(title)
        yield render_to_string("reporting/dossiers/events.html", context | more)


def _weight(event: Event) -> int:
    return 1 + (len(event.text) + len(event.quote)) // CHARACTERS


def _chunks(events: Iterable[Event]) -> Iterator[Sequence[Event]]:
    chunk: list[Event] = []
    weight = 0
    for event in events:
        if chunk and weight + _weight(event) > MOST_EVENTS:
            yield chunk
            chunk, weight = [], 0
        chunk.append(event)
        weight += _weight(event)
    if chunk:
        yield chunk
