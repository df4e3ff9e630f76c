"""Two rows of one child become one, when a dossier is handed over to a gemeente that knows the child already."""

from django.db import transaction

from leerplicht.models import (
    AbsenceReport,
    Enrolment,
    Exemption,
    Guardian,
    HomePeriod,
    NotEnrolled,
    PermittedAbsence,
    Pupil,
    SchoolReturn,
)

MOVED = (Guardian, Enrolment, NotEnrolled, Exemption, PermittedAbsence, SchoolReturn)


def merge_pupils(gone: Pupil, keep: Pupil) -> None:
    """All facts about `gone` become facts about `keep`; a version of a report that both have stays with each. The
    caller moves what upper floors hang on `gone`, deletes it when nothing points to it, and recomputes the clock."""
    with transaction.atomic():
        for model in MOVED:
            for row in model.objects.filter(pupil=gone):
                _move(row, keep)
        _reports(gone, keep)
        HomePeriod.objects.filter(pupil=gone).delete()


def _move(row, keep: Pupil) -> None:
    row.pupil = keep
    row.save()


def _reports(gone: Pupil, keep: Pupil) -> None:
    have = set(keep.reports.values_list("number", "changed_at"))
    for report in AbsenceReport.objects.filter(pupil=gone):
        if (report.number, report.changed_at) not in have:
            AbsenceReport.objects.filter(pk=report.pk).update(pupil=keep)
