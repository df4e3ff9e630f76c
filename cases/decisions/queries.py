"""What waits for a signature, what people think of a place, and how often gemeenten came to a decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from statistics import median
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cases.agreements.mandates import signers_on
from cases.decisions.access import Signer
from cases.decisions.models import Decision, DecisionParty
from cases.decisions.rules import PREPARING, TAKEN, DecisionState
from cases.dossier.models import Case
from cases.dossier.states import OPEN
from cases.offers.states import FAILED
from cases.owners.queries import codes_to_divide, had_by, unattended
from cases.sight.waits import Waits
from leerplicht.models import Guardian
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


def decisions_of(codes: Iterable[str]) -> dict[str, Any]:
    """How often these gemeenten came to a decision, what came of it and how fast, per year of asking and in all. By the
    number and not by the dossier: a child that moved takes the dossier along, and not who decided."""
    ours = [Q(number__startswith=f"DM-{code}-") for code in codes]
    found = Decision.objects.filter(reduce(or_, ours)) if ours else Decision.objects.none()
    rows = list(found.select_related("offer").order_by("-asked_on"))
    years: dict[int, list[Decision]] = {}
    for row in rows:
        years.setdefault(row.asked_on.year, []).append(row)
    return {"years": [{"year": year, **_count(found)} for year, found in years.items()], "total": _count(rows)}


def _count(rows: list[Decision]) -> dict[str, int | None]:
    taken = [r for r in rows if r.state in TAKEN]
    signed = {r.pk: timezone.localdate(r.signed_at) for r in taken}
    # A decision that was replaced shares its place with the one that followed: the child is counted once.
    holding = [r for r in taken if r.state == DecisionState.ONDERTEKEND]
    offers = [r.offer for r in holding if r.offer]
    waited = [(r.offer.started_on - signed[r.pk]).days for r in holding if r.offer and r.offer.started_on]
    return {
        "considered": len(rows),
        "preparing": sum(r.state in PREPARING for r in rows),
        "taken": len(taken),
        "dropped": sum(r.state == DecisionState.NIET_GENOMEN for r in rows),
        "replaced": len(taken) - len(holding),
        "provisional": sum(r.is_provisional for r in holding),
        "begun": len(waited),
        "failed": sum(offer.state in FAILED for offer in offers),
        "to_decision": _median([(signed[r.pk] - r.asked_on).days for r in taken]),
        "to_first_day": _median([max(0, days) for days in waited]),
    }


def _median(days: list[int]) -> int | None:
    return round(median(days)) if days else None


def decisions_of_case(case: Case) -> list[Decision]:
    """The newest first."""
    return sorted(case.decisions.all(), key=lambda d: -d.pk)


def to_sign_by(user: User, today: date) -> list[Decision]:
    """What waits for the signature of this user. A constant number of queries; none for who can sign nothing."""
    if Right.DECIDE not in access_of(user).rights:
        return []
    signer = Signer(user, today)
    rows = Decision.objects.visible_to(user).filter(state=DecisionState.VOORGELEGD).select_related("case")
    return [r for r in rows.prefetch_related("signatures") if signer.still(r)]


def waiting_to_sign(user: User, today: date) -> set[int]:
    """What the user can sign; and of the dossiers one has, what lies before a holder who is not there any more."""
    mine = {r.pk for r in to_sign_by(user, today)}
    if Right.CASE_WORK not in access_of(user).rights:
        return mine
    unsigned = Decision.objects.visible_to(user).filter(state=DecisionState.VOORGELEGD).select_related("case")
    cases = Case.objects.filter(had_by(user, today) | Q(municipality__in=codes_to_divide(user)) & unattended(today))
    alike: dict[tuple[str, ...], list[int]] = {}
    for row in unsigned.filter(case__in=cases):
        alike.setdefault((row.case.municipality_id, *sorted(row.scopes)), []).append(row.pk)
    deaf = (rows for (code, *scopes), rows in alike.items() if not signers_on(code, today, scopes))
    return mine.union(*deaf)


def every_unsigned(today: date) -> dict[int, str]:
    rows = Decision.objects.filter(state=DecisionState.VOORGELEGD, case__state__in=OPEN)
    return dict(rows.values_list("pk", "case__municipality"))


WAITS = (
    Waits(
        "besluiten",
        "1 besluit wacht op uw handtekening.",
        "{} besluiten wachten op uw handtekening.",
        "decisions",
        waiting_to_sign,
        every_unsigned,
    ),
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thinks of the place that is proposed. `words` empty: nobody asked yet."""

    who: str
    words: str = ""
    on: date | None = None
    disagrees: bool = False


def opinions_of(row: Decision, today: date) -> list[Opinion]:
    """For whoever decides: each parent who has gezag or may have it, the child, and the school that receives it, asked
    or not. What they said to the decision stands with who was heard; the last word of each counts."""
    said = list(row.parties.select_related("guardian"))
    parents = row.case.pupil.guardians.running(today).exclude(gezag=Guardian.Gezag.NO)
    found = [_opinion(_named(g), [p for p in said if p.guardian_id == g.pk]) for g in parents]
    found.append(_opinion(row.case.pupil.name, [p for p in said if p.who == DecisionParty.Who.CHILD]))
    if row.place:
        of_school = [p for p in said if p.who == DecisionParty.Who.SCHOOL and _names(p.name, row.place)]
        found.append(_opinion(f"{row.place}, die het kind ontvangt", of_school))
    return found


def _named(guardian: Guardian) -> str:
    unknown = guardian.gezag == Guardian.Gezag.UNKNOWN
    return f"{guardian.name}, {guardian.relation}{' (gezag onbekend)' if unknown else ''}"


def _opinion(who: str, said: list[DecisionParty]) -> Opinion:
    last = max((p for p in said if p.is_heard), key=lambda p: (p.on or date.min, p.pk), default=None)
    return Opinion(who, last.position, last.on, last.disagrees) if last else Opinion(who)


def _names(name: str, place: str) -> bool:
    """Whether somebody of that school is meant: the name of the school stands in it, or it in the name."""
    one, other = name.strip().casefold(), place.strip().casefold()
    return bool(one) and (one in other or other in one)
