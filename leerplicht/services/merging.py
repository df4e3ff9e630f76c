"""Two rows of one child become one, and nothing is lost: a table says for every field of a pupil and every relation
what happens. Upper floors say it for theirs (`register`); a house test fails when one is missing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from leerplicht.law.births import Known
from leerplicht.models import (
    AbsenceReport,
    Exemption,
    HomePeriod,
    IdentityQuestion,
    NotEnrolled,
    PermittedAbsence,
    Pupil,
    SchoolReturn,
)
from leerplicht.services.guardians import join_guardians, relations_of


class How(StrEnum):
    """What becomes of a field. STAYS: as on the row that stays. FILLS: the same, and what is empty there comes from the
    other. EITHER: yes when one of the two says so, because it protects. COMPUTED: follows from the rest."""

    STAYS = "blijft"
    FILLS = "aangevuld"
    EITHER = "ja als een van beide ja zegt"
    COMPUTED = "wordt opnieuw berekend"


FIELDS: dict[str, How] = {
    "id": How.STAYS,
    "pgn_sealed": How.FILLS,
    "pgn_hash": How.FILLS,
    "pgn_kind": How.FILLS,
    "pgn_end": How.FILLS,
    "first_names": How.FILLS,
    "prefix": How.FILLS,
    "last_name": How.FILLS,
    "search_last": How.COMPUTED,
    "search_first": How.COMPUTED,
    "born": How.FILLS,
    "born_known": How.FILLS,
    "municipality": How.STAYS,
    "secret_address": How.EITHER,
    "address": How.FILLS,
    "twelve_years_done": How.FILLS,
    "startkwalificatie_on": How.FILLS,
    "released": How.EITHER,
    "version": How.COMPUTED,
    "facts_changed_at": How.COMPUTED,
}
# What is one thing in several columns is taken from one row, whole: a number, a last name with its prefix.
TOGETHER = (("pgn_hash", "pgn_sealed", "pgn_kind", "pgn_end"), ("last_name", "prefix"))


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows that point to a pupil: what they are, and how those of `gone` become those of `keep`. `told`: whether people
    know them as something of the child, for a preview."""

    what: str
    move: Callable[[Pupil, Pupil], None]
    told: bool = True


def merge_pupils(gone: Pupil, keep: Pupil) -> None:
    """All that is known about `gone` becomes known about `keep`: fields, facts, reports, and what upper floors hang on
    it. The caller deletes `gone` and recomputes the clock. ValueError: both are in an open dossier."""
    with transaction.atomic():
        _join_fields(gone, keep)
        for relation in reversed(RELATIONS.values()):  # of the upper floors first
            relation.move(gone, keep)


def joined_values(gone: Pupil, keep: Pupil) -> dict[str, Any]:
    """What will stand in each field that is not computed."""
    values = {name: _value(name, how, gone, keep) for name, how in FIELDS.items() if how != How.COMPUTED}
    for lead, *others in TOGETHER:
        source = keep if getattr(keep, lead) else gone
        values |= {name: getattr(source, name) for name in (lead, *others)}
    known = gone if keep.born_known != Known.DAY and gone.born_known == Known.DAY else keep  # the surer birth date
    return values | {"born": known.born, "born_known": known.born_known}


def _value(name: str, how: How, gone: Pupil, keep: Pupil) -> Any:
    mine, theirs = getattr(keep, name), getattr(gone, name)
    if how == How.EITHER:
        return mine or theirs
    return theirs if how == How.FILLS and mine in ("", None) else mine


def _join_fields(gone: Pupil, keep: Pupil) -> None:
    values = joined_values(gone, keep)
    if all(getattr(keep, name) == value for name, value in values.items()):
        return
    if values["pgn_hash"] == gone.pgn_hash:  # a number stands once in a gemeente
        Pupil.objects.filter(pk=gone.pk).update(pgn_hash="")
    for name, value in values.items():
        setattr(keep, name, value)
    keep.version += 1
    keep.save()


def _facts(model: type[models.Model], *alike: str) -> Callable[[Pupil, Pupil], None]:
    """Facts move along; one that says the same as one that is there already does not stand twice."""

    def move(gone: Pupil, keep: Pupil) -> None:
        have = {tuple(getattr(row, name) for name in alike) for row in model._default_manager.filter(pupil=keep)}
        for row in model._default_manager.filter(pupil=gone):
            if tuple(getattr(row, name) for name in alike) in have:
                row.delete()
            else:
                _repoint(row, keep)

    return move


def _repoint(row: Any, keep: Pupil) -> None:
    row.pupil = keep
    row.save()


_PLACE = ("group", "year", "level")


def _enrolments(gone: Pupil, keep: Pupil) -> None:
    """At one school with one end: one enrolment, from the first day that is known, and with the class that is known."""
    have = {(e.school_id, e.last_day): e for e in keep.enrolments.all()}
    for row in gone.enrolments.all():
        same = have.get((row.school_id, row.last_day))
        if same is None:
            _repoint(row, keep)
            continue
        if any(getattr(same, n) and getattr(row, n) and getattr(same, n) != getattr(row, n) for n in _PLACE):
            _repoint(row, keep)  # they contradict each other: both stay, for a person to look at
            continue
        same.first_day = min((day for day in (same.first_day, row.first_day) if day), default=None)
        for name in _PLACE:
            setattr(same, name, getattr(same, name) or getattr(row, name))
        same.save()
        row.delete()


def _reports(gone: Pupil, keep: Pupil) -> None:
    """A version that both have stands once."""
    have = set(keep.reports.values_list("number", "changed_at"))
    for number, changed_at, pk in gone.reports.values_list("number", "changed_at", "pk"):
        if (number, changed_at) in have:
            AbsenceReport.objects.filter(pk=pk).delete()
    gone.reports.update(pupil=keep)


def _forget(gone: Pupil, keep: Pupil) -> None:
    """Derived from the facts: computed anew."""
    HomePeriod.objects.filter(pupil=gone).delete()


def _questions(gone: Pupil, keep: Pupil) -> None:
    """A question whether these two are one needs no answer any more; the others follow the child."""
    between = IdentityQuestion.objects.open().filter(pupil__in=(gone, keep), known__in=(gone, keep))
    between.exclude(pupil=F("known")).update(answer=IdentityQuestion.Answer.VOID, answered_at=timezone.now())
    IdentityQuestion.objects.filter(pupil=gone).update(pupil=keep)
    IdentityQuestion.objects.filter(known=gone).update(known=keep)


def _with_the_other(gone: Pupil, keep: Pupil) -> None:
    """Moved together with the other side of the same rows."""


_FACT = ("first_day", "last_day")
RELATIONS: dict[str, Relation] = {
    "leerplicht.HomePeriod.pupil": Relation("thuisperiodes", _forget, told=False),
    "leerplicht.Guardian.pupil": Relation("ouders en verzorgers", join_guardians),
    "leerplicht.Enrolment.pupil": Relation("inschrijvingen", _enrolments),
    "leerplicht.NotEnrolled.pupil": Relation("nergens ingeschreven", _facts(NotEnrolled, *_FACT, "how_known")),
    "leerplicht.Exemption.pupil": Relation(
        "vrijstellingen", _facts(Exemption, *_FACT, "article", "letter", "received_on", "expert", "statement_on")
    ),
    "leerplicht.PermittedAbsence.pupil": Relation(
        "geoorloofde afwezigheid", _facts(PermittedAbsence, *_FACT, "reason", "explanation")
    ),
    "leerplicht.SchoolReturn.pupil": Relation("terugkeer op school", _facts(SchoolReturn, *_FACT, "trial", "source")),
    "leerplicht.AbsenceReport.pupil": Relation("verzuimmeldingen", _reports),
    "leerplicht.IdentityQuestion.pupil": Relation("vragen wie dit is", _questions, told=False),
    "leerplicht.IdentityQuestion.known": Relation("vragen wie dit is", _with_the_other, told=False),
}


def register(relations: dict[str, Relation]) -> None:
    """An upper floor says how its rows move; called once, when its app is ready."""
    RELATIONS.update(relations)


def name_of(relation: Any) -> str:
    """Under which name a relation stands in the table."""
    return f"{relation.related_model._meta.label}.{relation.field.name}"


def counts(pupil: Pupil) -> Iterable[tuple[str, int]]:
    """How many rows of each kind hang on a pupil, for a preview; what is derived or internal does not count."""
    for relation in relations_of(Pupil):
        rule = RELATIONS[name_of(relation)]
        if rule.told:
            number = relation.related_model._base_manager.filter(**{relation.field.name: pupil}).count()
            if number:
                yield rule.what, number
