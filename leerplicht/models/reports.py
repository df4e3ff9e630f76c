from datetime import date

from django.db import models
from django.db.models import F, Q

from leerplicht.names.persons import Person
from leerplicht.names.prefixes import WIDEST, join_name, spoken_name
from leerplicht.querysets import AbsenceReportQuerySet
from thuiszitters.core.kept import WITH_THE_PUPIL, Kept
from thuiszitters.core.sealed.fields import SealedTextField

from .pupils import BIRTH_KNOWN, Pupil
from .schools import Municipality, School

OWN_NUMBER = "EIGEN-"  # begins the number of a report that was typed here: DUO knows nothing of it


class AbsenceReport(models.Model):
    """A verzuimmelding. Never edited: a newer version (later `changed_at`) supersedes it and both stay."""

    class Kind(models.TextChoices):
        V1 = "V1", "3 schooldagen (vervallen)"
        V2 = "V2", "1/8 in 4 weken (vervallen)"
        V3 = "V3", "16 uur in 4 lesweken"
        V4 = "V4", "16 uur in 4 lesweken, 18 jaar en ouder"
        RMC = "RMC", "verzuim 18 jaar en ouder"
        LUXE = "L", "luxeverzuim"
        LRV = "LRV", "langdurig relatief verzuim"
        OVERIG = "O", "overig verzuim"

    class Status(models.TextChoices):
        GEREGISTREERD = "R", "geregistreerd"
        IN_BEHANDELING = "B", "in behandeling"
        AFGESLOTEN = "G", "afgesloten"
        TER_KENNISGEVING = "K", "ter kennisgeving aangenomen"
        INGETROKKEN = "I", "ingetrokken"
        OVERGEDRAGEN = "D", "overgedragen (vervallen)"

    number = models.CharField("meldingsnummer", max_length=40)
    changed_at = models.DateTimeField("laatste wijziging bij de bron")
    superseded_at = models.DateTimeField("vervangen op", null=True)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="reports")
    school = models.ForeignKey(School, models.PROTECT, related_name="reports", verbose_name="school")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="gemeente")
    first_day = models.DateField("begindatum")
    last_day = models.DateField("einddatum", null=True, blank=True)
    kind = models.CharField("verzuimsoort", max_length=3, choices=Kind.choices)
    all_lessons = models.BooleanField("alle lessen gemist")
    hours = models.JSONField("verzuimuren", default=dict)
    reason = models.CharField("vermoedelijke reden", max_length=200, blank=True)
    school_action = models.CharField("actie van de school", max_length=500, blank=True)
    action_wanted = models.BooleanField("actie van de gemeente gewenst", default=True)
    explanation = models.CharField("toelichting", max_length=500, blank=True)
    reporter_name = models.CharField("melder", max_length=100, blank=True)
    reporter_function = models.CharField("functie", max_length=60, blank=True)
    reporter_phone = models.CharField("telefoon", max_length=20, blank=True)
    reporter_email = models.CharField("e-mail", max_length=100, blank=True)
    status = models.CharField("status", max_length=1, choices=Status.choices, default=Status.GEREGISTREERD)
    # The child as it was sent: the reporter sees this, and never what stands on record (docs/adr/0029).
    sent_first_names = models.CharField("voornamen zoals gemeld", max_length=200, blank=True)
    sent_prefix = models.CharField("voorvoegsel zoals gemeld", max_length=WIDEST, blank=True)
    sent_last_name = models.CharField("achternaam zoals gemeld", max_length=200, blank=True)
    sent_born = models.DateField("geboortedatum zoals gemeld", null=True, blank=True)
    sent_born_known = models.CharField(max_length=5, choices=BIRTH_KNOWN, default="dag")
    sent_hash = models.CharField("zoeksleutel van het gemelde nummer", max_length=64, blank=True, editable=False)
    # Only of a report that was typed here: who typed it can change it, whoever the child turns out to be (ADR 0045).
    sent_sealed = SealedTextField("het gemelde nummer, versleuteld", blank=True)
    content_hash = models.CharField(max_length=64, editable=False)
    received_at = models.DateTimeField(auto_now_add=True)
    received_from = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    objects = AbsenceReportQuerySet.as_manager()

    class Meta:
        verbose_name = "verzuimmelding"
        verbose_name_plural = "verzuimmeldingen"
        constraints = [
            # Numbers are compared within a gemeente and a child: what another gemeente has shows nowhere.
            models.UniqueConstraint(
                fields=["number", "municipality"], condition=Q(superseded_at=None), name="report_current_once"
            ),
            models.UniqueConstraint(fields=["number", "changed_at", "pupil"], name="report_version_once"),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")), name="report_last_after_first"
            ),
        ]
        indexes = [models.Index(fields=["pupil", "first_day"], name="report_pupil")]

    @property
    def told_by_duo(self) -> bool:
        """Whether DUO said how it stands with this report; of one that was typed here it never does."""
        return not self.number.startswith(OWN_NUMBER)

    def __str__(self):
        return f"melding {self.number}"

    @property
    def sent_name(self) -> str:
        """As it was sent. Of reports from before this was kept it is not known."""
        if not self.sent_born:
            return "naam niet bewaard"
        return spoken_name(self.sent_first_names, self.sent_prefix, self.sent_last_name)

    @property
    def sent(self) -> Person | None:
        """Name and birth date as they were sent; None when that was not kept."""
        if not self.sent_born:
            return None
        return Person(
            self.sent_first_names,
            join_name(self.sent_prefix, self.sent_last_name),
            self.sent_born,
            self.sent_born_known,
        )

    @property
    def hours_by_day(self) -> list[tuple[date, str]]:
        return [(date.fromisoformat(day), number) for day, number in sorted(self.hours.items())]

    @property
    def sent_key(self) -> str:
        """Which child was sent, to compare rows by: its number; of a child without one its name and birth date."""
        if self.sent_hash:
            return self.sent_hash
        return self.sent.key if self.sent else self.pupil.pgn_hash

    @property
    def is_withdrawn(self) -> bool:
        return self.status == self.Status.INGETROKKEN

    @property
    def tells_return(self) -> bool:
        """Whether an end date says that the child was back. The end date of a 16-hours report is the day on which
        the limit was reached, so it tells nothing about a return (docs/adr/0005)."""
        return self.kind in (self.Kind.LRV, self.Kind.LUXE, self.Kind.OVERIG)


KEPT = {
    "AbsenceReport": Kept(
        "verzuimmelding, met het kind zoals het is gemeld en de naam van de melder",
        WITH_THE_PUPIL,
        True,
        "gaat over het kind; bij een kind van 16 of ouder niet de reden aan de ouders (domein 8.5)",
    )
}
