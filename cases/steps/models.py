"""What a region agreed about steps, and the steps of one dossier."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from cases.acting.facts import CHOICES, Fact
from cases.agreements.kinds import KINDS
from cases.agreements.models import RegionQuerySet
from cases.dossier.models import Case
from cases.steps.ladder import Count, Rung, Span, StepOwner
from thuiszitters.core.kept import ABOUT_THE_CHILD, WITH_THE_CASE, Kept
from thuiszitters.core.people.organisations import Organisation, Period, ends_after_start
from thuiszitters.core.people.users import User

COUNTS = [(c.value, c.value) for c in Count]
OWNERS = [(o.value, o.value) for o in StepOwner]


class Ladder(Period):
    """Stappenplan of a region, in a version with dates. What holds on the first day at home is what counts. A draft
    counts for nobody yet. `version` goes up with every change of the draft, so that no two people change it at once."""

    region = models.ForeignKey(Organisation, models.PROTECT, related_name="ladders", verbose_name="regio")
    kind = models.CharField("voor welke dossiers", max_length=12, choices=KINDS, blank=True, default="")
    source = models.CharField("waar staat dit", max_length=200)
    draft = models.BooleanField("concept", default=False)
    version = models.PositiveIntegerField(default=1)
    objects = RegionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "stappenplan"
        verbose_name_plural = "stappenplannen"
        ordering = ["valid_from"]
        constraints = [
            ends_after_start("ladder_ends_after_start"),
            models.UniqueConstraint(fields=["region", "kind", "valid_from"], name="ladder_version_once"),
        ]


class LadderRung(models.Model):
    """A step of a stappenplan, as spoken ("na 2 weken", "binnen 10 schooldagen")."""

    ladder = models.ForeignKey(Ladder, models.CASCADE, related_name="rungs")
    position = models.PositiveSmallIntegerField("stap")
    name = models.CharField("naam", max_length=80)
    trigger = models.CharField("aanleiding", max_length=200)
    owner = models.CharField("wie is aan zet", max_length=40, choices=OWNERS)
    after_amount = models.PositiveSmallIntegerField("begint na")
    after_count = models.CharField("in", max_length=12, choices=COUNTS)
    term_amount = models.PositiveSmallIntegerField("mag duren", null=True, blank=True)
    term_count = models.CharField("in", max_length=12, choices=COUNTS, blank=True)
    actions = models.CharField("wat moet er gebeuren", max_length=300)
    closed_by = models.CharField("wat sluit deze stap vanzelf", max_length=12, choices=CHOICES, blank=True)
    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["ladder", "position"], name="rung_once"),
            models.CheckConstraint(
                condition=Q(term_amount=None, term_count="") | Q(term_amount__gte=1) & ~Q(term_count=""),
                name="rung_term_whole",
            ),
        ]

    def as_rung(self) -> Rung:
        term = Span(self.term_amount, Count(self.term_count)) if self.term_amount else None
        fact = Fact(self.closed_by) if self.closed_by else None
        after = Span(self.after_amount, Count(self.after_count))
        return Rung(self.position, self.name, self.trigger, StepOwner(self.owner), after, term, self.actions, fact)


class EscalationStep(models.Model):
    """Opschalingsstap: a step of one dossier during one period at home. Its dates follow from the first day at home and
    are recomputed until it is done; its outcome is written once. `ladder` None: the national default. `kind`: that of
    the ladder; a dossier that changes kind keeps what was done."""

    class Result(models.TextChoices):
        DONE = "gedaan", "gedaan"
        SKIPPED = "overgeslagen", "overgeslagen"

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    ladder = models.ForeignKey(Ladder, models.PROTECT, null=True, related_name="+")
    kind = models.CharField("stappenplan voor", max_length=12, choices=KINDS, blank=True, default="")
    start = models.DateField("telt vanaf")
    position = models.PositiveSmallIntegerField("stap")
    name = models.CharField("naam", max_length=80)
    owner = models.CharField("wie is aan zet", max_length=40, choices=OWNERS)
    actions = models.CharField("wat moet er gebeuren", max_length=300)
    closed_by = models.CharField("wat sluit deze stap vanzelf", max_length=12, choices=CHOICES, blank=True)
    planned_on = models.DateField("begint op")
    due_on = models.DateField("uiterlijk op", null=True)
    stopped_on = models.DateField("gestopt op", null=True)
    result = models.CharField("uitkomst", max_length=12, choices=Result.choices, blank=True)
    done_on = models.DateField("gedaan op", null=True)
    outcome = models.TextField("wat kwam eruit", blank=True)
    # The fact that answered it, where nobody closed it by hand.
    fact = models.CharField("door welk feit", max_length=12, choices=CHOICES, blank=True)
    late_because = models.CharField("waarom later dan afgesproken", max_length=300, blank=True)
    missing = models.JSONField("wie niet is gehoord, en waarom", default=list)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    done_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "opschalingsstap"
        verbose_name_plural = "opschalingsstappen"
        ordering = ["start", "position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "start", "kind", "position"], name="step_once"),
            models.CheckConstraint(
                condition=Q(result="", done_on=None, done_by=None, outcome="", fact="")
                | ~Q(result="") & Q(done_on__isnull=False) & ~Q(outcome="") & (Q(done_by__isnull=False) | ~Q(fact="")),
                name="step_done_with_outcome",
            ),
            models.CheckConstraint(condition=Q(due_on=None) | Q(due_on__gte=F("planned_on")), name="step_due_after"),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(result="", stopped_on=None), name="step_due")]

    @property
    def is_done(self) -> bool:
        return bool(self.result)


class Pause(models.Model):
    """The steps of a dossier are held up for a while, for a reason. It ends by itself; the child's own clock never
    pauses."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="pauses")
    since = models.DateField("vanaf")
    until = models.DateField("tot en met")
    because = models.CharField("waarom", max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "pauze"
        verbose_name_plural = "pauzes"
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")),
                name="pause_until_after_since",
                violation_error_message="De einddatum ligt voor de begindatum.",
            )
        ]

    def covers(self, day) -> bool:
        return self.since <= day <= self.until


KEPT = {
    "EscalationStep": Kept(
        "stap van het stappenplan, met uitkomst en wie niet is gehoord", WITH_THE_CASE, True, ABOUT_THE_CHILD
    ),
    "Pause": Kept("pauze van het stappenplan, met reden", WITH_THE_CASE, True, ABOUT_THE_CHILD),
}
NOBODY = {"Ladder": "stappenplan van een regio", "LadderRung": "stap uit het stappenplan van een regio"}
