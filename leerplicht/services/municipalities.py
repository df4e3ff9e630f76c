"""Which gemeente stands for a code that ended: reports carry the old code for weeks (domain A6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from django.utils import timezone

from leerplicht.imports.absence_rows import ReportRow
from leerplicht.imports.text_files import RowRefused
from leerplicht.models import Municipality, Pupil, Redivision, RedivisionPart
from thuiszitters.core.sealed.secrets import keyed_hash


@dataclass(frozen=True)
class FollowedRow(ReportRow):
    """A row under the code of the gemeente that follows. Whether it was read before is judged as it was sent."""

    as_read: ReportRow | None = None

    @property
    def content_hash(self) -> str:
        return self.as_read.content_hash if self.as_read else super().content_hash


SPLIT = "gemeente {} is verdeeld over {}. Geef de code van de gemeente waar het kind nu woont"


def successor_of(code: str, day: date, municipalities: dict[str, Municipality]) -> str:
    """The code that stands on this day for `code`; itself when it holds, or when it was divided."""
    seen = set()
    while code not in seen and (known := municipalities.get(code)) and known.ended_on(day) and known.successor_id:
        seen.add(code)
        code = known.successor_id
    return code


def standing_for(code: str, day: date | None = None) -> str:
    """The code that stands for `code` today, or on a day."""
    return successor_of(code, day or timezone.localdate(), Municipality.objects.exclude(last_day=None).in_bulk())


def with_predecessors(codes: Iterable[str] | None) -> set[str] | None:
    """These codes, and those of gemeenten that became a part of them: where earlier reports stand. None stays None."""
    if codes is None:
        return None
    found = set(codes)
    while fresh := set(Municipality.objects.filter(successor__in=found).values_list("code", flat=True)) - found:
        found |= fresh
    return found


def follow_successors(lines: Sequence, day: date) -> list:
    """Lines of reports of which the gemeente is one that exists. Of a gemeente that was divided: the part where the
    child is known, else the line is refused with the names of the parts."""
    ended = Municipality.objects.filter(last_day__lt=day).in_bulk()
    old = {line.row.municipality for line in lines if line.row} & set(ended)
    if not old:
        return list(lines)
    parts = _parts()
    known = _known(lines, parts)
    return [_follow(line, day, ended, parts, known) if line.row else line for line in lines]


def _follow(line, day: date, ended: dict[str, Municipality], parts: dict[str, list[RedivisionPart]], known: dict):
    code = successor_of(line.row.municipality, day, ended)
    if code in parts and code in ended:
        pgn = line.row.pgn
        lives_in = known.get(keyed_hash(pgn.digits) if pgn else "", set()) & {
            code,
            *(part.code for part in parts[code]),
        }
        if len(lives_in) != 1:
            names = ", ".join(f"{part.name} ({part.code})" for part in parts[code])
            problem = RowRefused("gemeentecode", SPLIT.format(ended[code].name, names)[:300])
            return replace(line, row=None, refused=problem)
        code = lives_in.pop()
    if code == line.row.municipality:
        return line
    values = {f.name: getattr(line.row, f.name) for f in fields(line.row)} | {"municipality": code}
    return replace(line, row=FollowedRow(**values, as_read=line.row))


def _parts() -> dict[str, list[RedivisionPart]]:
    """The parts of gemeenten that were divided, by their old code."""
    found: dict[str, list[RedivisionPart]] = {}
    done = RedivisionPart.objects.filter(redivision__state=Redivision.State.DONE)
    for part in done.filter(redivision__municipality__successor=None).select_related("redivision"):
        found.setdefault(part.redivision.municipality_id, []).append(part)
    return found


def _known(lines: Sequence, parts: dict[str, list[RedivisionPart]]) -> dict[str, set[str]]:
    """Where the children of these lines live, as far as it is a part of a gemeente that was divided."""
    hashes = {keyed_hash(line.row.pgn.digits) for line in lines if line.row and line.row.pgn}
    codes = {*parts, *(part.code for found in parts.values() for part in found)}
    where: dict[str, set[str]] = {}
    rows = Pupil.objects.filter(pgn_hash__in=hashes, municipality__in=codes)
    for pgn_hash, code in rows.values_list("pgn_hash", "municipality"):
        where.setdefault(pgn_hash, set()).add(code)
    return where
