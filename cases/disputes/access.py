"""Who knows of a route, who reads what it is about, and whose is it? Also of an earlier version of a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cases.acting.access import Owned, check_may_act, owned_by
from cases.acting.matrix import Act
from cases.disputes.models import Dispute
from cases.disputes.rules import ROUTES, Route
from cases.dossier.access import check_may
from cases.dossier.models import Case
from cases.parts.matrix import Part
from cases.sight.access import check_may_write
from cases.sight.seats import Sight, sight_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User


@dataclass(frozen=True, slots=True)
class Words:
    """What was written of a route, as a text of a part: shared with who reads the course of events, and about health
    with nobody but the own side and who has consent."""

    organisation: Organisation
    organisation_id: int
    by_id: int
    part: str
    shared: bool = True


def words_of(row: Any) -> Words:
    return Words(row.organisation, row.organisation_id, row.by_id, row.part)


def may_see(row: Any, sight: Sight) -> bool:
    """Whether it shows that the route was started, and how it stands. What a youth of 16 or over started its parents do
    not read, as little as what it thinks of the plan."""
    if ROUTES[Route(row.route)].part == Part.VRIJSTELLING:
        return sight.exemption == "write"
    return sight.course and (row.by_whom != Dispute.ByWhom.YOUTH or sight.sees_opinion(None))


def may_read(row: Any, sight: Sight) -> bool:
    """Whether the words show: what it is about, and what came of it."""
    return may_see(row, sight) and sight.can_read(words_of(row))


def routes_for(sight: Sight) -> Sequence[Route]:
    """The routes that somebody may write down: those of a part in which the person writes."""
    return [route for route, info in ROUTES.items() if sight.writes_in(info.part)]


def owner_of_dispute(row: Dispute, case: Case) -> Owned:
    """Of who wrote it down; of who left: of the gemeente."""
    return owned_by(case, row.organisation)


def check_may_change(row: Dispute, act: Act, by: User | None) -> None:
    """For every act: of the route as it stands and as it would become. Who may not know of one does not make it
    another, and who may not read the words leaves them as they are."""
    case = row.case
    _check_may_know(row, by)
    if stored := Dispute.objects.filter(pk=row.pk, case=case).select_related("organisation").first():
        stored.case = case
        _check_may_know(stored, by)
        check_may_act(act, owner_of_dispute(stored, case), case, by)
        check_may(by is None or _said(row) == _said(stored) or may_read(stored, sight_of(case, by)))


def _check_may_know(row: Dispute, by: User | None) -> None:
    """The person writes in the part to which the route and its words belong, and sees it."""
    for part in (Part.VERLOOP, row.info.part, Part(row.part)):
        check_may_write(row.case, by, part)
    check_may(by is None or may_see(row, sight_of(row.case, by)))


def _said(row: Dispute) -> tuple[str, str, str]:
    return row.part, row.about, row.came_of
