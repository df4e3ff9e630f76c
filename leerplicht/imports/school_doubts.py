"""Why a file of schools is not read in before a person says yes. Each doubt is a sentence with its numbers.

A file of schools replaces what was known of its kind of education. So it is asked first:

- whether it speaks of an earlier day than what was read in before (its name or its column PEILDATUM says of which);
- where it tells no day: whether it would take the register back, by opening closed schools, by gemeenten that ended,
  or by values that a school had before;
- whether it was cut short: schools that would close are many, are all of a gemeente, are the last of the file before,
  or may stand on a line of which the code cannot be read.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from leerplicht.models import School, SchoolFile
from thuiszitters.core.words import counted, long_date

# More than DUO ever closed in a month, and less than a file that was cut short lacks.
LARGEST_SHARE_TO_CLOSE = 0.01
WHOLE_GEMEENTE = 2  # so many schools of a gemeente, all gone at once


@dataclass
class Change:
    """What a file would do, as far as the doubts ask for it. `old_gemeenten`: codes in the file that have ended."""

    in_file: Counter[str] = field(default_factory=Counter)
    closing: list[School] = field(default_factory=list)
    reopened: list[School] = field(default_factory=list)
    changed: list[tuple[School, dict]] = field(default_factory=list)
    old_gemeenten: set[str] = field(default_factory=set)
    unreadable: int = 0


def doubts(change: Change, speaks_of: date | None, sectors: set[str], known: dict[str, School]) -> list[str]:
    """The sentences; none when the file can be read in without a question."""
    before = newest_day(sectors)
    found = list(_cut_short(change, sectors, known))
    if speaks_of and before:
        if speaks_of < before:
            found.insert(
                0, f"Dit bestand is ouder ({long_date(speaks_of)}) dan wat al is ingelezen ({long_date(before)})."
            )
    else:
        found = [*_takes_back(change), *found]
    return found


def newest_day(sectors: Iterable[str]) -> date | None:
    """The latest day of which a file of one of these kinds of education spoke that was read in."""
    files = SchoolFile.objects.filter(state=SchoolFile.State.DONE).exclude(speaks_of=None)
    days = [day for day, of in files.values_list("speaks_of", "sectors") if set(of) & set(sectors)]
    return max(days, default=None)


def _takes_back(change: Change):
    """Signs of an older file, for one that does not tell its day."""
    back = sum(_as_before(change.changed))
    told = (
        (len(change.reopened), "gesloten school weer openen", "gesloten scholen weer openen"),
        (back, "school terugzetten naar wat eerder bekend was", "scholen terugzetten naar wat eerder bekend was"),
        (len(change.old_gemeenten), "opgeheven gemeente terugbrengen", "opgeheven gemeenten terugbrengen"),
    )
    if signs := [counted(*sign) for sign in told if sign[0]]:
        yield f"Dit bestand lijkt ouder dan wat al bekend is. Het zou {' en '.join(signs)}."


def _as_before(changed: list[tuple[School, dict]]):
    """Per school whether all that changes was so before."""
    rows: dict[int, list] = {}
    for row in School.history.filter(id__in=[school.pk for school, _ in changed]):
        rows.setdefault(row.id, []).append(row)
    for school, values in changed:
        yield any(all(getattr(row, name) == value for name, value in values.items()) for row in rows.get(school.pk, []))


def _last_line_before(sectors: set[str]) -> str:
    """The school on the last line of the file before. DUO keeps the order of a file, so a file that lacks this school
    probably ended too early."""
    files = SchoolFile.objects.filter(state=SchoolFile.State.DONE).order_by("-uploaded_at", "-pk")
    return next((code for code, of in files.values_list("last_code", "sectors") if set(of) & sectors), "")


def _cut_short(change: Change, sectors: set[str], known: dict[str, School]):
    closing = Counter(school.sector for school in change.closing)
    for sector, number in closing.items():
        of = change.in_file[sector] + number
        if number > LARGEST_SHARE_TO_CLOSE * of:
            label = School.Sector(sector).label
            yield f"Er zouden {number} van de {of} scholen ({label}) sluiten. Dat is meer dan 1 op de 100."
    if not change.closing:
        return
    if change.unreadable:
        lines = counted(change.unreadable, "regel", "regels")
        closed = counted(len(change.closing), "school", "scholen")
        yield f"Van {lines} is de vestigingscode niet te lezen, en {closed} zou sluiten. Dat kan dezelfde school zijn."
    if gone := _whole_gemeenten(change, known):
        where = counted(len(gone), "gemeente", "gemeenten")
        yield f"In {where} zouden alle scholen sluiten ({', '.join(gone[:5])})."
    if _last_line_before(sectors) in {school.code for school in change.closing}:
        closed = counted(len(change.closing), "school", "scholen")
        yield (
            f"De school op de laatste regel van het vorige bestand ontbreekt. Misschien is dit bestand afgebroken. "
            f"Er zou {closed} sluiten."
        )


def _whole_gemeenten(change: Change, known: dict[str, School]) -> list[str]:
    """Names of gemeenten of which every open school of a kind of education would close."""
    are_open = Counter((s.municipality_id, s.sector) for s in known.values() if not s.closed_on)
    closing = Counter((s.municipality_id, s.sector) for s in change.closing)
    codes = {key[0] for key, number in closing.items() if number >= WHOLE_GEMEENTE and number == are_open[key]}
    return sorted({s.municipality.name for s in change.closing if s.municipality_id in codes})
