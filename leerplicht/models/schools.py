from django.db import models
from simple_history.models import HistoricalRecords


class Municipality(models.Model):
    """A gemeente, by its code of four digits; the name is only for reading."""

    code = models.CharField("gemeentecode", max_length=4, primary_key=True)
    name = models.CharField("naam", max_length=100)
    holiday_region = models.CharField("vakantieregio", max_length=6, blank=True)

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ["name"]

    def __str__(self):
        return self.name


class School(models.Model):
    """A location (vestiging) of a school. A closed school stays, with its history."""

    class Sector(models.TextChoices):
        PO = "po", "basisonderwijs"
        VO = "vo", "voortgezet onderwijs"

    class HolidayRegion(models.TextChoices):
        NOORD = "noord", "Noord"
        MIDDEN = "midden", "Midden"
        ZUID = "zuid", "Zuid"

    code = models.CharField("BRIN en vestiging", max_length=6, unique=True)
    name = models.CharField("naam", max_length=200)
    sector = models.CharField("sector", max_length=2, choices=Sector.choices)
    structure = models.CharField("onderwijsstructuur", max_length=100, blank=True)
    board = models.CharField("nummer bevoegd gezag", max_length=5, blank=True)
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
    history = HistoricalRecords()

    class Meta:
        verbose_name = "school"
        verbose_name_plural = "scholen"
        ordering = ["name"]
        indexes = [models.Index(fields=["name"], name="school_name")]

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


NOBODY = {
    "Municipality": "openbare lijst van gemeenten",
    "School": "openbaar register van scholen",
    "SchoolDay": "open en gesloten dagen van een school",
}
