"""A herindeling: prepared by an administrator, carried out on its day, whole or not at all (docs/adr/0031)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from cases.agreements.models import Mandate
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.redivision.access import check_may_choose, check_may_prepare
from cases.redivision.moving import move_cases, move_child
from cases.redivision.queries import LIVE, as_parts, numbers, organisation_of, running_from
from cases.redivision.rules import check_day, check_parts, part_of
from cases.sharing.models import Referral
from leerplicht.models import ImportFile, Municipality, Pupil, Redivision, RedivisionPart, RejectedLine, School
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.people.organisations import Membership, Organisation, OrganisationLink
from thuiszitters.core.people.users import User

logger = structlog.get_logger(__name__)
NOT_DONE = "Het is niet gelukt. Er is niets veranderd. Vraag wie bij de server kan om in het logboek te kijken."
WENT_OVER = "Herindeling: het dossier ging over."
DIFFER = "De andere gemeente kent onder dit nummer een kind met andere gegevens. Vergelijk ze eerst."
TOO_LATE = "Over deze herindeling is al beslist."
DAY_BEFORE = timedelta(days=1)


def prepare(old: Municipality, day: date, parts: Sequence[RedivisionPart], *, by: User | None) -> Redivision:
    """Put a herindeling ready; carried out at once when its day has come. NotNow: it cannot be. The first of `parts`
    is the main one: it gets the rights, and what cannot be divided."""
    check_may_prepare(by)
    check(old, day, parts)
    with transaction.atomic():
        row = Redivision.objects.create(municipality=old, day=day, prepared_by=by)
        for part in parts:
            part.redivision, part.main = row, part is parts[0]
        RedivisionPart.objects.bulk_create(parts)
        log_event("redivision_prepared", by=by, row=row.pk, code=old.code, into=[part.code for part in parts])
        if day <= timezone.localdate():
            carry_out(row, by=by)
    row.refresh_from_db()
    return row


def check(old: Municipality, day: date, parts: Sequence[RedivisionPart]) -> None:
    """NotNow: this gemeente cannot become these parts on this day."""
    check_day(day, timezone.localdate())
    check_parts(old.code, [part.code for part in parts], [part.postcodes for part in parts])
    if old.last_day:
        raise NotNow(f"{old.name} bestaat niet meer.")
    waiting = Redivision.objects.filter(state__in=LIVE)
    if waiting.filter(municipality=old).exists():
        raise NotNow(f"Voor {old.name} staat al een herindeling klaar.")
    codes = [part.code for part in parts]
    for gone in Municipality.objects.filter(code__in=codes).exclude(last_day=None):
        raise NotNow(f"{gone.name} bestaat niet meer.")
    for other in waiting.filter(municipality__in=codes).select_related("municipality"):
        raise NotNow(f"Voor {other.municipality.name} staat zelf een herindeling klaar. Kies waar die in opgaat.")


def cancel(row: Redivision, *, by: User | None) -> None:
    """NotNow: it was carried out or cancelled before."""
    check_may_prepare(by)
    with transaction.atomic():
        waiting = Redivision.objects.filter(pk=row.pk, state=Redivision.State.PREPARED)
        if not waiting.update(state=Redivision.State.CANCELLED):
            raise NotNow(TOO_LATE)
        log_event("redivision_cancelled", by=by, row=row.pk)


def carry_out_due(today: date) -> int:
    """Every night: what is prepared for today or before; a round that looks ahead does nothing early. Each gemeente
    whole or not at all; one that fails holds up no other and is told to the administrator. Returns how many were done.
    """
    today, states = min(today, timezone.localdate()), Redivision.State
    due = Redivision.objects.filter(state=states.PREPARED, day__lte=today).order_by("day", "pk")
    done = sum(_tried(row, lambda row: carry_out(row, by=None)) for row in due)
    for row in Redivision.objects.filter(state=states.DONE).exclude(municipality__pupils=None):
        _tried(row, place_known)
    return done


def _tried(row: Redivision, act: Callable[[Redivision], object]) -> bool:
    """Whether it was done. The rest of the night does not stop for one that fails."""
    try:
        return bool(act(row))
    except Exception:
        logger.error("redivision_failed", row=row.pk, exc_info=True)
        Redivision.objects.filter(pk=row.pk).update(problem=NOT_DONE)
        return False


def carry_out(row: Redivision, *, by: User | None) -> bool:
    """In one transaction: codes, rights, children, dossiers, schools. False: it was done or cancelled before."""
    check_may_prepare(by)
    with transaction.atomic():
        claimed = Redivision.objects.filter(pk=row.pk, state=Redivision.State.PREPARED)
        if not claimed.update(state=Redivision.State.DONE, carried_out_at=timezone.now(), problem=""):
            return False
        row.refresh_from_db()
        parts = list(row.parts.all())
        counts = numbers(row.municipality_id, row.day, as_parts(parts))
        targets = {part.code: _gemeente(part, row) for part in parts}
        _end_code(row, parts)
        _drop_questions(row, targets)
        _pass_rights(row, parts)
        pupils = list(Pupil.objects.filter(municipality=row.municipality_id).values_list("pk", flat=True))
        _move_children(row, parts, by)
        _move_the_rest(row, parts[0].code, by)
        _move_schools(row, parts, by)
        end_old_rights(row)
        Redivision.objects.filter(pk=row.pk).update(counts=counts)
        log_event("redivision_carried_out", by=by, pupils=pupils, row=row.pk, code=row.municipality_id)
    return True


def choose(pupil: Pupil, part: RedivisionPart, *, by: User | None, same: bool = False) -> None:
    """A person says where the child goes: before the day it is kept, after it the child goes at once. `same`: the
    child that the other gemeente knows under this number is this child. NotNow: it does not wait any more, or the rows
    differ and nobody said so."""
    check_may_choose(pupil, by)
    with transaction.atomic():
        row = Redivision.objects.select_for_update().get(pk=part.redivision_id)
        if row.state not in LIVE or pupil.municipality_id != row.municipality_id:
            raise NotNow("Voor dit kind hoeft u niets meer te kiezen.")
        for other in row.parts.all():
            chosen = {pk for pk in other.chosen if pk != pupil.pk} | ({pupil.pk} if other.pk == part.pk else set())
            RedivisionPart.objects.filter(pk=other.pk).update(chosen=sorted(chosen))
        log_event("redivision_chosen", by=by, pupils=[pupil.pk], row=row.pk, code=part.code)
        if row.state == Redivision.State.DONE:
            if not move_child(pupil, part.code, row.day, by=by, agreed=same):
                raise NotNow(DIFFER)
            end_old_rights(row)


def place_known(row: Redivision) -> None:
    """Children that stayed behind and whose place is known by now go along; the last one ends the old rights."""
    with transaction.atomic():
        _move_children(row, list(row.parts.all()), None)
        end_old_rights(row)


def _gemeente(part: RedivisionPart, row: Redivision) -> Municipality:
    """The gemeente that follows; a code that is new here begins on the day, in the holiday region of the old one."""
    new = {"name": part.name, "holiday_region": row.municipality.holiday_region, "first_day": row.day}
    return Municipality.objects.get_or_create(code=part.code, defaults=new)[0]


def _end_code(row: Redivision, parts: list[RedivisionPart]) -> None:
    row.municipality.last_day = row.day - DAY_BEFORE
    row.municipality.successor_id = parts[0].code if len(parts) == 1 else None
    row.municipality.save()
    # Lines that wait to be corrected; of a gemeente that was divided the administrator says whose they are.
    if successor := row.municipality.successor_id:
        RejectedLine.objects.filter(municipality_code=row.municipality_id).update(municipality_code=successor)


def _pass_rights(row: Redivision, parts: list[RedivisionPart]) -> None:
    """What the organisation of the old gemeente had, that of the (main) gemeente that follows has from the day on:
    roles of people, bureaus that act for it, regions, mandates. It reads what the old one kept."""
    old = organisation_of(row.municipality_id)
    if not old:
        return
    name = f"Gemeente {parts[0].name}"
    new, _ = Organisation.objects.get_or_create(
        kind=Organisation.Kind.GEMEENTE, code=parts[0].code, defaults={"name": name}
    )
    running = running_from(row.day)
    for member in Membership.objects.filter(running, organisation=old):
        _again(member, row.day, organisation=new)
    for link in OrganisationLink.objects.filter(running, other=old).exclude(organisation=new):
        _again(link, row.day, other=new)
    for link in OrganisationLink.objects.filter(running, organisation=old).exclude(other=new):
        _again(link, row.day, organisation=new)
    OrganisationLink.objects.create(
        kind=OrganisationLink.Kind.SUCCEEDS, organisation=new, other=old, valid_from=row.day
    )
    for mandate in Mandate.objects.filter(running, organisation=old):
        _pass_mandate(mandate, new, row.day)
    for asked in Referral.objects.filter(state=Referral.State.OPEN, to_organisation=old):
        if not asked.case.referrals.filter(state=asked.state, kind=asked.kind, to_organisation=new).exists():
            asked.to_organisation = new
            asked.save(update_fields=["to_organisation"])
    for file in ImportFile.objects.filter(organisation=old).exclude(content=None).defer("content"):
        codes = sorted({parts[0].code if code == old.code else code for code in file.municipalities})
        ImportFile.objects.filter(pk=file.pk).update(municipalities=codes)


def _pass_mandate(mandate: Mandate, new: Organisation, day: date) -> None:
    """By law it is held by the gemeente that follows. What held is ended, not changed (docs/adr/0015)."""
    if mandate.valid_from < day:
        until, mandate.valid_until = mandate.valid_until, day - DAY_BEFORE
        mandate.save()
        mandate.pk, mandate.valid_from, mandate.valid_until = None, day, until
        mandate._state.adding = True
    mandate.organisation = new
    mandate.save()


def _again(holds: Membership | OrganisationLink, day: date, **instead: Organisation) -> None:
    """The same for the organisation that follows, from the day on; once."""
    names = ("user", "role") if isinstance(holds, Membership) else ("kind",)
    ends = ("organisation",) if isinstance(holds, Membership) else ("organisation", "other")
    same: dict[str, Any] = {name: getattr(holds, name) for name in (*names, *ends)} | instead
    model = type(holds)
    if not model._default_manager.filter(running_from(day), **same).exists():
        begins = max(day, holds.valid_from)
        model._default_manager.create(valid_from=begins, valid_until=holds.valid_until, **same)


def _drop_questions(row: Redivision, codes: Iterable[str]) -> None:
    """A question of the old gemeente to take a dossier over, asked to the one that follows, needs no answer."""
    asked = Referral.objects.filter(
        state=Referral.State.OPEN,
        kind=Referral.Kind.HAND_OVER,
        case__municipality=row.municipality_id,
        to_organisation__code__in=list(codes),
    )
    asked.update(state=Referral.State.TAKEN_BACK, answered_at=timezone.now(), answer=WENT_OVER)


def _move_children(row: Redivision, parts: list[RedivisionPart], by: User | None) -> None:
    """Each child to its part; who waits for a person stays for now."""
    wanted = as_parts(parts)
    for pupil in Pupil.objects.select_for_update().filter(municipality=row.municipality_id).order_by("pk"):
        code = part_of(pupil.pk, pupil.address, wanted)
        if code:
            move_child(pupil, code, row.day, by=by)


def _move_the_rest(row: Redivision, code: str, by: User | None) -> None:
    """Dossiers of children that moved away before, to read."""
    rest = Case.objects.filter(municipality=row.municipality_id).exclude(pupil__municipality=row.municipality_id)
    move_cases(list(rest), code, row.day - DAY_BEFORE, by)


def _move_schools(row: Redivision, parts: list[RedivisionPart], by: User | None) -> None:
    """By postcode, else to the main part; the vakantieregio of a school stays."""
    by_digits = {digits: part.code for part in parts for digits in part.postcodes}
    moved = list(School.objects.filter(municipality=row.municipality_id))
    for school in moved:
        school.municipality_id = by_digits.get(school.postcode[:4], parts[0].code)
    bulk_update_with_history(moved, School, ["municipality"], batch_size=500, default_user=by)


def end_old_rights(row: Redivision) -> None:
    """When no child is left at the old gemeente, nobody works for it any more."""
    old = organisation_of(row.municipality_id)
    if not old or Pupil.objects.filter(municipality=row.municipality_id).exists():
        return
    last = row.day - DAY_BEFORE
    links = OrganisationLink.objects.exclude(kind=OrganisationLink.Kind.SUCCEEDS)
    held: list[Membership | OrganisationLink] = [
        *Membership.objects.filter(running_from(row.day), organisation=old),
        *links.filter(running_from(row.day), other=old),
    ]
    for holds in held:
        holds.valid_until = max(last, holds.valid_from)
        holds.save()
