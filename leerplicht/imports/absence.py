"""Absence reports from a file into the database: looked at first, or read in. Idempotent on the report number.

Works through the file in chunks, with a fixed number of queries per chunk, so that memory stays flat and a file of
100,000 lines is read at the speed of the database. The caller owns the transaction: all good lines of a file get in, or
none; lines that are refused are kept in quarantine in that same transaction. A line that the database will not have
never costs another one its place.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

import structlog
from django.db import DataError, IntegrityError
from django.db.models import Max
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from leerplicht.imports.absence_rows import Line, ReportRow, check_days
from leerplicht.imports.identity import Identities, as_sent, sent_person
from leerplicht.imports.text_files import FileRefused, RowRefused
from leerplicht.law.obligation import Known
from leerplicht.models import AbsenceReport, Enrolment, Municipality, NotEnrolled, Pupil, School
from leerplicht.models.reports import OWN_NUMBER
from leerplicht.services.municipalities import follow_successors
from thuiszitters.core.jobs.halving import NOT_OF_ONE, work_what_fits
from thuiszitters.core.sealed.secrets import keyed_hash, seal
from thuiszitters.core.words import long_date

logger = structlog.get_logger(__name__)
CHUNK = 1000


@dataclass
class Outcome:
    """What became of the lines. `reports` are the new current versions, `pupil_ids` the pupils whose facts changed."""

    counts: Counter = field(default_factory=Counter)
    reports: list[AbsenceReport] = field(default_factory=list)
    refused: list[tuple[Line, RowRefused]] = field(default_factory=list)
    samples: list[dict] = field(default_factory=list)


@dataclass
class Seen:
    """What accepted lines said that are not in the database: versions by report number and child, and who a number is
    about."""

    versions: dict[tuple[str, str], tuple] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Scope:
    """Codes of gemeenten; None: all. `allowed`: whose reports may come in. `known_in`: where a child is sought."""

    allowed: frozenset[str] | None
    known_in: frozenset[str] | None

    @classmethod
    def of(cls, allowed: Iterable[str] | None, known_in: Iterable[str] | None) -> "Scope":
        may = None if allowed is None else frozenset(allowed)
        return cls(may, may if known_in is None else frozenset(known_in))

    def narrow(self, rows, field: str):
        """Only the rows of the gemeenten in which a child is sought."""
        return rows if self.known_in is None else rows.filter(**{f"{field}__in": self.known_in})


def process(
    lines: Iterable[Line],
    *,
    by=None,
    allowed: Iterable[str] | None = None,
    known_in: Iterable[str] | None = None,
    save: bool,
    each_chunk: Callable[[Outcome], None] | None = None,
) -> Counter:
    """Compare the lines with what is known and, with `save`, store what is new or changed.

    `allowed`: codes of the gemeenten whose reports this user may read in; None: all. `known_in`: the gemeenten whose
    children and reports the lines are compared with; not given: those of `allowed`. What is known elsewhere changes
    nothing here (docs/adr/0010). `each_chunk` gets the outcome of every thousand lines: the reports stored, the lines
    refused, samples of what changes. Returns the counts of the keys nieuw, gewijzigd, ongewijzigd, ouder, afgekeurd.
    """
    totals: Counter = Counter()
    seen = Seen()
    iterator = iter(lines)
    scope = Scope.of(allowed, known_in)
    today = timezone.localdate()
    while chunk := list(islice(iterator, CHUNK)):
        if save:  # what was saved is found in the database, so memory stays flat

            def work(part):
                return _Chunk(part, by, scope, Seen(), today).work(save=True)

            outcomes = work_what_fits(chunk, work, _refused, stop=(FileRefused,))
        else:
            outcomes = iter([_Chunk(chunk, by, scope, seen, today).work(save=False)])
        for outcome in outcomes:
            totals += outcome.counts
            if each_chunk:
                each_chunk(outcome)
    return totals


def _refused(line: Line, problem: Exception) -> Outcome:
    return Outcome(counts=Counter(afgekeurd=1), refused=[(line, _does_not_fit(line, problem))])


def _does_not_fit(line: Line, problem: Exception) -> RowRefused:
    # Not the message: it may quote the line.
    logger.warning("line_failed", line=line.number, problem=type(problem).__name__)
    reason = next(
        (why for kind, why in DOES_NOT_FIT.items() if isinstance(problem, kind)),
        "gaf een onverwachte fout. Kijk de regel na, en meld het aan de beheerder",
    )
    return RowRefused("regel", reason)


DOES_NOT_FIT: dict[type[Exception], str] = {
    DataError: "bevat een waarde die te lang is of niet in de database past",
    IntegrityError: "botst met iets dat al is vastgelegd",
}


class _Chunk:
    """A thousand lines with everything in the database that they touch."""

    def __init__(self, lines: list[Line], by, scope: Scope, seen: Seen, today: date):
        lines = follow_successors(lines, today)
        self.lines, self.by, self.scope, self.seen, self.today = lines, by, scope, seen, today
        self.outcome = Outcome()
        rows = [line.row for line in lines if line.row]
        self.hashes = {row.pgn.digits: keyed_hash(row.pgn.digits) for row in rows if row.pgn}
        self.schools = School.objects.in_bulk({r.school for r in rows}, field_name="code")
        self.municipalities = Municipality.objects.in_bulk({r.municipality for r in rows})
        known = list(scope.narrow(Pupil.objects.filter(pgn_hash__in=set(self.hashes.values())), "municipality"))
        per_hash = Counter(p.pgn_hash for p in known)
        # Known in two gemeenten at once, for somebody who works for both: there each keeps its own.
        self.twice = {pgn_hash for pgn_hash, count in per_hash.items() if count > 1}
        pupils = {self._key(p.pgn_hash, p.municipality_id): p for p in known}
        current = AbsenceReport.objects.current().filter(number__in={r.number for r in rows})
        found = scope.narrow(current, "municipality").select_related("pupil")
        self.current = {(r.number, self._key(r.sent_key, r.pupil.municipality_id)): r for r in found}
        self.holders = {r.number: r.sent_key for r in found}
        self.identity = Identities(pupils, self.current, self._number)
        self.identity.look_for(rows, scope.narrow(Pupil.objects.all(), "municipality"))
        # Of children that were handed over to another gemeente since: what is said about them here changes nothing.
        gone = [r for r in found if scope.known_in is not None and r.pupil.municipality_id not in scope.known_in]
        self.gone = {r.number for r in gone}

    def _key(self, pgn_hash: str, municipality: str) -> str:
        """One child within the scope."""
        return f"{pgn_hash} {municipality}" if pgn_hash in self.twice else pgn_hash

    def _number(self, row: ReportRow) -> str:
        """What was sent as the number of the child; whether it is that child, `identity` says. Of a child without one
        its name and birth date stand for it."""
        return self._key(self._sent_key(row), row.municipality)

    def _sent_key(self, row: ReportRow) -> str:
        return self._sent_hash(row) or sent_person(row).key

    def _sent_hash(self, row: ReportRow) -> str:
        return self.hashes[row.pgn.digits] if row.pgn else ""

    def work(self, save: bool) -> Outcome:
        accepted = []
        for line in self.lines:
            try:
                if line.refused:
                    raise line.refused
                kind = self._compare(line.row)
                if kind in ("nieuw", "gewijzigd"):
                    self._sample(line, kind)
                    accepted.append(line)
                self.outcome.counts[kind] += 1
            except NOT_OF_ONE:
                raise
            except Exception as problem:
                refused = problem if isinstance(problem, RowRefused) else _does_not_fit(line, problem)
                self.outcome.refused.append((line, refused))
                self.outcome.counts["afgekeurd"] += 1
        if save and accepted:
            self._save([line.row for line in accepted])
        return self.outcome

    def _sample(self, line: Line, kind: str) -> None:
        row = line.row
        self.outcome.samples.append(
            {
                "regel": line.number,
                "wat": kind,
                "nummer": row.number,
                "naam": f"{row.last_name}, {row.first_names}",
                "school": self.schools[row.school].name,
                "vanaf": long_date(row.first_day),
                "soort": row.kind,
                "alles": row.all_lessons,
                "vraag": self.identity.waits(row),
            }
        )

    def _compare(self, row: ReportRow) -> str:
        """nieuw, gewijzigd, ongewijzigd or ouder. RowRefused when the row does not fit what is known."""
        check_days(row, self.today)
        self._check_known(row)
        if row.number in self.gone:
            return "ouder"
        self._check_same_child(row)
        before = self._before(row)
        if before:
            moment, content = before
            if moment > row.changed_at:
                return "ouder"
            if moment == row.changed_at and row.says(content):
                return "ongewijzigd"
            if moment == row.changed_at:
                raise RowRefused("datum_mutatie", "is dezelfde als van een andere versie, met een andere inhoud")
        self.seen.versions[row.number, self._number(row)] = (row.changed_at, row.content_hash)
        self.seen.holders[row.number] = self._sent_key(row)
        return "gewijzigd" if before else "nieuw"

    def _before(self, row: ReportRow) -> tuple | None:
        """The version before this row: moment and content; from this file or from the database."""
        key = row.number, self._number(row)
        if key in self.seen.versions:
            return self.seen.versions[key]
        if report := self.current.get(key):
            return report.changed_at, report.content_hash
        return None

    def _check_known(self, row: ReportRow) -> None:
        if row.municipality not in self.municipalities:
            raise RowRefused("gemeentecode", f"gemeente {row.municipality} is onbekend")
        if self.scope.allowed is not None and row.municipality not in self.scope.allowed:
            raise RowRefused("gemeentecode", f"uw organisatie werkt niet voor gemeente {row.municipality}")
        school = self.schools.get(row.school)
        if not school:
            raise RowRefused("brin", f"school {row.school} staat niet in het scholenregister")
        if school.closed_on and school.closed_on <= row.first_day:
            raise RowRefused("brin", f"school {row.school} is gesloten sinds {school.closed_on:%d-%m-%Y}")

    def _check_same_child(self, row: ReportRow) -> None:
        mine = self._sent_key(row)
        if self.seen.holders.get(row.number, self.holders.get(row.number, mine)) != mine:
            raise RowRefused("persoonsgebonden_nummer", "dit meldingsnummer hoort bij een andere leerling")

    def _save(self, rows: list[ReportRow]) -> None:
        self._create_pupils(rows)
        # Two versions of one report in the same chunk: one round per version keeps their order.
        while rows:
            numbers = Counter[str]()
            first = []
            later = []
            for row in rows:
                numbers[row.number] += 1
                (first if numbers[row.number] == 1 else later).append(row)
            self._create_reports(first)
            rows = later
        self.identity.put_questions(self.current)
        self._create_enrolments()

    def _create_pupils(self, rows: list[ReportRow]) -> None:
        """The newest row of a child tells its name and where it lives."""
        pupils, key_of = self.identity.pupils, self.identity.key
        newest = {key_of(row): row for row in sorted(rows, key=lambda r: r.changed_at)}
        known = [(pupils[key], row) for key, row in newest.items() if key in pupils]
        self._move_pupils(known)
        self._complete_births(known)
        self.identity.create(newest, self._pupil, batch_size=CHUNK, default_user=self.by)

    def _complete_births(self, known: list[tuple[Pupil, ReportRow]]) -> None:
        """A birth date of which the day was unknown is mended by a report that knows it."""
        for pupil, row in known:
            if (
                pupil.born_known != Known.DAY
                and row.born_known == Known.DAY
                and pupil.born <= row.born <= pupil.born_last
            ):
                pupil.born, pupil.born_known, pupil._history_user = row.born, row.born_known, self.by
                pupil.save(update_fields=["born", "born_known"])

    def _move_pupils(self, known: list[tuple[Pupil, ReportRow]]) -> None:
        """A child lives where its newest report says, in whatever order reports come in; among the gemeenten of the
        scope only. To another bureau or gemeente a child goes by handing over."""
        moving = [(pupil, row) for pupil, row in known if pupil.municipality_id != row.municipality]
        reports = AbsenceReport.objects.current().filter(pupil__in=[pupil for pupil, _ in moving])
        latest = dict(reports.values_list("pupil").annotate(Max("changed_at")))
        for pupil, row in moving:
            if row.changed_at >= latest.get(pupil.pk, row.changed_at):
                pupil.municipality_id, pupil._history_user = row.municipality, self.by
                pupil.save(update_fields=["municipality"])

    def _pupil(self, row: ReportRow) -> Pupil:
        pupil = Pupil(
            first_names=row.first_names,
            prefix=row.prefix,
            last_name=row.last_name,
            born=row.born,
            born_known=row.born_known,
            municipality_id=row.municipality,
        )
        pupil.fill_search()
        return pupil

    def _create_reports(self, rows: list[ReportRow]) -> None:
        """The old versions step back first, so that one number never has two current rows."""
        keys = {(r.number, self._number(r)) for r in rows}
        old = {self.current[key].pk for key in keys if key in self.current}
        stepped_back = AbsenceReport.objects.current().filter(pk__in=old).update(superseded_at=timezone.now())
        if stepped_back != len(old):
            raise FileRefused("Een collega las tegelijk dezelfde meldingen in. Probeer het opnieuw.")
        reports = AbsenceReport.objects.bulk_create([self._report(row) for row in rows], batch_size=CHUNK)
        self.identity.follow([(self.current.get((r.number, self._number(r))), r) for r in rows])
        self.current |= {(row.number, self._number(row)): r for row, r in zip(rows, reports, strict=True)}
        self.outcome.reports += reports

    def _report(self, row: ReportRow) -> AbsenceReport:
        return AbsenceReport(
            number=row.number,
            changed_at=row.changed_at,
            pupil=self.identity.pupils[self.identity.key(row)],
            school=self.schools[row.school],
            municipality_id=row.municipality,
            first_day=row.first_day,
            last_day=row.last_day,
            kind=row.kind,
            all_lessons=row.all_lessons,
            hours=row.hours,
            reason=row.reason,
            school_action=row.school_action,
            action_wanted=row.action_wanted,
            explanation=row.explanation,
            reporter_name=row.reporter_name,
            reporter_function=row.reporter_function,
            reporter_phone=row.reporter_phone,
            reporter_email=row.reporter_email,
            status=row.status,
            **as_sent(row),
            sent_hash=self._sent_hash(row),
            sent_sealed=seal(row.pgn.digits) if row.pgn and row.number.startswith(OWN_NUMBER) else "",
            content_hash=row.content_hash,
            received_from=self.by,
        )

    def _create_enrolments(self) -> None:
        """A report by a school says that the child is enrolled there. Since when it does not tell; for a child that was
        enrolled elsewhere or nowhere before, at least since the day of the report."""
        pairs = {(r.pupil_id, r.school_id): r for r in self.outcome.reports}
        known = Enrolment.objects.filter(pupil__in={p for p, _ in pairs}, school__in={s for _, s in pairs})
        have = set(known.values_list("pupil_id", "school_id"))
        elsewhere = {p for p, _ in have} | set(self._known_elsewhere({p for p, _ in pairs}))
        fresh = [
            Enrolment(pupil_id=p, school_id=s, first_day=report.first_day if p in elsewhere else None)
            for (p, s), report in pairs.items()
            if (p, s) not in have
        ]
        bulk_create_with_history(fresh, Enrolment, batch_size=CHUNK, default_user=self.by)

    @staticmethod
    def _known_elsewhere(pupils: set[int]) -> Iterator[int]:
        for model in (Enrolment, NotEnrolled):
            yield from model.objects.filter(pupil__in=pupils).values_list("pupil_id", flat=True)
