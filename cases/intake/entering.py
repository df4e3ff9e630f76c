"""A report by form, or a corrected line: the same path as a file, with one row."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from cases.intake.access import check_may_correct, check_may_enter, check_may_give, number_prefix
from cases.intake.acts import take_in
from leerplicht.imports import absence, absence_rows
from leerplicht.imports.absence_rows import ReportRow, parse_row
from leerplicht.imports.text_files import RowRefused
from leerplicht.models import AbsenceReport, Municipality, RejectedLine
from leerplicht.services.municipalities import standing_for, with_predecessors
from thuiszitters.core.jobs.queue import next_numbers
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User


def new_number(organisation: Organisation, year: int) -> str:
    """A number for a report that did not come from DUO: it cannot clash with theirs. Each organisation counts for
    itself, so that a number tells nothing about others."""
    return f"{number_prefix(organisation)}{year}-{next_numbers(f'melding-{organisation.pk}-{year}')[0]:04}"


def enter_row(
    raw: dict[str, str], *, by: User | None, allowed: Iterable[str] | None = None, without_number: bool = False
) -> AbsenceReport | None:
    """Save one row. RowRefused says which field is wrong. None when the row changes nothing. A school (`allowed` None)
    reports to the gemeente it names, and moves no child that another gemeente knows."""
    check_may_enter(by)
    with transaction.atomic():
        report = save_row(raw, by=by, allowed=allowed, without_number=without_number)
        _log_entered(report, by)
    return report


def save_row(
    raw: dict[str, str], *, by: User | None, allowed: Iterable[str] | None, without_number: bool
) -> AbsenceReport | None:
    """`enter_row` for an act that asked who may, and writes its own row in the log."""
    row = parse_row(raw, without_number=without_number)
    return _save(absence_rows.Line(1, raw, row), by, allowed, known_in=allowed or [standing_for(row.municipality)])


def _log_entered(report: AbsenceReport | None, by: User | None) -> None:
    if report:
        log_event("report_entered", by=by, pupils=[report.pupil_id], row=report.pk)


def _save(
    line: absence_rows.Line, by: User | None, allowed: Iterable[str] | None, known_in: Iterable[str] | None = None
) -> AbsenceReport | None:
    outcomes: list[absence.Outcome] = []
    known_in = with_predecessors(allowed if known_in is None else known_in)
    with transaction.atomic():
        absence.process([line], by=by, allowed=allowed, known_in=known_in, save=True, each_chunk=outcomes.append)
        if outcomes[0].refused:
            raise outcomes[0].refused[0][1]
        reports = outcomes[0].reports
        if reports:
            take_in(reports, today=timezone.localdate(), by=by)
    return reports[0] if reports else None


def retry(
    line: RejectedLine, raw: dict[str, str], *, by: User | None, allowed: Iterable[str] | None = None
) -> AbsenceReport | None:
    """A corrected line is read in and leaves quarantine, in one transaction. RowRefused: it stays."""
    check_may_correct(line, by)
    row: ReportRow = parse_row(raw)
    with transaction.atomic():
        if not settle(line, RejectedLine.State.CORRECTED, by=by):
            raise RowRefused("regel", "is net door een collega afgehandeld")
        report = _save(absence_rows.Line(line.line, raw, row), by, allowed)
        _log_entered(report, by)
        return report


def settle(line: RejectedLine, state: str, *, by: User | None, because: str = "") -> bool:
    check_may_correct(line, by)
    rows = RejectedLine.objects.filter(pk=line.pk, state=RejectedLine.State.OPEN)
    return bool(rows.update(state=state, handled_by=by, handled_at=timezone.now(), handled_because=because[:200]))


def give_to(line: RejectedLine, municipality: Municipality, *, by: User | None) -> None:
    """A line for which nobody works goes to a gemeente of which somebody handles reports."""
    check_may_give(line, by)
    if RejectedLine.objects.filter(pk=line.pk, state=RejectedLine.State.OPEN).update(municipality_code=municipality.pk):
        log_event("rejected_line_given", by=by, row=line.pk, municipality=municipality.pk)
