"""Of enforcement and safety only whether something runs, as the page of a dossier shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.dossier.models import Case
from cases.parts.matrix import PARTS, Level, Part
from cases.sight.seats import Sight
from cases.work.models import Problem


@dataclass(frozen=True, slots=True)
class Track:
    """`word`: of which part. `runs`: whether something runs there."""

    word: str
    runs: bool


def tracks_of(case: Case, problems: Sequence[Problem], sight: Sight) -> list[Track]:
    """For who may know no more than that."""
    enforced = {Part.HANDHAVING} if any(step.ended_on is None for step in case.enforcement.all()) else set()
    return [
        Track(PARTS[part].word, part in enforced or any(p.part == part for p in problems))
        for part in (Part.HANDHAVING, Part.VEILIGHEID)
        if sight.at(part) == Level.YES_NO or (sight.municipal and sight.at(part) > Level.NONE)
    ]


FETCHED = ("enforcement",)
