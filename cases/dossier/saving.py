"""Saving in a dossier: keep it still, compare the version that was read, tell the second of two."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases.dossier.access import seat_in
from cases.dossier.models import Case
from cases.dossier.rules import NotNow, check_open
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User
from thuiszitters.core.sealed.fields import SealedTextField
from thuiszitters.core.sealed.secrets import unseal

OVERTAKEN = (
    "Een collega heeft dit dossier net bijgewerkt of overgedragen. Kijk wat er veranderde en probeer het opnieuw."
)

# Rows of a dossier that say when people spoke; each kind of row knows its last day of contact.
TALKS = ("contacts", "meetings")


class Overtaken(NotNow):
    """Somebody else saved in between: what is asked is a decision on what stands there now."""


def hold(case: Case) -> None:
    """Keep the dossier still until the transaction ends; NotNow when it was closed or handed over since it was read.
    (On SQLite the transaction itself is the lock.)"""
    rows = Case.objects.select_for_update().filter(pk=case.pk)
    if rows.values_list("municipality", "state").get() != (case.municipality_id, case.state):
        raise NotNow(OVERTAKEN)


class Twice(NotNow):
    """The same was saved a moment ago by the same person: a second click, or back and once more."""


TWICE = "Dit staat er al: u bewaarde precies dit net. Er is niets dubbel bewaard."
A_MOMENT = timedelta(minutes=1)


def check_not_twice(row: Any, *, by: User | None) -> None:
    """Twice when somebody saved the same new row within the last minute. Ask it while the dossier is held."""
    if row.pk or by is None:
        return
    own = {"id", "at", "version", "by", "task"}  # a step that it asked for is made while it is saved
    fields = [f for f in row._meta.concrete_fields if f.name not in own]
    sealed = [f.attname for f in fields if isinstance(f, SealedTextField)]
    said = {f.attname: getattr(row, f.attname) for f in fields if f.attname not in sealed}
    same = type(row).objects.filter(by=by, at__gte=timezone.now() - A_MOMENT, **_stored(said))
    if any(_in_the_open(one, sealed) == _in_the_open(row, sealed) for one in same):
        raise Twice(TWICE)


def _in_the_open(row: Any, sealed: Sequence[str]) -> list[str]:
    """What stands encrypted in a row: the same words have another token each time."""
    return [unseal(token) if (token := getattr(row, name)) else "" for name in sealed]


def _stored(said: dict[str, Any]) -> dict[str, Any]:
    """As conditions: what is not there is asked as such."""
    nothing = {f"{name}__isnull": True for name, value in said.items() if value is None}
    return nothing | {name: value for name, value in said.items() if value is not None}


CHANGED = "Een collega heeft dit intussen aangepast. Uw tekst staat er nog: vergelijk en bewaar opnieuw."


def still_as_read(row: Any, **still: Any) -> bool:
    """Compare the version that was read in the UPDATE, so that of two who save the second is told; `still`: what must
    hold besides. False: somebody was first. A new row has nothing to compare."""
    if not row.pk:
        return True
    if not type(row).objects.filter(pk=row.pk, version=row.version, **still).update(version=F("version") + 1):
        return False
    row.version += 1
    return True


def log_act(
    action: str, case: Case, *, by: User | None, right: Right | None = None, pupils: Sequence[int] = (), **about: Any
) -> None:
    """The row for an act in a dossier, from the seat that `by` has in it (with `right`: the one that holds it).
    `pupils`: ids, when not only its child."""
    seat = seat_in(case, by, *([right] if right else ())) if by else None
    about |= {"pupils": pupils or [case.pupil_id], "case_number": case.number}
    log_event(action, by=by, seat=seat, **about)


def save_versioned(row: Any, *, by: User | None, action: str) -> None:
    """Save a row of an open dossier that has a version: a changed one only when nobody changed it in between."""
    check_open(row.case)
    with transaction.atomic():
        hold(row.case)
        if not still_as_read(row):
            raise NotNow(CHANGED)
        row.save()
        log_act(action, row.case, by=by, row=row.pk)


def cache_last_contact(case: Case) -> None:
    """When there was contact last: somebody was spoken, or an overleg was held."""
    days = [day for name in TALKS if (day := getattr(case, name).last_day_of_contact())]
    Case.objects.filter(pk=case.pk).update(last_contact_on=max(days, default=None))
