"""What organisations ask each other: take part (verwijzing), or take the dossier over (overdracht). A row per question;
answered once by a conditional UPDATE, so that of two who answer at the same moment one is told that it was done."""

from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError
from django.utils import timezone

from cases.models import Assignment, Case, Intake, Involvement, Referral, StatusChange
from cases.policies import NotNow, check_open, check_settled_once, check_shareable
from cases.services.clock import facts_changed
from cases.services.sharing import involve
from cases.states import State
from leerplicht.models import Pupil
from leerplicht.services.merging import merge_pupils
from thuiszitters.core.audit import log_event

ASKED_ALREADY = "Deze vraag staat al open. Wacht op het antwoord of neem de vraag eerst terug."
MOVED_MEANWHILE = "Een collega heeft dit dossier net bijgewerkt. Kijk wat er veranderde en probeer het opnieuw."
MERGED = "Overgedragen; de gemeente had al een open dossier van dit kind: {number}."


def open_referrals(case: Case) -> list[Referral]:
    return list(case.referrals.filter(state=Referral.State.OPEN).select_related("to_organisation"))


def ask(referral: Referral, *, by) -> None:
    """Put the question. NotNow when the same one is open, or when the answer is there already."""
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


def take_back(referral: Referral, *, by) -> None:
    with transaction.atomic():
        _settle(referral, Referral.State.TAKEN_BACK, by)
        _log("referral_answered", referral, by)


def reject(referral: Referral, *, by, answer: str) -> None:
    if not answer.strip():
        raise NotNow("Geef een reden op.")
    with transaction.atomic():
        _settle(referral, Referral.State.REJECTED, by, answer.strip())
        _log("referral_answered", referral, by)


def accept(referral: Referral, *, by, answer: str = "") -> Case:
    """Take part, or take the dossier over. Returns the dossier in which the work goes on."""
    case = referral.case
    check_open(case)
    with transaction.atomic():
        _settle(referral, Referral.State.ACCEPTED, by, answer.strip())
        _log("referral_answered", referral, by)
        # The dossier as it was read: a colleague who changed it meanwhile goes first.
        return _take_over(case, referral, by) if referral.is_hand_over else _take_part(case, referral, by)


def _settle(referral: Referral, state: str, by, answer: str = "") -> None:
    rows = Referral.objects.filter(pk=referral.pk, state=Referral.State.OPEN)
    now = timezone.now()
    if not rows.update(state=state, answered_by=by, answered_at=now, answer=answer[:500]):
        referral.refresh_from_db()
        check_settled_once(referral.state)
    referral.refresh_from_db()


def _log(action: str, referral: Referral, by) -> None:
    log_event(
        action, by=by, pupils=[referral.case.pupil_id], case_number=referral.case.number, row=referral.pk,
        kind=referral.kind, state=referral.state, organisation=referral.to_organisation_id,
    )  # fmt: skip


def _take_part(case: Case, referral: Referral, by) -> Case:
    involve(
        Involvement(
            case=case, organisation=referral.to_organisation, since=timezone.localdate(), until=referral.until,
            ground=referral.ground, parts=referral.parts, explanation=referral.question[:300],
            added_by=referral.asked_by,
        ),
        by=by,
    )  # fmt: skip
    return case


def _take_over(case: Case, referral: Referral, by) -> Case:
    """The dossier, its history and the child go to the other gemeente. Knew that gemeente the child already, then the
    two rows of the child become one; had it an open dossier, then this one is closed and kept beside it."""
    code, today = referral.to_organisation.code, timezone.localdate()
    pupil, pupil_id = case.pupil, case.pupil_id
    known = _known_there(pupil, code)
    running = Case.objects.open().filter(pupil=known).first() if known else None
    rows = Case.objects.filter(pk=case.pk, municipality=case.municipality_id, version=case.version)
    closing = {"state": State.AFGESLOTEN.value, "result": "VERHUISD", "closed_on": today} if running else {}
    moved = {"municipality": code, "handler": None, "version": F("version") + 1, **closing}
    if not rows.update(**moved):
        raise NotNow(MOVED_MEANWHILE)
    if running:
        because = MERGED.format(number=running.number)
        StatusChange.objects.create(
            case=case, source=case.state, target=State.AFGESLOTEN, because=because, result="VERHUISD", by=by
        )
    if case.handler_id:
        Assignment.objects.create(case=case, handler=None, by=by)
    for task in case.tasks.filter(done_on=None).exclude(owner=None):  # who works elsewhere is no longer to act
        task.owner = None
        task.save()
    keep = _bring_along(pupil, known, code, by)
    case.refresh_from_db()
    Case.history.bulk_history_create([case], update=True, default_user=by, default_change_reason="overgedragen")
    log_event("handed_over", by=by, pupils={pupil_id, keep.pk}, case_number=case.number, municipality=code)
    facts_changed([keep.pk], today)
    return running or case


def _known_there(pupil: Pupil, code: str) -> Pupil | None:
    if not pupil.pgn_hash:
        return None
    return Pupil.objects.filter(municipality=code, pgn_hash=pupil.pgn_hash).exclude(pk=pupil.pk).first()


def _bring_along(pupil: Pupil, known: Pupil | None, code: str, by) -> Pupil:
    """The row of the child in the other gemeente."""
    if known is None:
        pupil.municipality_id, pupil.version, pupil._history_user = code, pupil.version + 1, by
        pupil.save()
        return pupil
    merge_pupils(pupil, known)
    Case.objects.filter(pupil=pupil).update(pupil=known)
    Intake.objects.filter(pupil=pupil, report__pupil=known).update(pupil=known)
    try:
        with transaction.atomic():
            pupil.delete()
    except ProtectedError:  # a report that both had: its version stays with the row it came in with
        pass
    return known
