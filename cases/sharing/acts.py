"""Letting an organisation take part, and ending that at once; consent and its withdrawal. Each a row, in one
transaction with its line in the log."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.decisions import prepare as decisions
from cases.dossier.access import check_may_lead, check_may_work
from cases.dossier.models import Case
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import hold, log_act
from cases.dossier.taking_part import Consent, Involvement
from cases.escalation import acts as reviews
from cases.sharing.access import check_may_let_go, check_may_withdraw
from cases.sharing.models import Referral
from cases.sharing.rules import check_consent, check_shareable
from thuiszitters.core.people.users import User

CONSENT_ALREADY = "Deze toestemming is al vastgelegd. Is zij veranderd, trek dan eerst de oude in."
ALREADY = "Deze organisatie is al betrokken bij dit dossier."


def involve(involvement: Involvement, *, by: User | None, consent: Consent | None = None) -> None:
    """Let an organisation take part, with the consent that goes along. NotNow when it already does."""
    check_may_lead(involvement.case, by)
    let_in(involvement, by=by, consent=consent)


def let_in(involvement: Involvement, *, by: User | None, consent: Consent | None = None) -> None:
    """The same, for an act by which it comes about: a question that was answered with yes."""
    case = involvement.case
    check_open(case)
    check_shareable(involvement.organisation.kind, involvement.parts)
    try:
        with transaction.atomic():
            hold(case)
            _close_expired(case, involvement.organisation_id)
            if consent:
                _save_consent(consent, by)
                if involvement.ground == Involvement.Ground.CONSENT:
                    involvement.consent = consent
            involvement.save()
            log_act(
                "organisation_involved",
                case,
                by=by,
                parts=involvement.parts,
                organisation=involvement.organisation_id,
                ground=involvement.ground,
            )
    except IntegrityError as problem:
        raise NotNow(ALREADY) from problem


def _close_expired(case: Case, organisation_id: int) -> None:
    """A share whose last day has passed makes room for a new one."""
    past = case.involvements.filter(organisation=organisation_id, ended_at=None, until__lt=timezone.localdate())
    for row in past:
        _end(row, None, "de einddatum is verstreken")


def end_involvement(involvement: Involvement, *, by: User | None, because: str = "") -> bool:
    """The organisation sees nothing more, from the next request on; consents to share with it end too: they were for
    this. False when it had ended already."""
    check_may_let_go(involvement, by)
    return let_go(involvement, by=by, because=because)


def let_go(involvement: Involvement, *, by: User | None, because: str = "") -> bool:
    """The same, for an act that ends it along the way."""
    case = involvement.case
    with transaction.atomic():
        if not _end(involvement, by, because):
            return False
        for consent in Consent.objects.filter(case=case, recipient=involvement.organisation_id, withdrawn_at=None):
            take_back(consent, by=by)
        log_act("involvement_ended", case, by=by, organisation=involvement.organisation_id)
    return True


def _end(involvement: Involvement, by: User | None, because: str) -> bool:
    rows = Involvement.objects.filter(pk=involvement.pk, ended_at=None)
    if not rows.update(ended_at=timezone.now(), ended_by=by, ended_because=because[:300]):
        return False
    involvement.refresh_from_db()
    Involvement.history.bulk_history_create([involvement], update=True, default_user=by)
    reviews.end_for(involvement, by=by)
    return True


def end_questions(cases: Iterable[int], *, by: User | None, because: str) -> None:
    """Open questions about these dossiers need no answer any more: who was asked reads why."""
    Referral.objects.filter(case__in=cases, state=Referral.State.OPEN).update(
        state=Referral.State.TAKEN_BACK, answered_by=by, answered_at=timezone.now(), answer=because
    )


def end_proposals(cases: Iterable[int], *, by: User | None, because: str) -> None:
    """What was proposed about these dossiers needs no judgement and no decision any more. After the dossiers themselves
    were changed: who judges or signs keeps the dossier still first, and of two only one goes on."""
    cases = list(cases)
    reviews.end_all(cases, by=by, because=because)
    decisions.end_all(cases, by=by, because=because)


def give_consent(consent: Consent, *, by: User | None) -> None:
    """Record a consent on its own: who may see the health data of whom. NotNow when it is recorded already."""
    check_may_work(consent.case, by)
    check_open(consent.case)
    with transaction.atomic():
        hold(consent.case)
        _save_consent(consent, by)


def _save_consent(consent: Consent, by: User | None) -> None:
    pupil = consent.case.pupil
    check_consent(pupil.born, consent.given_on, parents=consent.by_parents, youth=consent.by_youth)
    consent.recorded_by = by
    try:
        with transaction.atomic():
            consent.save()
    except IntegrityError as problem:
        raise NotNow(CONSENT_ALREADY) from problem
    log_act(
        "consent_given", consent.case, by=by, pupils=[pupil.pk], recipient=consent.recipient_id, health=consent.health
    )


def withdraw_consent(consent: Consent, *, by: User | None) -> bool:
    """Take a consent back; what hung on it ends at the same moment. False when that was done already."""
    check_may_withdraw(consent, by)
    return take_back(consent, by=by)


def take_back(consent: Consent, *, by: User | None) -> bool:
    """The same, for an act that ends what the consent was for."""
    case = consent.case
    with transaction.atomic():
        rows = Consent.objects.filter(pk=consent.pk, withdrawn_at=None)
        if not rows.update(withdrawn_at=timezone.now(), withdrawn_by=by):
            return False
        consent.refresh_from_db()
        Consent.history.bulk_history_create([consent], update=True, default_user=by)
        for row in consent.involvements.filter(ended_at=None):
            let_go(row, by=by, because="de toestemming is ingetrokken")
        log_act("consent_withdrawn", case, by=by, row=consent.pk)
    return True
