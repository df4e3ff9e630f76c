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
    """All facts about `gone` become facts about `keep`. The caller has dropped reports that both have, moves what upper
    floors hang on `gone`, deletes it and recomputes the clock."""
    with transaction.atomic():
        for model in MOVED:
            for row in model.objects.filter(pupil=gone):
                _move(row, keep)
        AbsenceReport.objects.filter(pupil=gone).update(pupil=keep)
        HomePeriod.objects.filter(pupil=gone).delete()


def _move(row, keep: Pupil) -> None:
    row.pupil = keep
    row.save()
