"""Facts about a child from which the home periods are derived. Each has a first day and, once known, a last day."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from leerplicht.law.absence import HOURS_WITH_THE_HEAD
from leerplicht.law.exemptions import LABELS, Article
from leerplicht.querysets import EnrolmentQuerySet
from thuiszitters.core.kept import ABOUT_THE_CHILD, WITH_THE_PUPIL, Kept

from .pupils import Pupil
from .schools import School


class Fact(models.Model):
    first_day = models.DateField("eerste dag")
    last_day = models.DateField("laatste dag", null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        abstract = True

    def covers(self, day) -> bool:
        """Whether it holds on that day; an unknown first day lies before all others."""
        return (self.first_day is None or self.first_day <= day) and (self.last_day is None or day <= self.last_day)


def last_day_after_first(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(last_day=None) | Q(first_day=None) | Q(last_day__gte=F("first_day")),
        name=name,
        violation_error_message="De laatste dag ligt voor de eerste dag.",
    )


class Enrolment(Fact):
    """Enrolled at a school. An unknown first day is left empty: what came in by a report says no more."""

    class Level(models.TextChoices):
        PO = "po", "basisonderwijs"
        SBO = "sbo", "speciaal basisonderwijs"
        SO = "so", "speciaal onderwijs"
        VSO_VERVOLG = "vso-vervolg", "vso, vervolgonderwijs"
        VSO_ARBEID = "vso-arbeid", "vso, arbeidsmarkt"
        VSO_DAG = "vso-dag", "vso, dagbesteding"
        PRO = "pro", "praktijkonderwijs"
        ISK = "isk", "internationale schakelklas"
        VMBO_BB = "vmbo-bb", "vmbo basis"
        VMBO_KB = "vmbo-kb", "vmbo kader"
        VMBO_GT = "vmbo-gt", "vmbo gemengd of theoretisch"
        HAVO = "havo", "havo"
        VWO = "vwo", "vwo"
        MBO_1 = "mbo-1", "mbo niveau 1 (entree)"
        MBO_2 = "mbo-2", "mbo niveau 2"
        MBO_3 = "mbo-3", "mbo niveau 3"
        MBO_4 = "mbo-4", "mbo niveau 4"

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="enrolments")
    school = models.ForeignKey(School, models.PROTECT, related_name="enrolments", verbose_name="school")
    first_day = models.DateField("ingeschreven sinds", null=True, blank=True)
    last_day = models.DateField("ingeschreven tot en met", null=True, blank=True)
    group = models.CharField("klas of groep", max_length=20, blank=True)
    year = models.PositiveSmallIntegerField("leerjaar", null=True, blank=True)
    level = models.CharField("niveau", max_length=16, choices=Level.choices, blank=True)
    objects = EnrolmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "inschrijving"
        verbose_name_plural = "inschrijvingen"
        ordering = [F("first_day").asc(nulls_first=True), "pk"]
        constraints = [
            last_day_after_first("enrolment_last_after_first"),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__gte=1, year__lte=8),
                name="enrolment_year",
                violation_error_message="Een leerjaar is een getal van 1 tot en met 8.",
            ),
        ]

    @property
    def place(self) -> str:
        """In which class, year and level, as far as it is known: "klas 2B, leerjaar 2, havo"."""
        said = [f"klas {self.group}" if self.group else "", f"leerjaar {self.year}" if self.year else ""]
        return ", ".join(filter(None, [*said, self.get_level_display() if self.level else ""]))


class NotEnrolled(Fact):
    """Nowhere enrolled, as somebody found out; for a child without an enrolment that ended here."""

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="not_enrolled")
    first_day = models.DateField("niet ingeschreven sinds")
    how_known = models.CharField("hoe is dit bekend?", max_length=200)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "nergens ingeschreven"
        verbose_name_plural = "nergens ingeschreven"
        ordering = ["first_day"]
        constraints = [last_day_after_first("not_enrolled_last_after_first")]


class Exemption(Fact):
    """A running exemption (vrijstelling). Art. 5 arises by law through a valid kennisgeving: never "granted"."""

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="exemptions")
    article = models.CharField("artikel", max_length=20, choices=[(a.value, LABELS[a]) for a in Article])
    letter = models.CharField("letter van art. 11", max_length=1, blank=True)
    hours_a_week = models.PositiveSmallIntegerField("uren per week (art. 11a)", null=True, blank=True)
    received_on = models.DateField("kennisgeving of aanvraag ontvangen op", null=True, blank=True)
    # Of the statement only that it is there: who gave it and when. What it says stays with the expert (domain 8.2).
    expert = models.CharField("deskundige die de verklaring gaf", max_length=100, blank=True)
    statement_on = models.DateField("datum van de verklaring", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "vrijstelling"
        verbose_name_plural = "vrijstellingen"
        ordering = ["first_day"]
        constraints = [
            last_day_after_first("exemption_last_after_first"),
            models.CheckConstraint(
                condition=Q(article=Article.ART_11A.value, hours_a_week__range=(1, HOURS_WITH_THE_HEAD))
                | ~Q(article=Article.ART_11A.value) & Q(hours_a_week=None),
                name="exemption_hours_of_11a",
            ),
        ]

    def releases(self, day) -> bool:
        """Whether the child need not be at school on that day; hours of art. 11a do not do that."""
        return self.article != Article.ART_11A and self.covers(day)

    @property
    def told(self) -> str:
        """Article and what goes with it: "art. 11 onder d", "art. 11a (uren onder zes jaar): 5 uur per week"."""
        if self.hours_a_week:
            return f"{self.get_article_display()}: {self.hours_a_week} uur per week"
        return f"{self.get_article_display()} onder {self.letter}" if self.letter else self.get_article_display()


class PermittedAbsence(Fact):
    """Absence that the leerplichtambtenaar judged permitted (geoorloofd): time at home, but no verzuim."""

    class Reason(models.TextChoices):
        ZIEKTE = "ziekte", "ziekte (art. 11 onder d)"
        SCHORSING = "schorsing", "schorsing (art. 11 onder c)"
        VERLOF = "verlof", "verleend verlof (art. 11 onder f of g)"
        ANDERS = "anders", "andere geldige reden (art. 11)"

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="permitted")
    reason = models.CharField("reden", max_length=10, choices=Reason.choices)
    explanation = models.CharField("toelichting", max_length=300)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "geoorloofde afwezigheid"
        verbose_name_plural = "geoorloofde afwezigheid"
        ordering = ["first_day"]
        constraints = [last_day_after_first("permitted_last_after_first")]


class SchoolReturn(Fact):
    """Back at school, as seen by somebody. A trial day (wenmoment) does not end a home period. `last_day`: the last day
    it was there; it is at home again from the day after."""

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="returns")
    first_day = models.DateField("eerste dag weer op school")
    trial = models.BooleanField("alleen wennen (proefdag)", default=False)
    source = models.CharField("hoe is dit bekend?", max_length=200)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "terugkeer op school"
        verbose_name_plural = "terugkeer op school"
        ordering = ["first_day"]
        constraints = [last_day_after_first("return_last_after_first")]


KEPT = {
    "Enrolment": Kept("inschrijving op een school", WITH_THE_PUPIL, True, ABOUT_THE_CHILD),
    "NotEnrolled": Kept("nergens ingeschreven", WITH_THE_PUPIL, True, ABOUT_THE_CHILD),
    "Exemption": Kept("vrijstelling", WITH_THE_PUPIL, True, ABOUT_THE_CHILD),
    "PermittedAbsence": Kept("geoorloofde afwezigheid", WITH_THE_PUPIL, True, ABOUT_THE_CHILD),
    "SchoolReturn": Kept("terugkeer op school", WITH_THE_PUPIL, True, ABOUT_THE_CHILD),
}
