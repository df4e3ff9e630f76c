from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from leerplicht.law.identifiers import parse_samenwerkingsverband
from thuiszitters.core.kept import EMPLOYMENT, OTHERS, Kept
from thuiszitters.core.words import folded, long_date


class MunicipalityQuerySet(models.QuerySet):
    def standing(self):
        """Gemeenten that exist today."""
        return self.filter(Q(last_day=None) | Q(last_day__gte=timezone.localdate()))


class Municipality(models.Model):
    """A gemeente, by its code of four digits; the name is only for reading. `first_day` and `last_day`: of the code,
    as far as known. `successor`: the gemeente of which it became a part as a whole; none where it was split."""

    code = models.CharField("gemeentecode", max_length=4, primary_key=True)
    name = models.CharField("naam", max_length=100)
    holiday_region = models.CharField("vakantieregio", max_length=6, blank=True)
    first_day = models.DateField("bestaat sinds", null=True, blank=True)
    last_day = models.DateField("bestond tot en met", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="opgegaan in"
    )
    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(successor=None) | Q(last_day__isnull=False), name="municipality_successor_after_its_end"
            ),
            models.CheckConstraint(condition=~Q(successor=F("code")), name="municipality_no_successor_of_itself"),
        ]

    def __str__(self):
        return self.name

    def ended_on(self, day) -> bool:
        """Whether the code no longer holds on this day."""
        return self.last_day is not None and self.last_day < day


class School(models.Model):
    """A location (vestiging) of a school. A closed school stays, with its history."""

    class Sector(models.TextChoices):
        """The kind of education. A location of special education can teach both ages (SO_VSO)."""

        PO = "po", "basisonderwijs"
        SBO = "sbo", "speciaal basisonderwijs"
        SO = "so", "speciaal onderwijs"
        SO_VSO = "sovso", "speciaal en voortgezet speciaal onderwijs"
        VSO = "vso", "voortgezet speciaal onderwijs"
        VO = "vo", "voortgezet onderwijs"
        MBO = "mbo", "middelbaar beroepsonderwijs"

    class HolidayRegion(models.TextChoices):
        NOORD = "noord", "Noord"
        MIDDEN = "midden", "Midden"
        ZUID = "zuid", "Zuid"

    code = models.CharField("BRIN en vestiging", max_length=6, unique=True)
    name = models.CharField("naam", max_length=200)
    sector = models.CharField("soort onderwijs", max_length=5, choices=Sector.choices)
    structure = models.CharField("onderwijsstructuur", max_length=100, blank=True)
    cluster = models.CharField("cluster van het speciaal onderwijs", max_length=10, blank=True)
    board = models.CharField("nummer bevoegd gezag", max_length=5, blank=True)
    verband_by_hand = models.CharField(
        "samenwerkingsverband, met de hand",
        max_length=8,
        blank=True,
        help_text="Alleen als het een ander is dan dat van de postcode, bijvoorbeeld VO2604.",
    )
    street = models.CharField("straat", max_length=100, blank=True)
    house_number = models.CharField("huisnummer", max_length=20, blank=True)
    postcode = models.CharField("postcode", max_length=7, blank=True)
    place = models.CharField("plaats", max_length=60, blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="schools", verbose_name="gemeente")
    denomination = models.CharField("denominatie", max_length=60, blank=True)
    phone = models.CharField("telefoon", max_length=20, blank=True)
    website = models.CharField("website", max_length=200, blank=True)
    rmc_region = models.CharField("RMC-regio", max_length=2, blank=True)
    holiday_region = models.CharField("vakantieregio", max_length=6, choices=HolidayRegion.choices)
    closed_on = models.DateField("gesloten sinds", null=True, blank=True)
    search = models.TextField(editable=False)
    history = HistoricalRecords(excluded_fields=["search"])

    class Meta:
        verbose_name = "school"
        verbose_name_plural = "scholen"
        ordering = ["name"]
        indexes = [models.Index(fields=["name"], name="school_name")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.fill_search()
        super().save(*args, **kwargs)

    def fill_search(self):
        """Recompute what the search reads: name, place and code; `bulk_create` callers do this themselves."""
        self.search = folded(f"{self.name} {self.place} {self.code}")

    @property
    def label(self) -> str:
        """As people choose it: name, place and code; closed is said."""
        closed = f", gesloten sinds {long_date(self.closed_on)}" if self.closed_on else ""
        return f"{', '.join(part for part in (self.name, self.place) if part)} ({self.code}){closed}"

    def clean(self):
        """A samenwerkingsverband by hand is a code of PO or VO. ValidationError: it is not."""
        if self.verband_by_hand:
            try:
                self.verband_by_hand = parse_samenwerkingsverband(self.verband_by_hand)
            except ValueError as problem:
                raise ValidationError({"verband_by_hand": str(problem)}) from problem


class SchoolBoard(models.Model):
    """A schoolbestuur (bevoegd gezag), by its number at DUO. A name comes from a file that has it, or from a person."""

    number = models.CharField("nummer", max_length=5, primary_key=True)
    name = models.CharField("naam", max_length=200)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "schoolbestuur"
        verbose_name_plural = "schoolbesturen"
        ordering = ["name"]

    def __str__(self):
        return self.name


class PostcodeArea(models.Model):
    """Four digits of a postcode, and the samenwerkingsverbanden in whose area they lie (empty: not known)."""

    digits = models.CharField("postcode (vier cijfers)", max_length=4, primary_key=True)
    verband_po = models.CharField("samenwerkingsverband PO", max_length=6, blank=True)
    verband_vo = models.CharField("samenwerkingsverband VO", max_length=6, blank=True)

    class Meta:
        verbose_name = "postcodegebied"
        verbose_name_plural = "postcodegebieden"
        ordering = ["digits"]

    def __str__(self):
        return self.digits


class SchoolFile(models.Model):
    """A file of schools that was offered: looked through first, read in when a person agrees, or by command. The
    content is wiped then; what stays tells of which day the register is. Nothing in it is about a child."""

    class State(models.TextChoices):
        PREVIEW = "voorbeeld", "wacht op uw akkoord"
        DONE = "klaar", "ingelezen"
        DROPPED = "vervallen", "niet ingelezen"

    name = models.CharField("bestand", max_length=200)
    size = models.PositiveBigIntegerField("grootte in bytes")
    content = models.BinaryField(null=True)
    state = models.CharField("stand", max_length=12, choices=State.choices, default=State.PREVIEW)
    asked_sector = models.CharField("gekozen soort onderwijs", max_length=5, choices=School.Sector.choices)
    sectors = models.JSONField("soorten onderwijs in het bestand", default=list)
    speaks_of = models.DateField("peildatum", null=True)
    last_code = models.CharField("school op de laatste regel", max_length=6, blank=True)
    counts = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "ingelezen scholenbestand"
        verbose_name_plural = "ingelezen scholenbestanden"
        ordering = ["-uploaded_at"]

    def __str__(self):
        return self.name


class SchoolDay(models.Model):
    """A day on which this school differs from the calendar of its region: closed (study day) or open."""

    school = models.ForeignKey(School, models.CASCADE, related_name="own_days", verbose_name="school")
    day = models.DateField("dag")
    is_open = models.BooleanField("school is open", default=False)
    reason = models.CharField("reden", max_length=100, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "eigen dag van een school"
        verbose_name_plural = "eigen dagen van scholen"
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["school", "day"], name="school_day_once")]

    def __str__(self):
        return f"{self.day}: {'open' if self.is_open else 'dicht'}"


KEPT = {"SchoolFile": Kept("wie een bestand van scholen aanbood", EMPLOYMENT, False, OTHERS)}
NOBODY = {
    "Municipality": "openbare lijst van gemeenten",
    "School": "openbaar register van scholen",
    "SchoolBoard": "openbaar register van schoolbesturen",
    "PostcodeArea": "openbare tabel van postcodegebieden",
    "SchoolDay": "open en gesloten dagen van een school",
}
