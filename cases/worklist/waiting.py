"""What waits for one person, in sentences with a count and the list where exactly these stand. No names anywhere: these
sentences go into mail as well. What somebody may not see is not counted (docs/adr/0011)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from cases.claims.queries import count_due, running
from cases.decisions.sign import to_sign_by
from cases.dossier.models import Assignment, Case
from cases.escalation.models import Review
from cases.sharing.models import Referral
from cases.worklist.queries import Filters, base, conditions, tally
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right


@dataclass(frozen=True)
class Waiting:
    """Something that waits. `sentence` says how many; `url` is the list where these stand."""

    code: str
    count: int
    sentence: str
    url: str


def _dossiers(one: str, more: str) -> Callable[[int], str]:
    return lambda n: one if n == 1 else more.format(n)


# In the order in which people want to know it.
SENTENCES: dict[str, Callable[[int], str]] = {
    "nieuw": _dossiers("1 dossier is nieuw voor u.", "{} dossiers zijn nieuw voor u."),
    "verzoeken": _dossiers("1 verzoek wacht op uw antwoord.", "{} verzoeken wachten op uw antwoord."),
    "opschalingen": _dossiers("1 opschaling wacht op uw oordeel.", "{} opschalingen wachten op uw oordeel."),
    "besluiten": _dossiers("1 besluit wacht op uw handtekening.", "{} besluiten wachten op uw handtekening."),
    "antwoorden": _dossiers("Bij 1 opschaling is u iets gevraagd.", "Bij {} opschalingen is u iets gevraagd."),
    "aanmij": _dossiers(
        "In 1 dossier doet u de volgende stap, binnen een week of al te laat.",
        "In {} dossiers doet u de volgende stap, binnen een week of al te laat.",
    ),
    "voorons": _dossiers(
        "In 1 dossier doet uw organisatie de volgende stap.", "In {} dossiers doet uw organisatie de volgende stap."
    ),
    "overschreden": _dossiers(
        "In 1 dossier van u is een termijn voorbij.", "In {} dossiers van u is een termijn voorbij."
    ),
    "nadert": _dossiers("1 dossier van u nadert een termijn.", "{} dossiers van u naderen een termijn."),
    "staplaat": _dossiers(
        "In 1 dossier van u is het stappenplan te laat.", "In {} dossiers van u is het stappenplan te laat."
    ),
    "vrijstellingen": _dossiers(
        "1 vrijstelling loopt af: kijk opnieuw, voor 1 juli.", "{} vrijstellingen lopen af: kijk opnieuw, voor 1 juli."
    ),
    "stil": _dossiers(
        "In 1 dossier van u is lang geen contact geweest.", "In {} dossiers van u is lang geen contact geweest."
    ),
}
OF_MINE = ("nieuw", "overschreden", "nadert", "staplaat", "stil")
ANYWHERE = ("aanmij", "voorons")


def waiting_for(user, today: date) -> list[Waiting]:
    """What waits for `user`, without what is empty. A constant number of queries: dossiers of the own, tasks in all
    dossiers, questions."""
    if Right.CASE_VIEW not in access_of(user).rights:
        return []
    wanted = conditions(user, today)
    counts = tally(base(user, Filters("mijn")), {code: wanted[code] for code in OF_MINE})
    counts |= tally(base(user, Filters("alle")), {code: wanted[code] for code in ANYWHERE})
    counts["opschalingen"] = Review.objects.to_review_by(user).filter(state=Review.State.PROPOSED).count()
    counts["besluiten"] = len(to_sign_by(user, today))
    counts["vrijstellingen"] = count_due(running(user, today), today)
    counts["antwoorden"] = Review.objects.to_answer_by(user).count()
    counts["verzoeken"] = Referral.objects.to_answer_by(user).count()
    return [Waiting(c, counts[c], say(counts[c]), _url(c)) for c, say in SENTENCES.items() if counts[c]]


OWN_PAGES = {
    "verzoeken": "referrals",
    "opschalingen": "reviews",
    "besluiten": "decisions",
    "vrijstellingen": "exemptions",
    "antwoorden": "worklist",
}


def _url(code: str) -> str:
    if code in OWN_PAGES:
        return reverse(OWN_PAGES[code])
    return f"{reverse('worklist')}?lijst={'mijn' if code in OF_MINE else 'alle'}&stand={code}"


def count_new(user) -> int:
    """What came to the user and was not looked at yet: dossiers and questions. Goes away by looking, so a menu that
    shows it becomes quiet."""
    if Right.CASE_VIEW not in access_of(user).rights:
        return 0
    unseen = Assignment.objects.filter(case=OuterRef("pk"), handler=user, seen_at=None)
    mine = Case.objects.visible_to(user, urgent=False).open().filter(Exists(unseen), handler=user)
    asked = Referral.objects.to_answer_by(user).count() + Review.objects.to_answer_by(user).count()
    return mine.count() + asked
