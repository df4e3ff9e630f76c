"""Writing down who works with the child, and who is its brother or sister."""

from django.db import transaction

from cases.dossier.access import check_may, check_may_edit_pupil
from cases.dossier.models import Case
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import check_not_twice, hold, log_act, save_versioned
from cases.people.access import check_may_save
from cases.people.models import Professional, Sibling
from cases.people.queries import pair
from leerplicht.models import Pupil
from leerplicht.services.merging import Relation
from thuiszitters.core.people.users import User

ITSELF = "Dit is het kind van dit dossier zelf."
ELSEWHERE = "Dit kind woont in een andere gemeente. Dat kan hier niet worden vastgelegd."


def save_professional(row: Professional, *, by: User | None) -> None:
    """A new one, or a changed one when nobody changed it in between. Twice when it was saved a moment ago."""
    check_may_save(row, by)
    with transaction.atomic():
        hold(row.case)
        check_not_twice(row, by=by)
        save_versioned(row, by=by, action="professional_saved")


def say_sibling(case: Case, other: Pupil, *, holds: bool, by: User) -> None:
    """Whether `other` is a brother or sister of the child of this dossier; once for both, and can be said anew. NotNow
    for the child itself, and for a child of another gemeente (ADR 0010)."""
    check_may_edit_pupil(case, by)
    check_open(case)
    if other.pk == case.pupil_id:
        raise NotNow(ITSELF)
    if other.municipality_id != case.pupil.municipality_id:
        raise NotNow(ELSEWHERE)
    check_may(Pupil.objects.editable_by(by).filter(pk=other.pk).exists())
    with transaction.atomic():
        hold(case)
        low, high = pair(case.pupil_id, other.pk)
        row, made = Sibling.objects.select_for_update().get_or_create(
            pupil_id=low, other_id=high, defaults={"holds": holds, "by": by}
        )
        if not made and row.holds != holds:
            row.holds, row.by = holds, by
            row.save()
        log_act("sibling_said", case, by=by, pupils=[case.pupil_id, other.pk], row=row.pk, holds=holds)


def _siblings(gone: Pupil, keep: Pupil) -> None:
    """What was said of the one is said of the other, and a yes goes before a no; of each other it says nothing any
    more."""
    for row in [*gone.siblings.all(), *gone.siblings_of.all()]:
        other = row.other_id if row.pupil_id == gone.pk else row.pupil_id
        low, high = pair(keep.pk, other)
        same = Sibling.objects.filter(pupil_id=low, other_id=high).first() if other != keep.pk else None
        if other != keep.pk and same is None:
            row.pupil_id, row.other_id = low, high
            row.save()
            continue
        row.delete()
        if same and row.holds and not same.holds:
            same.holds, same.by = True, row.by
            same.save()


def _with_the_other(gone: Pupil, keep: Pupil) -> None:
    """Moved together with the other side of the same rows."""


RELATIONS = {
    "cases.Sibling.pupil": Relation("broers en zussen", _siblings),
    "cases.Sibling.other": Relation("broers en zussen", _with_the_other, told=False),
}
