"""One row of the DUO open-data file of school locations, from text to values, whatever the year of the file."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from leerplicht.imports.text_files import FileRefused, RowRefused
from leerplicht.law.identifiers import parse_brin, parse_municipality
from leerplicht.models import School, SchoolBoard

# Our name for a column, and the names DUO gave it through the years; dashes and spaces are read as the same.
COLUMNS = {
    "brin": ("INSTELLINGSCODE", "BRIN NUMMER"),
    "code": ("VESTIGINGSCODE", "VESTIGINGSNUMMER"),
    "name": ("VESTIGINGSNAAM",),
    "municipality": ("GEMEENTENUMMER",),
    "municipality_name": ("GEMEENTENAAM",),
    "province": ("PROVINCIE",),
    "board": ("BEVOEGD GEZAG NUMMER", "BEVOEGD GEZAGNUMMER"),
    "board_name": ("BEVOEGD GEZAG NAAM", "NAAM BEVOEGD GEZAG"),
    "kind": ("SOORT PO", "SOORT PRIMAIR ONDERWIJS", "SOORT ONDERWIJS", "ONDERWIJSSOORT", "TYPE ONDERWIJS"),
    "cluster": ("CLUSTER",),
    "speaks_of": ("PEILDATUM",),
    "street": ("STRAATNAAM",),
    "house_number": ("HUISNUMMER TOEVOEGING",),
    "postcode": ("POSTCODE",),
    "place": ("PLAATSNAAM",),
    "denomination": ("DENOMINATIE",),
    "phone": ("TELEFOONNUMMER",),
    "website": ("INTERNETADRES",),
    "structure": ("ONDERWIJSSTRUCTUUR",),
    "rmc_region": ("RMC REGIO CODE",),
    "holiday_region": ("VAKANTIEREGIO",),
}
NEEDED = ("code", "name", "municipality")
# What is kept of a school as it stands in the file, as far as the file has the column.
KEPT = (
    "name",
    "board",
    "street",
    "house_number",
    "postcode",
    "place",
    "denomination",
    "phone",
    "website",
    "structure",
    "cluster",
    "rmc_region",
    "holiday_region",
)
# The kind of education as DUO writes it, without signs and spaces: "(V)SO", "So/Vso", "Sbo", "BaO".
KINDS = {
    **dict.fromkeys(("BO", "BAO", "BAS", "BASISONDERWIJS"), School.Sector.PO),
    **dict.fromkeys(("SBO", "SBAO", "SBAS", "SPECIAALBASISONDERWIJS"), School.Sector.SBO),
    **dict.fromkeys(("SO", "SPECIAALONDERWIJS"), School.Sector.SO),
    **dict.fromkeys(("VSO", "VOORTGEZETSPECIAALONDERWIJS"), School.Sector.VSO),
    **dict.fromkeys(("SOVSO", "VSOSO", "SPECIAALONDERWIJSVOORTGEZETSPECIAALONDERWIJS"), School.Sector.SO_VSO),
    **dict.fromkeys(("VO", "VOORTGEZETONDERWIJS"), School.Sector.VO),
    **dict.fromkeys(("MBO", "MIDDELBAARBEROEPSONDERWIJS"), School.Sector.MBO),
}
_YEAR, _MONTH, _DAY = r"(?P<year>20\d\d)", r"(?P<month>0[1-9]|1[0-2])", r"(?P<day>0[1-9]|[12]\d|3[01])"
DAYS = (
    (rf"(?<!\d){_YEAR}[-_.]?{_MONTH}[-_.]?{_DAY}(?!\d)", ("year", "month", "day")),
    (rf"(?<!\d){_DAY}[-_.]?{_MONTH}[-_.]?{_YEAR}(?!\d)", ("year", "month", "day")),
    (rf"(?<!\d){_YEAR}[-_.]?{_MONTH}(?![-_.]?\d)", ("year", "month")),
)
BOARD_NAME = SchoolBoard._meta.get_field("name").max_length
LONGEST = {name: School._meta.get_field(name).max_length for name in KEPT}

# Gemeenten that DUO writes in a way that no rule can undo.
SPELLED = {
    "S GRAVENHAGE": "'s-Gravenhage",
    "S HERTOGENBOSCH": "'s-Hertogenbosch",
    "BERGEN LB": "Bergen (L.)",
    "BERGEN NH": "Bergen (NH.)",
    "NUENEN CA": "Nuenen, Gerwen en Nederwetten",
    "NOARDEAST-FRYSLAN": "Noardeast-Fryslân",
    "SUDWEST-FRYSLAN": "Súdwest-Fryslân",
    "REUSEL-DE MIERDEN": "Reusel-De Mierden",
}
SMALL_WORDS = frozenset(
    {
        "aan",
        "ad",
        "bij",
        "ca",
        "de",
        "den",
        "der",
        "en",
        "gem",
        "gem.",
        "het",
        "in",
        "op",
        "over",
        "te",
        "ten",
        "ter",
        "van",
        "'t",
    }
)
PROVINCES = frozenset(("DR", "FR", "GLD", "GN", "LB", "NB", "NH", "OV", "UT", "ZH", "ZLD"))


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A location as the file has it. `kept`: fields of School, only those the file has a column for. `sector`: None
    where the file does not say the kind of education of each location."""

    code: str
    municipality: str
    municipality_name: str
    province: str
    kept: dict[str, str]
    sector: str | None = None
    board_name: str = ""
    speaks_of: date | None = None


def find_columns(header: list[str]) -> dict[str, int]:
    """Where each of our columns stands. FileRefused when this is not a file of school locations."""
    found = {_column_name(title): position for position, title in reversed(list(enumerate(header)))}
    columns = {ours: found[name] for ours, names in COLUMNS.items() for name in reversed(names) if name in found}
    if missing := [" of ".join(COLUMNS[name]) for name in NEEDED if name not in columns]:
        raise FileRefused(f"Dit is geen DUO-bestand met schoolvestigingen. Er ontbreekt: {', '.join(missing)}.")
    return columns


def _column_name(title: str) -> str:
    return re.sub(r"[\s_-]+", " ", title.strip().upper())


def as_raw(columns: dict[str, int], width: int, cells: list[str]) -> dict[str, str]:
    """The cells under our column names. RowRefused when the count is wrong."""
    if len(cells) != width:
        raise RowRefused("regel", f"heeft {len(cells)} velden, het moeten er {width} zijn")
    # An empty value is one space in the files of DUO.
    return {ours: " ".join(cells[position].split()) for ours, position in columns.items()}


def read_code(raw: dict[str, str]) -> str:
    """BRIN and location. Some files have the location as two digits beside the BRIN, or without its leading zero."""
    code = raw["code"]
    if re.fullmatch("[0-9]{1,2}", code):
        code = raw.get("brin", "") + code.zfill(2)
    return _law("code", parse_brin, code)


def parse_school(raw: dict[str, str]) -> SchoolRow:
    """Values of one row, in which every run of white space is one space. RowRefused names the first column that is
    wrong, and why."""
    for name, value in raw.items():
        _check_text(name, value)
    if not raw["name"]:
        raise RowRefused(_title("name"), "is leeg")
    return SchoolRow(
        code=read_code(raw),
        municipality=_law("municipality", parse_municipality, raw["municipality"]),
        municipality_name=readable(raw.get("municipality_name", "")),
        province=raw.get("province", ""),
        kept=_fit({name: READ.get(name, str)(raw[name]) for name in KEPT if name in raw}),
        sector=_sector(raw["kind"]) if "kind" in raw else None,
        board_name=raw.get("board_name", "")[:BOARD_NAME],
        speaks_of=day_in(raw.get("speaks_of", "")),
    )


def _sector(text: str) -> str:
    """The kind of education as DUO writes it; a location that teaches both ages has a slash or brackets."""
    plain = text.upper().replace("(V)SO", "SO/VSO")
    if "(" not in plain and (sector := KINDS.get(re.sub(r"[^A-Z]", "", plain))):
        return sector
    raise RowRefused(_title("kind"), f"“{text[:20]}” is geen bekende soort onderwijs" if text else "is leeg")


def day_in(text: str) -> date | None:
    """The day of which a file speaks, from its name or its column; of a month the first day. None: it tells none, or
    a day that cannot be."""
    for pattern, order in DAYS:
        if found := re.search(pattern, text):
            year, month, day = (int(found[name]) if name in order else 1 for name in ("year", "month", "day"))
            with suppress(ValueError):
                return date(year, month, day)
    return None


def readable(name: str) -> str:
    """A name in capitals as people write it: "CAPELLE AAN DEN IJSSEL" is "Capelle aan den IJssel".

    A name that is not all in capitals stays as it is; accents that the file lost do not come back.
    """
    if not name.isupper():
        return name
    return SPELLED.get(name) or re.sub(r"[^\s-]+", _readable_word, name)


def _readable_word(match: re.Match) -> str:
    word = match.group().lower()
    inside = match.start() > 0
    if inside and match.group() in PROVINCES:
        return match.group()
    if word in ("'s", "'t") or (inside and word in SMALL_WORDS):
        return word
    return f"IJ{word[2:]}" if word.startswith("ij") else word.capitalize()


def _digits(length: int):
    """Gives leading zeros back that a spreadsheet or a database took away."""
    return lambda text: text.zfill(length) if text.isascii() and text.isdigit() else text


def _postcode(text: str) -> str:
    return text.replace(" ", "").upper()


def _phone(text: str) -> str:
    """Dutch numbers have ten digits and start with 0."""
    return f"0{text}" if re.fullmatch("[1-9][0-9]{8}", text) else text


def _holiday_region(text: str) -> str:
    region = text.lower()
    if region and region not in School.HolidayRegion.values:
        raise RowRefused(_title("holiday_region"), f"“{text[:20]}” is geen vakantieregio")
    return region


READ = {
    "board": _digits(5),
    "rmc_region": _digits(2),
    "postcode": _postcode,
    "place": readable,
    "phone": _phone,
    "holiday_region": _holiday_region,
}


def _check_text(name: str, value: str) -> None:
    if "\x00" in value:
        raise RowRefused(_title(name), "bevat een teken dat niet kan (NUL)")


def _fit(kept: dict[str, str]) -> dict[str, str]:
    for name, value in kept.items():
        if len(value) > LONGEST[name]:
            raise RowRefused(_title(name), f"is langer dan {LONGEST[name]} tekens")
    return kept


def _law(name: str, parse, text: str) -> str:
    if not text:
        raise RowRefused(_title(name), "is leeg")
    try:
        return parse(text)
    except ValueError as problem:
        raise RowRefused(_title(name), str(problem)) from problem


def _title(name: str) -> str:
    return COLUMNS[name][0]
