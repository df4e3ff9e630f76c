"""The dossier as a paper: what the page says, for somebody who has no screen. Never a BSN."""

from django.template.loader import render_to_string
from django.utils import timezone

from cases.models import Case
from cases.timeline import timeline
from cases.views.case import summary
from reporting.render import render_pdf
from thuiszitters.core.audit import log_look

WIDTH = 500


def dossier_pdf(case: Case, *, by, purpose: str) -> bytes:
    """The PDF of one dossier with what `by` may read of it. The log row is written before the bytes leave.
    RenderFailed when it cannot be made."""
    today = timezone.localdate()
    log_look(by, "dossier_printed", pupils=[case.pupil_id], case_number=case.number, purpose=purpose)
    about = summary(case, by, today)
    context = {
        **about, "events": list(reversed(timeline(case, by))), "made_at": timezone.localtime(), "made_by": by,
        "purpose": purpose, "drawing": _drawing(about["clock"]) if about["clock"] else None,
        "all_tasks": case.tasks.select_related("owner", "owner_organisation"),
        "contacts": timeline(case, by, "contacten"),
    }  # fmt: skip
    return render_pdf(render_to_string("reporting/dossier.html", context))


def _drawing(clock) -> dict:
    """The clock in whole points: the same bar as on the page."""
    marks = [{"x": round(m.position * WIDTH, 1), "label": m.label, "up": n % 2} for n, m in enumerate(clock.marks)]
    colours = {"ok": "#2f7a4d", "near": "#b45f06", "over": "#b3261e"}
    return {
        "width": WIDTH, "filled": max(2, round(clock.fraction * WIDTH, 1)), "marks": marks,
        "colour": colours[clock.level],
    }  # fmt: skip
