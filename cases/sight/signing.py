"""Who did it, for whom, from which organisation: the one way in which an event is signed."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Model
from django.utils import timezone

from cases.dossier.models import Case
from thuiszitters.core.people.absences import Absence
from thuiszitters.core.people.organisations import Membership, Organisation
from thuiszitters.core.people.roles import MUNICIPAL_ROLES, Role
from thuiszitters.core.people.users import User

NOBODY = "het systeem"


def signed(case: Case, by: User | None, on: date, organisation: Organisation | None = None, *, behalf: str = "") -> str:
    """`M. Officier, Gemeente Nieuwegein, namens De Lindeboom`. `organisation`: for which somebody acted, where a row
    keeps that; else the one of that day. `behalf`: for whom it was done, when that is somebody else; who stood in for
    the handler on that day did it for the handler. Nothing for what nobody did."""
    if by is None:
        return ""
    organisation = organisation or organisation_then(case, by.pk, on)
    behalf = behalf or _stood_in_for(case, by.pk, on)
    whom = behalf if behalf and behalf not in (by.short_name, organisation.name if organisation else "") else ""
    return ", ".join(
        filter(None, [by.short_name, organisation.name if organisation else "", f"namens {whom}" if whom else ""])
    )


def organisation_then(case: Case, user: int, on: date) -> Organisation | None:
    """Where somebody who acts in this dossier worked on a day: for the gemeente, else at an organisation that takes or
    took part, else anywhere. A role that was given later tells more than none."""
    rows = _memberships(case, user)
    rows = [m for m in rows if m.valid_from <= on and (m.valid_until is None or on <= m.valid_until)] or rows
    if not rows:
        return None
    part = {i.organisation_id for i in case.involvements.all()}
    return min(rows, key=lambda m: (Role(m.role) not in MUNICIPAL_ROLES, m.organisation_id not in part)).organisation


def _memberships(case: Case, user: int) -> list[Membership]:
    """Of a dossier that was fetched whole these stand ready (`remember_signers`)."""
    known: dict[int, list[Membership]] = vars(case).setdefault("_signers", {})
    if user not in known:
        known[user] = list(Membership.objects.filter(user=user).select_related("organisation").order_by("valid_from"))
    return known[user]


def _stood_in_for(case: Case, user: int, on: date) -> str:
    """The name of the handler of that day, when that one was away and `user` stood in."""
    known: dict[int, list[Absence]] = vars(case).setdefault("_stood_in", {})
    if user not in known:
        known[user] = list(Absence.objects.filter(stand_in=user).select_related("user"))
    held = [a for a in known[user] if a.held_on(on)]
    if not held:
        return ""
    had = [a.handler_id for a in case.assignments.all() if timezone.localdate(a.at) <= on]
    handler = had[-1] if had else case.handler_id
    return next((a.user.short_name for a in held if a.user_id == handler), "")


def remember_signers(cases: Sequence[Case], paths: Iterable[str]) -> None:
    """Where everybody works who is named by the rows under these paths, with one query for all these dossiers."""
    named = [path.split("__") for path in paths]
    remember_people(
        cases, {pk for case in cases for path in named for row in _rows([case], path) for pk in _people(row)}
    )


def remember_people(cases: Sequence[Case], users: Collection[int]) -> None:
    """Where these people work and for whom they stood in, with two queries for all these dossiers."""
    found: dict[int, list[Membership]] = {pk: [] for pk in users}
    rows = Membership.objects.filter(user__in=users).select_related("organisation").order_by("valid_from")
    for membership in rows if users else ():
        found[membership.user_id].append(membership)
    stood_in: dict[int, list[Absence]] = {pk: [] for pk in users}
    for absence in Absence.objects.filter(stand_in__in=users).select_related("user") if users else ():
        if absence.stand_in_id:
            stood_in[absence.stand_in_id].append(absence)
    for case in cases:
        vars(case)["_signers"], vars(case)["_stood_in"] = found, stood_in


def _rows(rows: Iterable[Model], path: Sequence[str]) -> Iterable[Model]:
    """The fetched rows at the end of a path, and those along it."""
    for name in path:
        rows = [found for row in rows for found in _next(row, name)]
        yield from rows


def _next(row: Model, name: str) -> Iterable[Model]:
    found = getattr(row, name)
    return found.all() if hasattr(found, "all") else [found] if found is not None else []


def _people(row: Model) -> Iterable[int]:
    names = [f.attname for f in row._meta.concrete_fields if f.related_model is User]
    return (pk for name in names if (pk := getattr(row, name)))
