"""The dossier as a paper: what the page says, for somebody who has no screen. Never a BSN."""

from dataclasses import replace

from django.template.loader import render_to_string
from django.utils import timezone

from cases.models import Case
from cases.parts import Level, Part
from cases.sight import Seat, Sight
from cases.summary import summary
from cases.timeline import timeline
from cases.views.doors import look_at
from reporting.render import render_pdf

WIDTH = 500


def dossier_pdf(case: Case, *, by, purpose: str) -> bytes:
    """The PDF of one dossier with what `by` may read of it. The log row is written before the bytes leave.
    RenderFailed when it cannot be made."""
    today = timezone.localdate()
    sight = on_paper(look_at(case, by, "dossier_printed", **({"purpose": purpose} if purpose else {})))
    about = summary(case, sight, today)
    context = {
        **about, "events": list(reversed(timeline(case, sight))), "made_at": timezone.localtime(), "made_by": by,
        "purpose": purpose, "drawing": _drawing(about["clock"]) if about["clock"] else None,
        "all_tasks": case.tasks.select_related("owner", "owner_organisation") if sight.course else [],
        "contacts": timeline(case, sight, "contacten"),
    }  # fmt: skip
    return render_pdf(render_to_string("reporting/dossier.html", context))


def on_paper(sight: Sight) -> Sight:
    """Enforcement stays in its compartment (Wet politiegegevens), and safety with who wrote it: of both a paper says at
    most whether something runs. A paper is copied."""

    def kept(seat: Seat) -> Seat:
        low = {part: min(seat.at(part), Level.YES_NO) for part in (Part.HANDHAVING, Part.VEILIGHEID)}
        return replace(seat, levels=seat.levels | low)

    return replace(sight, seats=tuple(kept(seat) for seat in sight.seats))


def _drawing(clock) -> dict:
    """The clock in whole points: the same bar as on the page."""
    marks = [{"x": round(m.position * WIDTH, 1), "label": m.label, "up": n % 2} for n, m in enumerate(clock.marks)]
    colours = {"ok": "#2f7a4d", "near": "#b45f06", "over": "#b3261e"}
    return {
        "width": WIDTH, "filled": max(2, round(clock.fraction * WIDTH, 1)), "marks": marks,
        "colour": colours[clock.level],
    }  # fmt: skip
