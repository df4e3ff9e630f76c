"""Refused lines, as far as a page shows them: whose line it is, from which school, who reported, and the choices of a
line as choices."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cryptography.fernet import InvalidToken

from leerplicht.law.identifiers import parse_brin
from leerplicht.models import RejectedLine, School
from thuiszitters.core.sealed.secrets import unseal

LABELS = {
    "persoonsgebonden_nummer": "BSN of onderwijsnummer",
    "gemeentecode": "woongemeente",
    "brin": "school (BRIN)",
    "begindatum": "eerste dag",
    "einddatum": "laatste dag",
    "verzuimsoort": "soort verzuim",
    "alle_lessen_gemist": "alle lessen gemist",
    "verzuimuren": "gemiste uren",
    "actie_school": "wat de school deed",
    "actie_gemeente_gewenst": "actie van de gemeente gewenst",
    "datum_mutatie": "laatste wijziging bij de bron",
    "regel": "de hele regel",
}


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A refused line with what its officer may read of it."""

    row: RejectedLine
    child: str
    school: str
    reporter: str

    @property
    def field(self) -> str:
        return label_of(self.row.field)


def label_of(field: str) -> str:
    """A column of the file in words."""
    return LABELS.get(field, field.replace("_", " "))


def raw_of(line: RejectedLine) -> dict[str, str]:
    """The cells of the line under their column names; empty when no cell could be read, or the key is gone."""
    try:
        return dict(json.loads(unseal(line.sealed_row)))
    except InvalidToken:
        return {}


def shown(lines: Iterable[RejectedLine]) -> list[RefusedLine]:
    """For officers of the gemeente. One query more, for the names of the schools."""
    cells = [(line, raw_of(line)) for line in lines]
    codes = {code for _, raw in cells if (code := school_code(raw))}
    names = dict(School.objects.filter(code__in=codes).values_list("code", "name"))
    return [
        RefusedLine(
            line,
            child=" ".join(filter(None, (raw.get("voornamen", "").strip(), raw.get("achternaam", "").strip()))),
            school=names.get(school_code(raw), f"{raw.get('brin', '')} {raw.get('vestiging', '')}".strip()),
            reporter=raw.get("melder_naam", "").strip(),
        )
        for line, raw in cells
    ]


def school_code(raw: Mapping[str, str]) -> str:
    """BRIN and location as one code; empty when they are none."""
    try:
        return parse_brin(raw.get("brin", "") + raw.get("vestiging", ""))
    except ValueError:
        return ""
