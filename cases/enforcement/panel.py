"""Of enforcement and safety only whether something runs, as the page of a dossier shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.dossier.models import Case
from cases.parts.matrix import PARTS, Level, Part
from cases.sight.seats import Sight
from cases.work.models import Problem


@dataclass(frozen=True, slots=True)
class Track:
    """`word`: of which part. `says`: how it stands there."""

    word: str
    says: str


def tracks_of(case: Case, problems: Sequence[Problem], sight: Sight) -> list[Track]:
    """For who may know no more than that. Enforcement has steps that begin and end, so it runs or it does not. Of
    safety nobody can say that nothing goes on: something was written down, or nothing is said."""
    found = []
    if _knows(Part.HANDHAVING, sight):
        runs = any(step.ended_on is None for step in case.enforcement.all()) or _ticked(Part.HANDHAVING, problems)
        found.append(Track(PARTS[Part.HANDHAVING].word, "loopt" if runs else "loopt niet"))
    if _knows(Part.VEILIGHEID, sight) and (_ticked(Part.VEILIGHEID, problems) or _written(case, sight)):
        found.append(Track(PARTS[Part.VEILIGHEID].word, "er is iets vastgelegd"))
    return found


def _knows(part: Part, sight: Sight) -> bool:
    return sight.at(part) == Level.YES_NO or (sight.municipal and sight.at(part) > Level.NONE)


def _ticked(part: Part, problems: Sequence[Problem]) -> bool:
    return any(p.part == part for p in problems)


def _written(case: Case, sight: Sight) -> bool:
    """Notes, contacts and files about safety; to whoever may only know whether, any of them counts."""
    told = sight.at(Part.VEILIGHEID) == Level.YES_NO
    entries = (
        e for e in (*case.notes.all(), *case.contacts.all(), *case.attachments.all()) if e.part == Part.VEILIGHEID
    )
    return any(told or sight.knows_of(e) for e in entries)


FETCHED = ("enforcement",)
