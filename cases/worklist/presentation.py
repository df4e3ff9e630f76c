"""A row of the worklist as people read it: on the page and in what they take along."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cases.clock.presentation import Clock, clock_of, current_school
from cases.dossier.models import Case, Task
from cases.labels.models import CaseLabel, CaseRisk
from cases.worklist.queries import ListRow
from cases.worklist.sorting import SORTS
from leerplicht.models import Pupil, School
from thuiszitters.core.words import days

# Columns of which the first click shows the highest first.
HIGHEST_FIRST = ("thuis", "klok")


@dataclass(frozen=True)
class Row:
    case: Case
    pupil: Pupil
    school: School | None
    clock: Clock | None
    task: Task | None
    late: bool
    is_new: bool
    last_contact_on: date | None
    last_contact: str
    labels: Sequence[CaseLabel]
    risks: Sequence[CaseRisk]


@dataclass(frozen=True)
class Column:
    """`then`: what stands in the address after a click; `sort`: for `aria-sort`, empty when sorted otherwise."""

    key: str
    label: str
    then: str
    sort: str


def shown(rows: Iterable[ListRow], today: date) -> list[Row]:
    return [_row(row, today) for row in rows]


def _row(row: ListRow, today: date) -> Row:
    silent = (today - row.last_contact_on).days if row.last_contact_on else None
    return Row(
        row.case,
        row.pupil,
        current_school(row.pupil),
        clock_of(row.case, row.running, today),
        row.next_step,
        row.next_step is not None and row.next_step.due_on < today,
        row.is_new,
        row.last_contact_on,
        "nog niet" if silent is None else _ago(silent),
        row.labels,
        row.risks,
    )


def _ago(count: int) -> str:
    """The head of the column says "contact", so the days alone are enough in a narrow column."""
    return {0: "vandaag", 1: "gisteren"}.get(count, f"{days(count)} geleden")


def columns(asked: str) -> dict[str, Column]:
    """The heads of the list: each sorts, and a second click turns it around."""
    now, back = asked.removeprefix("-") or "thuis", asked.startswith("-")
    found = {}
    for key, label in SORTS.items():
        descends = (key in HIGHEST_FIRST) != back
        sort = ("descending" if descends else "ascending") if key == now else ""
        found[key] = Column(key, label, f"-{key}" if key == now and not back else key, sort)
    return found
