"""Letting parents and children look along, and ending it: what people of the gemeente do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cases.dossier.access import acting_organisation, check_may_lead
from cases.dossier.models import Case
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import hold, log_act
from cases.family.access import check_may_set, why_not
from cases.family.codes import SEND, code_hash, new_code, new_pin, pin_hash
from cases.family.models import FamilyDoor, LookAlong, LookAlongCode
from cases.family.rules import INVITED_FOR
from leerplicht.models import Guardian
from thuiszitters.core.jobs import queue as jobs
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User

NO_ADDRESS = "Vul het e-mailadres in, of kies voor een brief."


@dataclass(frozen=True, slots=True)
class Invited:
    """What somebody has to pass on, shown once and kept nowhere: the pincode by telephone or in a talk, never with the
    code. `code`: for on paper; empty when it goes by mail."""

    row: LookAlong
    pin: str
    code: str


def set_door(organisation: Organisation, *, is_open: bool, by: User) -> None:
    """Whether parents and children can look along in the dossiers of this gemeente. Off counts at once, for all."""
    check_may_set(organisation, by)
    with transaction.atomic():
        FamilyDoor.objects.update_or_create(organisation=organisation, defaults={"open": is_open, "by": by})
        log_event("family_door_saved", by=by, organisation=organisation.pk, open=is_open)


def invite(case: Case, guardian: Guardian | None, *, by_mail: bool, email: str = "", by: User) -> Invited:
    """Let a parent or guardian, or (None) the child, look along: a code by mail or on paper, and a pincode. Somebody
    who was invited before gets a new pincode; codes from before do not work any more. NotNow when this person cannot,
    or without an address where one is needed."""
    check_may_lead(case, by)
    check_open(case)
    if by_mail and not email:
        raise NotNow(NO_ADDRESS)
    if problem := why_not(case, guardian, timezone.localdate()):
        raise NotNow(problem)
    pin, code = new_pin(), "" if by_mail else new_code()
    with transaction.atomic():
        hold(case)
        row = LookAlong.objects.running().filter(case=case, guardian=guardian).first() or LookAlong(
            case=case, guardian=guardian
        )
        row.email, row.pin_hash, row.tries = email, pin_hash(pin), 0
        row.organisation, row.by = acting_organisation(case, by), by
        row.save()
        row.codes.all().delete()
        until, hashed = timezone.now() + INVITED_FOR, code_hash(code) if code else ""
        asked = LookAlongCode.objects.create(along=row, hash=hashed, until=until, invites=True)
        if by_mail:
            jobs.enqueue(SEND, asked.pk, by)
        log_act("family_invited", case, by=by, row=row.pk, by_mail=by_mail)
    return Invited(row, pin, code)


def end(row: LookAlong, *, by: User) -> None:
    """This person looks along no more, at once. A second click changes nothing."""
    check_may_lead(row.case, by)
    with transaction.atomic():
        if _ended(row, "", by):
            log_act("family_ended", row.case, by=by, row=row.pk)


def end_all(case: Case, *, because: str, by: User | None) -> None:
    """The dossier goes to another gemeente, which decides for itself."""
    for row in LookAlong.objects.running().filter(case=case):
        if _ended(row, because, by):
            log_act("family_ended", case, by=by, row=row.pk)


def go_along(case: Case, running: Case) -> None:
    """The work goes on in another dossier of the child: who looks along does so there, unless invited there already."""
    there = set(LookAlong.objects.running().filter(case=running).values_list("guardian_id", flat=True))
    for row in LookAlong.objects.running().filter(case=case):
        if row.guardian_id in there:
            _ended(row, "Kijkt al mee in het andere dossier.", None)
        else:
            LookAlong.objects.filter(pk=row.pk).update(case=running)


def forget_codes(now: datetime) -> int:
    """The nightly round: codes that nobody used in time, and requests of before yesterday, by which is counted how many
    somebody asked for. Gives how many."""
    over = Q(until__lt=now) | Q(until=None, asked_at__lt=now)
    gone, _ = LookAlongCode.objects.filter(over, asked_at__lt=now - timedelta(days=1)).delete()
    return gone


def _ended(row: LookAlong, because: str, by: User | None) -> bool:
    rows = LookAlong.objects.running().filter(pk=row.pk)
    ended = rows.update(ended_at=timezone.now(), ended_by=by, because=because.strip()[:300])
    LookAlongCode.objects.filter(along=row).delete()
    return bool(ended)
