"""What a region agrees: terms, mandates, convenants and action points. What held is never changed: it ends, and a new
agreement is added. Of two people who change the same row the second is told."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Model
from django.utils import timezone

from cases.agreements.access import check_may_agree
from cases.agreements.models import ActionPoint, Covenant, CovenantFile, Mandate, RegionTerm, Signature
from cases.agreements.regions import hold_region
from cases.agreements.rules import check_end, check_new_term, clash
from cases.agreements.terms import NATIONAL_TERMS
from cases.dossier.rules import NotNow
from cases.dossier.saving import CHANGED, still_as_read
from leerplicht.law.terms import Unit
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.people.organisations import Membership, Organisation, Period
from thuiszitters.core.people.roles import Role
from thuiszitters.core.people.users import User

OVERTAKEN = "Een collega heeft dit intussen aangepast. Kijk wat er nu staat en probeer het opnieuw."
CODES = {Unit.WEEKS: "weken", Unit.LESSON_WEEKS: "lesweken", Unit.MONTHS: "maanden", Unit.DAYS: "dagen"}


def code_of(amount: int, unit: str) -> str:
    """The code of a term as deadlines carry it: 6-weken. "4-weken" is that of the law, which counts lesson weeks."""
    national = {(t.amount, t.unit): t.code for t in NATIONAL_TERMS}
    code = national.get((amount, Unit(unit)), f"{amount}-{CODES[Unit(unit)]}")
    return f"{amount}-kalenderweken" if unit == Unit.WEEKS and code in national.values() else code


def add_term(term: RegionTerm, *, replaces: RegionTerm | None = None, by: User | None) -> None:
    """A new term of a region; `replaces` ends the day before. NotNow: national, in the past, or twice."""
    check_may_agree(term.region, by)
    term.code = code_of(term.amount, term.unit)
    check_new_term(term.code, [t.code for t in NATIONAL_TERMS], term.valid_from, timezone.localdate())
    with transaction.atomic():
        hold_region(term.region)
        if replaces:
            _end(replaces, term.valid_from - timedelta(days=1), by)
        if other := clash(term, RegionTerm.objects.filter(region=term.region, code=term.code, kind=term.kind)):
            raise NotNow(f"Deze termijn geldt al vanaf {other.valid_from:%d-%m-%Y}. Kies welke termijn u vervangt.")
        term.save()
        _log("agreement_saved", term, by)


def add_mandate(mandate: Mandate, *, by: User | None) -> None:
    """Who may decide, from a day on. NotNow when the person is no holder there, or when somebody else has this scope on
    one of these days."""
    check_may_agree(mandate.region, by)
    _check_holder(mandate)
    try:
        with transaction.atomic():
            hold_region(mandate.region)
            others = Mandate.objects.filter(region=mandate.region, scope=mandate.scope).select_related("person")
            if other := clash(mandate, others):
                raise NotNow(_taken(other))
            mandate.save()
            _log("agreement_saved", mandate, by, scope=mandate.scope)
    except IntegrityError as problem:
        raise NotNow(OVERTAKEN) from problem


def _check_holder(mandate: Mandate) -> None:
    roles = Membership.objects.filter(
        Period.covers(max(mandate.valid_from, timezone.localdate())),
        role=Role.HOUDER,
        organisation=mandate.organisation,
    )
    in_office = set(roles.values_list("user", flat=True))
    if not {mandate.person_id, mandate.deputy_id or mandate.person_id} <= in_office:
        raise NotNow("Houder en vervanger hebben bij deze organisatie de rol van houder nodig. Vraag de beheerder.")


def _taken(other: Mandate) -> str:
    until = f" tot en met {other.valid_until:%d-%m-%Y}" if other.valid_until else ""
    return (
        f"Voor {other.get_scope_display()} is al iemand aangewezen: {other.person}, vanaf "
        f"{other.valid_from:%d-%m-%Y}{until}. Beëindig dat mandaat eerst of kies een andere begindatum."
    )


def end(row: RegionTerm | Mandate, last_day: date, *, by: User | None) -> None:
    """Let a term or mandate end early. NotNow: a day too far back, or somebody was first."""
    check_may_agree(row.region, by)
    with transaction.atomic():
        _end(row, last_day, by)


def _end(row: RegionTerm | Mandate, last_day: date, by: User | None) -> None:
    check_end(row, last_day, timezone.localdate())
    if not type(row).objects.filter(pk=row.pk, valid_until=row.valid_until).update(valid_until=last_day):
        raise NotNow(OVERTAKEN)
    row.refresh_from_db()
    type(row).history.bulk_history_create([row], update=True, default_user=by)
    _log("agreement_ended", row, by)


def withdraw(row: RegionTerm | Mandate, *, by: User | None) -> None:
    """Take away what has not begun; what held stays."""
    check_may_agree(row.region, by)
    with transaction.atomic():
        rows = type(row).objects.select_for_update().filter(pk=row.pk, valid_from__gt=timezone.localdate())
        if not (found := rows.first()):
            raise NotNow("Dit geldt al. Beëindig het met een laatste dag.")
        _log("agreement_ended", found, by)
        found.delete()


def save_covenant(covenant: Covenant, parties: Iterable[Organisation], *, by: User | None) -> None:
    check_may_agree(covenant.region, by)
    with transaction.atomic():
        _as_read(covenant)
        covenant.save()
        covenant.parties.set(parties)
        _log("agreement_saved", covenant, by, parties=sorted(p.pk for p in parties))


def add_file(covenant: Covenant, name: str, content: bytes, *, by: User) -> None:
    """A newer version of the signed paper; the older ones stay."""
    check_may_agree(covenant.region, by)
    with transaction.atomic():
        row = CovenantFile.objects.create(
            covenant=covenant, name=name[:150], content=content, size=len(content), added_by=by
        )
        _log("agreement_saved", row, by)


def add_signature(signature: Signature, *, by: User | None) -> None:
    check_may_agree(signature.covenant.region, by)
    with transaction.atomic():
        signature.save()
        _log("agreement_saved", signature, by)


def remove_signature(signature: Signature, *, by: User | None) -> None:
    """Somebody was written down by mistake; the history keeps it."""
    check_may_agree(signature.covenant.region, by)
    with transaction.atomic():
        _log("agreement_ended", signature, by)
        signature.delete()


def save_action_point(point: ActionPoint, *, by: User | None) -> None:
    """NotNow when it is settled, or when somebody changed it since it was read."""
    check_may_agree(point.region, by)
    with transaction.atomic():
        _as_read(point, settled_on=None)
        point.save()
        _log("action_point_saved", point, by, state=point.state)


def settle(point: ActionPoint, *, state: str, result: str, by: User | None) -> None:
    """Done or stopped, once, with what came of it."""
    check_may_agree(point.region, by)
    with transaction.atomic():
        rows = ActionPoint.objects.filter(pk=point.pk, settled_on=None)
        about = {"state": state, "result": result.strip(), "settled_on": timezone.localdate()}
        if not rows.update(version=F("version") + 1, **about):
            raise NotNow("Een collega heeft dit actiepunt net afgerond.")
        point.refresh_from_db()
        ActionPoint.history.bulk_history_create([point], update=True, default_user=by)
        _log("action_point_saved", point, by, state=state)


def _as_read(row: Covenant | ActionPoint, **still: Any) -> None:
    """Compare the version that was read in the UPDATE; a new row has nothing to compare."""
    if not still_as_read(row, **still):
        raise NotNow(CHANGED)


def _log(action: str, row: Model, by: User | None, **about: Any) -> None:
    log_event(action, by=by, kind=row._meta.model_name, row=row.pk, **about)
