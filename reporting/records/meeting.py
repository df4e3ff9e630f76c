"""Verslag van het overleg: one page for who was there, to take along. Never a BSN."""

from django.template.loader import render_to_string

from cases.meetings.models import Meeting
from cases.sight.looks import look_at
from reporting.papers.acts import begin_paper, complete
from reporting.papers.footer import footer_of
from reporting.papers.models import Paper
from reporting.pdf.render import render_pdf


def meeting_pdf(meeting: Meeting, *, by) -> bytes:
    """The PDF of the record of one overleg. The log row is written before the bytes leave. RenderFailed when it cannot
    be made."""
    look_at(meeting.case, by, "meeting_printed", row=meeting.pk)
    paper = begin_paper(
        Paper.Kind.MEETING,
        by=by,
        cases=[meeting.case],
        recipient="wie bij het overleg was",
        purpose="verslag van het overleg",
    )
    people = list(meeting.people.select_related("organisation", "guardian"))
    context = {
        "row": meeting,
        "case": meeting.case,
        "pupil": meeting.case.pupil,
        "footer": footer_of(paper, by=by, about=f"Dossier {meeting.case.number}"),
        "present": [p for p in people if p.was_there],
        "absent": [p for p in people if not p.was_there],
        "agreements": meeting.tasks.select_related("owner", "owner_organisation", "outsider"),
    }
    return complete(paper, render_pdf(render_to_string("reporting/records/meeting.html", context)))
