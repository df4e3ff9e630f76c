"""The rows of the absence report file, from text to values. No database: what can be known from the file alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import IO
from zoneinfo import ZoneInfo

from leerplicht.imports.tables import open_table
from leerplicht.imports.text_files import FileRefused, RowRefused
from leerplicht.law.identifiers import Pgn, parse_brin, parse_municipality, parse_pgn
from leerplicht.law.obligation import Known
from leerplicht.names.prefixes import join_name, split_prefix
from leerplicht.services.plausible import odd_birth, odd_end, odd_mutation, odd_start

COLUMNS = (
    "meldingsnummer",
    "persoonsgebonden_nummer",
    "achternaam",
    "voornamen",
    "geboortedatum",
    "gemeentecode",
    "brin",
    "vestiging",
    "begindatum",
    "einddatum",
    "verzuimsoort",
    "alle_lessen_gemist",
    "verzuimuren",
    "reden",
    "actie_school",
    "actie_gemeente_gewenst",
    "toelichting",
    "melder_naam",
    "melder_functie",
    "melder_telefoon",
    "melder_email",
    "status",
    "datum_mutatie",
)
KINDS = frozenset({"V1", "V2", "V3", "V4", "RMC", "L", "LRV", "O"})
STATUSES = frozenset("RBGKID")
LONGEST = {
    "meldingsnummer": 40,
    "achternaam": 200,
    "voornamen": 200,
    "reden": 200,
    "actie_school": 500,
    "toelichting": 500,
    "melder_naam": 100,
    "melder_functie": 60,
    "melder_telefoon": 20,
    "melder_email": 100,
}
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row with its values checked as far as the row alone allows. `hours`: day in ISO form to missed lesson hours."""

    number: str
    pgn: Pgn | None
    last_name: str
    prefix: str
    first_names: str
    born: date
    municipality: str
    school: str
    first_day: date
    last_day: date | None
    kind: str
    all_lessons: bool
    hours: dict[str, str]
    reason: str
    school_action: str
    action_wanted: bool
    explanation: str
    reporter_name: str
    reporter_function: str
    reporter_phone: str
    reporter_email: str
    status: str
    changed_at: datetime
    born_known: str = Known.DAY.value

    @property
    def content_hash(self) -> str:
        """Tells whether two versions say the same."""
        # A column that came later says nothing where it says what was always so: known versions keep their hash.
        values = [repr(getattr(self, f.name)) for f in fields(self) if f.name not in ("changed_at", "born_known")]
        values += [self.born_known] if self.born_known != Known.DAY else []
        return sha256("\x1f".join(values).encode()).hexdigest()

    def says(self, content_hash: str) -> bool:
        """Whether the version with this hash says the same, also where its last name was cut elsewhere: the table of
        prefixes may have grown since it was read."""
        words = join_name(self.prefix, self.last_name).split()
        cuts = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(len(words)))
        others = (replace(self, prefix=prefix, last_name=last_name) for prefix, last_name in cuts)
        return any(row.content_hash == content_hash for row in (self, *others))


def check_header(cells: list[str]) -> list[str]:
    """The header in lower case. FileRefused names what is missing or double."""
    header = [c.strip().lower() for c in cells]
    if len(header) == 1:
        raise FileRefused("De kolommen zijn niet gescheiden door puntkomma's, of dit is een ander soort bestand.")
    if missing := [c for c in COLUMNS if c not in header]:
        raise FileRefused(f"In het bestand ontbreekt: {', '.join(missing)}.")
    if double := sorted({c for c in header if c in COLUMNS and header.count(c) > 1}):
        raise FileRefused(f"Deze kolom staat er dubbel in: {', '.join(double)}.")
    return header


def as_mapping(header: list[str], cells: list[str]) -> dict[str, str]:
    """The cells under their column names; extra columns are left out. RowRefused when the count is wrong."""
    if len(cells) != len(header):
        raise RowRefused("regel", f"heeft {len(cells)} velden, het moeten er {len(header)} zijn")
    return {name: cell for name, cell in zip(header, cells, strict=True) if name in COLUMNS}


def parse_row(raw: dict[str, str], *, without_number: bool = False) -> ReportRow:
    """Values of one row. RowRefused names the first field that is wrong, and why. `without_number`: by form a child can
    be reported that has no number; a file always has one."""
    row = {name: _text(name, raw.get(name, "")) for name in COLUMNS}
    first_day, last_day = _date(row, "begindatum"), _date(row, "einddatum", optional=True)
    born, born_known = _birth(row, "geboortedatum")
    if born >= first_day:
        raise RowRefused("geboortedatum", "ligt niet voor het begin van het verzuim")
    if last_day and last_day < first_day:
        raise RowRefused("einddatum", "ligt voor de begindatum")
    prefix, last_name = split_prefix(_needed(row, "achternaam"))
    wanted = _yes_no(row, "actie_gemeente_gewenst")
    if not wanted and not row["toelichting"]:
        raise RowRefused("toelichting", "is nodig wanneer geen actie van de gemeente gewenst is")
    return ReportRow(
        number=_needed(row, "meldingsnummer"),
        pgn=None if without_number else _law(row, "persoonsgebonden_nummer", parse_pgn),
        last_name=last_name,
        prefix=prefix,
        first_names=row["voornamen"],
        born=born,
        municipality=_law(row, "gemeentecode", parse_municipality),
        school=_school(row),
        first_day=first_day,
        last_day=last_day,
        kind=_choice(row, "verzuimsoort", KINDS),
        all_lessons=_yes_no(row, "alle_lessen_gemist"),
        hours=parse_hours(row["verzuimuren"], first_day, last_day),
        reason=row["reden"],
        school_action=row["actie_school"],
        action_wanted=wanted,
        explanation=row["toelichting"],
        reporter_name=row["melder_naam"],
        reporter_function=row["melder_functie"],
        reporter_phone=row["melder_telefoon"],
        reporter_email=row["melder_email"],
        status=_choice(row, "status", STATUSES),
        changed_at=_moment(row, "datum_mutatie"),
        born_known=born_known,
    )


def check_days(row: ReportRow, today: date) -> None:
    """RowRefused for a day that cannot be: it waits for a person, and does not stand in the way of later versions."""
    for name, odd in (
        ("begindatum", odd_start(row.first_day, today)),
        ("geboortedatum", odd_birth(row.born, row.first_day, today)),
        ("einddatum", odd_end(row.last_day, today)),
        ("datum_mutatie", odd_mutation(row.changed_at, today)),
    ):
        if odd:
            raise RowRefused(name, odd)


def parse_hours(text: str, first_day: date, last_day: date | None) -> dict[str, str]:
    """Missed lesson hours per day from "2026-10-05=5,2026-10-14=4". RowRefused on a day twice, outside the report, or
    on hours that are not above 0 and at most 24. Hours on a day without lessons are kept: whether there were lessons
    the calendar of the school tells, which sets them apart (services.hours)."""
    hours: dict[str, str] = {}
    for part in filter(None, (p.strip() for p in text.split(","))):
        day_text, equals, number = part.partition("=")
        day = parse_date(day_text)
        if not equals or not day:
            raise RowRefused("verzuimuren", f"{_quoted(part)} is niet als dag=uren te lezen")
        _check_hours_day(day, first_day, last_day, hours)
        hours[day.isoformat()] = _check_hours(day, number)
    return hours


def _check_hours_day(day: date, first_day: date, last_day: date | None, hours: dict[str, str]) -> None:
    if day.isoformat() in hours:
        raise RowRefused("verzuimuren", f"{day} staat er twee keer in")
    if day < first_day or (last_day and day > last_day):
        raise RowRefused("verzuimuren", f"{day} valt buiten de periode van de melding")


def _check_hours(day: date, text: str) -> str:
    # Only plain digits: a Decimal also reads "1e-999999", which is a million characters when written out.
    number = Decimal(text.strip()) if re.fullmatch(r"\s*\d{1,2}(\.\d{1,4})?\s*", text, re.ASCII) else Decimal(0)
    if not 0 < number <= 24:
        raise RowRefused("verzuimuren", f"de uren op {day} moeten een getal boven 0 en hoogstens 24 zijn")
    return format(number.normalize(), "f")


def _quoted(value: str) -> str:
    """What was typed, short, and without a run of digits that may be a burgerservicenummer in the wrong column:
    reasons are kept and shown as plain text."""
    return f"“{re.sub('[0-9]{5,}', '…', value)[:30]}”"


def _text(name: str, value: str) -> str:
    value = value.strip()
    if "\x00" in value:
        raise RowRefused(name, "bevat een teken dat niet kan (NUL)")
    if "\ufffd" in value:
        raise RowRefused(name, "bevat een onleesbaar teken (�): dit bestand is eerder verkeerd opgeslagen")
    if len(value) > LONGEST.get(name, 4000):
        raise RowRefused(name, f"is langer dan {LONGEST.get(name, 4000)} tekens")
    return value


def _needed(row: dict[str, str], name: str) -> str:
    if not row[name]:
        raise RowRefused(name, "is leeg")
    return row[name]


def _law(row: dict[str, str], name: str, parse):
    try:
        return parse(_needed(row, name))
    except RowRefused:
        raise
    except ValueError as problem:
        raise RowRefused(name, str(problem)) from problem


def _school(row: dict[str, str]) -> str:
    _needed(row, "brin")
    try:
        return parse_brin(row["brin"] + row["vestiging"])
    except ValueError as problem:
        raise RowRefused("vestiging" if len(row["brin"]) == 4 else "brin", str(problem)) from problem


def _choice(row: dict[str, str], name: str, known: frozenset[str]) -> str:
    value = _needed(row, name).upper()
    if value not in known:
        raise RowRefused(name, f"{_quoted(row[name])} is een onbekende code")
    return value


def _yes_no(row: dict[str, str], name: str) -> bool:
    return _choice(row, name, frozenset("JN")) == "J"


def _birth(row: dict[str, str], name: str) -> tuple[date, str]:
    """A birth date, of which the BRP may not know the day (2012-05-00) or the day and the month (00-00-2012)."""
    text = _needed(row, name)
    for pattern in (r"(?P<y>\d{4})-(?P<m>\d{2})-00", r"00-(?P<m>\d{2})-(?P<y>\d{4})"):
        if found := re.fullmatch(pattern, text, re.ASCII):
            month, known = found["m"], Known.MONTH
            if month == "00":
                month, known = "01", Known.YEAR
            if born := parse_date(f"{found['y']}-{month}-01"):
                return born, known.value
    return _date(row, name), Known.DAY.value


def _date(row: dict[str, str], name: str, *, optional: bool = False):
    if optional and not row[name]:
        return None
    day = parse_date(_needed(row, name))
    if not day:
        raise RowRefused(name, f"{_quoted(row[name])} is geen bestaande datum")
    return day


@lru_cache(maxsize=4096)  # a file names few days, many times
def parse_date(text: str) -> date | None:
    """A day as files write it: 2026-10-05 or 05-10-2026, from 1900 up to 2100. None: it is no such day."""
    text = text.strip()
    for pattern, layout in ((r"\d{4}-\d{2}-\d{2}", "%Y-%m-%d"), (r"\d{2}-\d{2}-\d{4}", "%d-%m-%Y")):
        if re.fullmatch(pattern, text, re.ASCII):
            try:
                day = datetime.strptime(text, layout).date()
            except ValueError:
                return None
            return day if 1900 <= day.year <= 2100 else None
    return None


def _moment(row: dict[str, str], name: str) -> datetime:
    """A date, with or without a time behind it, in UTC: moments of different offsets can then be compared, also in the
    nights in which the clock is changed. Without an offset (Z, +02:00) the time is Dutch; in the hour that comes twice
    the first one, in the hour that is skipped an hour later."""
    text = _needed(row, name).replace("T", " ")
    day_text, _, clock = text.partition(" ")
    day = parse_date(day_text)
    try:
        moment = time.fromisoformat(clock) if clock else time()
    except ValueError:
        day = None
    if not day:
        raise RowRefused(name, f"{_quoted(text)} is geen bestaande datum")
    return datetime.combine(day, moment, tzinfo=moment.tzinfo or AMSTERDAM).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file: its number, the raw values, and what it says or why it is refused."""

    number: int
    raw: dict[str, str]
    row: ReportRow | None
    refused: RowRefused | None = None


def read_lines(stream: IO[bytes]) -> Iterator[Line]:
    """Each line of the file. FileRefused when the file as a whole cannot be read."""
    table = open_table(stream)
    _, first = next(table, (0, []))
    if isinstance(first, RowRefused):
        raise FileRefused("De eerste regel met de kolomnamen is niet te lezen.")
    header = check_header(first)
    for number, cells in table:
        yield _line(number, header, cells)


def _line(number: int, header: list[str], cells) -> Line:
    raw: dict[str, str] = {}
    try:
        if isinstance(cells, RowRefused):
            raise cells
        raw = dict(zip(header, cells, strict=False))
        raw = as_mapping(header, cells)
        return Line(number, raw, parse_row(raw))
    except RowRefused as refused:
        return Line(number, raw, None, refused)
