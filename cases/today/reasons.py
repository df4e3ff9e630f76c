"""Why something asks a person today: for each dossier the reasons, each with its rank and the one act. A constant
number of queries, whatever somebody has."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from cases.clock.models import Deadline
from cases.closing.models import ClosingProposal
from cases.decisions.queries import to_sign_by
from cases.dossier.models import Assignment, Case, Task
from cases.escalation.models import LookAgain, Review
from cases.load.queries import nobodys
from cases.offers.models import Offer
from cases.offers.states import OfferState
from cases.owners.queries import had_by
from cases.proposals.queries import to_answer_by as proposed_to
from cases.sight.event import day_of
from cases.sight.queries import reads_course
from thuiszitters.core.people.absences import replaced_by
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User
from thuiszitters.core.words import days, long_date

SOON = 7  # days before a step of the own shows
UNANSWERED = 7  # days after which an offer without an answer is asked about


@dataclass(frozen=True, order=True)
class Reason:
    """`rank`: the lower, the sooner; `level`: over, near or "" (colour and weight); `act` and `url`: the button."""

    rank: int
    why: str
    act: str
    url: str
    level: str = ""


def reasons_of(user: User, today: date) -> dict[int, list[Reason]]:
    """By dossier (id), the most urgent reason first."""
    found: dict[int, list[Reason]] = defaultdict(list)
    for source in SOURCES:
        for pk, reason in source(user, today):
            found[pk].append(reason)
    return {pk: sorted(rows) for pk, rows in found.items()}


def _mine(user: User, today: date):
    return Case.objects.visible_to(user, Right.CASE_WORK, urgent=False).open().filter(had_by(user, today))


def to_sign(user: User, today: date) -> Iterator[tuple[int, Reason]]:
    for row in to_sign_by(user, today):
        url = reverse("decision-sign", args=[row.case.number, row.pk])
        yield row.case_id, Reason(0, "besluit wacht op uw handtekening", "Bekijken", url, "over")


def alone(user: User, today: date) -> Iterator[tuple[int, Reason]]:
    for case in nobodys(user, today).select_related("handler"):
        why = f"{case.handler.short_name} is er niet" if case.handler else "niemand heeft dit dossier"
        yield case.pk, Reason(1, why, "Geven", reverse("case-assign", args=[case.number]), "over")


def asked(user: User, today: date) -> Iterator[tuple[int, Reason]]:
    """Escalations to judge or asked about, and closings to confirm."""
    for row in Review.objects.to_review_by(user).filter(state=Review.State.PROPOSED):
        since = days((today - day_of(row.proposed_at)).days)
        yield row.case_id, Reason(2, f"opschaling wacht {since} op uw oordeel", "Beoordelen", _review(row), "near")
    for row in Review.objects.to_answer_by(user):
        why = "het samenwerkingsverband vraagt u iets"
        yield row.case_id, Reason(2, why, "Beantwoorden", _review(row), "near")
    for said in proposed_to(user).select_related("case", "by"):
        url = reverse("proposal", args=[said.case.number, said.pk])
        yield said.case_id, Reason(3, f"{said.by.short_name} zegt dat een stap is gedaan", "Bevestigen", url, "near")
    for proposal in ClosingProposal.objects.to_answer_by(user).select_related("by"):
        url = reverse("closing-proposal", args=[proposal.pk])
        why = f"{proposal.by.short_name} wil afsluiten terwijl de klok loopt"
        yield proposal.case_id, Reason(3, why, "Beoordelen", url, "near")


def _review(row: Review) -> str:
    return reverse("review", args=[row.pk])


def own_steps(user: User, today: date) -> Iterator[tuple[int, Reason]]:
    """Steps of the own, and of an own organisation, that are late or due within a week."""
    own = access_of(user).organisations_with(Right.CASE_WORK)
    if not own:
        return
    readable = Case.objects.visible_to(user, urgent=False).open().filter(reads_course(user) | had_by(user, today))
    due = Task.objects.filter(done_on=None, due_on__lte=today + timedelta(days=SOON), case__in=readable)
    mine = Q(owner=user) | Q(owner=None, owner_organisation__in=own)
    replaced = Q(case__in=_mine(user, today)) & ~Q(owner=user) & Q(owner__in=replaced_by(user, today))
    for task in due.filter(mine | replaced).select_related("case", "owner"):
        late = (today - task.due_on).days
        title = task.title + (f" (namens {task.owner.short_name})" if task.owner and task.owner != user else "")
        url = reverse("task-done", args=[task.case.number, task.pk])
        if late > 0:
            yield task.case_id, Reason(4, f"{days(late)} te laat: {title}", "Gedaan", url, "over")
        else:
            when = "vandaag" if late == 0 else f"voor {long_date(task.due_on)}"
            yield task.case_id, Reason(6 if late == 0 else 9, f"{when}: {title}", "Gedaan", url, "near")


def fresh(user: User, today: date) -> Iterator[tuple[int, Reason]]:
    unseen = Assignment.objects.filter(case=OuterRef("pk"), handler=user, seen_at=None)
    for case in _mine(user, today).filter(Exists(unseen), handler=user):
        yield case.pk, Reason(5, "nieuw voor u", "Openen", reverse("case", args=[case.number]), "near")


def nearing(user: User, today: date) -> Iterator[tuple[int, Reason]]:
    running = Deadline.objects.filter(case__in=_mine(user, today), stopped_on=None)
    for row in running.filter(warns_from__lte=today, exceeded_from__gt=today).select_related("case"):
        left = days((row.exceeded_from - today).days)
        url = reverse("case", args=[row.case.number])
        yield row.case_id, Reason(7, f"nog {left} tot {row.spoken}", "Openen", url, "near")


def unanswered(user: User, today: date) -> Iterator[tuple[int, Reason]]:
    before = today - timedelta(days=UNANSWERED)
    rows = Offer.objects.filter(
        case__in=_mine(user, today), state__in=(OfferState.GEVRAAGD, OfferState.AANGEBODEN), asked_on__lte=before
    )
    for offer in rows.select_related("case", "school"):
        since = days((today - offer.asked_on).days)
        url = reverse("offer", args=[offer.case.number, offer.pk])
        yield offer.case_id, Reason(7, f"{since} geen antwoord van {offer.place}", "Navragen", url, "near")


def silent(user: User, today: date) -> Iterator[tuple[int, Reason]]:
    since = today - timedelta(days=settings.SILENCE_DAYS)
    looked = LookAgain.objects.filter(case=OuterRef("pk"), until__gt=today)
    quiet = Q(last_contact_on__lt=since) | Q(last_contact_on=None, opened_on__lt=since)
    for case in _mine(user, today).filter(quiet, ~Exists(looked)):
        spoken = case.last_contact_on
        why = f"{days((today - spoken).days)} niemand gesproken" if spoken else "nog niemand gesproken"
        yield case.pk, Reason(8, why, "Contact vastleggen", reverse("contact", args=[case.number]))


def nothing_planned(user: User, today: date) -> Iterator[tuple[int, Reason]]:
    planned = Task.objects.filter(case=OuterRef("pk"), done_on=None)
    for case in _mine(user, today).filter(~Exists(planned)):
        yield case.pk, Reason(8, "geen volgende stap", "Stap afspreken", reverse("task", args=[case.number]))


SOURCES = (to_sign, alone, asked, own_steps, fresh, nearing, unanswered, silent, nothing_planned)
