"""Lines that could not be read in are kept, whole and encrypted, until somebody corrects or drops them."""

import json
from collections.abc import Mapping

from django.utils import timezone

from leerplicht.imports.absence import CHUNK, Line
from leerplicht.imports.text_files import RowRefused
from leerplicht.law.identifiers import parse_municipality, parse_pgn
from leerplicht.models import Municipality, RejectedLine
from leerplicht.services.municipalities import successor_of
from thuiszitters.core.sealed.secrets import keyed_hash, seal


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


def line_hash(raw: dict[str, str], place: str) -> str:
    """Tells whether two lines say the same. Keyed, for a line holds a personal number. `place`: what tells apart lines
    that name no gemeente (who uploaded them), or of which no cell could be read (file and line)."""
    return keyed_hash(json.dumps([place, sorted((name, value.strip()) for name, value in raw.items())]))


def municipality_code(raw: dict[str, str], standing: Mapping[str, str]) -> str:
    """The gemeente that the line names, or the one that followed it (`standing`); its officers see the line. Empty:
    there is none of that code."""
    try:
        code = parse_municipality(raw.get("gemeentecode", ""))
    except ValueError:
        return ""
    return standing.get(code, "")


def _standing() -> dict[str, str]:
    """Every known code of a gemeente, with the one that stands for it today."""
    known, today = Municipality.objects.in_bulk(), timezone.localdate()
    return {code: successor_of(code, today, known) for code in known}


def quarantine(refused: list[tuple[Line, RowRefused]], *, file_name, import_file=None, organisation=None) -> None:
    """Keep these lines, each with its field and reason. A line that waits already keeps waiting, with the reason of
    now; one that was handled stays handled."""
    if not refused:
        return
    codes = _standing()
    owner = f"organisatie {organisation.pk}" if organisation else ""

    def key(line: Line) -> str:
        if not line.raw:
            return line_hash({}, f"{file_name} {line.number}")
        return line_hash(line.raw, "" if municipality_code(line.raw, codes) else owner)

    found = {key(line): (line, problem) for line, problem in refused}
    waiting = RejectedLine.objects.filter(line_hash__in=found)
    for row in waiting:
        _, problem = found.pop(row.line_hash)
        _wait_for(row, problem)
    rows = [
        RejectedLine(
            file_name=file_name,
            import_file=import_file,
            organisation=organisation,
            line=line.number,
            number=_number(line, problem),
            field=problem.field,
            reason=problem.reason[:300],
            sealed_row=seal(json.dumps(line.raw)),
            line_hash=hashed,
            municipality_code=municipality_code(line.raw, codes),
        )
        for hashed, (line, problem) in found.items()
    ]
    # A colleague may be reading the same file at this moment.
    RejectedLine.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)


def _wait_for(row: RejectedLine, problem: RowRefused) -> None:
    reason = problem.reason[:300]
    if row.state == RejectedLine.State.OPEN and (row.field, row.reason) != (problem.field, reason):
        row.field, row.reason = problem.field, reason
        row.save(update_fields=["field", "reason"])
