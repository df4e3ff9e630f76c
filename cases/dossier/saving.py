"""Saving a row of a dossier that a colleague may have changed, and the cached last contact."""

from django.db import transaction

from cases.dossier.holding import CHANGED, claim_version, hold
from cases.dossier.models import Case
from cases.dossier.rules import NotNow, check_open
from cases.meetings.models import Meeting
from thuiszitters.core.log.audit import log_event


def save_versioned(row, *, by, action: str) -> None:
    """Save a row of an open dossier that has a version: a changed one only when nobody changed it in between."""
    check_open(row.case)
    with transaction.atomic():
        hold(row.case)
        if not claim_version(row):
            raise NotNow(CHANGED)
        row.save()
        log_event(action, by=by, pupils=[row.case.pupil_id], case_number=row.case.number, row=row.pk)


def cache_last_contact(case: Case) -> None:
    """When there was contact last: somebody was spoken, or an overleg was held."""
    spoken = case.contacts.exclude(channel="niet gelukt").order_by("-on").values_list("on", flat=True).first()
    held = case.meetings.filter(state=Meeting.State.HELD).order_by("-starts_at").first()
    days = [day for day in (spoken, held.on if held else None) if day]
    Case.objects.filter(pk=case.pk).update(last_contact_on=max(days, default=None))
