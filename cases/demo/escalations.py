"""Escalations to the samenwerkingsverband in every state, for the demonstration dossiers."""

from datetime import date, timedelta
from random import Random

from cases.dossier.models import Case
from cases.escalation import acts as reviews
from cases.escalation.models import Review, ReviewMessage
from thuiszitters.core.people.organisations import Membership, Organisation
from thuiszitters.core.people.users import User

QUESTIONS = (
    "Is er een plek met weinig prikkels in de buurt?",
    "Kunt u een arrangement maken voor begeleiding op school?",
    "Wij komen er met school en ouders niet uit. Wilt u de regie nemen?",
)
TRIED = "Drie gesprekken met ouders, een opbouwrooster van twee uur per dag, en advies van de jeugdarts."
PATHS = ("", "ask", "accept", "return", "finish", "accept", "")


class Escalations:
    """Draws proposals for dossiers in which a samenwerkingsverband takes part."""

    def __init__(self, today: date, random: Random):
        self.today, self.random, self.turn = today, random, 0

    def draw(self, case: Case, verband: Organisation, user: User, since: date) -> None:
        coordinator = Membership.objects.filter(organisation=verband, role="coordinator").select_related("user").first()
        if not case.is_open or not coordinator or self.random.random() < 0.45:
            return
        own = Organisation.objects.get(kind="gemeente", code=case.municipality_id)
        row = Review(
            case=case,
            from_organisation=own,
            to_organisation=verband,
            question=self.random.choice(QUESTIONS),
            tried=TRIED,
            step=case.steps.filter(result="", stopped_on=None, planned_on__lte=self.today).last(),
        )
        reviews.propose(row, by=user)
        waited = timedelta(days=self.random.randint(0, min(19, (self.today - since).days)))
        Review.objects.filter(pk=row.pk).update(proposed_at=row.proposed_at - waited)
        ReviewMessage.objects.filter(review=row).update(at=row.proposed_at - waited)
        self._answer(row, coordinator.user)

    def _answer(self, row: Review, by: User) -> None:
        path = PATHS[self.turn % len(PATHS)]
        self.turn += 1
        if path == "ask":
            reviews.ask_back(row, by=by, question="Wat zegt de jeugdarts over hoeveel het kind aankan?")
        elif path == "return":
            reviews.give_back(row, by=by, reason="Plan eerst een MDO met school en ouders.")
        elif path in ("accept", "finish"):
            due = self.today + timedelta(days=self.random.randint(0, 14))
            reviews.accept(row, by=by, owner=by, due_on=due, lead=self.random.random() < 0.4)
        if path == "finish":
            reviews.finish(row, by=by, outcome="Plek gevonden, school neemt contact op met ouders.")
