"""Signing a doorzettingsbesluit, and what follows from it: the offer of the place, the steps, the earlier decision that
gives way. Who signs is the holder of a mandate that holds on that day for that scope, and nobody else (domain 4.6)."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from cases.agreements.models import Mandate
from cases.decisions.access import Signer
from cases.decisions.models import Decision, DecisionSignature
from cases.decisions.preconditions import Check, blocks
from cases.decisions.prepare import OVERTAKEN, begun_on, condition_title, end_tasks, move
from cases.decisions.readiness import NEEDS_TLV, checks_of, is_hidden
from cases.decisions.rules import DecisionState, check_signer, dispute_routes, look_again_on
from cases.decisions.tell import tell_title
from cases.dossier import tasks
from cases.dossier.models import Task
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import Overtaken, hold, log_act
from cases.offers import moves as offers
from cases.offers.models import Offer, OfferChange
from cases.offers.states import FINAL, OfferState
from cases.sight.seats import sight_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User
from thuiszitters.core.words import long_date

SIGNED_ALREADY = "Voor dit besluit is al getekend. Kijk hoe het er nu voor staat."
SOMETHING_HIDDEN = (
    "Dit besluit kunt u nog niet tekenen. Iets is niet in orde dat niet met u is gedeeld. "
    "Geef het besluit terug: de gemeente vult het aan of deelt het met u."
)
LOOKS = ("2 weken", "6 weken", "3 maanden")


def signed_scopes(decision: Decision) -> dict[str, DecisionSignature]:
    """The signatures under the text as it stands, by scope: of a decision that was taken, those under the last text."""
    rows = list(decision.signatures.select_related("by", "mandate__organisation", "mandate__person"))
    text = max((r.version for r in rows), default=0) if decision.is_taken else decision.version
    return {r.scope: r for r in rows if r.version == text}


def sign(decision: Decision, *, by: User, passed: Mapping[str, str]) -> bool:
    """Sign for each scope that the user holds today. True when the decision is taken by it: nobody else has to sign.
    `passed`: why a blocking precondition is passed, by code. NotNow without a mandate or with a block that has no
    reason; Overtaken when the text changed since it was read."""
    case, today, read = decision.case, timezone.localdate(), decision.version
    check_open(case)
    with transaction.atomic():
        hold(case)
        decision.refresh_from_db()  # what is signed is what stands there
        decision.case = case
        if decision.version != read:
            raise Overtaken(OVERTAKEN)
        checks = checks_of(decision, today)
        known = {code: row["because"] for code, row in decision.passed.items()}
        if Signer(by, today).of(decision):
            _check_nothing_hidden(decision, blocks(checks, known), by)
        blocked = blocks(checks, known | dict(passed))
        check_signer(
            decision, by.pk, today, begun=begun_on(decision), blocked=[f"{c.code} ({c.label.lower()})" for c in blocked]
        )
        return _sign(decision, _scopes(decision, by, today), checks, passed, by)


def _check_nothing_hidden(decision: Decision, blocked: list[Check], by: User) -> None:
    """Nobody gives a reason for what is not shared with them: the gemeente, who prepared the decision, does."""
    sight = sight_of(decision.case, by)
    if any(is_hidden(c.code, sight, decides=True) for c in blocked):
        raise NotNow(SOMETHING_HIDDEN)


def _scopes(decision: Decision, by: User, today: date) -> dict[str, Mandate]:
    signer = Signer(by, today)
    if not signer.of(decision):
        words = ", ".join(decision.scope_words)
        raise NotNow(f"U hebt vandaag geen mandaat om dit besluit te tekenen. Het gaat over: {words}.")
    if not (scopes := signer.still(decision)):
        raise NotNow(SIGNED_ALREADY)
    return scopes


def _with_reasons(
    decision: Decision, checks: list[Check], passed: Mapping[str, str], by: User | None
) -> dict[str, Any]:
    """The reasons that stay visible: those of who signed before, and of this holder for what blocks."""
    today = timezone.localdate().isoformat()
    mine = {
        c.code: {"because": passed[c.code].strip(), "by": str(by), "on": today}
        for c in checks
        if c.blocking and not c.met and passed.get(c.code, "").strip() and c.code not in decision.passed
    }
    return {**decision.passed, **mine}


def _sign(
    decision: Decision, scopes: Mapping[str, Mandate], checks: list[Check], passed: Mapping[str, str], by: User
) -> bool:
    case = decision.case
    decision.passed = _with_reasons(decision, checks, passed, by)
    as_read = Decision.objects.filter(pk=decision.pk, state=DecisionState.VOORGELEGD, version=decision.version)
    if decision.presented_by_id is None or not as_read.update(passed=decision.passed):
        raise Overtaken(OVERTAKEN)
    try:
        with transaction.atomic():
            for scope, mandate in scopes.items():
                DecisionSignature.objects.create(
                    decision=decision,
                    scope=scope,
                    mandate=mandate,
                    by=by,
                    version=decision.version,
                    presented_by_id=decision.presented_by_id,
                )
    except IntegrityError as problem:
        raise NotNow(SIGNED_ALREADY) from problem
    log_act(
        "decision_signed",
        case,
        by=by,
        row=decision.pk,
        scopes=sorted(scopes),
        mandates=sorted(m.pk for m in scopes.values()),
        passed=sorted(decision.passed),
    )
    if set(decision.scopes) - set(signed_scopes(decision)):
        return False
    _take(decision, checks, by)
    return True


def _take(decision: Decision, checks: list[Check], by: User) -> None:
    """All have signed: the decision holds from now on and the one before gives way."""
    now = timezone.now()
    earlier = decision.case.decisions.filter(state=DecisionState.ONDERTEKEND).first()
    if earlier:
        _replace(earlier, by)
    tlv = decision.kind in NEEDS_TLV or decision.conditions.filter(kind="tlv").exists()
    offer = _offer(decision, earlier, by)
    move(
        decision,
        DecisionState.ONDERTEKEND,
        by=by,
        signed_at=now,
        offer=offer,
        checks=[asdict(c) for c in checks],
        routes=dispute_routes(decision.scopes, tlv=tlv),
    )
    _ask_what_follows(decision, by)


def _replace(earlier: Decision, by: User | None) -> None:
    rows = Decision.objects.filter(pk=earlier.pk, state=DecisionState.ONDERTEKEND)
    rows.update(state=DecisionState.VERVANGEN, version=F("version") + 1)
    earlier.refresh_from_db()
    Decision.history.bulk_history_create([earlier], update=True, default_user=by)
    end_tasks(earlier, "Er is een nieuw besluit.", by=by)


def _offer(decision: Decision, earlier: Decision | None, by: User) -> Offer:
    """The place as an offer that is followed: one that runs already goes on, else a new one. With a start date it is
    announced; without one it waits for that."""
    case, today = decision.case, timezone.localdate()
    place = {"kind": decision.kind, "school": decision.school, "provider": decision.provider}
    because = f"Volgens besluit {decision.number}."
    if earlier and earlier.offer:
        _let_go(earlier.offer, decision, place, by)
    offer = case.offers.exclude(state__in=FINAL).filter(**place).last()
    offer = offer or Offer(case=case, by=by, organisation=_organisation(decision), asked_on=today, **place)
    offer.case = case
    _take_hours(offer, decision)
    offer.remarks = f"{offer.remarks} {because}".strip()[-500:]
    offers.put(offer, by=by)
    if offer.state == OfferState.GEVRAAGD:
        offers.move(offer, OfferState.AANGEBODEN, by=by, on=today, because=because)
    if offer.state == OfferState.AANGEBODEN and decision.start_on:
        offers.move(offer, OfferState.AANGEKONDIGD, by=by, on=decision.start_on, because=because)
    elif offer.state == OfferState.AANGEKONDIGD and decision.start_on and decision.start_on != offer.start_on:
        offers.postpone(offer, by=by, on=decision.start_on, because=because)
    return offer


def _take_hours(offer: Offer, decision: Decision) -> None:
    if decision.hours_start is None or decision.hours_full is None:  # the database keeps that from being signed
        raise ValueError("a decision without hours")
    offer.hours_start, offer.hours_full, offer.build_up = decision.hours_start, decision.hours_full, decision.build_up


def _let_go(offer: Offer, decision: Decision, place: dict[str, Any], by: User | None) -> None:
    """What the earlier decision offered, did not begin, and the new one does not offer: it never begins."""
    begun = offer.state not in (OfferState.GEVRAAGD, OfferState.AANGEBODEN, OfferState.AANGEKONDIGD)
    if begun or all(getattr(offer, name) == value for name, value in place.items()):
        return
    offer.case = decision.case
    about: dict[str, Any] = {
        "by": by,
        "on": timezone.localdate(),
        "because": f"Vervangen door besluit {decision.number}.",
        "cause": OfferChange.Cause.REPLACED,
        "follows": False,
    }
    if offer.state == OfferState.GEVRAAGD:
        offers.move(offer, OfferState.AANGEBODEN, **about)
    gone = OfferState.MISLUKT if offer.state == OfferState.AANGEKONDIGD else OfferState.GEWEIGERD
    offers.move(offer, gone, **about)


def _organisation(decision: Decision) -> Organisation:
    """On whose behalf the place is offered: the holder's organisation for education, else of the first scope."""
    scopes = signed_scopes(decision)
    first = scopes.get(Mandate.Scope.EDUCATION) or scopes[decision.scopes[0]]
    return first.mandate.organisation


def _ask_what_follows(decision: Decision, by: User | None) -> None:
    """Who tells it, who arranges what, and when people look whether the child is there."""
    case, today = decision.case, timezone.localdate()
    told_before = max(decision.tell_before or today, today)
    begin = f"na {long_date(decision.start_on)}" if decision.start_on else "na het besluit"
    looks = zip(LOOKS, look_again_on(today, decision.start_on), strict=True)
    taking_part = set(case.involvements.running().values_list("organisation", flat=True))
    about: dict[str, Any] = {"by": by, "decision": decision}
    tasks.ask(case, tell_title(decision), told_before, kind=Task.Kind.TELLING, **about)
    for c in decision.conditions.select_related("organisation", "decision"):
        organisation = c.organisation if c.organisation_id in taking_part else None
        of_condition: dict[str, Any] = {"kind": Task.Kind.CONDITION, "condition": c}
        tasks.ask(case, condition_title(c), c.due_on, organisation=organisation, **of_condition, **about)
    for words, day in looks:
        if day >= today:
            tasks.ask(case, f"Is het kind er? Kijken, {words} {begin}", day, **about)
