"""The plan of action of a dossier: goals, and what parents and child say to them."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases.dossier.models import Case, Task
from leerplicht.models import Guardian
from thuiszitters.core.kept import ABOUT_THE_CHILD, WITH_THE_CASE, Kept
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User


class Goal(models.Model):
    """Doel: what should be so, who works on it and when people look again. All who see the course of events see it.
    `task`: the step on which that day stands; looking ends it, and asks for the next one while the goal goes on."""

    class State(models.TextChoices):
        RUNNING = "loopt", "loopt"
        REACHED = "gehaald", "gehaald"
        NOT_REACHED = "niet gehaald", "niet gehaald"
        DROPPED = "vervallen", "vervallen"

    case = models.ForeignKey(Case, models.PROTECT, related_name="goals")
    text = models.CharField("wat willen wij bereiken", max_length=300)
    who = models.CharField("wie werkt daaraan", max_length=150)
    review_on = models.DateField("wanneer kijkt u hoe het gaat")
    state = models.CharField("stand", max_length=12, choices=State.choices, default=State.RUNNING, editable=False)
    ended_on = models.DateField("geëindigd op", null=True, editable=False)
    because = models.CharField("hoe het ging", max_length=500, blank=True, editable=False)
    task = models.ForeignKey(Task, models.PROTECT, null=True, editable=False, related_name="goals")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "doel"
        verbose_name_plural = "doelen"
        ordering = ["review_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="loopt", ended_on=None) | ~Q(state="loopt") & Q(ended_on__isnull=False),
                name="goal_ended_when",
            )
        ]

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING


class Opinion(models.Model):
    """What a parent or the child (`guardian` None) thinks of a goal, of an overleg, or of the whole plan (neither), in
    own words. The last one of each counts; earlier ones stay. `by` None: written by that person, who looks along."""

    class Says(models.TextChoices):
        AGREES = "eens", "eens"
        PARTLY = "deels", "deels eens"
        DISAGREES = "oneens", "niet eens"

    case = models.ForeignKey(Case, models.PROTECT, related_name="opinions")
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, related_name="opinions")
    meeting = models.ForeignKey("cases.Meeting", models.PROTECT, null=True, editable=False, related_name="opinions")
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, related_name="opinions")
    says = models.CharField("wat vindt deze persoon", max_length=6, choices=Says.choices, blank=True)
    why = models.CharField("waarom, in eigen woorden", max_length=500, blank=True)
    on = models.DateField("gezegd op")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "mening over het plan"
        verbose_name_plural = "meningen over het plan"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(says="") | Q(meeting__isnull=False) & ~Q(why=""), name="opinion_says_something"
            ),
            models.CheckConstraint(condition=Q(goal=None) | Q(meeting=None), name="opinion_of_one_thing"),
        ]

    @property
    def who(self) -> str:
        return f"{self.guardian.name} ({self.guardian.relation})" if self.guardian else "het kind"

    @property
    def of_plan(self) -> bool:
        """Whether this is about the whole plan."""
        return self.goal_id is None and self.meeting_id is None


KEPT = {
    "Goal": Kept("doel van het plan, met wie eraan werkt", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "Opinion": Kept("wat ouders en kind van een doel of het plan vinden", WITH_THE_CASE, True, ABOUT_THE_CHILD),
}
