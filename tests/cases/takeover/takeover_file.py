"""Files of another system, made for tests: rows with everything in them, and any column otherwise."""

from datetime import date
from io import BytesIO

from cases.takeover.acts import Outcome, take_over
from cases.takeover.layout import SHEETS, Kind
from cases.takeover.rows import read_lines
from tests import world
from tests.sheets import xlsx

SYSTEM = "Oud Systeem"
TODAY = date(2026, 11, 20)
ROWS = {
    "kinderen": {
        "sleutel": "K1",
        "persoonsgebonden_nummer": world.bsn(1),
        "achternaam": "van den Berg",
        "voornamen": "Sem Jan",
        "geboortedatum": "03-04-2012",
        "gemeentecode": "0356",
    },
    "ouders": {
        "sleutel": "O1",
        "kind_sleutel": "K1",
        "naam": "Fatima van den Berg",
        "band": "moeder",
        "gezag": "ja",
        "gezag_blijkt_uit": "gezagsregister",
        "telefoon": "06-00000001",
    },
    "inschrijvingen": {
        "sleutel": "I1",
        "kind_sleutel": "K1",
        "brin": "99AA",
        "vestiging": "00",
        "ingeschreven_sinds": "01-08-2024",
    },
    "vrijstellingen": {
        "sleutel": "V1",
        "kind_sleutel": "K1",
        "artikel": "art. 11",
        "letter": "d",
        "eerste_dag": "05-01-2026",
        "laatste_dag": "09-01-2026",
    },
    "dossiers": {
        "sleutel": "D1",
        "kind_sleutel": "K1",
        "nummer": "2026-0042",
        "geopend_op": "10-06-2026",
        "aanleiding": "melding van de school",
        "behandelaar_e_mail": "officer@voorbeeld.test",
        "thuis_sinds": "01-06-2026",
        "soort_verzuim": "relatief",
    },
    "contacten": {
        "sleutel": "C1",
        "dossier_sleutel": "D1",
        "datum": "12-06-2026",
        "met_wie": "ouder",
        "hoe": "telefonisch",
        "ouder_sleutel": "O1",
        "eigen_woorden": "Hij durft niet meer.",
        "afspraak": "Volgende week huisbezoek",
        "schrijver": "J. de Wit",
    },
    "notities": {
        "sleutel": "N1",
        "dossier_sleutel": "D1",
        "datum": "15-06-2026",
        "tekst": "School zoekt een rustige plek.",
        "schrijver": "J. de Wit",
    },
    "stappen": {
        "sleutel": "S1",
        "dossier_sleutel": "D1",
        "stap": "MDO plannen",
        "uiterlijk_op": "01-12-2026",
        "wie": "J. de Wit",
    },
}


def row(kind: str, **otherwise) -> dict:
    return ROWS[kind] | otherwise


def sheet(kind: str, *rows: dict) -> list[list]:
    """The rows under all columns of the sheet."""
    columns = [column.name for column in SHEETS[Kind(kind)]]
    return [columns, *([r.get(name, "") for name in columns] for r in rows)]


def workbook(**sheets: list[dict]) -> bytes:
    return xlsx({kind: sheet(kind, *rows) for kind, rows in sheets.items()})


def everything() -> dict[str, list[dict]]:
    """One child with one of each."""
    return {kind: [dict(values)] for kind, values in ROWS.items()}


def csv_of(kind: str, *rows: dict) -> bytes:
    return "\r\n".join(";".join(map(str, cells)) for cells in sheet(kind, *rows)).encode()


def read(content: bytes, **how) -> Outcome:
    return take_over(read_lines(BytesIO(content)), **({"source": SYSTEM, "today": TODAY} | how))


def reasons(outcome: Outcome) -> list[tuple]:
    return [(p.blad, p.regel, p.veld, p.reden, p.soort) for p in outcome.problems]
