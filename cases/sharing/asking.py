"""What organisations ask each other: take part (verwijzing), or take the dossier over (overdracht). A row per question;
answered once by a conditional UPDATE, so that of two who answer at the same moment one is told that it was done."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.dossier.access import check_may_lead
from cases.dossier.models import Case
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import log_act
from cases.dossier.taking_part import Involvement
from cases.sharing.access import check_may_answer, check_may_take_back
from cases.sharing.acts import let_in
from cases.sharing.handing_over import take_over
from cases.sharing.models import Referral
from cases.sharing.rules import check_settled_once, check_shareable
from thuiszitters.core.people.users import User

ASKED_ALREADY = "Deze vraag staat al open. Wacht op het antwoord of neem de vraag eerst terug."


def ask(referral: Referral, *, by: User) -> None:
    """Put the question. NotNow when the same one is open, or when the answer is there already."""
    check_may_lead(referral.case, by)
    case = referral.case
    check_open(case)
    if referral.is_hand_over and referral.to_organisation.code == case.municipality_id:
        raise NotNow("Dit dossier is al van deze gemeente.")
    if not referral.is_hand_over:
        check_shareable(referral.to_organisation.kind, referral.parts)
        if case.involvements.running().filter(organisation=referral.to_organisation).exists():
            raise NotNow("Deze organisatie is al betrokken bij dit dossier.")
    try:
        with transaction.atomic():
            referral.from_municipality_id, referral.asked_by = case.municipality_id, by
            referral.save()
            _log("referral_sent", referral, by)
    except IntegrityError as problem:
        raise NotNow(ASKED_ALREADY) from problem


def take_back(referral: Referral, *, by: User | None) -> None:
    check_may_take_back(referral, by)
    with transaction.atomic():
        _settle(referral, Referral.State.TAKEN_BACK, by)
        _log("referral_answered", referral, by)


def reject(referral: Referral, *, by: User | None, answer: str) -> None:
    check_may_answer(referral, by)
    if not answer.strip():
        raise NotNow("Geef een reden op.")
    with transaction.atomic():
        _settle(referral, Referral.State.REJECTED, by, answer.strip())
        _log("referral_answered", referral, by)


def accept(referral: Referral, *, by: User | None, answer: str = "") -> Case:
    """Take part, or take the dossier over. Returns the dossier in which the work goes on."""
    check_may_answer(referral, by)
    case = referral.case
    check_open(case)
    if case.municipality_id != referral.from_municipality_id:
        raise NotNow("Dit dossier is intussen van een andere gemeente. Die stelt de vraag zo nodig opnieuw.")
    if referral.until and referral.until < timezone.localdate():
        raise NotNow("De einddatum van dit verzoek is voorbij. Vraag de gemeente om het opnieuw te stellen.")
    with transaction.atomic():
        _settle(referral, Referral.State.ACCEPTED, by, answer.strip())
        _log("referral_answered", referral, by)
        # The dossier as it was read: a colleague who changed it meanwhile goes first.
        return take_over(case, referral, by) if referral.is_hand_over else _take_part(case, referral, by)


def _settle(referral: Referral, state: str, by: User | None, answer: str = "") -> None:
    rows = Referral.objects.filter(pk=referral.pk, state=Referral.State.OPEN)
    now = timezone.now()
    if not rows.update(state=state, answered_by=by, answered_at=now, answer=answer[:500]):
        referral.refresh_from_db()
        check_settled_once(waits=referral.is_open)
    referral.refresh_from_db()


def _log(action: str, referral: Referral, by: User | None) -> None:
    log_act(
        action,
        referral.case,
        by=by,
        row=referral.pk,
        kind=referral.kind,
        state=referral.state,
        organisation=referral.to_organisation_id,
    )


def _take_part(case: Case, referral: Referral, by: User | None) -> Case:
    let_in(
        Involvement(
            case=case,
            organisation=referral.to_organisation,
            since=timezone.localdate(),
            until=referral.until,
            ground=referral.ground,
            parts=referral.parts,
            explanation=referral.question[:300],
            added_by=referral.asked_by,
        ),
        by=by,
    )
    return case
