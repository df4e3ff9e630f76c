"""The register of schools from the open-data file of DUO. Reading a file twice changes nothing; nothing is deleted.

A file has the locations of one sector. It is read whole in one transaction; lines that cannot be read are left out
and reported. A school that is no longer in the file is closed, except where that would be a guess:

- only schools that an earlier file brought are closed; a school added by hand or for a demonstration stays as it is;
- when more than a fifth of the schools would close, the file is taken to be a part of the register;
- when the code on a line cannot be read, nobody knows which school that line was about.

In the last two cases nothing is closed, the rest is read in, and `close_missing` closes them after all.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import IO

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from leerplicht.imports.holiday_regions import region_of
from leerplicht.imports.school_rows import SchoolRow, as_raw, find_columns, parse_school, read_code
from leerplicht.imports.text_files import FileRefused, RowRefused, detect_encoding, read_table
from leerplicht.models import Municipality, School
from leerplicht.names.folding import fold

# Stands in the history of every school that a file brought or changed; closing looks for it.
REASON = "Ingelezen uit het bestand van DUO"
LARGEST_SHARE_TO_CLOSE = 0.2
BATCH = 500


@dataclass
class SchoolOutcome:
    """What became of the lines. `left_open`: schools that are not in the file and were not closed either."""

    sector: str
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[int, RowRefused]] = field(default_factory=list)
    left_open: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file: its number, the code if that can be read, and what it says or why it is refused."""

    number: int
    code: str | None
    row: SchoolRow | None
    refused: RowRefused | None = None


def import_schools(
    stream: IO[bytes], *, close_missing: bool = False, by=None, today: date | None = None
) -> SchoolOutcome:
    """Read the file into the register. FileRefused, and nothing saved, when the file as a whole cannot be read.

    `close_missing` closes what is not in the file, however many. `today` is the day that closed schools get.
    """
    sector, lines = read_schools(stream)
    try:
        with transaction.atomic():
            return _Import(sector, by, today or timezone.localdate()).run(lines, close_missing)
    except IntegrityError as problem:
        raise FileRefused("Iemand anders leest tegelijk scholen in. Probeer het opnieuw.") from problem


def read_schools(stream: IO[bytes]) -> tuple[str, list[Line]]:
    """The sector that the file is about, and its lines. FileRefused when there are none."""
    table = read_table(stream, detect_encoding(stream), _delimiter(stream))
    _, header = next(table, (0, []))
    if isinstance(header, RowRefused):
        raise FileRefused("De eerste regel met de kolomnamen is niet te lezen.")
    columns = find_columns(header)
    lines = list(_lines(table, columns, len(header)))
    if not lines:
        raise FileRefused("Het bestand bevat geen scholen.")
    # Only secondary schools have a structure such as VBO/MAVO.
    return (School.Sector.VO if "structure" in columns else School.Sector.PO), lines


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


class _Import:
    """One file against the register as it was."""

    def __init__(self, sector: str, by, today: date):
        self.sector, self.by, self.today = sector, by, today
        self.known = {school.code: school for school in School.objects.all()}
        self.municipalities = Municipality.objects.in_bulk()
        self.new: list[School] = []
        self.changed: list[School] = []
        self.changed_fields: set[str] = set()
        self.outcome = SchoolOutcome(sector)

    def run(self, lines: list[Line], close_missing: bool) -> SchoolOutcome:
        accepted = [line.row for line in lines if self._take(line)]
        missing = self._missing({line.code for line in lines})
        if accepted and (close_missing or self._looks_complete(lines, len(missing))):
            self._close(missing)
        else:
            self.outcome.left_open = len(missing)
        self._save_municipalities(accepted)
        self._save_schools()
        self._set_holiday_regions({row.municipality for row in accepted} | {s.municipality_id for s in missing})
        return self.outcome

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
        if known and known.sector != self.sector:
            raise RowRefused("VESTIGINGSCODE", f"{row.code} staat in het register als {known.get_sector_display()}")
        values = row.kept | {"municipality_id": row.municipality, "holiday_region": self._region(row, known)}
        if not known:
            self.new.append(School(code=row.code, sector=self.sector, **values))
            return "nieuw"
        reopened = known.closed_on is not None
        if not self._change(known, values | {"closed_on": None}):
            return "ongewijzigd"
        return "heropend" if reopened else "gewijzigd"

    def _change(self, school: School, values: dict) -> bool:
        """Put the values on the school. False when it had them all."""
        different = {name for name, value in values.items() if getattr(school, name) != value}
        for name in different:
            setattr(school, name, values[name])
        if different:
            self.changed.append(school)
            self.changed_fields |= different
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
            if code not in codes and school.pk in brought and school.sector == self.sector and not school.closed_on
        ]

    def _looks_complete(self, lines: list[Line], missing: int) -> bool:
        """The share is that of file and missing schools together, so that reading the file again decides the same."""
        in_file = len({line.code for line in lines})
        return all(line.code for line in lines) and missing <= LARGEST_SHARE_TO_CLOSE * (in_file + missing)

    def _close(self, schools: list[School]) -> None:
        for school in schools:
            self._change(school, {"closed_on": self.today})
        self.outcome.counts["gesloten"] = len(schools)

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


def _rename(known: Municipality, name: str | None) -> bool:
    """A name that differs only in capitals, accents or signs was spelled by somebody, and stays."""
    if not name or _bare(name) == _bare(known.name):
        return False
    known.name = name
    return True


def _bare(name: str) -> str:
    return "".join(char for char in fold(name) if char.isalnum())
