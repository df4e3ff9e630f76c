"""A dossier without anybody in it: only what is counted and what has a fixed word. Nothing that somebody typed goes
through here, because a name can stand in it (domain 8.2: for a board a pseudonym at most)."""

from datetime import date

from cases.course.chart import chart_of
from cases.course.summary import Summary, summary
from cases.course.timeline import timeline
from cases.dossier.models import Case
from cases.dossier.results import RESULTS, Counts
from cases.parts.matrix import Part
from cases.sight.event import Event
from cases.sight.seats import Sight
from cases.work.models import Contact
from reporting.dossiers.first_page import drawing
from thuiszitters.core.dates import age_on

_MUNICIPAL = "gemeente"


def anonymous(case: Case, sight: Sight, today: date, name: str) -> dict:
    """The clock, the steps, the kinds of places and barriers, and counts. `name`: what the child is called in this
    paper, "Kind 1"."""
    about = summary(case, sight, today)
    events = timeline(case, sight)
    contacts = [c for c in case.contacts.all() if sight.knows_of(c)]
    chart = chart_of(case, events, [d.row for d in about.deadlines], today)
    return {
        "name": name,
        "age": age_on(today, case.pupil.born),
        "obligation": about.obligation,
        "clock": about.clock,
        "home_since": case.home_since,
        "drawing": drawing(about.clock) if about.clock else None,
        "chart": chart,
        "state": case.info.word,
        "is_open": case.is_open,
        "result": _result(case),
        "spans": [{"kind": s.kind, "first_day": s.first_day, "last_day": s.last_day} for s in about.spans],
        "deadlines": about.deadlines,
        "problems": [p.get_code_display() for p in about.problems if p.part == Part.VERLOOP],
        "ladder": [
            {
                "name": s.row.name,
                "planned_on": s.row.planned_on,
                "due_on": s.row.due_on,
                "done_on": s.row.done_on,
                "now": s.now,
                "late": s.late,
            }
            for s in about.ladder
        ],
        "offers": [
            {
                "kind": o.get_kind_display(),
                "state": o.info.word,
                "hours_start": o.hours_start,
                "hours_full": o.hours_full,
                "asked_on": o.asked_on,
                "started_on": o.started_on,
            }
            for o in about.offers
        ],
        "barriers": [
            {
                "kind": b.row.get_kind_display(),
                "age": b.age,
                "late": b.late,
                "owner": b.row.owner.get_kind_display() if b.row.owner else "",
            }
            for b in about.barriers
        ],
        "decisions": [
            {
                "state": d.info.word,
                "provisional": d.is_taken and d.is_provisional,
                "start_on": d.start_on if d.is_taken else None,
            }
            for d in about.decisions
        ],
        "counts": _counts(contacts, events, about),
        "involved": sorted(
            {i.organisation.get_kind_display() for i in about.involvements if not i.ended_at} | {_MUNICIPAL}
        ),
    }


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
