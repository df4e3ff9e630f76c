"""Rows of a dossier: the dossier itself, its moves, who handled it, and what must happen next."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from simple_history.models import HistoricalRecords

from cases.dossier.queries import CaseQuerySet
from cases.dossier.results import RESULTS, Result
from cases.dossier.states import OPEN, STATES, State, StateInfo
from cases.owners.queries import codes_to_divide
from leerplicht.models import Municipality, Pupil
from leerplicht.models.origin import LONGEST_SYSTEM, FromElsewhere
from thuiszitters.core.kept import ABOUT_THE_CHILD, KWALIFICATIEPLICHT, SUPERVISION, WITH_THE_CASE, Kept
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User

STATE_CHOICES = [(s.value, STATES[s].word) for s in State]


class Case(models.Model):
    """Dossier: what people do about one child. A pupil has at most one open dossier."""

    number = models.CharField("dossiernummer", max_length=20, unique=True)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="cases")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="cases", verbose_name="gemeente")
    state = models.CharField("stand", max_length=12, choices=STATE_CHOICES, default=State.NIEUW.value)
    handler = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="behandelaar"
    )
    opened_on = models.DateField("geopend op")
    opened_because = models.CharField("aanleiding", max_length=200)
    closed_on = models.DateField("afgesloten op", null=True)
    result = models.CharField(
        "uitkomst", max_length=30, blank=True, choices=[(r.code, r.label) for r in RESULTS.values()]
    )
    # Caches for sorting lists; the clock recomputes them from the home period after every change of facts.
    home_since = models.DateField("thuis sinds", null=True)
    clock_start = models.DateField("klok loopt sinds", null=True)
    last_contact_on = models.DateField("laatste contact", null=True)
    # Of a dossier that came from another system: which, when it came, and its number there (docs/adr/0030).
    taken_over_from = models.CharField("overgenomen uit", max_length=LONGEST_SYSTEM, blank=True, editable=False)
    taken_over_on = models.DateField("overgenomen op", null=True, editable=False)
    old_number = models.CharField("nummer in het vorige systeem", max_length=60, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    objects = CaseQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["home_since", "clock_start", "last_contact_on"])

    class Meta:
        verbose_name = "dossier"
        verbose_name_plural = "dossiers"
        constraints = [
            models.UniqueConstraint(fields=["pupil"], condition=Q(state__in=list(OPEN)), name="case_open_once"),
            models.CheckConstraint(
                condition=Q(state="afgesloten", closed_on__isnull=False) & ~Q(result="")
                | ~Q(state="afgesloten") & Q(closed_on=None, result=""),
                name="case_closed_with_result",
            ),
            models.CheckConstraint(
                condition=Q(taken_over_on=None) | ~Q(taken_over_from=""), name="case_taken_over_from_somewhere"
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "clock_start"], condition=Q(state__in=list(OPEN)), name="case_worklist"
            ),
            models.Index(fields=["handler", "clock_start"], condition=Q(state__in=list(OPEN)), name="case_mine"),
        ]

    def __str__(self):
        return self.number

    def municipality_on(self, day: date) -> str:
        """The code of the gemeente to which the dossier belonged on a day. Fetch `formerly` first for many dossiers."""
        before = sorted((row.until, row.municipality_id) for row in self.formerly.all() if day <= row.until)
        return before[0][1] if before else self.municipality_id

    @property
    def info(self) -> StateInfo:
        return STATES[State(self.state)]

    @property
    def outcome(self) -> Result | None:
        return RESULTS.get(self.result)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class FormerMunicipality(models.Model):
    """To which gemeente a dossier belonged until a herindeling. What was agreed for that gemeente holds on for what
    began then: no term starts anew."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="formerly")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="gemeente")
    until = models.DateField("tot en met")

    class Meta:
        ordering = ["until", "pk"]


class StatusChange(models.Model):
    """One move of a dossier. Never edited."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="status_changes")
    source = models.CharField(max_length=12, choices=STATE_CHOICES, blank=True)
    target = models.CharField(max_length=12, choices=STATE_CHOICES)
    because = models.CharField("reden", max_length=500, blank=True)
    result = models.CharField(max_length=30, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]

    @property
    def result_label(self) -> str:
        return RESULTS[self.result].label if self.result else ""


class Assignment(models.Model):
    """Who got the dossier, from whom, and whether the new handler has seen it ("new to me"). `before`: who had it;
    `tasks`: ids of the open steps that went along; `division`: the act on many that it was part of."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments")
    handler = models.ForeignKey(User, models.PROTECT, null=True, related_name="assignments")
    before = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    because = models.CharField("reden", max_length=300, blank=True)
    tasks = models.JSONField(default=list)
    division = models.ForeignKey("cases.Division", models.PROTECT, null=True, related_name="assignments")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["handler", "case"], condition=Q(seen_at=None), name="assignment_unseen")]


class DivisionQuerySet(models.QuerySet["Division"]):
    def visible_to(self, user: User) -> Self:
        """Own ones, and those of which the user divides the work of every gemeente."""
        codes = codes_to_divide(user)
        there = Assignment.objects.filter(division=OuterRef("pk"))
        rows = self.filter(~Exists(there.exclude(case__municipality__in=codes)))
        return rows.filter(Q(by=user) | Exists(there)) if codes else self.none()


class Division(models.Model):
    """Many dossiers given to one or more colleagues in one act, to be undone as one. `steps`: open steps in dossiers of
    others that went along, as [step, who had it, who got it] (ids)."""

    steps = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)
    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = "verdeling"
        verbose_name_plural = "verdelingen"
        ordering = ["-at", "-pk"]


class Task(FromElsewhere):
    """What must happen next, by whom, before when."""

    class Kind(models.TextChoices):
        """Why a step is there, where something else asks that; a text never says it."""

        ORDINARY = "", "gewone stap"
        TELLING = "vertellen", "een besluit vertellen"
        CONDITION = "voorwaarde", "voorwaarde van een besluit"
        SPEAKING = "spreken", "ouders en kind spreken"
        SEARCHING = "zoeken", "opnieuw een plek zoeken"
        TAKEN_OVER = "overname", "een overgenomen dossier nakijken"
        AFTERCARE = "nazorg", "een kind dat terug is volgen"
        TALK = "gesprek", "een gepland gesprek"
        GOAL = "doel", "kijken hoe het met een doel gaat"
        READING = "lezen", "lezen wat ouders of kind schreven"

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    title = models.CharField("wat moet er gebeuren", max_length=200)
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="wie")
    owner_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="of welke organisatie"
    )
    due_on = models.DateField("uiterlijk op")
    meeting = models.ForeignKey(
        "cases.Meeting", models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="afgesproken in"
    )
    stop = models.ForeignKey(
        "cases.Stop", models.PROTECT, null=True, editable=False, related_name="tasks", verbose_name="afgesproken op"
    )
    done_on = models.DateField("gedaan op", null=True)
    outcome = models.CharField("uitkomst", max_length=500, blank=True)
    # Who did it, for which organisation: not always who it was for. None: by itself, or before this was kept.
    done_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="gedaan door"
    )
    done_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="gedaan namens"
    )
    # What an offer, review, decision or claim asks of somebody ("is it begun?"); done by itself when that moves on.
    offer = models.ForeignKey("cases.Offer", models.PROTECT, null=True, editable=False, related_name="tasks")
    review = models.ForeignKey("cases.Review", models.PROTECT, null=True, editable=False, related_name="tasks")
    claim = models.ForeignKey("cases.ExemptionClaim", models.PROTECT, null=True, editable=False, related_name="tasks")
    decision = models.ForeignKey("cases.Decision", models.PROTECT, null=True, editable=False, related_name="tasks")
    kind = models.CharField(max_length=10, choices=Kind.choices, blank=True, editable=False, default=Kind.ORDINARY)
    condition = models.ForeignKey(
        "cases.DecisionCondition", models.PROTECT, null=True, editable=False, related_name="tasks"
    )
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "volgende stap"
        verbose_name_plural = "volgende stappen"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["case", "due_on"], condition=Q(done_on=None), name="task_open")]

    @property
    def has_owner(self) -> bool:
        return bool(self.owner_id or self.owner_organisation_id)

    @property
    def owner_name(self) -> str:
        if self.owner:
            return self.owner.short_name
        return self.owner_organisation.name if self.owner_organisation else self.written_by or "nog niemand"


KEPT = {
    "Case": Kept("dossier", SUPERVISION, True, ABOUT_THE_CHILD, also=KWALIFICATIEPLICHT),
    "FormerMunicipality": Kept("eerdere gemeente van het dossier", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "StatusChange": Kept("stand van het dossier, met reden", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "Assignment": Kept("behandelaar van het dossier", WITH_THE_CASE, True, "wie het dossier behandelde"),
    "Division": Kept("dossiers die samen zijn verdeeld", WITH_THE_CASE, True, "wie het dossier behandelde"),
    "Task": Kept("volgende stap", WITH_THE_CASE, True, ABOUT_THE_CHILD),
}
