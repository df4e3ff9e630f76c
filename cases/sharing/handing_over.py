"""A child moves: its dossiers, with all that stands in them, go to the gemeente that says yes (docs/adr/0013)."""

from datetime import date, timedelta

from django.db.models import F, Q
from django.utils import timezone

from cases.clock.acts import facts_changed
from cases.decisions.rules import DecisionState
from cases.disputes.acts import go_along as disputes_go_along
from cases.dossier import tasks
from cases.dossier.models import Assignment, Case, StatusChange
from cases.dossier.results import MOVED
from cases.dossier.rules import NotNow
from cases.dossier.saving import OVERTAKEN
from cases.dossier.states import State
from cases.dossier.taking_part import Consent
from cases.family import acts as family
from cases.goals.acts import go_along
from cases.intake.joining import Field, join_pupils, preview_of
from cases.meetings.acts import call_off_all
from cases.offers.moves import withdraw_all
from cases.sharing.acts import end_proposals, end_questions, take_back
from cases.sharing.models import Referral
from cases.sight.seats import MUNICIPAL
from cases.talks.models import Talk
from leerplicht.models import Pupil
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.people.users import User

DAYS = 3
MERGED = "Overgedragen; de gemeente had al een open dossier van dit kind: {number}."


def take_over(case: Case, referral: Referral, by: User | None) -> Case:
    """The dossier, earlier ones of the child in that gemeente, and the child itself go along, in the caller's
    transaction. Knew the other gemeente the child already, then the two rows of the child become one; had it an open
    dossier, then the one that comes is closed and kept beside it. Returns the dossier in which the work goes on."""
    old, code, today = case.municipality_id, referral.to_organisation.code, timezone.localdate()
    pupil, pupil_id = case.pupil, case.pupil_id
    known = known_there(pupil, code)
    running = Case.objects.open().filter(pupil=known).first() if known else None
    source = case.state
    family.end_all(case, because="Het dossier is overgedragen.", by=by)
    rows = Case.objects.filter(pk=case.pk, municipality=old, version=case.version, state=source)
    if running:  # while it is open: others hear of it
        stop_asking(case, because=MERGED.format(number=running.number), by=by)
    closing = {"state": State.AFGESLOTEN.value, "result": MOVED, "closed_on": today} if running else {}
    if not rows.update(municipality=code, handler=None, version=F("version") + 1, **closing):
        raise NotNow(OVERTAKEN)
    if running:
        because = MERGED.format(number=running.number)
        StatusChange.objects.create(
            case=case, source=source, target=State.AFGESLOTEN, because=because, result=MOVED, by=by
        )
        go_on_in(case, running, today=today, by=by)
    along = [case.pk, *Case.objects.filter(pupil=pupil, municipality=old).values_list("pk", flat=True)]
    _let_go(case, along, by)
    Case.objects.filter(pk__in=along).update(municipality=code, handler=None)
    keep = bring_along(pupil, known, code, by)
    moved = list(Case.objects.filter(pk__in=along))
    Case.history.bulk_history_create(moved, update=True, default_user=by, default_change_reason="overgedragen")
    case.refresh_from_db()
    log_event("handed_over", by=by, pupils={pupil_id, keep.pk}, case_number=case.number, municipality=code)
    facts_changed([keep.pk], today)
    return running or case


def stop_asking(case: Case, *, because: str, by: User | None) -> None:
    """A dossier closes because the work goes on in another one of the same child: an overleg that was planned is called
    off, and nobody waits any more for an answer about a place. In a night that is by who handles it: an offer is never
    withdrawn by nobody."""
    call_off_all(case, because=because, by=by)
    if somebody := by or case.handler:
        withdraw_all(case, because=because, by=somebody)


def go_on_in(case: Case, running: Case, *, today: date, by: User | None) -> None:
    """The open steps of a dossier that closed go along to where the work goes on, with planned talks, and with goals
    and disputes that run. What an offer, a decision or an overleg asked stays with it; of a decision that holds
    somebody is told."""
    own = {"offer": None, "review": None, "claim": None, "decision": None, "meeting": None, "stop": None}
    for task in case.tasks.filter(done_on=None, condition=None, **own):
        task.case = running
        task.save()
        task.proposals.update(case=running)
        Talk.objects.filter(task=task).update(case=running)
        go_along(task, running)
    family.go_along(case, running)
    disputes_go_along(case, running)
    _tell_of_a_decision(case, running, today, by)


def _tell_of_a_decision(case: Case, running: Case, today: date, by: User | None) -> None:
    """A doorzettingsbesluit that still holds stays in the dossier that was closed: where the work goes on, somebody
    looks at it."""
    for decision in case.decisions.filter(state=DecisionState.ONDERTEKEND):
        title = f"Besluit {decision.number} staat in dossier {case.number}: kijk wat nog geldt"
        tasks.ask(running, title, today + timedelta(days=DAYS), by=by)


def _let_go(case: Case, along: list[int], by: User | None) -> None:
    """What hung on the old gemeente ends: its handler and the owners of steps; in all dossiers that go along its other
    questions, and consents for or from its side."""
    if case.handler_id:
        Assignment.objects.create(case=case, handler=None, by=by)
    for task in case.tasks.filter(done_on=None).exclude(owner=None):
        task.owner = None
        task.save()
    end_questions(along, by=by, because="Het dossier is overgedragen.")
    end_proposals(along, by=by, because="Het dossier is overgedragen.")
    municipal = Q(owner__kind__in=MUNICIPAL) | Q(recipient__kind__in=MUNICIPAL)
    for consent in Consent.objects.filter(municipal, case__in=along, withdrawn_at=None):
        take_back(consent, by=by)


def known_there(pupil: Pupil, code: str) -> Pupil | None:
    if not pupil.pgn_hash:
        return None
    return Pupil.objects.filter(municipality=code, pgn_hash=pupil.pgn_hash).exclude(pk=pupil.pk).first()


def fields_of_both(case: Case, referral: Referral) -> list[Field]:
    """The fields on which the two rows of the child differ, when the other gemeente knows it already."""
    known = known_there(case.pupil, referral.to_organisation.code)
    return [f for f in preview_of(case.pupil, known) if f.differs] if known else []


def bring_along(pupil: Pupil, known: Pupil | None, code: str, by: User | None) -> Pupil:
    """The row of the child in the other gemeente."""
    if known is None:
        pupil.municipality_id, pupil.version = code, pupil.version + 1
        pupil._history_user = by  # type: ignore[attr-defined] # simple_history reads it, and names it nowhere
        pupil.save()
        return pupil
    join_pupils(pupil, known, by=by)
    return known
