"""What was reported, in the course of events."""

from collections.abc import Iterator

from cases.dossier.models import Case
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from cases.sight.signing import signed
from thuiszitters.core.words import long_date


def reports(case: Case, sight: Sight) -> Iterator[Event]:
    numbers = {intake.number for intake in case.intakes.all()}
    for r in case.pupil.reports.all():
        if r.number not in numbers or not sight.sees_school(r.school.code):
            continue
        missed = "alle lessen gemist" if r.all_lessons else "niet alle lessen gemist"
        until = f" tot en met {long_date(r.last_day)}" if r.last_day else ""
        old = " (vervangen door een nieuwere versie)" if r.superseded_at else ""
        title = f"Melding {r.number} van {r.school.name}{old}"
        text = f"{r.get_kind_display()}, {missed}, vanaf {long_date(r.first_day)}{until}."
        if r.is_withdrawn:
            title = f"Melding {r.number} van {r.school.name} is ingetrokken{old}"
            text = r.explanation or text
        on = day_of(r.changed_at)
        # What came in a file came by itself; a report that was typed here is signed by who typed it.
        by = "" if r.told_by_duo else signed(case, r.received_from, on)
        marker = "" if by else "q"
        yield Event(on, "meldingen", title, text, quote=r.reason, by=by, marker=marker, order=r.received_at)


def answers(case: Case, sight: Sight) -> Iterator[Event]:
    """What the school was told of its report."""
    for intake in case.intakes.all():
        if not sight.sees_school(intake.report.school.code):
            continue
        for row in intake.answers.all():
            title = f"Antwoord aan {intake.report.school.name} op melding {intake.number}"
            text = f"{row.get_what_display()}. {row.text}".strip()
            on = day_of(row.at)
            by = signed(case, row.by, on, row.organisation)
            yield Event(on, "meldingen", title, text, by=by, order=row.at)


EVENTS = (reports, answers)
FETCHED = (
    fetched("intakes", "report__school"),
    fetched("intakes__answers", "by", "organisation"),
    fetched("pupil__reports", "school", "received_from"),
)
