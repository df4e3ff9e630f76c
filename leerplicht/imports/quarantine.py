"""Lines that could not be read in are kept, whole and encrypted, until somebody corrects or drops them."""

import json

from leerplicht.imports.absence import CHUNK, Line
from leerplicht.imports.text_files import RowRefused
from leerplicht.law.identifiers import parse_pgn
from leerplicht.models import RejectedLine
from thuiszitters.core.sealed.secrets import seal


def _number(line: Line, problem: RowRefused) -> str:
    """The report number in the open, to find the line by; not when the cells shifted and it may be anything (a BSN)."""
    number = line.raw.get("meldingsnummer", "").replace("\x00", "").strip()
    shifted = problem.field == "regel" or number == line.raw.get("persoonsgebonden_nummer", "").strip()
    return "" if shifted or _is_pgn(number) else number[:40]


def _is_pgn(text: str) -> bool:
    try:
        return bool(parse_pgn(text))
    except ValueError:
        return False


def quarantine(refused: list[tuple[Line, RowRefused]], *, file_name, import_file=None, organisation=None) -> None:
    """Keep these lines, each with its field and reason."""
    RejectedLine.objects.bulk_create(
        [
            RejectedLine(
                file_name=file_name,
                import_file=import_file,
                organisation=organisation,
                line=line.number,
                number=_number(line, problem),
                field=problem.field,
                reason=problem.reason[:300],
                sealed_row=seal(json.dumps(line.raw)),
                municipality_code=line.raw.get("gemeentecode", "").replace("\x00", "")[:4],
            )
            for line, problem in refused
        ],
        batch_size=CHUNK,
    )
