"""What waits for one person, in sentences with a count and the list where exactly these stand. No names anywhere: these
sentences go into mail as well. What somebody may not see is not counted (docs/adr/0011)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from cases.claims import queries as claims
from cases.closing import queries as closing
from cases.decisions import queries as decisions
from cases.dossier.models import Assignment, Case
from cases.escalation import queries as escalation
from cases.escalation.models import Review
from cases.identity import queries as identity
from cases.intake import queries as intake
from cases.load import queries as load
from cases.meetings import queries as meetings
from cases.proposals import queries as proposals
from cases.redivision import queries as redivision
from cases.reports import queries as reports
from cases.sharing import queries as sharing
from cases.sharing.models import Referral
from cases.worklist.queries import Filters, base, conditions, tally
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


@dataclass(frozen=True)
class Waiting:
    """Something that waits. `sentence` says how many; `url` is the list where these stand."""

    code: str
    count: int
    sentence: str
    url: str


@dataclass(frozen=True)
class Stand:
    """Dossiers that wait by where they stand (`conditions` of the worklist): in which list, and the sentence."""

    code: str
    list: str
    one: str
    more: str

    def sentence(self, count: int) -> str:
        return self.one if count == 1 else self.more.format(count)


STANDS = (
    Stand("nieuw", "mijn", "1 dossier is nieuw voor u.", "{} dossiers zijn nieuw voor u."),
    Stand(
        "aanmij",
        "alle",
        "In 1 dossier doet u de volgende stap, binnen een week of al te laat.",
        "In {} dossiers doet u de volgende stap, binnen een week of al te laat.",
    ),
    Stand(
        "voorons",
        "alle",
        "In 1 dossier doet uw organisatie de volgende stap.",
        "In {} dossiers doet uw organisatie de volgende stap.",
    ),
    Stand(
        "overschreden",
        "mijn",
        "In 1 dossier van u is een termijn voorbij.",
        "In {} dossiers van u is een termijn voorbij.",
    ),
    Stand("nadert", "mijn", "1 dossier van u nadert een termijn.", "{} dossiers van u naderen een termijn."),
    Stand(
        "staplaat",
        "mijn",
        "In 1 dossier van u is het stappenplan te laat.",
        "In {} dossiers van u is het stappenplan te laat.",
    ),
    Stand(
        "stil",
        "mijn",
        "In 1 dossier van u is lang geen contact geweest.",
        "In {} dossiers van u is lang geen contact geweest.",
    ),
)
WAITS = (
    *sharing.WAITS,
    *escalation.WAITS,
    *decisions.WAITS,
    *claims.WAITS,
    *load.WAITS,
    *closing.WAITS,
    *intake.WAITS,
    *reports.WAITS,
    *meetings.WAITS,
    *redivision.WAITS,
    *identity.WAITS,
    *proposals.WAITS,
)
# In the order in which people want to know it. What is not named here is on nobody's page: a test holds it complete.
ORDER = (
    "verdelen",
    "klok",
    "afsluiten",
    "nieuw",
    "meldingen",
    "afgekeurd",
    "losse-regels",
    "herindeling",
    "verzoeken",
    "voorstellen",
    "opschalingen",
    "besluiten",
    "antwoorden",
    "uitnodigingen",
    "terugkoppelingen",
    "wie",
    "aanmij",
    "voorons",
    "overschreden",
    "nadert",
    "staplaat",
    "vrijstellingen",
    "stil",
)


def waiting_for(user: User, today: date) -> list[Waiting]:
    """What waits for `user`, without what is empty. A constant number of queries: dossiers of the own, tasks in all
    dossiers, and what each room counts."""
    waits = [(w, len(w.rows(user, today))) for w in WAITS]
    found = {w.code: Waiting(w.code, n, w.sentence(n), reverse(w.page)) for w, n in waits if n}
    wanted = conditions(user, today)
    for name in ("mijn", "alle") if Right.CASE_VIEW in access_of(user).rights else ():
        stands = [s for s in STANDS if s.list == name]
        counts = tally(base(user, Filters(name)), {s.code: wanted[s.code] for s in stands})
        found |= {s.code: Waiting(s.code, n, s.sentence(n), _url(s)) for s in stands if (n := counts[s.code])}
    return [found[code] for code in ORDER if code in found]


def _url(stand: Stand) -> str:
    return f"{reverse('worklist')}?lijst={stand.list}&stand={stand.code}"


def count_new(user: User) -> int:
    """What came to the user and was not looked at yet: dossiers and questions. Goes away by looking, so a menu that
    shows it becomes quiet."""
    if Right.CASE_VIEW not in access_of(user).rights:
        return 0
    unseen = Assignment.objects.filter(case=OuterRef("pk"), handler=user, seen_at=None)
    mine = Case.objects.visible_to(user, urgent=False).open().filter(Exists(unseen), handler=user)
    asked = Referral.objects.to_answer_by(user).count() + Review.objects.to_answer_by(user).count()
    return mine.count() + asked
