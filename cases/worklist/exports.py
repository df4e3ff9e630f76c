"""Rows that leave the building as CSV."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from cases.clock.models import Deadline
from cases.clock.presentation import current_school, obligation_in_words
from cases.worklist.queries import ListRow
from thuiszitters.core.words import birth_code, harmless

WORKLIST_COLUMNS = (
    "dossier",
    "leerling",
    "geboortedatum",
    "gemeente",
    "school",
    "thuis_sinds",
    "dagen_thuis",
    "verplichting",
    "termijn",
    "stand",
    "overschreden_vanaf",
    "stap",
    "behandelaar",
)


def worklist_rows(rows: Iterable[ListRow], today: date) -> Iterator[Sequence[str]]:
    """The header, then one row per dossier and running term; a dossier without a running term has one row."""
    yield WORKLIST_COLUMNS
    for row in rows:
        terms: Sequence[Deadline | None] = row.running or [None]
        for deadline in terms:
            yield [harmless(str(cell)) for cell in _cells(row, deadline, today)]


def _cells(row: ListRow, deadline: Deadline | None, today: date) -> list[object]:
    case, school = row.case, current_school(row.pupil)
    return [
        case.number,
        case.pupil.name,
        birth_code(case.pupil.born, case.pupil.born_known),
        case.municipality.name,
        school.name if school else "",
        case.home_since or "",
        (today - case.home_since).days if case.home_since else "",
        obligation_in_words(case.pupil, today),
        deadline.term_code if deadline else "",
        deadline.standing(today) if deadline else "",
        deadline.exceeded_from if deadline else "",
        row.next_step.title if row.next_step else "",
        case.handler.short_name if case.handler else "",
    ]
