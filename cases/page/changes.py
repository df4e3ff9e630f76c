"""What the rows of a dossier looked like before: every change and end of a row, for who may read that row."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db.models import ForeignKey, Model

from cases.attachments.models import Attachment
from cases.barriers.models import Barrier
from cases.claims.models import ExemptionClaim
from cases.decisions.models import Decision
from cases.disputes.access import may_read
from cases.disputes.models import Dispute
from cases.documents.models import Document
from cases.dossier.entry import WrittenEntry
from cases.dossier.models import Case, Task
from cases.dossier.taking_part import Consent, Involvement
from cases.enforcement.models import EnforcementStep
from cases.goals.models import Goal
from cases.meetings.models import Meeting
from cases.offers.models import Offer
from cases.parts.matrix import Part, part_of_problem
from cases.people.models import Professional
from cases.sight.event import day_of
from cases.sight.seats import Sight
from cases.sight.signing import remember_people, signed
from cases.steps.models import Pause
from cases.stops.models import StopCase
from cases.talks.models import Talk
from cases.work.models import Contact, Note, Problem
from leerplicht.models import Enrolment, Exemption, Guardian, NotEnrolled, PermittedAbsence, Pupil, SchoolReturn
from thuiszitters.core.sealed.fields import SealedTextField
from thuiszitters.core.sealed.secrets import unseal
from thuiszitters.core.words import long_date

# What says nothing to a reader, or must not stand in the open.
HIDDEN = {"id", "pgn_sealed", "pgn_hash", "pgn_end", "version", "search_last", "search_first", "at", "changed_at"}
# Who did it stands beside each change already.
HIDDEN |= {
    "done_by",
    "done_organisation",
    "settled_by",
    "solved_by",
    "sent_by",
    "objected_by",
    "discussed_by",
    "ended_by",
}
Version = Any  # a row of the history of a model: its fields at that moment, with who and when


@dataclass(frozen=True)
class Told:
    """The history of one kind of row. `key`: the column that names dossier or pupil. `name`: what tells one row from
    another. `shows`: whether a version may be read. `new`: also that it was made; else the course of events says so."""

    model: type[Model]
    key: str
    name: Callable[[Version], str]
    shows: Callable[[Sight, Version], bool]
    joined: Sequence[str] = ()
    new: bool = False


def _course(sight: Sight, version: Version) -> bool:
    return sight.course


def _officer(sight: Sight, version: Version) -> bool:
    return sight.officer


def _writes_exemptions(sight: Sight, version: Version) -> bool:
    return sight.exemption == "write"


def _readable(sight: Sight, version: Version) -> bool:
    """A text is judged by the part to which it belonged then."""
    if isinstance(version, Problem.history.model):
        version.part = part_of_problem(version.code)
    return sight.can_read(version)


def _first_day(version: Version) -> str:
    return f"vanaf {long_date(version.first_day)}" if version.first_day else ""


HISTORIES: tuple[Told, ...] = (
    Told(Case, "id", lambda v: "", _officer, new=True),
    Told(Pupil, "id", lambda v: "", _officer, new=True),
    Told(Guardian, "pupil", lambda v: v.name, _officer),
    Told(Contact, "case", lambda v: f"van {long_date(v.on)}", _readable, ["organisation"]),
    Told(Note, "case", lambda v: f"van {long_date(day_of(v.at))}", _readable, ["organisation"]),
    Told(Attachment, "case", lambda v: v.title, _readable, ["organisation"]),
    Told(Problem, "case", lambda v: v.get_code_display(), _readable, ["organisation"]),
    Told(Talk, "case", lambda v: f"van {long_date(day_of(v.starts_at))}", _course),
    Told(Task, "case", lambda v: v.title, _course),
    Told(Pause, "case", lambda v: f"vanaf {long_date(v.since)}", _course),
    Told(Meeting, "case", lambda v: f"van {long_date(day_of(v.starts_at))}", _course),
    Told(Offer, "case", lambda v: v.provider or v.get_kind_display(), _course),
    Told(Barrier, "case", lambda v: v.what, _course),
    Told(Dispute, "case", lambda v: v.get_route_display(), lambda s, v: may_read(v, s), ["organisation"]),
    Told(Goal, "case", lambda v: v.text, _course),
    Told(Professional, "case", lambda v: v.name, _course, new=True),
    Told(Decision, "case", lambda v: v.number, _course),
    Told(Document, "case", lambda v: v.title, lambda s, v: s.course and s.knows_letter(v)),
    Told(StopCase, "case", lambda v: "", _course),
    Told(Involvement, "case", lambda v: v.organisation.name, _officer, ["organisation"]),
    Told(Consent, "case", lambda v: f"van {long_date(v.given_on)}", _officer),
    Told(ExemptionClaim, "case", lambda v: v.get_ground_display(), _writes_exemptions),
    Told(Exemption, "pupil", _first_day, _writes_exemptions),
    Told(EnforcementStep, "case", lambda v: v.get_kind_display(), lambda s, v: s.reads(Part.HANDHAVING)),
    Told(Enrolment, "pupil", _first_day, _officer),
    Told(NotEnrolled, "pupil", _first_day, _officer),
    Told(PermittedAbsence, "pupil", _first_day, _officer),
    Told(SchoolReturn, "pupil", _first_day, _officer),
)


@dataclass(frozen=True)
class Changed:
    """What changed at one moment: `changes` are rows of (field, before, after)."""

    at: datetime
    by: str
    what: str
    changes: Sequence[tuple[str, str, str]]


def changes_of(case: Case, sight: Sight) -> list[Changed]:
    """Every change of what hangs on this dossier that may be read, the last first. A query per kind of row and per kind
    of row that these name, however many there are."""
    found = [pair for told in HISTORIES for pair in _pairs(told, case, sight)]
    names = _names(found)
    remember_people([case], {new.history_user_id for _, new, _ in found if new.history_user_id})
    rows = [_changed(case, told, new, old, names) for told, new, old in found]
    return sorted((r for r in rows if r.changes), key=lambda r: r.at, reverse=True)


def _pairs(told: Told, case: Case, sight: Sight) -> Iterator[tuple[Told, Version, Version | None]]:
    """Each version with the one before it, where both may be read."""
    key = case.pupil_id if told.key == "pupil" or told.model is Pupil else case.pk
    rows = told.model.history.filter(**{told.key: key})  # type: ignore[attr-defined]
    rows = rows.select_related("history_user", *told.joined).order_by("id", "history_date", "history_id")
    by_row: dict[int, list[Version]] = {}
    for version in rows:
        by_row.setdefault(version.id, []).append(version)
    if issubclass(told.model, WrittenEntry):  # of what was taken back or moved only the line in the course tells
        standing = set(told.model._default_manager.filter(case=case.pk).values_list("pk", flat=True))
        by_row = {pk: versions for pk, versions in by_row.items() if pk in standing}
    for versions in by_row.values():
        if told.new and told.shows(sight, versions[0]):
            yield told, versions[0], None
        for old, new in pairwise(versions):
            if told.shows(sight, old) and told.shows(sight, new):
                yield told, new, old


def _changed(case: Case, told: Told, new: Version, old: Version | None, names: dict[Any, str]) -> Changed:
    what = " ".join(filter(None, [str(told.model._meta.verbose_name), told.name(new)]))
    by = signed(case, new.history_user, day_of(new.history_date))
    return Changed(new.history_date, by, what, list(_diff(told.model, new, old, names)))


def _diff(
    model: type[Model], new: Version, old: Version | None, names: dict[Any, str]
) -> Iterable[tuple[str, str, str]]:
    if old is None:
        return [("aangemaakt", "", "")]
    if new.history_type == "-":
        return [("weggehaald", _summary(model, old, names), "")]
    changes = [
        (str(f.verbose_name), _value(f, before, names), _value(f, after, names))
        for f in model._meta.concrete_fields
        if f.name not in HIDDEN
        and hasattr(new, f.attname)
        and (before := _open(f, getattr(old, f.attname))) != (after := _open(f, getattr(new, f.attname)))
    ]
    sealed = any(getattr(old, n, None) != getattr(new, n, None) for n in ("pgn_hash", "pgn_end"))
    return changes or ([("persoonsgebonden nummer of kenmerk", "", "gewijzigd")] if sealed else [])


def _open(field: Any, value: Any) -> Any:
    """What stands encrypted, as it was written: a new key gives the same words another token."""
    return unseal(value) if isinstance(field, SealedTextField) and value else value


def _summary(model: type[Model], version: Version, names: dict[Any, str]) -> str:
    """What a row said that is no more."""
    fields = [f for f in model._meta.concrete_fields if f.name not in HIDDEN and getattr(version, f.attname, None)]
    return "; ".join(f"{f.verbose_name}: {_value(f, _open(f, getattr(version, f.attname)), names)}" for f in fields)


def _names(found: Iterable[tuple[Told, Version, Version | None]]) -> dict[Any, str]:
    """What the keys in these versions name, with one query per kind of row."""
    wanted: dict[type[Model], set[int]] = {}
    for told, *versions in found:
        for f in told.model._meta.concrete_fields:
            if isinstance(f, ForeignKey):
                keys = {getattr(v, f.attname, None) for v in versions if v is not None} - {None}
                wanted.setdefault(f.related_model, set()).update(keys)  # type: ignore[arg-type]
    return {
        (model, pk): str(row) for model, keys in wanted.items() for pk, row in model._base_manager.in_bulk(keys).items()
    }


def _value(field: Any, value: Any, names: dict[Any, str]) -> str:
    """A stored value as people read it: the word of a choice, the name behind a key, ja or nee."""
    if value is None or value == "":
        return "leeg"
    if isinstance(field, ForeignKey):
        return names.get((field.related_model, value), str(value))
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return long_date(value if not isinstance(value, datetime) else day_of(value))
    if isinstance(value, list | dict):
        return _listed(value)
    return str(dict(field.flatchoices).get(value, value))


def _listed(value: list[Any] | dict[str, Any]) -> str:
    """What a row keeps as a list, each thing by its values: a build-up is "2026-11-02 6, 2026-12-01 12"."""
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values()) or "leeg"
    return ", ".join(_listed(part) if isinstance(part, list | dict) else str(part) for part in value) or "leeg"
