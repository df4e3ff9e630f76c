"""An escalation that a samenwerkingsverband judges: proposed, asked back, answered, accepted with an owner and a term,
returned with a reason, finished. Each a conditional UPDATE with a message, so that of two at once one is told."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from cases.dossier import tasks
from cases.dossier.access import check_may_lead
from cases.dossier.models import Case
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import hold, log_act
from cases.dossier.taking_part import Involvement
from cases.escalation.access import check_may_judge, check_may_speak
from cases.escalation.models import Regie, Review, ReviewMessage
from cases.escalation.rules import check_review
from cases.sight.access import check_may_write
from cases.steps import acts as steps
from cases.steps.models import Pause
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User

ONCE = "Er loopt al een opschaling bij deze organisatie."
DAYS_TO_ANSWER, DAYS_TO_GO_ON, LONGEST_TERM = 14, 3, 92


def who_can_review(case: Case) -> QuerySet[Organisation]:
    """The samenwerkingsverbanden that take part in this dossier now and read the course of events."""
    rows = case.involvements.running().filter(organisation__kind=Organisation.Kind.SAMENWERKINGSVERBAND)
    reading = [r.organisation_id for r in rows if r.shows_course]
    return Organisation.objects.filter(pk__in=reading)


def propose(review: Review, *, by: User) -> None:
    """Ask a samenwerkingsverband to judge an escalation. NotNow when it does not take part, or has one already."""
    check_may_write(review.case, by)
    case = review.case
    check_open(case)
    if not who_can_review(case).filter(pk=review.to_organisation_id).exists():
        raise NotNow("Deze organisatie doet niet mee in dit dossier, of ziet niet wat er is gedaan. Betrek haar eerst.")
    if review.to_organisation_id == review.from_organisation_id:
        raise NotNow("Aan de eigen organisatie hoeft u niets voor te stellen.")
    review.proposed_by, review.proposed_at = by, timezone.now()
    try:
        with transaction.atomic():
            hold(case)
            review.save()
            _say(review, review.question, by, review.from_organisation)
            _log("review_proposed", review, by)
    except IntegrityError as problem:
        raise NotNow(ONCE) from problem


def ask_back(review: Review, *, by: User, question: str) -> None:
    """A question before judging. The steps pause until the answer, two weeks at most; the child's clock runs on."""
    check_may_judge(review, by)
    _need(question, "Schrijf op wat u nog wilt weten.")
    with transaction.atomic():
        _move(review, (Review.State.PROPOSED,), Review.State.ASKED_BACK, by)
        _pause(review, by)
        _say(review, question, by, review.to_organisation)
        _task(review, f"Vraag beantwoorden van {review.to_organisation.name}", review.case.handler, by)


def _pause(review: Review, by: User) -> None:
    today = timezone.localdate()
    row = Pause(
        case=review.case,
        since=today,
        until=today + timedelta(days=DAYS_TO_ANSWER),
        because=f"Wacht op antwoord op een vraag van {review.to_organisation.name}.",
    )
    try:
        with transaction.atomic():
            steps.hold_up(row, by=by)
    except NotNow:  # they are held up already
        return
    Review.objects.filter(pk=review.pk).update(pause=row)


def answer(review: Review, *, by: User, text: str) -> None:
    """The answer to what was asked back; the steps go on."""
    check_may_speak(review, by)
    _need(text, "Schrijf uw antwoord op.")
    with transaction.atomic():
        _move(review, (Review.State.ASKED_BACK,), Review.State.PROPOSED, by)
        _go_on(review, by)
        _say(review, text, by, review.from_organisation)
        _done(review, "Beantwoord.", by)


def _go_on(review: Review, by: User | None) -> None:
    if review.pause:
        review.pause.case = review.case
        steps.go_on(review.pause, by=by)


def accept(review: Review, *, by: User, owner: User | None, due_on: date, text: str = "", lead: bool = False) -> None:
    """The samenwerkingsverband takes it on: who does it, before when, and whether it leads from now on."""
    check_may_judge(review, by)
    today = timezone.localdate()
    if not today <= due_on <= today + timedelta(days=LONGEST_TERM):
        raise NotNow("Kies een dag vanaf vandaag, binnen drie maanden.")
    with transaction.atomic():
        decided = {"owner": owner, "due_on": due_on, "answer": text.strip()[:500]}
        _move(review, (Review.State.PROPOSED,), Review.State.ACCEPTED, by, **_decided(by), **decided)
        _say(review, text.strip() or "Wij pakken dit op.", by, review.to_organisation)
        _task(review, f"Opschaling: {review.question}", owner, by, due_on)
        if lead:
            take_lead(review.case, review.to_organisation, by=by, because=f"Opschaling: {review.question}")


def give_back(review: Review, *, by: User, reason: str) -> None:
    """Returned: what must happen first. Its handler has a next step."""
    check_may_judge(review, by)
    _need(reason, "Schrijf op waarom u dit teruggeeft en wat er eerst moet gebeuren.")
    with transaction.atomic():
        decided = _decided(by) | {"answer": reason.strip()[:500], "ended_at": timezone.now()}
        _move(review, (Review.State.PROPOSED, Review.State.ASKED_BACK), Review.State.RETURNED, by, **decided)
        _go_on(review, by)
        _say(review, reason, by, review.to_organisation)
        _done(review, "De opschaling kwam terug.", by)
        due = timezone.localdate() + timedelta(days=DAYS_TO_GO_ON)
        _task(
            review,
            f"Opschaling kwam terug van {review.to_organisation.name}: verder kijken",
            review.case.handler,
            by,
            due,
            follows=False,
        )


def finish(review: Review, *, by: User, outcome: str) -> None:
    """What came of an accepted escalation."""
    check_may_judge(review, by)
    _need(outcome, "Schrijf op wat eruit kwam.")
    with transaction.atomic():
        _move(review, (Review.State.ACCEPTED,), Review.State.FINISHED, by, ended_at=timezone.now())
        _say(review, outcome, by, review.to_organisation)
        _done(review, outcome[:500], by)


def withdraw(review: Review, *, by: User, reason: str) -> None:
    """Who proposed takes it back."""
    check_may_speak(review, by)
    _need(reason, "Geef een reden op.")
    with transaction.atomic():
        _move(
            review,
            (Review.State.PROPOSED, Review.State.ASKED_BACK),
            Review.State.WITHDRAWN,
            by,
            ended_at=timezone.now(),
        )
        _go_on(review, by)
        _say(review, reason, by, review.from_organisation)
        _done(review, "Ingetrokken.", by)


def assign(reviews: Iterable[Review], reviewer: User | None, *, by: User | None) -> int:
    """Who of the samenwerkingsverband judges these. Returns how many; those that were answered meanwhile stay."""
    count = 0
    with transaction.atomic():
        for review in reviews:
            check_may_judge(review, by)
            waiting = Review.objects.filter(pk=review.pk, state__in=(Review.State.PROPOSED, Review.State.ASKED_BACK))
            if waiting.update(reviewer=reviewer):
                count += 1
                _log("review_assigned", review, by)
    return count


def take_lead(case: Case, organisation: Organisation, *, by: User, because: str) -> None:
    """From today this organisation leads the work; it gives no rights."""
    with transaction.atomic():
        hold(case)
        _end_lead(case, by)
        Regie.objects.create(
            case=case, organisation=organisation, because=because[:300], since=timezone.localdate(), by=by
        )
        log_act("lead_taken", case, by=by, organisation=organisation.pk)


def end_lead(case: Case, *, by: User | None) -> bool:
    """The gemeente leads again. False when it did already."""
    check_may_lead(case, by)
    return _end_lead(case, by)


def _end_lead(case: Case, by: User | None) -> bool:
    with transaction.atomic():
        if not case.regies.filter(ended_at=None).update(ended_at=timezone.now(), ended_by=by):
            return False
        log_act("lead_ended", case, by=by)
    return True


def end_for(involvement: Involvement, *, by: User | None) -> None:
    """An organisation that no longer takes part judges and leads nothing."""
    case = involvement.case
    for review in case.reviews.filter(to_organisation=involvement.organisation_id, state__in=Review.OPEN):
        _drop(review, by, "De organisatie doet niet meer mee.")
    if case.regies.filter(ended_at=None, organisation=involvement.organisation_id).exists():
        _end_lead(case, by)


def end_expired() -> int:
    """The nightly round: a share that ran out by its date ends what hung on it, as one that somebody ended. Returns how
    many escalations and leads ended."""
    running = Involvement.objects.running().filter(case=OuterRef("case"))
    gone = Review.objects.filter(
        ~Exists(running.filter(organisation=OuterRef("to_organisation"))), state__in=Review.OPEN
    )
    left = Regie.objects.filter(~Exists(running.filter(organisation=OuterRef("organisation"))), ended_at=None)
    count = 0
    for review in gone.select_related("case__pupil__municipality", "pause"):
        with transaction.atomic():
            _drop(review, None, "De organisatie doet niet meer mee.")
        count += 1
    for regie in left.select_related("case"):
        count += _end_lead(regie.case, None)
    return count


def end_all(cases: Iterable[int], *, by: User | None, because: str) -> None:
    """Nobody needs to judge anything about these dossiers any more."""
    for review in Review.objects.filter(case__in=cases, state__in=Review.OPEN).select_related("case", "pause"):
        _drop(review, by, because)


def _drop(review: Review, by: User | None, because: str) -> None:
    running = Review.objects.filter(pk=review.pk, state__in=Review.OPEN)
    if not running.update(state=Review.State.WITHDRAWN, ended_at=timezone.now(), answer=because):
        return  # it was finished meanwhile
    _done(review, because, by)
    _go_on(review, by)


def _move(review: Review, sources: Sequence[str], target: str, by: User, **fields: Any) -> None:
    """From one of `sources` to `target`, once."""
    case = review.case
    check_open(case)
    deciding = "decided_by" in fields
    check_review(review.state, sources, proposed_by=review.proposed_by_id if deciding else None, by=by.pk)
    hold(case)
    if not Review.objects.filter(pk=review.pk, state__in=sources).update(state=target, **fields):
        raise NotNow("Een collega was u net voor. Kijk hoe het er nu voor staat.")
    review.refresh_from_db()
    review.case = case
    _log("review_moved", review, by)


def _decided(by: User) -> dict[str, Any]:
    return {"decided_by": by, "decided_at": timezone.now()}


def _need(text: str, sentence: str) -> None:
    if not text.strip():
        raise NotNow(sentence)


def _say(review: Review, text: str, by: User, organisation: Organisation) -> None:
    ReviewMessage.objects.create(review=review, state=review.state, text=text.strip(), by=by, organisation=organisation)


def _task(
    review: Review, title: str, owner: User | None, by: User | None, due: date | None = None, *, follows: bool = True
) -> None:
    """A next step that hangs on the review (`follows`) and is done by itself when the review moves on."""
    due = due or timezone.localdate() + timedelta(days=DAYS_TO_GO_ON)
    tasks.ask(review.case, title, due, by=by, owner=owner, review=review if follows else None)


def _done(review: Review, outcome: str, by: User | None) -> None:
    tasks.end_all(review.tasks.filter(done_on=None), outcome, by=by)


def _log(action: str, review: Review, by: User | None) -> None:
    case = review.case
    log_act(action, case, by=by, row=review.pk, state=review.state)
