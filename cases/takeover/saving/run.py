"""One reading of files from another system: what is known already, what the lines refer to, and what is to be said."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NamedTuple

from django.db import models
from django.utils import timezone

from cases.dossier.models import Case
from cases.dossier.opening import new_numbers
from cases.dossier.origin import told_from
from cases.takeover.models import TakenOver
from leerplicht.imports.text_files import RowRefused
from leerplicht.law.identifiers import parse_pgn
from leerplicht.models import Municipality, Pupil
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation, OrganisationLink, Period
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User
from thuiszitters.core.sealed.secrets import keyed_hash

Kind = TakenOver.Kind
NEW, KNOWN = "nieuw", "bekend"


class Before(NamedTuple):
    """A row that was taken over: where, what it became, and what the line said."""

    municipality: str
    pupil_id: int
    row_id: int
    content_hash: str


class Saved(NamedTuple):
    """What a line became. `word`: NEW, or KNOWN when the row was here already."""

    pupil: Pupil
    row_id: int
    word: str = NEW


@dataclass
class Run:
    """`allowed`: codes of the gemeenten for which may be taken over; None: all. `save` False: nothing will be kept, so
    no number is spent."""

    source: str
    by: User | None
    allowed: frozenset[str] | None
    today: date
    organisation: Organisation | None
    save: bool
    known: dict[tuple[str, str], list[Before]] = field(default_factory=dict)
    failed: set[tuple[str, str]] = field(default_factory=set)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)
    remarks: list[RowRefused] = field(default_factory=list)
    pupils: dict[int, Pupil] = field(default_factory=dict)
    cases: dict[int, Case] = field(default_factory=dict)
    opened: list[int] = field(default_factory=list)
    spoken: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        rows = TakenOver.objects.filter(source__iexact=self.source)
        if self.allowed is not None:
            rows = rows.filter(municipality__in=self.allowed)
        columns = ("source", "kind", "key", "municipality_id", "pupil_id", "row_id", "content_hash")
        for source, kind, key, *before in rows.values_list(*columns):
            self.source = source  # as it was spelled the first time
            self.known.setdefault((kind, key), []).append(Before(*before))
        self.municipalities = Municipality.objects.in_bulk()

    @property
    def origin(self) -> str:
        return told_from(self.source)

    def remark(self, column: str, reason: str) -> None:
        """Something of a line that does come in, for who reads the outcome."""
        self.remarks.append(RowRefused(column, reason))

    def check_municipality(self, code: str) -> None:
        if code not in self.municipalities:
            raise RowRefused("gemeentecode", f"gemeente {code} is onbekend")
        if not self.is_ours(code):
            raise RowRefused("gemeentecode", f"uw organisatie werkt niet voor gemeente {code}")

    def is_ours(self, code: str) -> bool:
        return self.allowed is None or code in self.allowed

    def parent(self, kind: Kind, key: str, column: str) -> Before:
        """What the line refers to by its key there, from this file or from one of before."""
        found = self.known.get((kind, key), [])
        if len(found) > 1:
            raise RowRefused(column, "komt in meer dan één gemeente voor; lees de gemeenten apart in")
        if found:
            return found[0]
        if (kind, key) in self.failed:
            raise RowRefused(column, f"de regel in het blad {kind.value} kon niet worden overgenomen")
        raise RowRefused(column, f"staat niet in het blad {kind.value} en is niet eerder overgenomen")

    def child_of(self, key: str) -> Pupil:
        before = self.parent(Kind.CHILD, key, "kind_sleutel")
        pupil = self.pupils.get(before.pupil_id) or Pupil.objects.filter(pk=before.pupil_id).first()
        if pupil is None or not self.is_ours(pupil.municipality_id):
            raise RowRefused("kind_sleutel", "dit kind hoort intussen bij een andere gemeente")
        self.pupils[pupil.pk] = pupil
        return pupil

    def case_of(self, key: str) -> Case:
        before = self.parent(Kind.CASE, key, "dossier_sleutel")
        case = self.cases.get(before.row_id) or Case.objects.filter(pk=before.row_id).select_related("pupil").first()
        if case is None or not self.is_ours(case.municipality_id):
            raise RowRefused("dossier_sleutel", "dit dossier hoort intussen bij een andere gemeente")
        self.cases[case.pk] = case
        return case

    def number(self, code: str) -> str:
        """A number of our own. In a preview one that is spent on nothing."""
        if not self.save:
            return f"VOORBEELD-{len(self.seen)}"
        return next(new_numbers({code: 1}, self.today.year)[code])

    def organisation_of(self, code: str) -> Organisation:
        """Whose the texts are: of who takes over, else of the gemeente, else of the bureau that acts for it."""
        if self.organisation:
            return self.organisation
        own = Organisation.objects.filter(kind=Organisation.Kind.GEMEENTE, code=code).first()
        acts = OrganisationLink.objects.filter(Period.covers(self.today), kind="acts_for", other=own)
        link = acts.select_related("organisation").first()
        found = own or (link.organisation if link else None)
        if found is None:
            raise RowRefused("dossier_sleutel", f"gemeente {code} staat niet bij de organisaties")
        return found

    def colleague(self, mail: str, code: str, column: str) -> User | None:
        """Who is meant by this address, when that person works for the gemeente here; else it is said."""
        if not mail:
            return None
        user = User.objects.filter(email__iexact=mail, is_active=True).first()
        if user and code in access_of(user).municipalities_with(Right.CASE_WORK):
            return user
        self.remark(column, "werkt hier niet voor deze gemeente; de regel kwam binnen zonder deze persoon")
        return None


def moment(day: date) -> datetime:
    """The middle of a day: what is known of what happened then."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def check_been(day: date | None, today: date, column: str) -> None:
    if day and day > today:
        raise RowRefused(column, "deze dag is nog niet geweest")


def check_born(day: date | None, pupil: Pupil, column: str) -> None:
    if day and day < pupil.born:
        raise RowRefused(column, "ligt voor de geboortedatum")


def check_order(first: date | None, last: date | None, column: str, other: str) -> None:
    if first and last and last < first:
        raise RowRefused(column, f"ligt voor {other}")


def check_no_pgn(text: str, pupil: Pupil, column: str) -> None:
    """Keys and numbers of another system are kept readable, so the number of the child is none of them."""
    try:
        same = bool(text) and keyed_hash(parse_pgn(text).digits) == pupil.pgn_hash
    except ValueError:
        same = False
    if same:
        raise RowRefused(column, "is het BSN of onderwijsnummer van het kind; gebruik een andere sleutel")


def check_fits(row: models.Model) -> None:
    """Each text in its column: SQLite would keep what PostgreSQL refuses."""
    for column in _texts(row):
        if column.max_length and len(getattr(row, column.attname) or "") > column.max_length:
            raise RowRefused("regel", f"{column.verbose_name} is langer dan {column.max_length} tekens")


def _texts(row: models.Model) -> Iterable[models.CharField]:
    return (f for f in row._meta.concrete_fields if isinstance(f, models.CharField))
