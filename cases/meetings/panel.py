"""Overleg, as the page of a dossier shows it."""

from dataclasses import dataclass

from cases.dossier.models import Case
from cases.meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class MeetingsShown:
    """What is to come or waits for its record, what was held last, and the ones before that."""

    planned: list[Meeting]
    last: Meeting | None
    earlier: list[Meeting]

    @property
    def held(self) -> int:
        """How many were held."""
        return bool(self.last) + len(self.earlier)


def meetings_of(case: Case) -> MeetingsShown:
    """Called off ones stand in the course of events only."""
    rows = list(case.meetings.all())
    held = [m for m in rows if m.is_held]
    return MeetingsShown([m for m in rows if m.is_planned], held[-1] if held else None, held[-2::-1])
