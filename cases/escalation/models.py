"""An escalation that the samenwerkingsverband judges, who leads, and "seen, look again on"."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from cases.dossier.models import Case
from cases.dossier.taking_part import Involvement
from cases.sight.queries import reads_course
from cases.steps.models import EscalationStep, Pause
from thuiszitters.core.kept import ABOUT_THE_CHILD, WITH_THE_CASE, Kept
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: User) -> Self:
        """Proposals to an own samenwerkingsverband while it takes part, and those about dossiers of the own gemeenten;
        what was tried is a part of the course of events, so only for who reads that."""
        return self._read_by(user).filter(self._to(user) | self._of(user))

    def to_review_by(self, user: User) -> Self:
        """Those that the own organisation judges."""
        return self._read_by(user).filter(self._to(user))

    def asked_by_side_of(self, user: User) -> Self:
        return self._read_by(user).filter(self._of(user))

    def to_answer_by(self, user: User) -> Self:
        """Those about which something was asked back, of who proposed it and of who handles the dossier."""
        mine = Q(proposed_by=user) | Q(case__handler=user)
        return self.asked_by_side_of(user).filter(mine, state="teruggevraagd")

    def _read_by(self, user: User) -> Self:
        return self.filter(case__in=Case.objects.filter(reads_course(user)))

    @staticmethod
    def _to(user: User) -> Q:
        own = access_of(user).organisations_with(Right.REVIEW)
        return Q(_takes_part("to_organisation"), to_organisation__in=own)

    @staticmethod
    def _of(user: User) -> Q:
        """The gemeente, and the organisation that proposed it while it takes part."""
        access = access_of(user)
        own = access.organisations_with(Right.CASE_WORK)
        municipal = Q(case__municipality__in=access.municipalities_with(Right.CASE_WORK))
        return municipal | Q(_takes_part("from_organisation"), from_organisation__in=own)


def _takes_part(field: str) -> Exists:
    running = Involvement.objects.running()
    return Exists(running.filter(case=OuterRef("case"), organisation=OuterRef(field)))


class Review(models.Model):
    """Beoordeling: somebody proposes to escalate a dossier to a samenwerkingsverband that takes part in it. It accepts
    with an owner and a term, asks back, or returns it with a reason. Who proposed never decides."""

    class State(models.TextChoices):
        PROPOSED = "voorgesteld", "te beoordelen"
        ASKED_BACK = "teruggevraagd", "wacht op antwoord"
        ACCEPTED = "aanvaard", "loopt"
        RETURNED = "teruggestuurd", "teruggestuurd"
        WITHDRAWN = "ingetrokken", "ingetrokken"
        FINISHED = "afgerond", "afgerond"

    OPEN = (State.PROPOSED, State.ASKED_BACK, State.ACCEPTED)

    case = models.ForeignKey(Case, models.PROTECT, related_name="reviews")
    step = models.ForeignKey(
        EscalationStep,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name="bij welke stap van het stappenplan",
    )
    from_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="aan wie")
    question = models.CharField("wat vraagt u", max_length=500)
    tried = models.TextField("wat is al geprobeerd")
    state = models.CharField("stand", max_length=14, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    reviewer = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField("antwoord", max_length=500, blank=True)
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="wie gaat dit doen")
    due_on = models.DateField("uiterlijk op", null=True)
    ended_at = models.DateTimeField(null=True)
    # The pause of the steps while an answer is waited for.
    pause = models.ForeignKey(Pause, models.SET_NULL, null=True, related_name="+")
    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "beoordeling"
        verbose_name_plural = "beoordelingen"
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "to_organisation"],
                condition=Q(state__in=["voorgesteld", "teruggevraagd", "aanvaard"]),
                name="review_open_once",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="review_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["aanvaard", "afgerond"])
                | Q(owner__isnull=False, due_on__isnull=False, decided_by__isnull=False),
                name="review_accepted_has_owner",
            ),
            models.CheckConstraint(
                condition=~Q(state="teruggestuurd") | Q(decided_by__isnull=False) & ~Q(answer=""),
                name="review_returned_because",
            ),
        ]
        indexes = [
            models.Index(
                fields=["to_organisation", "state"],
                condition=Q(state__in=["voorgesteld", "teruggevraagd", "aanvaard"]),
                name="review_waiting",
            )
        ]

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class ReviewMessage(models.Model):
    """What was asked back, what was answered, and how it ended. Never edited."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="messages")
    state = models.CharField(max_length=14, choices=Review.State.choices)
    text = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]


class Regie(models.Model):
    """Who leads the work on a dossier, since when. Nobody here: the gemeente that owns it. It says who makes sure that
    things happen and gives no rights."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="regies")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    because = models.CharField("waarom", max_length=300)
    since = models.DateField("sinds")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="regie_once")]


class LookAgain(models.Model):
    """Seen, nothing to do now, look again on a day. Until then a dossier without contact is not called silent; its
    clock and its flags show as ever. It comes back by itself."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="looks_again")
    until = models.DateField("opnieuw kijken op")
    because = models.CharField("waarom is er nu niets te doen", max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["case", "until"], name="look_again_case")]


KEPT = {
    "Review": Kept(
        "voorgestelde opschaling, met wat is geprobeerd en het antwoord", WITH_THE_CASE, True, ABOUT_THE_CHILD
    ),
    "ReviewMessage": Kept("vraag en antwoord bij een opschaling", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "Regie": Kept("wie de regie voert", WITH_THE_CASE, True, "wie het dossier leidde"),
    "LookAgain": Kept("gezien, opnieuw kijken op een dag", WITH_THE_CASE, True, ABOUT_THE_CHILD),
}
