"""Seen, nothing to do now, look again on a day: an act of its own, so that nobody writes an empty note to clean a
list."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cases.dossier.access import check_may_lead
from cases.dossier.models import Case
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import hold, log_act
from cases.escalation.models import LookAgain
from cases.escalation.rules import check_look_again


def look_again(case: Case, *, until: date, because: str, by) -> LookAgain:
    """Until that day the dossier is not called silent; its clock and flags are not touched. NotNow for a day that is
    not ahead or too far."""
    check_may_lead(case, by)
    check_open(case)
    check_look_again(until, timezone.localdate())
    if not because.strip():
        raise NotNow("Schrijf op waarom er nu niets te doen is.")
    with transaction.atomic():
        hold(case)
        row = LookAgain.objects.create(case=case, until=until, because=because.strip(), by=by)
        log_act("look_again_saved", case, by=by, row=row.pk)
    return row
