"""What becomes of a report: into a dossier when all lessons are missed, else into the inbox of the gemeente."""

from collections.abc import Sequence
from datetime import date

import structlog
from django.db import transaction
from django.utils import timezone

from cases.clock.acts import facts_changed
from cases.dossier.models import Case
from cases.dossier.opening import open_cases
from cases.dossier.tasks import ask
from cases.intake.models import Intake
from leerplicht.law.obligation import OBLIGED
from leerplicht.models import AbsenceReport, Pupil
from thuiszitters.core.jobs.halving import work_what_fits
from thuiszitters.core.people.users import User
from thuiszitters.core.words import long_date

logger = structlog.get_logger(__name__)
CHUNK = 1000
WITHDRAWN = "ingetrokken door de school"


def take_in(reports: Sequence[AbsenceReport], *, today: date, by: User | None = None) -> None:
    """Put these new current versions where they belong, and bring the clocks of their pupils up to date.

    Can run twice: a report keeps its place, a newer version takes the place of the older one.
    """
    with transaction.atomic():
        _lock(reports)
        newest = {(r.number, r.pupil_id): r for r in reports}
        pupils = {r.pupil_id for r in reports}
        # By the child of the version before: a report can have followed its child from a row that stood apart.
        known = Intake.objects.filter(number__in={r.number for r in reports}, report__pupil__in=pupils)
        before = {(i.number, i.report.pupil_id): i for i in known.select_related("report")}
        apart = set(Pupil.objects.standing_apart().filter(pk__in=pupils).values_list("pk", flat=True))
        opening = [r for key, r in newest.items() if r.pupil_id not in apart and _opens(r, before.get(key), today)]
        reasons = {r.pupil_id: opening_reason(r) for r in reversed(opening)}
        cases = open_cases(reasons, on=today, by=by)
        fresh: list[Intake] = []
        changed: list[Intake] = []
        withdrawn = [r for key, r in newest.items() if _withdrawn_now(r, before.get(key))]
        for key, report in newest.items():
            intake = before.get(key)
            (changed if intake else fresh).append(_place(intake or _new(report), report, cases, apart, today))
        Intake.objects.bulk_create(fresh, batch_size=500)
        Intake.objects.bulk_update(
            changed, ["pupil", "report", "state", "case", "because", "handled_by", "handled_at"], batch_size=500
        )
        for report in withdrawn:
            _ask_what_now(report, today, by)
        forget_empty()
        # A child without any fact is not at home: reports of few lessons need no clock.
        with_facts = Pupil.objects.with_facts().filter(pk__in={r.pupil_id for r in reports})
        facts_changed(with_facts.values_list("pk", flat=True), today)


def _withdrawn_now(report: AbsenceReport, before: Intake | None) -> bool:
    """Whether this version takes back a report that is in a dossier."""
    return report.is_withdrawn and before is not None and before.case_id is not None and not before.report.is_withdrawn


def _ask_what_now(report: AbsenceReport, today: date, by: User | None) -> None:
    case = Case.objects.select_related("handler").get(intakes__report=report)
    if case.is_open:
        ask(case, f"Melding {report.number} is ingetrokken. Kijk wat dat betekent voor dit dossier.", today, by=by)


def take_in_waiting(today: date, by: User | None = None) -> int:
    """Take in every current report that has no place yet: after a file was read in, and every night for what a killed
    process left behind. A thousand at a time, each in its own transaction. Returns how many."""
    homeless = AbsenceReport.objects.current().filter(intake=None).order_by("pk")
    ids, count = list(homeless.values_list("pk", flat=True)), 0
    for start in range(0, len(ids), CHUNK):
        reports = AbsenceReport.objects.filter(pk__in=ids[start : start + CHUNK]).select_related("pupil").order_by("pk")
        # One report never costs another its place: what cannot be taken in waits for a person.
        for _ in work_what_fits(list(reports), lambda part: take_in(part, today=today, by=by), _wait):
            pass
        count += len(reports)
    return count


def take_in_begun(today: date) -> int:
    """Reports whose first day was still to come: on that day they open a dossier like any other. What could not be
    taken in before is tried again."""
    waiting = Intake.objects.filter(state=Intake.State.WAITING, report__all_lessons=True, report__first_day__lte=today)
    rows = [i.report for i in waiting.select_related("report__pupil").order_by("pk")]
    apart = set(Pupil.objects.standing_apart().filter(pk__in={r.pupil_id for r in rows}).values_list("pk", flat=True))
    begun = [r for r in rows if r.pupil_id not in apart and opens_case(r, today)]
    for start in range(0, len(begun), CHUNK):
        for _ in work_what_fits(begun[start : start + CHUNK], lambda part: take_in(part, today=today), _wait):
            pass
    return len(begun)


def _wait(report: AbsenceReport, problem: Exception) -> None:
    logger.warning("report_without_place", report=report.pk, problem=type(problem).__name__)
    intake = Intake.objects.filter(number=report.number, pupil=report.pupil_id).first() or _new(report)
    intake.report, intake.state = report, intake.state or Intake.State.WAITING
    intake.save()


def _lock(reports: Sequence[AbsenceReport]) -> None:
    """Two processes never give one report two places (on SQLite the transaction itself is the lock)."""
    rows = AbsenceReport.objects.select_for_update().filter(pk__in=[r.pk for r in reports]).order_by("pk")
    list(rows.values_list("pk"))


def _opens(report: AbsenceReport, intake: Intake | None, today: date) -> bool:
    return opens_case(report, today) and not (intake and intake.state == Intake.State.IN_CASE)


def forget_empty() -> None:
    """Rows that stood apart for a question that is no longer there: the school itself sent the report anew, rightly."""
    empty = Pupil.objects.standing_apart().filter(reports=None, cases=None)
    for pupil in empty:
        pupil.delete()


def opens_case(report: AbsenceReport, today: date) -> bool:
    """All lessons missed, not withdrawn, from a day that has come, by a child that had to be at school on that day
    (leer- or kwalificatieplichtig); others a person judges."""
    pupil = report.pupil
    if report.is_withdrawn or not report.all_lessons or report.first_day > today:
        return False
    return pupil.obligation_on(report.first_day) in OBLIGED


def opening_reason(report: AbsenceReport) -> str:
    return f"Melding {report.number}: alle lessen gemist sinds {long_date(report.first_day)}"


def _new(report: AbsenceReport) -> Intake:
    return Intake(number=report.number, pupil_id=report.pupil_id)


def _place(intake: Intake, report: AbsenceReport, cases: dict[int, Case], apart: set[int], today: date) -> Intake:
    """Of who stands apart (ids) nobody said yet which child it is: that report waits."""
    intake.report, intake.pupil_id = report, report.pupil_id
    if intake.state == Intake.State.IN_CASE:
        return intake
    if report.pupil_id not in apart and opens_case(report, today):
        intake.state, intake.case, intake.because = Intake.State.IN_CASE, cases[report.pupil_id], ""
    elif report.is_withdrawn:
        intake.state, intake.because, intake.handled_at = Intake.State.SET_ASIDE, WITHDRAWN, timezone.now()
    elif not intake.state or intake.is_withdrawn:
        intake.state, intake.because, intake.handled_at = Intake.State.WAITING, "", None
    return intake
