"""Absence report files as bytes, written in the test itself."""

from leerplicht.imports.absence_rows import COLUMNS
from tests import world

GOOD = {
    "meldingsnummer": "M1",
    "persoonsgebonden_nummer": world.bsn(1),
    "achternaam": "van den Berg",
    "voornamen": "Noor Fleur",
    "geboortedatum": "2013-05-05",
    "gemeentecode": "0356",
    "brin": "99AA",
    "vestiging": "00",
    "begindatum": "2026-10-05",
    "einddatum": "",
    "verzuimsoort": "LRV",
    "alle_lessen_gemist": "J",
    "verzuimuren": "2026-10-05=5,2026-10-06=6",
    "reden": "angst",
    "actie_school": "gebeld",
    "actie_gemeente_gewenst": "J",
    "toelichting": "",
    "melder_naam": "S. School",
    "melder_functie": "mentor",
    "melder_telefoon": "030 0000000",
    "melder_email": "mentor@voorbeeld.test",
    "status": "R",
    "datum_mutatie": "2026-10-06",
}


def row(n: int = 1, **changes: str) -> dict[str, str]:
    """The n-th report, on the n-th child, with changes."""
    return GOOD | {"meldingsnummer": f"M{n}", "persoonsgebonden_nummer": world.bsn(n)} | changes


def line(values: dict[str, str]) -> str:
    return ";".join(values[name] for name in COLUMNS)


def content(*rows: dict[str, str] | str, encoding: str = "utf-8") -> bytes:
    """A file of rows; a text stands in it as it is."""
    lines = [";".join(COLUMNS), *(r if isinstance(r, str) else line(r) for r in rows)]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)
