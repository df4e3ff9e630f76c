"""The table of postcode areas with their samenwerkingsverbanden, from a file with the columns PC4, SWV_PO and SWV_VO.

What the file says replaces what was known of the same four digits; other areas stay. One transaction.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from django.db import transaction

from leerplicht.imports.text_files import FileRefused, RowRefused, detect_encoding, read_table
from leerplicht.law.identifiers import parse_samenwerkingsverband
from leerplicht.models import PostcodeArea

COLUMNS = {"digits": "PC4", "verband_po": "SWV_PO", "verband_vo": "SWV_VO"}
BATCH = 500


@dataclass
class PostcodeOutcome:
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[int, RowRefused]] = field(default_factory=list)


def import_postcodes(stream: IO[bytes]) -> PostcodeOutcome:
    """Read the table. FileRefused, and nothing saved, when the file as a whole cannot be read."""
    table = read_table(stream, detect_encoding(stream))
    _, header = next(table, (0, []))
    if isinstance(header, RowRefused) or not set(COLUMNS.values()) <= set(header):
        raise FileRefused(
            f"Dit is geen tabel van postcodes. De kolommen {', '.join(COLUMNS.values())} moeten erin staan."
        )
    outcome = PostcodeOutcome()
    rows = dict(_rows(table, header, outcome))
    with transaction.atomic():
        known = PostcodeArea.objects.in_bulk()
        for digits, area in rows.items():
            outcome.counts[_word(known.get(digits), area)] += 1
        fresh = [area for digits, area in rows.items() if digits not in known]
        changed = [area for digits, area in rows.items() if _word(known.get(digits), area) == "gewijzigd"]
        PostcodeArea.objects.bulk_create(fresh, batch_size=BATCH)
        PostcodeArea.objects.bulk_update(changed, ["verband_po", "verband_vo"], batch_size=BATCH)
    return outcome


def _word(known: PostcodeArea | None, area: PostcodeArea) -> str:
    if known is None:
        return "nieuw"
    same = (known.verband_po, known.verband_vo) == (area.verband_po, area.verband_vo)
    return "ongewijzigd" if same else "gewijzigd"


def _rows(table, header: list[str], outcome: PostcodeOutcome) -> Iterator[tuple[str, PostcodeArea]]:
    seen: set[str] = set()
    for number, cells in table:
        try:
            area = _area(header, cells)
            if area.digits in seen:
                raise RowRefused("PC4", f"{area.digits} staat twee keer in het bestand")
            seen.add(area.digits)
            yield area.digits, area
        except RowRefused as refused:
            outcome.refused.append((number, refused))
            outcome.counts["afgekeurd"] += 1


def _area(header: list[str], cells: list[str] | RowRefused) -> PostcodeArea:
    if isinstance(cells, RowRefused):
        raise cells
    if len(cells) != len(header):
        raise RowRefused("regel", f"heeft {len(cells)} velden, het moeten er {len(header)} zijn")
    row = {ours: cells[header.index(title)].strip() for ours, title in COLUMNS.items()}
    if not re.fullmatch("[1-9][0-9]{3}", row["digits"]):
        raise RowRefused("PC4", f"“{row['digits'][:10]}” is geen postcode van vier cijfers")
    return PostcodeArea(
        digits=row["digits"], **{name: _verband(row[name], COLUMNS[name]) for name in ("verband_po", "verband_vo")}
    )


def _verband(text: str, title: str) -> str:
    if not text:
        return ""
    try:
        code = parse_samenwerkingsverband(text)
    except ValueError as problem:
        raise RowRefused(title, str(problem)) from problem
    if code[:2] != title[-2:]:
        raise RowRefused(title, f"{code} is geen samenwerkingsverband {title[-2:]}")
    return code
