"""Is it possible now? No user here. Each comes as a pair: `check_x` raises with a Dutch sentence, `can_x` is a boolean;
the same sentence is the reason shown at a button that is off."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from cases.decisions import DecisionMove, DecisionState, find_decision_move
from cases.offers import OfferMove, find_offer_move
from cases.parts import MATRIX, PARTS, SHAREABLE, Part, comes_by_share
from cases.results import RESULTS, Result
from cases.states import OPEN, Move, find_move
from thuiszitters.core.people.roles import Role
from thuiszitters.core.words import age_on

LONGEST_PAUSE = 92  # days
LONGEST_LOOK = 42  # days
FARTHEST_START = 366  # days
YOUTH_JOINS_AT, YOUTH_DECIDES_AT = 12, 16
# Whose people may take part in a dossier, and in which roles they do.
ROLES_OF_KIND: dict[str, tuple[Role, ...]] = {
    "samenwerkingsverband": (Role.COORDINATOR, Role.HOUDER), "school": (Role.SCHOOL,), "zorgpartij": (Role.ZORG,),
    "gemeente": (Role.HOUDER,),
}  # fmt: skip


class NotNow(ValueError):
    """Something is not possible now; the message is a sentence for the user."""


class CaseLike(Protocol):
    state: str


def check_move(case: CaseLike, target: str, because: str) -> Move:
    """The legal move to `target`. NotNow when there is none, or when it needs a reason that is missing."""
    move = find_move(case.state, target)
    if not move:
        raise NotNow("Deze stap kan nu niet. Misschien heeft een collega het dossier al bijgewerkt.")
    if move.needs_reason and not because.strip():
        raise NotNow("Geef een reden op.")
    return move


def check_result(code: str, *, at_home: bool, back: bool) -> Result:
    """The result to close with. A suitable place counts from the first attended day (domain R14): while the child is
    still at home, somebody first records on which day it was back."""
    result = RESULTS.get(code)
    if not result:
        raise NotNow("Kies met welke uitkomst u het dossier afsluit.")
    if result.needs_return and at_home and not back:
        raise NotNow("Het kind is nog thuis. Leg eerst vast op welke dag het weer naar school ging.")
    return result


def check_open(case: CaseLike) -> None:
    if case.state not in OPEN:
        raise NotNow("Dit dossier is afgesloten. Heropen het eerst, met een reden.")


def check_consent(born: date, on: date, *, parents: bool, youth: bool) -> None:
    """Who must agree before health data are shared: under 12 the parents, from 12 to 15 both, from 16 the youth
    (domain 8.1). NotNow when somebody is missing."""
    if not born <= on:
        raise NotNow("De toestemming is van voor de geboorte van het kind. Kijk de datum na.")
    age = age_on(on, born)
    if age < YOUTH_JOINS_AT and not parents:
        raise NotNow("Bij een kind onder de 12 geven de ouders met gezag toestemming.")
    if YOUTH_JOINS_AT <= age < YOUTH_DECIDES_AT and not (parents and youth):
        raise NotNow("Van 12 tot en met 15 jaar geven ouders en kind samen toestemming.")
    if age >= YOUTH_DECIDES_AT and not youth:
        raise NotNow("Vanaf 16 jaar geeft de jongere zelf toestemming.")


def shareable_with(kind: str) -> tuple[Part, ...]:
    """The parts that can be shared with an organisation of this kind: of which one of its roles may see anything."""
    roles = ROLES_OF_KIND.get(kind, ())
    return tuple(p for p in SHAREABLE if any(comes_by_share(p, MATRIX[role][p]) for role in roles))


def check_shareable(kind: str, parts: Iterable[str]) -> None:
    """NotNow when a part is named that nobody at such an organisation may see."""
    if kind not in ROLES_OF_KIND:
        raise NotNow("Met deze organisatie kan een dossier niet worden gedeeld.")
    if extra := set(parts) - set(shareable_with(kind)):
        words = ", ".join(sorted(PARTS[Part(p)].word if p in PARTS else p for p in extra))
        raise NotNow(f"Dit onderdeel mag deze organisatie niet zien: {words}.")


class StepLike(Protocol):
    planned_on: date
    due_on: date | None


def check_step(step: StepLike, today: date, *, outcome: str, late_because: str, missing: list[dict[str, str]]) -> None:
    """Whether a step can be closed today: not before it begins, with an outcome, with a reason when it is late, and
    with a reason for each person who was not heard (`missing`: who and because)."""
    if today < step.planned_on:
        raise NotNow("Deze stap begint nog niet. U kunt hem afronden vanaf de dag waarop hij begint.")
    if not outcome.strip():
        raise NotNow("Schrijf op wat eruit kwam.")
    if step.due_on and today > step.due_on and not late_because.strip():
        raise NotNow("Deze stap is later dan afgesproken. Schrijf op waarom.")
    if unheard := [m["who"] for m in missing if not m["because"]]:
        raise NotNow(
            f"Nog niet gehoord: {', '.join(unheard)}. Leg het contact vast, of schrijf op waarom dat niet kon."
        )


def check_pause(since: date, until: date, today: date) -> None:
    if until < since:
        raise NotNow("De einddatum ligt voor de begindatum.")
    if until < today:
        raise NotNow("Deze pauze is al voorbij. Een pauze achteraf kan niet.")
    if (until - since).days > LONGEST_PAUSE:
        raise NotNow("Een pauze duurt hoogstens drie maanden. Daarna kijkt u opnieuw.")


class OfferLike(Protocol):
    state: str
    asked_on: date
    started_on: date | None


def check_offer_move(offer: OfferLike, target: str, *, on: date, because: str, today: date) -> OfferMove:
    """The legal move of an offer to `target` on a day. NotNow when there is none, without a needed reason, or with a
    day that cannot be."""
    move = find_offer_move(offer.state, target)
    if not move:
        raise NotNow("Dit kan nu niet. Misschien heeft een collega dit aanbod al bijgewerkt.")
    if move.needs_reason and not because.strip():
        raise NotNow("Geef een reden op.")
    if on > today and not move.ahead:
        raise NotNow("Deze dag is nog niet geweest.")
    if (on - today).days > FARTHEST_START:
        raise NotNow("Deze dag ligt meer dan een jaar vooruit. Kijk de datum na.")
    since = offer.started_on or offer.asked_on
    if on < since:
        raise NotNow(f"Deze dag kan niet: {'begonnen' if offer.started_on else 'gevraagd'} op {since:%d-%m-%Y}.")
    return move


def check_asked_on(asked_on: date, *, born: date, begun: date | None = None) -> None:
    """A question about a child lies after its birth, and before what came of it."""
    if asked_on < born:
        raise NotNow("Deze dag ligt voor de geboorte van het kind. Kijk de datum na.")
    if begun and asked_on > begun:
        raise NotNow(f"Het kind begon al op {begun:%d-%m-%Y}. De vraag ligt daarvoor.")


def check_secured(*, on: date, secure_from: date, at_home: bool) -> None:
    """Secured: the full hours for four lesson weeks, without a relapse (domain 4.6)."""
    if at_home:
        raise NotNow("Het kind telt nog als thuis. Geborgd kan pas als het weer een hele lesweek naar school ging.")
    if on < secure_from:
        raise NotNow(f"Nog geen vier lesweken alle uren. Geborgd kan vanaf {secure_from:%d-%m-%Y}.")


def check_review(state: str, sources: Iterable[str], *, proposed_by: int | None, by: int) -> None:
    """Whether a proposal can move on from where it stands. `proposed_by`: given when it is decided, by another."""
    if state not in sources:
        raise NotNow("Dit kan nu niet. Misschien heeft een collega deze opschaling al behandeld.")
    if proposed_by == by:
        raise NotNow("U hebt deze opschaling zelf voorgesteld. Een collega moet haar beoordelen.")


class DecisionLike(Protocol):
    kind: str
    hours_start: Decimal | None
    hours_full: Decimal | None
    because: str
    teller: str
    start_on: date | None
    presented_by_id: int | None
    state: str

    @property
    def place(self) -> str: ...


def check_decision_move(state: str, target: str, because: str = "") -> DecisionMove:
    """The legal move of a decision. NotNow when there is none, or without a needed reason."""
    move = find_decision_move(state, target)
    if not move:
        raise NotNow("Dit kan nu niet. Misschien heeft een collega dit besluit al bijgewerkt.")
    if move.needs_reason and not because.strip():
        raise NotNow("Geef een reden op.")
    return move


def check_start(start_on: date | None, today: date, *, begun: date | None = None) -> None:
    """A decision is about what is to come, or about a place where the child began already (`begun`)."""
    if start_on and start_on < today and start_on != begun:
        raise NotNow("De begindatum is al voorbij. Kies een dag vanaf vandaag.")
    if start_on and (start_on - today).days > FARTHEST_START:
        raise NotNow("De begindatum ligt meer dan een jaar vooruit. Kijk de datum na.")


def check_decision_whole(decision: DecisionLike, today: date, *, begun: date | None = None) -> None:
    """Whether a holder can read what is to be decided: a place with hours, why, and who tells it."""
    missing = [
        word
        for word, value in (
            ("welke plek", decision.kind and decision.place), ("hoeveel uur per week", decision.hours_start),
            ("waarom deze plek", decision.because.strip()), ("wie het vertelt", decision.teller.strip()),
        )
        if not value
    ]  # fmt: skip
    if missing:
        raise NotNow(f"Vul eerst in: {', '.join(missing)}.")
    check_start(decision.start_on, today, begun=begun)


def check_signer(decision: DecisionLike, user: int, today: date, *, blocked: list[str],
                 begun: date | None = None) -> None:  # fmt: skip
    """Whether this user can sign now: it was laid before the holder by another, it can still begin on its day, and
    nothing blocks it. Whether the mandate holds is for `cases.mandates`."""
    if decision.state != DecisionState.VOORGELEGD:
        raise NotNow("Dit besluit ligt niet ter ondertekening.")
    if decision.presented_by_id == user:
        raise NotNow("U hebt dit besluit zelf voorgelegd. Een ander moet het tekenen.")
    check_start(decision.start_on, today, begun=begun)
    if blocked:
        raise NotNow(f"Nog niet in orde: {', '.join(blocked)}. Schrijf op waarom u toch tekent, of geef het terug.")


class ClaimLike(Protocol):
    received_on: date
    first_day: date
    statement_on: date | None
    last_at_direction: date | None
    heard_on: date | None
    head_heard_on: date | None
    ground: str
    permanent: bool

    @property
    def is_decided(self) -> bool: ...

    @property
    def is_open(self) -> bool: ...


def check_claim_dates(claim: ClaimLike, *, born: date, today: date) -> None:
    """Dates of a claim that can be: nothing of tomorrow but its begin, nothing from before the child was born."""
    if not born <= claim.received_on <= today:
        raise NotNow("De dag van ontvangst is nog niet geweest, of ligt voor de geboorte van het kind.")
    if not born <= claim.first_day or (claim.first_day - claim.received_on).days > FARTHEST_START:
        raise NotNow("De eerste dag ligt voor de geboorte van het kind of meer dan een jaar na de ontvangst.")
    if claim.statement_on and not born <= claim.statement_on <= claim.received_on:
        raise NotNow("De verklaring kan niet later zijn dan de dag van ontvangst.")
    if any(day and not born <= day <= today for day in (claim.heard_on, claim.head_heard_on, claim.last_at_direction)):
        raise NotNow("Een van de dagen is nog niet geweest, of ligt voor de geboorte van het kind.")


OUTCOMES = {True: ("toegewezen", "afgewezen", "ingetrokken"), False: ("geldig", "niet_geldig", "ingetrokken")}


def check_judgement(claim: ClaimLike, outcome: str, *, because: str, last_day: date | None, come_back: str,
                    missing: list[str], until: date) -> None:  # fmt: skip
    """Whether a claim can end like this: once, with words that fit, a reason, an end, and all that the law asks.
    `until`: the end of its school year, beyond which only art. 15 reaches, and what an expert calls permanent."""
    if not claim.is_open:
        raise NotNow("Dit is al beoordeeld.")
    if outcome not in OUTCOMES[claim.is_decided]:
        raise NotNow("Kies een uitkomst die hierbij past.")
    if not because.strip():
        raise NotNow("Schrijf op waarom.")
    if outcome not in ("geldig", "toegewezen"):
        return
    if missing:
        raise NotNow(f"Dit kan zo niet: er ontbreekt nog {', '.join(missing)}.")
    if not last_day and not claim.permanent:
        raise NotNow(
            "Vul in tot en met welke dag. Zonder einddatum kan alleen als de verklaring zegt dat het blijvend is."
        )
    if last_day and last_day < claim.first_day:
        raise NotNow("De laatste dag ligt voor de eerste dag.")
    if last_day and last_day > until and claim.ground != "art-15":
        raise NotNow(f"Dit geldt hoogstens tot het einde van het schooljaar: {until:%d-%m-%Y}.")
    if claim.ground != "verlof" and not come_back.strip():
        raise NotNow("Schrijf op wat er waar moet zijn om terug te komen naar school.")


def check_look_again(until: date, today: date) -> None:
    """Seen, nothing to do now: for a few weeks at most."""
    if until <= today:
        raise NotNow("Kies een dag na vandaag.")
    if (until - today).days > LONGEST_LOOK:
        raise NotNow("Hoogstens zes weken vooruit. Daarna kijkt u opnieuw.")


def check_settled_once(state: str) -> None:
    if state != "open":
        raise NotNow("Dit verzoek is al beantwoord of teruggenomen.")


class PeriodLike(Protocol):
    valid_from: date
    valid_until: date | None


def clash(new: PeriodLike, others: Iterable[PeriodLike]) -> PeriodLike | None:
    """The period that shares a day with the new one."""
    end = new.valid_until or date.max
    return next((o for o in others if o.valid_from <= end and new.valid_from <= (o.valid_until or date.max)), None)


def check_end(row: PeriodLike, last_day: date, today: date) -> None:
    """Whether an agreement can end on `last_day`: not further back than yesterday: what was done under it stands."""
    if last_day < row.valid_from:
        raise NotNow("De laatste dag ligt voor de begindatum.")
    if last_day < today - timedelta(days=1):
        raise NotNow("De laatste dag kan gisteren zijn of later. Wat tot nu toe gold, blijft zo staan.")
    if row.valid_until and last_day > row.valid_until:
        raise NotNow("Deze afspraak eindigt al eerder. Leg een nieuwe afspraak vast om te verlengen.")


def check_new_term(code: str, national: Iterable[str], valid_from: date, today: date) -> None:
    if code in national:
        raise NotNow("Deze termijn geldt al in het hele land. Een regio kan hem niet veranderen.")
    if valid_from < today:
        raise NotNow("Kies vandaag of een latere dag. Een termijn die eerder begint, verandert lopende dossiers.")


def check_ladder(rungs: int, valid_from: date, taken: Iterable[date], *, today: date, confirmed: bool) -> None:
    """Whether a draft can be agreed: it has steps, no other version begins that day, and who lets it begin today or
    earlier has seen which dossiers change."""
    if not rungs:
        raise NotNow("Een stappenplan heeft minstens één stap. Voeg eerst een stap toe.")
    if valid_from in taken:
        raise NotNow(f"Er is al een stappenplan dat op {valid_from:%d-%m-%Y} begint. Kies een andere dag.")
    if valid_from <= today and not confirmed:
        raise NotNow("Dit stappenplan geldt meteen, ook voor lopende dossiers. Vink aan dat dit de bedoeling is.")
