"""Which terms of law a claim has now; and which exemptions of art. 5 somebody looks at again before 1 July."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.claims.models import ExemptionClaim
from cases.sight.waits import Waits
from leerplicht.law.claims import ARTICLES, BY_LAW, WITH_OWN_TERM, Ground, decide_by, look_again_on
from leerplicht.law.terms import Arrived, copy_by, objection_arrived, objection_until, told_by_post_until
from leerplicht.models import Exemption, Pupil
from thuiszitters.core.people.users import User

ARTICLE_5 = [ARTICLES[ground] for ground in BY_LAW]


@dataclass(frozen=True)
class Terms:
    """Of a claim on a day: the last day for the decision (`late`: it is over), for its copy, and to object. `own`: the
    Leerplichtwet names the term, else it is the outer one of the Awb. `told_on`: when the decision was sent, by a
    letter (`by_letter`) or as typed; `unsent`: to whom a letter was made of which nobody wrote when it was sent.
    `arrived`: whether the objection came in time."""

    own: bool
    decide_by: date | None = None
    late: bool = False
    copy_by: date | None = None
    told_on: date | None = None
    by_letter: bool = False
    unsent: tuple[str, ...] = ()
    objection_until: date | None = None
    by_post_until: date | None = None
    arrived: Arrived | None = None


def terms_of(row: ExemptionClaim, today: date) -> Terms:
    """The terms that run now; the letters about it come with the claim."""
    ground = Ground(row.ground)
    own = ground in WITH_OWN_TERM
    if row.is_open:
        last = decide_by(ground, row.received_on)
        return Terms(own, decide_by=last, late=last is not None and last < today)
    if not row.has_decision or row.judged_on is None:
        return Terms(own)
    sent, told = row.outcome_sent, row.told_on
    made = [d.recipient for d in row.letters.all() if d.tells_outcome]
    return Terms(
        own,
        copy_by=copy_by(row.judged_on) if own else None,
        late=own and told is None and copy_by(row.judged_on) < today,
        told_on=told,
        by_letter=bool(sent),
        unsent=tuple(dict.fromkeys(who for who in made if who not in sent)),
        objection_until=objection_until(told) if told else None,
        by_post_until=told_by_post_until(told) if told else None,
        arrived=objection_arrived(row.objected_on, told) if told and row.objected_on else None,
    )


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


def to_look_at(user: User, today: date) -> set[int]:
    return {r.row.pk for r in running(user, today) if r.is_due(today)}


def every_ending(today: date) -> dict[int, str]:
    """All exemptions that end, of whoever keeps the data of the child."""
    rows = Exemption.objects.filter(article__in=ARTICLE_5).select_related("pupil")
    holding = [e for e in rows if e.covers(today)]
    later = {e.pupil_id for e in rows if e.first_day > today}
    due = (r for r in (Running(e, e.pupil_id in later) for e in holding) if r.is_due(today))
    return {r.row.pk: r.row.pupil.municipality_id for r in due}


WAITS = (
    Waits(
        "vrijstellingen",
        "1 vrijstelling loopt af: kijk opnieuw, voor 1 juli.",
        "{} vrijstellingen lopen af: kijk opnieuw, voor 1 juli.",
        "exemptions",
        to_look_at,
        every_ending,
    ),
)
