"""What blocks the way back: written down, and solved once."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases.acting.access import check_may_act
from cases.acting.matrix import Act
from cases.barriers.access import owner_of_barrier
from cases.barriers.models import Barrier
from cases.dossier.rules import NotNow, check_asked_on, check_open
from cases.dossier.saving import hold, log_act, save_versioned
from cases.sight.access import check_may_write
from thuiszitters.core.people.users import User
from thuiszitters.core.words import long_date


def save_barrier(barrier: Barrier, *, by: User | None) -> None:
    """A new barrier, or a changed one when nobody changed it in between."""
    check_may_write(barrier.case, by)
    if before := Barrier.objects.filter(pk=barrier.pk).select_related("organisation", "owner").first():
        check_may_act(Act.EDIT_BARRIER, owner_of_barrier(before, barrier.case), barrier.case, by)
    if barrier.solved_on:
        raise NotNow("Deze belemmering is al opgelost. Is zij er weer, leg dan een nieuwe vast.")
    check_asked_on(barrier.asked_on, born=barrier.case.pupil.born)
    save_versioned(barrier, by=by, action="barrier_saved")


def solve_barrier(barrier: Barrier, *, by: User | None, on: date, how: str) -> None:
    """What was in the way is gone, once. NotNow when a colleague said so already."""
    check_may_write(barrier.case, by)
    check_may_act(Act.SOLVE_BARRIER, owner_of_barrier(barrier, barrier.case), barrier.case, by)
    case, today = barrier.case, timezone.localdate()
    check_open(case)
    if on > today or on < barrier.asked_on:
        raise NotNow(f"Kies een dag vanaf {long_date(barrier.asked_on)} tot en met vandaag.")
    if not how.strip():
        raise NotNow("Schrijf op hoe het is opgelost.")
    with transaction.atomic():
        hold(case)
        rows = Barrier.objects.filter(pk=barrier.pk, solved_on=None)
        if not rows.update(solved_on=on, solved_how=how.strip(), solved_by=by, version=F("version") + 1):
            raise NotNow("Een collega heeft dit net als opgelost vastgelegd.")
        barrier.refresh_from_db()
        Barrier.history.bulk_history_create([barrier], update=True, default_user=by)
        log_act("barrier_solved", case, by=by, row=barrier.pk)
