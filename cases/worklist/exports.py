"""Rows that leave the building as CSV."""

from datetime import date

from cases.clock.presentation import current_school, obligation_in_words
from cases.dossier.models import Case

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
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def harmless(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


def worklist_rows(cases: list[Case], today: date):
    """The header, then one row per dossier and running term; a dossier without a running term has one row.
    The cases come from `worklist.with_rows`."""
    yield WORKLIST_COLUMNS
    for case in cases:
        for deadline in case.running or [None]:
            yield [harmless(str(cell)) for cell in _cells(case, deadline, today)]


def _cells(case: Case, deadline, today: date) -> list:
    school = current_school(case.pupil)
    return [
        case.number,
        case.pupil.name,
        case.pupil.born,
        case.municipality.name,
        school.name if school else "",
        case.home_since or "",
        (today - case.home_since).days if case.home_since else "",
        obligation_in_words(case.pupil, today),
        deadline.term_code if deadline else "",
        deadline.standing(today) if deadline else "",
        deadline.exceeded_from if deadline else "",
        case.open_tasks[0].title if case.open_tasks else "",
        case.handler.short_name if case.handler else "",
    ]
