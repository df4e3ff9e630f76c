"""What is still open in a dossier that somebody wants to close, and clocks that run without an open dossier."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from cases.barriers.models import Barrier
from cases.closing.models import ClosingProposal
from cases.dossier.models import Case, Task
from cases.escalation.models import Review
from cases.goals.models import Goal
from cases.meetings.models import Meeting
from cases.offers.models import Offer
from cases.offers.states import FINAL, UNANSWERED, OfferState
from cases.owners.queries import codes_to_divide
from cases.sharing.models import Referral
from cases.sight.waits import Waits
from cases.work.heard import heard_in
from leerplicht.models import Guardian, HomePeriod, Pupil
from thuiszitters.core.people.users import User
from thuiszitters.core.words import counted, long_date


@dataclass(frozen=True)
class StillOpen:
    """`what` is open, and what `becomes` of it when the dossier closes."""

    what: str
    becomes: str


def still_open(case: Case, today: date) -> list[StillOpen]:
    return list(_still_open(case, today))


def _still_open(case: Case, today: date) -> Iterator[StillOpen]:
    period = HomePeriod.objects.filter(pupil=case.pupil_id, last_day=None).first()
    if period:
        since = f"De klok loopt: thuis sinds {long_date(period.first_day)}."
        yield StillOpen(since, "Afsluiten zet de klok niet stil. Het kind blijft in beeld bij wie het werk verdeelt.")
    if case.last_contact_on is None:
        yield StillOpen("Met ouders en kind is nog niet gesproken.", "Leg het gesprek eerst vast.")
    elif names := _not_heard(case):
        yield StillOpen(f"Nog niet gehoord: {', '.join(names)}.", "Leg het gesprek eerst vast.")
    for goal in case.goals.filter(state=Goal.State.RUNNING):
        yield StillOpen(f"Doel: {goal.text}.", "Vervalt.")
    for task in case.tasks.filter(done_on=None).exclude(kind=Task.Kind.GOAL):
        told = " Laat het weten aan wie u zou spreken." if task.kind == Task.Kind.TALK else ""
        yield StillOpen(f"Stap: {task.title} ({task.owner_name}, {task.due_on:%d-%m-%Y}).", f"Vervalt.{told}")
    for meeting in Meeting.objects.filter(case=case, state=Meeting.State.PLANNED):
        on = long_date(timezone.localdate(meeting.starts_at))
        if meeting.has_begun:
            what = f"Van {meeting.label} op {on} is geen verslag."
            yield StillOpen(what, "Leg het eerst vast. Daarna kan het niet meer.")
        else:
            told = "Wordt afgezegd. Laat het weten aan wie is uitgenodigd."
            yield StillOpen(f"Gepland: {meeting.label} op {on}.", told)
    for review in case.reviews.filter(state__in=Review.OPEN):
        yield StillOpen(f"Opschaling: {review.get_state_display()}.", "Eindigt, ook bij het samenwerkingsverband.")
    for barrier in Barrier.objects.filter(case=case, solved_on=None):
        yield StillOpen(f"Belemmering: {barrier.get_kind_display()}.", "Blijft als open staan in het dossier.")
    for dispute in case.disputes.filter(outcome=""):
        since = f"Loopt nog: {dispute.get_route_display()}, begonnen op {long_date(dispute.started_on)}."
        yield StillOpen(since, "Blijft als lopend staan. Weet u de uitkomst, leg haar dan eerst vast.")
    for offer in case.offers.exclude(state__in=FINAL):
        yield StillOpen(f"Aanbod bij {offer.place}: {offer.info.word}.", _of_offer(offer))
    if referrals := case.referrals.filter(state=Referral.State.OPEN).count():
        yield StillOpen(f"{counted(referrals, 'vraag wacht', 'vragen wachten')} op een antwoord.", "Vervalt.")


def _of_offer(offer: Offer) -> str:
    if offer.state in UNANSWERED:
        return "Wordt ingetrokken. Laat het weten aan de plek."
    if offer.state == OfferState.AANGEKONDIGD:
        return "Leg eerst vast of het kind daar begon."
    return "Blijft staan zoals het is."


def _not_heard(case: Case) -> list[str]:
    """Parents with gezag and the child, as far as nobody heard them since the child is at home."""
    heard = heard_in(case)
    asked = [g for g in case.pupil.guardians.running() if g.gezag == Guardian.Gezag.YES]
    parents = [g.name for g in asked if g.pk not in heard.parents]
    return parents + ([] if heard.child else ["het kind zelf"])


def clocks_without_dossier() -> QuerySet[HomePeriod]:
    """Children whose clock runs while no dossier is open."""
    open_ = Case.objects.open().filter(pupil=OuterRef("pupil"))
    running = HomePeriod.objects.filter(~Exists(open_), last_day=None, clock_start__isnull=False)
    return running.exclude(pupil__in=Pupil.objects.standing_apart())


def clocks_of(user: User) -> QuerySet[HomePeriod]:
    return clocks_without_dossier().filter(pupil__municipality__in=codes_to_divide(user))


def running_clocks(user: User, today: date) -> set[int]:
    return set(clocks_of(user).values_list("pupil", flat=True))


def every_running_clock(today: date) -> dict[int, str]:
    return dict(clocks_without_dossier().values_list("pupil", "pupil__municipality"))


def to_confirm(user: User, today: date) -> set[int]:
    return set(ClosingProposal.objects.to_answer_by(user).values_list("pk", flat=True))


def every_proposal(today: date) -> dict[int, str]:
    return dict(ClosingProposal.objects.open().values_list("pk", "case__municipality"))


WAITS = (
    Waits(
        "afsluiten",
        "1 dossier wil een collega afsluiten terwijl de klok loopt: bevestig of zeg nee.",
        "{} dossiers wil een collega afsluiten terwijl de klok loopt: bevestig of zeg nee.",
        "closing-proposals",
        to_confirm,
        every_proposal,
    ),
    Waits(
        "klok",
        "Van 1 kind loopt de klok zonder open dossier.",
        "Van {} kinderen loopt de klok zonder open dossier.",
        "clocks",
        running_clocks,
        every_running_clock,
    ),
)
