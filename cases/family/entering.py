"""Coming in with a code and a pincode, and asking for a new code: what somebody without an account does."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases.dossier.models import Case, Task
from cases.dossier.tasks import ask
from cases.family.access import may_look_along
from cases.family.codes import SEND, code_hash, is_pin_of
from cases.family.models import LookAlong, LookAlongCode
from cases.family.rules import BETWEEN, MOST_A_DAY, MOST_TRIES
from leerplicht.law.calendar import add_working_days
from thuiszitters.core.jobs import queue as jobs
from thuiszitters.core.log.audit import REFUSED, Outsider, log_event
from thuiszitters.core.people.organisations import Organisation

PURPOSE = "inzage in het eigen dossier (AVG art. 15, Leerplichtwet)"
LOCKED = "Meekijken is geblokkeerd na te veel verkeerde pincodes: nodig opnieuw uit"


class NotIn(Exception):
    """Code and pincode do not belong together, or the code works no more. Which of these is told to nobody."""


def enter(code: str, pin: str) -> LookAlong:
    """Who comes in. NotIn for everything that does not fit. A code works once; a wrong pincode counts, and after
    MOST_TRIES nobody comes in until the gemeente invites anew."""
    found = LookAlongCode.objects.filter(hash=code_hash(code), until__gte=timezone.now())
    key = found.select_related("along__case__pupil", "along__guardian", "along__organisation").first()
    if key is None or not may_look_along(key.along, timezone.localdate()):
        raise NotIn
    row = key.along
    # Counted before it is compared: of many at once no more than MOST_TRIES are compared at all.
    if not LookAlong.objects.filter(pk=row.pk, tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        raise NotIn
    if not is_pin_of(row, pin):
        _wrong_pin(row)
        raise NotIn
    with transaction.atomic():
        used, _ = LookAlongCode.objects.filter(pk=key.pk, hash=key.hash).delete()
        if not used:
            raise NotIn
        LookAlong.objects.filter(pk=row.pk).update(tries=0, entered_at=timezone.now())
        log_family("family_entered", row)
    return row


def _wrong_pin(row: LookAlong) -> None:
    row.refresh_from_db(fields=["tries"])
    if not row.is_locked:
        log_family("family_refused", row, result=REFUSED)
        return
    with transaction.atomic():
        LookAlongCode.objects.filter(along=row).delete()
        case = row.case
        if case.is_open:
            ask(case, LOCKED, add_working_days(timezone.localdate(), 3), by=None, kind=Task.Kind.READING)
        log_family("family_locked", row, result=REFUSED)


def ask_code(email: str, now: datetime) -> None:
    """Send a new code to who looks along with this address. The page says the same whoever asks, and the mail leaves
    from a job: neither answer nor its time tells whether somebody is known."""
    rows = LookAlong.objects.running().filter(email__iexact=email, tries__lt=MOST_TRIES)
    for row in rows.select_related("case__pupil", "guardian", "organisation"):
        if not may_look_along(row, timezone.localdate()):
            continue
        with transaction.atomic():
            LookAlong.objects.select_for_update().get(pk=row.pk)
            asked = row.codes.filter(invites=False, asked_at__gt=now - timedelta(days=1))
            if asked.filter(asked_at__gt=now - BETWEEN).exists() or asked.count() >= MOST_A_DAY:
                continue
            jobs.enqueue(SEND, LookAlongCode.objects.create(along=row).pk)
            log_family("family_asked_code", row)


def log_family(action: str, row: LookAlong, **about: Any) -> None:
    """The row for what a parent or child does or sees, in the log of the gemeente that has the dossier."""
    role = "ouder" if row.guardian_id else "kind"
    who = Outsider(role, owner_of(row.case).pk, PURPOSE)
    log_event(action, outsider=who, pupils=[row.case.pupil_id], case_number=row.case.number, family=row.pk, **about)


def owner_of(case: Case) -> Organisation:
    """The gemeente that has the dossier now."""
    return Organisation.objects.get(kind=Organisation.Kind.GEMEENTE, code=case.municipality_id)
