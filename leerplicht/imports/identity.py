"""About which child is each row of a chunk? The child known under its number when name and birth date fit; else a row
of its own, that waits until the gemeente says who it is. Who sends the row sees no difference (docs/adr/0029)."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q, QuerySet
from simple_history.utils import bulk_create_with_history

from leerplicht.imports.absence_rows import ReportRow
from leerplicht.law.obligation import Known
from leerplicht.models import AbsenceReport, IdentityQuestion, Pupil
from leerplicht.names.persons import Likeness, Person, is_like, likeness
from leerplicht.names.prefixes import join_name

Kind, Answer = IdentityQuestion.Kind, IdentityQuestion.Answer


def sent_person(row: ReportRow) -> Person:
    """Name and birth date as they were sent."""
    return Person(row.first_names, join_name(row.prefix, row.last_name), row.born, row.born_known)


class Identities:
    """The children of a chunk: by key, among those that are known. `known`: children by the key of their number, as
    `number_of` gives it for a row; `current`: the current reports by number and key."""

    def __init__(
        self,
        known: dict[str, Pupil],
        current: dict[tuple[str, str], AbsenceReport],
        number_of: Callable[[ReportRow], str],
    ):
        self.known, self.current, self.number_of = known, current, number_of
        self.keys: dict[int, str] = {}
        self.pupils: dict[str, Pupil] = dict(known)
        self.judged: dict[str, Person] = {key: pupil.person for key, pupil in known.items()}
        self.ask: dict[str, tuple[str, ReportRow]] = {}
        self.placed: dict[tuple[str, str], str] = {}
        self._remember({p.pk: key for key, p in known.items()})
        self.perhaps: dict[str, tuple[str, Pupil]] = {}

    def look_for(self, rows: Iterable[ReportRow], pupils: QuerySet[Pupil]) -> None:
        """Where no number tells: children with the same birth date, a name that fits and the same gemeente. A row with
        an unknown number may be one who is known without number: that is asked. A row without a number is about the
        one child that fits; fit several, then it is asked. `pupils`: among whom is sought."""
        unknown = [row for row in rows if self.number_of(row) not in self.known]
        if not unknown:
            return
        by_day = pupils.filter(Q(born__in={row.born for row in unknown}) | ~Q(born_known=Known.DAY.value))
        partial = any(row.born_known != Known.DAY for row in unknown)
        # By year: of a birth date of which the day is unknown each day will do.
        found = pupils.filter(born__year__in={row.born.year for row in unknown}) if partial else by_day
        if all(row.pgn for row in unknown):
            found = found.filter(pgn_hash="")
        there = list(found.exclude(pk__in=Pupil.objects.standing_apart()).order_by("pk"))
        for row in unknown:
            fits = [p for p in there if p.municipality_id == row.municipality and is_like(sent_person(row), p.person)]
            self._fits(row, [p for p in fits if not (row.pgn and p.pgn_hash)])

    def _fits(self, row: ReportRow, fits: list[Pupil]) -> None:
        number = self.number_of(row)
        if row.pgn and len(fits) == 1:
            self.perhaps[number] = Kind.NUMBER, fits[0]
        elif not row.pgn and len(fits) == 1:
            self.known[number] = self.pupils[number] = fits[0]
        elif not row.pgn and fits:
            self.perhaps[number] = Kind.WHO, fits[0]

    def _remember(self, key_of: dict[int, str]) -> None:
        """What was asked before about these children, and what came of it: by the key of what was sent."""
        asked = IdentityQuestion.objects.filter(known__in=key_of).exclude(answer=Answer.VOID).exclude(kind=Kind.NUMBER)
        self.asked: dict[str, IdentityQuestion] = {}
        self.open_for: set[int] = set()
        for question in asked.select_related("pupil"):
            key = key_of[question.known_id]
            self.asked[_apart(key, question.sent)] = question
            if question.is_open:
                self.open_for.add(question.pupil_id)
            if question.stands_apart:
                self.pupils[_apart(key, question.sent)] = question.pupil

    def key(self, row: ReportRow) -> str:
        """The key of the child that a row is about: its number, or its number with what was sent. For rows that are
        taken in, in their order: it notes what must be asked."""
        if id(row) not in self.keys:
            self.keys[id(row)] = self.placed[row.number, self.number_of(row)] = self._key(row)
        return self.keys[id(row)]

    def _key(self, row: ReportRow) -> str:
        number, sent = self.number_of(row), sent_person(row)
        if self._said_to_be_another(row):
            return self._child_of_report(row) or number
        on_record = self.judged.setdefault(number, sent)
        like = likeness(sent, on_record)
        if like == Likeness.SAME:
            if number in self.perhaps:
                self.ask.setdefault(number, (self.perhaps[number][0], row))
            return number
        apart = _apart(number, sent)
        if question := self.asked.get(apart):
            return apart if question.stands_apart else number
        if like == Likeness.ASK and self._is_known_elsewhere(row) and not self._child_of_report(row):
            return self._own_key(row)
        stays_with = number if like == Likeness.RENAMED else self._child_of_report(row)
        if stays_with and stays_with != number:
            return stays_with
        # Nobody misses a lesson before birth: then it is not this child, whatever the number of the report.
        where = number if stays_with and on_record.born < row.first_day else apart
        self.ask.setdefault(apart, (Kind.NAME if like == Likeness.RENAMED else Kind.WHO, row))
        return where

    def _is_known_elsewhere(self, row: ReportRow) -> bool:
        """Whether the number is that of a child of another gemeente. Who does not fit that child is another one, with a
        row and number of its own: a question would be about two gemeenten, and nobody could answer it (docs/adr/0010).
        """
        known = self.known.get(self.number_of(row))
        return known is not None and known.municipality_id != row.municipality

    def _own_key(self, row: ReportRow) -> str:
        return f"{self.number_of(row)} @{row.municipality}"

    def _said_to_be_another(self, row: ReportRow) -> bool:
        """Whether somebody of the gemeente gave the version before this one to another row than its number says."""
        before = self.current.get((row.number, self.number_of(row)))
        known = self.known.get(self.number_of(row))
        return before is not None and before.pupil_id not in {known.pk if known else None, *self.open_for}

    def _child_of_report(self, row: ReportRow) -> str | None:
        """A newer version of a report stays with the child that the report is about: its key. None: a new report."""
        number = self.number_of(row)
        if placed := self.placed.get((row.number, number)):
            return placed
        before = self.current.get((row.number, number))
        if not before:
            return None
        if number in self.known and before.pupil_id == self.known[number].pk:
            return number
        key = f"{number} #{before.pupil_id}"
        self.pupils[key] = before.pupil
        return key

    def waits(self, row: ReportRow) -> bool:
        """Whether somebody has to say first who this is."""
        apart = self.key(row) not in (self.number_of(row), self._own_key(row))
        return apart or self.number_of(row) in self.perhaps

    def create(self, newest: dict[str, ReportRow], new: Callable[[ReportRow], Pupil], **history: Any) -> None:
        """The children that are not known yet, each from its newest row. Who stands apart has no number: that is the
        question."""
        fresh = {key: new(row) for key, row in newest.items() if key not in self.pupils}
        for key, pupil in fresh.items():
            row = newest[key]
            if row.pgn and key in (self.number_of(row), self._own_key(row)):
                pupil.set_pgn(row.pgn)
        created = bulk_create_with_history(list(fresh.values()), Pupil, **history)
        self.pupils |= dict(zip(fresh, created, strict=True))

    def follow(self, rows: list[tuple[AbsenceReport | None, ReportRow]]) -> None:
        """Older versions go along with a report that turned out to be about another row of the child."""
        for before, row in rows:
            child = self.pupils[self.key(row)]
            if before and before.pupil_id != child.pk:
                AbsenceReport.objects.filter(number=row.number, pupil=before.pupil_id).update(pupil=child)

    def put_questions(self, reports: dict[tuple[str, str], AbsenceReport]) -> None:
        """A row for each thing that somebody has to say, once the reports are there."""
        IdentityQuestion.objects.bulk_create([self._question(kind, row, reports) for kind, row in self.ask.values()])
        self.ask.clear()

    def _question(self, kind: str, row: ReportRow, reports: dict) -> IdentityQuestion:
        number = self.number_of(row)
        return IdentityQuestion(
            kind=kind,
            pupil=self.pupils[self.key(row)],
            known=self.perhaps[number][1] if number in self.perhaps else self.pupils[number],
            report=reports.get((row.number, number)),
            sent_hash=self.pupils[number].pgn_hash,
            **as_sent(row),
        )


def as_sent(row: ReportRow) -> dict[str, Any]:
    """The columns that keep the child as it was sent."""
    return {
        "sent_first_names": row.first_names,
        "sent_prefix": row.prefix,
        "sent_last_name": row.last_name,
        "sent_born": row.born,
        "sent_born_known": row.born_known,
    }


def _apart(number: str, sent: Person) -> str:
    return f"{number} | {sent.key}"
