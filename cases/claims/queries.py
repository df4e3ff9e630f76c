"""Exemptions of art. 5 that run in the own gemeenten, and which of them somebody looks at again before 1 July."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.sight.waits import Waits
from leerplicht.law.claims import ARTICLES, BY_LAW, look_again_on
from leerplicht.models import Exemption, Pupil
from thuiszitters.core.people.users import User

ARTICLE_5 = [ARTICLES[ground] for ground in BY_LAW]


@dataclass(frozen=True)
class Running:
    """`goes_on`: a next one is there already."""

    row: Exemption
    goes_on: bool

    def is_due(self, today: date) -> bool:
        """Whether it is time to look: in June and July, unless what follows is known."""
        return not self.goes_on and look_again_on(today) <= today


def running(user: User, today: date) -> list[Running]:
    """Those of children for whom the user keeps the data, the first to end on top. Two queries."""
    children = Pupil.objects.editable_by(user)
    found = Exemption.objects.filter(pupil__in=children, article__in=ARTICLE_5).select_related("pupil__municipality")
    rows = list(found.order_by("pupil__last_name", "pk"))
    holding = [e for e in rows if e.covers(today)]
    later = {e.pupil_id for e in rows if e.first_day > today}
    holding.sort(key=lambda e: e.last_day or date.max)
    return [Running(e, e.pupil_id in later) for e in holding]


def count_due(found: Iterable[Running], today: date) -> int:
    return sum(r.is_due(today) for r in found)


def count_to_look_at(user: User, today: date) -> int:
    return count_due(running(user, today), today)


WAITS = (
    Waits(
        "vrijstellingen",
        "1 vrijstelling loopt af: kijk opnieuw, voor 1 juli.",
        "{} vrijstellingen lopen af: kijk opnieuw, voor 1 juli.",
        "exemptions",
        count_to_look_at,
    ),
)
