"""Files of invented schools with all quirks of the real ones, built as bytes."""

import csv
import io
from datetime import date

from leerplicht.imports.schools import SchoolOutcome, import_schools

TODAY = date(2026, 11, 2)

# The columns that are read, in the order and spelling of the file of 2026, and one that is not.
COLUMNS = (
    "PROVINCIE",
    "BEVOEGD GEZAG NUMMER",
    "INSTELLINGSCODE",
    "VESTIGINGSCODE",
    "VESTIGINGSNAAM",
    "STRAATNAAM",
    "HUISNUMMER-TOEVOEGING",
    "POSTCODE",
    "PLAATSNAAM",
    "GEMEENTENUMMER",
    "GEMEENTENAAM",
    "DENOMINATIE",
    "TELEFOONNUMMER",
    "INTERNETADRES",
    "NODAAL GEBIED NAAM",
    "RMC-REGIO CODE",
    "VAKANTIEREGIO",
)
OLD_NAMES = {"INSTELLINGSCODE": "BRIN NUMMER", "VESTIGINGSCODE": "VESTIGINGSNUMMER"}
SCHOOL = dict.fromkeys(COLUMNS, " ") | {
    "PROVINCIE": "Gelderland",
    "BEVOEGD GEZAG NUMMER": "00123",
    "INSTELLINGSCODE": "99ZA",
    "VESTIGINGSCODE": "99ZA00",
    "VESTIGINGSNAAM": 'Basisschool "De Vlieger"',
    "STRAATNAAM": "Wolkenlaan",
    "HUISNUMMER-TOEVOEGING": "7-A",
    "POSTCODE": "7391 AB",
    "PLAATSNAAM": "'S-WOLKENDAM",
    "GEMEENTENUMMER": "0285",
    "GEMEENTENAAM": "VOORST",
    "DENOMINATIE": "Hindoeïstisch",
    "TELEFOONNUMMER": "0571000001",
    "INTERNETADRES": "www.vlieger.voorbeeld",
    "RMC-REGIO CODE": "09",
    "VAKANTIEREGIO": "Midden",
}
HAGUE = SCHOOL | {
    "PROVINCIE": "Zuid-Holland",
    "INSTELLINGSCODE": "99ZB",
    "VESTIGINGSCODE": "99ZB00",
    "VESTIGINGSNAAM": "De Duinpan",
    "PLAATSNAAM": "'S-GRAVENHAGE",
    "GEMEENTENUMMER": "0518",
    "GEMEENTENAAM": "S GRAVENHAGE",
    "TELEFOONNUMMER": " ",
    "INTERNETADRES": " ",
    "RMC-REGIO CODE": "28",
}


def more(number: int) -> list[dict]:
    """That many other schools in Voorst."""
    codes = [f"98Z{chr(65 + n // 90)}{n % 90:02}" for n in range(number)]
    return [SCHOOL | {"VESTIGINGSCODE": code, "INSTELLINGSCODE": code[:4]} for code in codes]


def as_bytes(rows, *, columns=COLUMNS, names=None, encoding="cp1252", delimiter=";", line_end="\r\n") -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end)
    writer.writerow([(names or {}).get(column, column) for column in columns])
    writer.writerows([row[column] for column in columns] for row in rows)
    return text.getvalue().encode(encoding)


def without_zeros(row: dict) -> dict:
    """What is left of a row in a database that takes digits for numbers, and blanks for nothing."""
    return {name: str(int(value)) if value.isdigit() else value.strip() for name, value in row.items()}


def read(rows, *, accept=False, today=TODAY, name="", sector="po", **quirks) -> SchoolOutcome:
    content = io.BytesIO(as_bytes(rows, **quirks))
    return import_schools(content, accept=accept, today=today, name=name, sector=sector)


def counts(outcome) -> dict:
    return {word: number for word, number in outcome.counts.items() if number}


def reasons(outcome) -> dict:
    return {number: (problem.field, problem.reason) for number, problem in outcome.refused}


NO_REGION = tuple(column for column in COLUMNS if column != "VAKANTIEREGIO")
