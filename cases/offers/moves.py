"""What happens when an offer is made or moves: a conditional UPDATE with an immutable row. What a move says about the
child (begun, gone again) becomes a fact, so that the clock follows (domain R14). Who may is asked in `acts`; a decision
that is signed moves its place from here."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from cases.dossier import tasks
from cases.dossier.models import Case, Task
from cases.dossier.rules import NotNow, check_asked_on, check_open
from cases.dossier.saving import hold, log_act, save_versioned
from cases.dossier.states import State, find_move
from cases.facts.acts import save_fact
from cases.handling.acts import transition
from cases.handling.aftercare import look_after
from cases.offers.models import Offer, OfferChange
from cases.offers.rules import check_offer_move, check_secured
from cases.offers.states import SECURE_AFTER, UNANSWERED, OfferMove, OfferState
from leerplicht.law.calendar import LessonCalendar
from leerplicht.models import Enrolment, HomePeriod, SchoolReturn
from leerplicht.services.calendars import calendars_of, calendars_of_pupils
from thuiszitters.core.people.users import User
from thuiszitters.core.words import long_date

OVERTAKEN_OFFER = "Een collega heeft dit aanbod net bijgewerkt. Kijk wat er veranderde en probeer het opnieuw."
DAYS_TO_THINK = 3


def put(offer: Offer, *, by: User) -> None:
    """A new offer, or a changed one when nobody changed it in between. NotNow for a school that is closed by then."""
    is_new = offer.pk is None
    if offer.is_final:
        raise NotNow("Dit aanbod is afgerond. Maak een nieuw aanbod.")
    check_asked_on(offer.asked_on, born=offer.case.pupil.born, begun=offer.started_on)
    _check_school(offer, offer.start_on or offer.asked_on)
    with transaction.atomic():
        _check_same_place(offer)
        save_versioned(offer, by=by, action="offer_saved")
        if is_new:
            _remember(offer, "", offer.asked_on, "", by)
            looking = offer.case.tasks.filter(kind=Task.Kind.SEARCHING, done_on=None)
            tasks.end_all(looking, f"Nieuwe plek gevraagd: {offer.place}.", by=by)


def _check_same_place(offer: Offer) -> None:
    """Once the child has been there, what it attended is a fact: another place is another offer."""
    stored = Offer.objects.filter(pk=offer.pk).exclude(started_on=None).first()
    if stored and (stored.kind, stored.school_id, stored.provider) != (offer.kind, offer.school_id, offer.provider):
        raise NotNow("Het kind is al begonnen. Is het een andere plek, maak dan een nieuw aanbod.")


def _check_school(offer: Offer, day: date) -> None:
    school = offer.school
    if school and school.closed_on and school.closed_on <= max(day, timezone.localdate()):
        raise NotNow(f"{school.name} is gesloten sinds {long_date(school.closed_on)}. Kies een andere school.")


def move(
    offer: Offer, target: str, *, by: User, on: date, because: str = "", cause: str = "", follows: bool = True
) -> None:
    """Move an offer on; `follows`: and ask for what comes next. NotNow when that is not legal, on that day or yet, or
    when a colleague was first."""
    case = offer.case
    check_open(case)
    found = check_offer_move(offer, target, on=on, because=because, today=timezone.localdate())
    fields = _fields(offer, found, on)
    with transaction.atomic():
        hold(case)
        rows = Offer.objects.filter(pk=offer.pk, state=found.source)
        if not rows.update(state=found.target, version=F("version") + 1, **fields):
            raise NotNow(OVERTAKEN_OFFER)
        offer.refresh_from_db()
        offer.case = case
        Offer.history.bulk_history_create([offer], update=True, default_user=by)
        _remember(offer, found.source, on, because, by, cause)
        _end_tasks(offer, by)
        if follows:
            _follow(offer, found, on, because, by)
        log_act("offer_moved", case, by=by, row=offer.pk, source=found.source, target=found.target)


def withdraw_all(case: Case, *, because: str, by: User) -> None:
    """Nobody waits any more for an answer about a place: the dossier closes. What was agreed or began stays."""
    for offer in case.offers.filter(state__in=UNANSWERED):
        offer.case = case
        move(offer, OfferState.GEWEIGERD, by=by, on=timezone.localdate(), because=because, follows=False)


def postpone(offer: Offer, *, by: User, on: date, because: str) -> None:
    """Another day to begin, before it began; who looks whether it did, looks then."""
    _check_school(offer, on)
    offer.start_on = on
    save_versioned(offer, by=by, action="offer_saved")
    _remember(offer, offer.state, on, because, by)
    for task in offer.tasks.filter(done_on=None):
        task.due_on = on
        task.save()


def _fields(offer: Offer, move: OfferMove, on: date) -> dict[str, date]:
    """What the row keeps of this move, after the rules that need the calendar."""
    if move.target == OfferState.AANGEKONDIGD:
        _check_school(offer, on)
        return {"start_on": on}
    if move.target == OfferState.GESTART:
        _check_first_day(offer, on)
        return {"started_on": on}
    if move.target == OfferState.GEBORGD:
        home = offer.ends_home and _running(offer.case) is not None
        check_secured(on=on, secure_from=secure_from(offer), at_home=home)
    return {"full_on": on} if move.target == OfferState.VOLLEDIG else {}


def _check_first_day(offer: Offer, on: date) -> None:
    if not offer.ends_home:
        return
    if not _counted(lambda: calendar_of(offer).is_school_day(on)):
        raise NotNow(f"Op {long_date(on)} zijn er geen lessen. Kies de eerste dag dat het kind er echt was.")
    if (running := _running(offer.case)) and on <= running.first_day:
        raise NotNow(f"Het kind is thuis sinds {long_date(running.first_day)}. Kies een latere dag.")


def _running(case: Case) -> HomePeriod | None:
    return HomePeriod.objects.filter(pupil=case.pupil_id, last_day=None).first()


def calendar_of(offer: Offer) -> LessonCalendar:
    """Of the school that offers the place, else of the child."""
    if offer.school:
        return calendars_of([offer.school])[offer.school.pk]
    calendar: LessonCalendar = calendars_of_pupils([offer.case.pupil])[offer.case.pupil_id]
    return calendar


def secure_from(offer: Offer) -> date:
    """The first day on which an offer with all its hours can be called secured. NotNow: not to be counted."""
    full_on = offer.full_on
    if full_on is None:  # the database keeps that of an offer with all its hours
        raise ValueError("an offer that does not have all its hours")
    return _counted(lambda: calendar_of(offer).add_lesson_weeks(full_on, SECURE_AFTER))


Answer = TypeVar("Answer")


def _counted(count: Callable[[], Answer]) -> Answer:
    """What a calendar says; a clear sentence where the school holidays are not known."""
    try:
        return count()
    except ValueError as problem:
        raise NotNow(str(problem)) from problem


def _remember(offer: Offer, source: str, on: date, because: str, by: User, cause: str = "") -> None:
    about = {"on": on, "because": because.strip(), "cause": cause}
    OfferChange.objects.create(offer=offer, source=source, target=offer.state, by=by, **about)


def _end_tasks(offer: Offer, by: User) -> None:
    """What hung on the state that it had is done. A place that is final ends looking after its decision as well; that
    parents and child are told does not depend on it."""
    waiting = Q(offer=offer)
    if offer.is_final:
        waiting |= Q(decision__offer=offer) & ~Q(kind=Task.Kind.TELLING)
    tasks.end_all(Task.objects.filter(waiting, done_on=None), f"Aanbod: {offer.info.word}.", by=by)


def _follow(offer: Offer, move: OfferMove, on: date, because: str, by: User | None) -> None:
    """What follows from a move: the facts of the child, the state of the dossier, and what is to be done next."""
    if move.target == OfferState.AANGEKONDIGD:
        _ask(offer, f"Nagaan of het kind is begonnen bij {offer.place}", on, by)
    elif move.target == OfferState.GESTART and offer.ends_home:
        _begun(offer, on, by)
    elif move.target == OfferState.VOLLEDIG:
        _ask(offer, f"Vier lesweken later: is de plek bij {offer.place} geborgd?", secure_from(offer), by)
    elif move.target == OfferState.GEWEIGERD:
        soon = timezone.localdate() + timedelta(days=DAYS_TO_THINK)
        _ask(offer, f"Opnieuw zoeken: {offer.place} gaat niet door", soon, by, Task.Kind.SEARCHING)
    elif move.target == OfferState.MISLUKT:
        if offer.started_on and offer.ends_home:
            _gone_again(offer, offer.started_on, on, because, by)
        _ask(
            offer,
            f"Opnieuw zoeken: de plek bij {offer.place} is mislukt",
            timezone.localdate() + timedelta(days=DAYS_TO_THINK),
            by,
            Task.Kind.SEARCHING,
        )


def _ask(offer: Offer, title: str, due: date, by: User | None, kind: str = Task.Kind.ORDINARY) -> None:
    tasks.ask(offer.case, title, due, by=by, kind=kind, offer=None if offer.is_final else offer)


def _begun(offer: Offer, on: date, by: User | None) -> None:
    """The first attended day: a return, an enrolment where there is none, and from now on the dossier is followed."""
    case, pupil = offer.case, offer.case.pupil
    source = f"begonnen bij {offer.place}"[:200]
    if offer.school and not pupil.enrolments.filter(school=offer.school, last_day=None).exists():
        save_fact(Enrolment(pupil=pupil, school=offer.school, first_day=on), by=by, case=case)
    if not pupil.returns.filter(first_day=on, trial=False).exists():
        save_fact(SchoolReturn(pupil=pupil, first_day=on, source=source), by=by, case=case)
    _go(case, State.VOLGEN, source, by)
    look_after(case, on, by=by)


def _gone_again(offer: Offer, began: date, on: date, because: str, by: User | None) -> None:
    """The return ended: from the day after, the child is at home again and the clock runs."""
    back = offer.case.pupil.returns.filter(first_day=began, trial=False).first()
    if back:
        back.last_day = on
        save_fact(back, by=by, case=offer.case)
    _go(offer.case, State.AANPAK, because.strip() or "Het aanbod is mislukt.", by)


def _go(case: Case, target: State, because: str, by: User | None) -> None:
    """Move the dossier along, where that move exists: who works on it need not do it twice."""
    case.refresh_from_db()
    if find_move(case.state, target):
        transition(case, target, by=by, because=because[:500])
