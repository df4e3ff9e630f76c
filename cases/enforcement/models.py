"""Handhaving: what a boa did, in a compartment of its own (Wet politiegegevens, domain 8.1 and 8.2)."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases.dossier.models import Case
from thuiszitters.core.kept import POLICE, Kept
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User


class EnforcementStep(models.Model):
    """A step of enforcement: one of the four MAS routes, a warning, or the notice to the SVB. Only the boa of the
    gemeente reads it; others learn at most whether something runs."""

    class Kind(models.TextChoices):
        HELP = "hulp", "MAS-route 1: vrijwillige hulp"
        HALT = "halt", "MAS-route 2: Halt"
        CIVIL = "civiel", "MAS-route 3: hulp in verplicht kader"
        PV = "pv", "MAS-route 4: proces-verbaal"
        WARNING = "waarschuwing", "schriftelijke waarschuwing"
        SVB = "svb", "melding aan de SVB (kinderbijslag)"

    class About(models.TextChoices):
        PARENTS = "ouders", "de ouders"
        YOUTH = "jongere", "de jongere"

    case = models.ForeignKey(Case, models.PROTECT, related_name="enforcement")
    kind = models.CharField("wat", max_length=14, choices=Kind.choices)
    on = models.DateField("op welke dag")
    because = models.CharField("waarom", max_length=500)
    days_from = models.DateField("over welke dagen: van", null=True, blank=True)
    days_until = models.DateField("tot en met", null=True, blank=True)
    heard_on = models.DateField("gehoord op", null=True, blank=True)
    about = models.CharField("over wie", max_length=8, choices=About.choices, blank=True)
    convicted_before = models.BooleanField("ouders zijn hiervoor eerder veroordeeld", default=False)
    copy_sent_on = models.DateField("afschrift naar de Raad voor de Kinderbescherming op", null=True, blank=True)
    hours = models.PositiveSmallIntegerField("uren verzuim", null=True, blank=True)
    late = models.PositiveSmallIntegerField("aantal keren te laat", null=True, blank=True)
    youth_agrees = models.BooleanField("de jongere stemt in", default=False)
    parents_agree = models.BooleanField("de ouders stemmen in", default=False)
    own_choice = models.BooleanField("het verzuim was de eigen keuze van de jongere", default=False)
    untreated = models.BooleanField("er zijn ernstige problemen zonder passende hulp", default=False)
    earlier = models.BooleanField("de jongere was eerder bij Halt voor verzuim", default=False)
    with_om = models.BooleanField("samen met de officier van justitie besloten", default=False)
    ended_on = models.DateField("afgerond op", null=True)
    positive = models.BooleanField("positief afgerond", null=True)
    outcome = models.CharField("hoe liep het af", max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "handhavingsstap"
        verbose_name_plural = "handhavingsstappen"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | ~Q(outcome="") & Q(ended_on__gte=models.F("on")),
                name="enforcement_ended_how",
            ),
            models.CheckConstraint(condition=~Q(kind="pv") | ~Q(about=""), name="enforcement_pv_about_somebody"),
            models.CheckConstraint(
                condition=Q(days_from=None, days_until=None) | Q(days_until__gte=models.F("days_from")),
                name="enforcement_days_in_order",
            ),
        ]
        indexes = [models.Index(fields=["case"], condition=Q(ended_on=None), name="enforcement_runs")]

    @property
    def needs_copy(self) -> bool:
        """Art. 22 lid 5: the Raad voor de Kinderbescherming gets a copy when parents were convicted before."""
        return self.kind == self.Kind.PV and self.convicted_before and self.copy_sent_on is None


KEPT = {
    "EnforcementStep": Kept(
        "handhaving: Halt, proces-verbaal, melding aan de SVB",
        POLICE,
        False,
        "een verzoek om inzage gaat volgens de Wet politiegegevens (art. 25), niet met de rest mee",
    )
}
