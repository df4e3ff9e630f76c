"""The register of schools from the open-data files of DUO. Reading a file twice changes nothing; nothing is deleted.

A file speaks of one kind of education, or says of each location which: schools of other kinds stay as they are. It is
read whole in one transaction; lines that cannot be read are left out and reported. A school that is no longer in the
file is closed; one that no file brought (added by hand or for a demonstration) stays as it is. When there is a doubt
whether the file is whole and the newest (`school_doubts`), nothing is changed until a person agrees.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import IO

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from leerplicht.imports.holiday_regions import region_of
from leerplicht.imports.school_doubts import Change, doubts
from leerplicht.imports.school_rows import SchoolRow, as_raw, day_in, find_columns, parse_school, read_code
from leerplicht.imports.text_files import FileRefused, RowRefused, detect_encoding, read_table
from leerplicht.models import Municipality, School, SchoolBoard, SchoolFile
from leerplicht.names.folding import fold
from leerplicht.services.municipalities import successor_of

# Stands in the history of every school that a file brought or changed; closing looks for it.
REASON = "Ingelezen uit het bestand van DUO"
BATCH = 500
WORDS = ("nieuw", "gewijzigd", "ongewijzigd", "gesloten", "heropend", "afgekeurd")


@dataclass
class SchoolOutcome:
    """What became of the lines, or would become of them. `doubts`: why nothing was changed before a person agrees.
    `examples`: per word some schools, with what changes. `speaks_of`: the day of which the file speaks."""

    sectors: set[str] = field(default_factory=set)
    speaks_of: date | None = None
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[int, RowRefused]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    examples: dict[str, list[dict]] = field(default_factory=dict)
    saved: bool = False

    @property
    def changes(self) -> int:
        """How many schools would become another."""
        return sum(self.counts[word] for word in ("nieuw", "gewijzigd", "gesloten", "heropend"))

    @property
    def nothing_read(self) -> bool:
        """Whether every line was refused."""
        return self.counts["afgekeurd"] == sum(n for word, n in self.counts.items() if word != "gesloten")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file: its number, the code if that can be read, and what it says or why it is refused."""

    number: int
    code: str | None
    row: SchoolRow | None
    refused: RowRefused | None = None


def import_schools(
    stream: IO[bytes],
    *,
    name: str = "",
    sector: str = School.Sector.PO,
    accept: bool = False,
    save: bool = True,
    by=None,
    today: date | None = None,
    file: SchoolFile | None = None,
) -> SchoolOutcome:
    """Read the file into the register. FileRefused, and nothing saved, when the file as a whole cannot be read.

    `name`: of the file; it can tell the day of which the file speaks. `sector`: the kind of education, where the file
    does not say. `accept`: a person agreed, so doubts do not hold it up. `save`: False only looks. `today`: the day
    that closed schools get. `file`: the row of an upload, which is settled in the same transaction.
    """
    sectors, lines = read_schools(stream, sector)
    speaks_of = max((line.row.speaks_of for line in lines if line.row and line.row.speaks_of), default=day_in(name))
    if speaks_of and speaks_of > timezone.localdate():
        speaks_of = None  # a typing error, or a school year; no file speaks of a day to come
    try:
        with transaction.atomic():
            work = _Import(sectors, by, today or timezone.localdate())
            outcome = work.compare(lines, speaks_of)
            if save and not outcome.nothing_read and (accept or not outcome.doubts):
                work.save(lines)
                row = file or SchoolFile(name=name[:200], size=0, asked_sector=sector, uploaded_by=by)
                row.last_code = next((line.code for line in reversed(lines) if line.code), "")
                _remember(row, outcome)
    except IntegrityError as problem:
        raise FileRefused("Iemand anders leest tegelijk scholen in. Probeer het opnieuw.") from problem
    return outcome


def _remember(file: SchoolFile, outcome: SchoolOutcome) -> None:
    """Of which day the register is now; the content of the file is not kept."""
    file.state, file.content = SchoolFile.State.DONE, None
    file.sectors, file.speaks_of = sorted(outcome.sectors), outcome.speaks_of
    file.counts = dict(outcome.counts)
    file.save()


def read_schools(stream: IO[bytes], sector: str = School.Sector.PO) -> tuple[set[str], list[Line]]:
    """The kinds of education that the file is about, and its lines. FileRefused when there are none."""
    table = read_table(stream, detect_encoding(stream), _delimiter(stream))
    _, header = next(table, (0, []))
    if isinstance(header, RowRefused):
        raise FileRefused("De eerste regel met de kolomnamen is niet te lezen.")
    columns = find_columns(header)
    lines = list(_lines(table, columns, len(header)))
    if not lines:
        raise FileRefused("Het bestand bevat geen scholen.")
    if "kind" in columns:
        return {line.row.sector for line in lines if line.row and line.row.sector}, lines
    # Only secondary schools have a structure such as VBO/MAVO.
    return {School.Sector.VO if "structure" in columns else sector}, lines


def _delimiter(stream: IO[bytes]) -> str:
    """DUO's own files use semicolons, the dump of its data portal commas."""
    header = stream.readline(8192)
    stream.seek(0)
    return "," if header.count(b",") > header.count(b";") else ";"


def _lines(table, columns: dict[str, int], width: int) -> Iterator[Line]:
    seen: dict[str, int] = {}
    for number, cells in table:
        code = None
        try:
            if isinstance(cells, RowRefused):
                raise cells
            raw = as_raw(columns, width, cells)
            code = read_code(raw)
            row = parse_school(raw)
            if code in seen:
                raise RowRefused("VESTIGINGSCODE", f"{code} staat ook op regel {seen[code]}")
            seen[code] = number
            yield Line(number, code, row)
        except RowRefused as refused:
            yield Line(number, code, None, refused)


EXAMPLES = 20


class _Import:
    """One file against the register as it was."""

    def __init__(self, sectors: set[str], by, today: date):
        self.sectors, self.by, self.today = sectors, by, today
        self.known = {school.code: school for school in School.objects.select_related("municipality")}
        self.municipalities = Municipality.objects.in_bulk()
        self.new: list[School] = []
        self.changed: list[School] = []
        self.changed_fields: set[str] = set()
        self.accepted: list[SchoolRow] = []
        self.change = Change()
        self.outcome = SchoolOutcome(sectors)

    def compare(self, lines: list[Line], speaks_of: date | None) -> SchoolOutcome:
        """What the file would do, without doing it."""
        self.outcome.speaks_of = speaks_of
        self.accepted = [line.row for line in lines if self._take(line)]
        self.change.unreadable = sum(not line.code for line in lines)
        self.change.closing = self._missing({line.code for line in lines})
        self.outcome.counts["gesloten"] = len(self.change.closing)
        for school in self.change.closing:
            self._example("gesloten", school)
        self.outcome.doubts = doubts(self.change, speaks_of, self.sectors, self.known)
        return self.outcome

    def save(self, lines: list[Line]) -> None:
        for school in self.change.closing:
            self._change(school, {"closed_on": self.today})
        self._save_municipalities(self.accepted)
        self._save_boards()
        self._save_schools()
        touched = {row.municipality for row in self.accepted} | {s.municipality_id for s in self.change.closing}
        self._set_holiday_regions(touched)
        self.outcome.saved = True

    def _take(self, line: Line) -> bool:
        try:
            if line.refused:
                raise line.refused
            self.outcome.counts[self._compare(line.row)] += 1
            return True
        except RowRefused as refused:
            self.outcome.refused.append((line.number, refused))
            self.outcome.counts["afgekeurd"] += 1
            return False

    def _compare(self, row: SchoolRow) -> str:
        """nieuw, gewijzigd, ongewijzigd or heropend."""
        known = self.known.get(row.code)
        if known and known.sector not in self.sectors:
            raise RowRefused("VESTIGINGSCODE", f"{row.code} staat in het register als {known.get_sector_display()}")
        self._ask_of_an_old_gemeente(row.municipality)
        row = replace(row, municipality=successor_of(row.municipality, self.today, self.municipalities))
        sector = row.sector or next(iter(self.sectors))
        values = {"sector": sector, "municipality_id": row.municipality, "holiday_region": self._region(row, known)}
        values |= row.kept
        self.change.in_file[sector] += 1
        if not known:
            self.new.append(School(code=row.code, **values))
            self.new[-1].fill_search()
            self._example("nieuw", self.new[-1])
            return "nieuw"
        return self._compare_known(known, values | {"closed_on": None})

    def _ask_of_an_old_gemeente(self, code: str) -> None:
        known = self.municipalities.get(code)
        if known and known.ended_on(self.today):
            self.change.old_gemeenten.add(code)

    def _compare_known(self, known: School, values: dict) -> str:
        reopened, before = known.closed_on is not None, {name: getattr(known, name) for name in values}
        if not self._change(known, values):
            return "ongewijzigd"
        different = {name: value for name, value in values.items() if before[name] != value}
        if reopened:
            self.change.reopened.append(known)
        else:
            self.change.changed.append((known, different))
        word = "heropend" if reopened else "gewijzigd"
        self._example(word, known, [_told(name, before[name], value) for name, value in different.items()])
        return word

    def _example(self, word: str, school: School, what: Iterable[str] = ()) -> None:
        examples = self.outcome.examples.setdefault(word, [])
        if len(examples) < EXAMPLES:
            examples.append({"code": school.code, "name": school.name, "place": school.place, "what": list(what)})

    def _change(self, school: School, values: dict) -> bool:
        """Put the values on the school. False when it had them all."""
        different = {name for name, value in values.items() if getattr(school, name) != value}
        for name in different:
            setattr(school, name, values[name])
        if different:
            school.fill_search()
            self.changed.append(school)
            self.changed_fields |= {*different, "search"}
        return bool(different)

    def _region(self, row: SchoolRow, known: School | None) -> str:
        """Of the location: as the file says, else as it was, else by place, gemeente or province."""
        if region := row.kept.get("holiday_region"):
            return region
        if known and known.municipality_id == row.municipality:
            return known.holiday_region
        region = region_of(row.municipality, province=row.province, place=row.kept.get("place", ""))
        if not region and row.municipality in self.municipalities:
            region = self.municipalities[row.municipality].holiday_region
        if not region:
            raise RowRefused("VAKANTIEREGIO", f"ontbreekt en is niet af te leiden uit gemeente {row.municipality}")
        return region

    def _missing(self, codes: set[str | None]) -> list[School]:
        brought = set(School.history.filter(history_change_reason=REASON).values_list("id", flat=True))
        return [
            school
            for code, school in self.known.items()
            if code not in codes and school.pk in brought and school.sector in self.sectors and not school.closed_on
        ]

    def _save_boards(self) -> None:
        """Names of boards, from a file that has them; a name that a person wrote down is not taken away."""
        names = {row.kept["board"]: row.board_name for row in self.accepted if row.board_name and row.kept.get("board")}
        have = SchoolBoard.objects.in_bulk(names)
        fresh = [SchoolBoard(number=number, name=name) for number, name in names.items() if number not in have]
        bulk_create_with_history(fresh, SchoolBoard, batch_size=BATCH, default_user=self.by)
        renamed = [board for number, board in have.items() if board.name != names[number]]
        for board in renamed:
            board.name = names[board.number]
        if renamed:
            bulk_update_with_history(renamed, SchoolBoard, ["name"], batch_size=BATCH, default_user=self.by)

    def _save_schools(self) -> None:
        history = {"batch_size": BATCH, "default_user": self.by, "default_change_reason": REASON}
        bulk_create_with_history(self.new, School, **history)
        if self.changed:
            bulk_update_with_history(self.changed, School, sorted(self.changed_fields), **history)

    def _save_municipalities(self, rows: Iterable[SchoolRow]) -> None:
        """By code; a gemeente whose name the file leaves empty keeps its name, or gets its code for one."""
        names: dict[str, str] = {}
        for row in rows:
            names[row.municipality] = names.get(row.municipality) or row.municipality_name
        new = {code: Municipality(code=code, name=name or f"Gemeente {code}") for code, name in names.items()}
        renamed = [known for code, known in self.municipalities.items() if _rename(known, names.get(code))]
        Municipality.objects.bulk_update(renamed, ["name"], batch_size=BATCH)
        fresh = [municipality for code, municipality in new.items() if code not in self.municipalities]
        self.municipalities |= {m.code: m for m in Municipality.objects.bulk_create(fresh, batch_size=BATCH)}

    def _set_holiday_regions(self, codes: set[str]) -> None:
        """A gemeente has the region of most of its open schools, for children that have no school."""
        schools = School.objects.filter(municipality__in=codes, closed_on=None)
        counted = schools.values_list("municipality", "holiday_region").annotate(schools=Count("pk"))
        most = {code: region for code, region, _ in counted.order_by("schools", "holiday_region")}
        moved = [m for code, m in self.municipalities.items() if most.get(code, m.holiday_region) != m.holiday_region]
        for municipality in moved:
            municipality.holiday_region = most[municipality.code]
        Municipality.objects.bulk_update(moved, ["holiday_region"], batch_size=BATCH)


def _told(name: str, before, now) -> str:
    """One value that changes, as the preview shows it."""
    label = {"municipality_id": "gemeente", "closed_on": "gesloten sinds"}.get(name)
    label = label or str(School._meta.get_field(name).verbose_name)
    return f"{label}: {before or 'leeg'} wordt {now or 'leeg'}"


def _rename(known: Municipality, name: str | None) -> bool:
    """A name that differs only in capitals, accents or signs was spelled by somebody, and stays."""
    if not name or _bare(name) == _bare(known.name):
        return False
    known.name = name
    return True


def _bare(name: str) -> str:
    return "".join(char for char in fold(name) if char.isalnum())
