"""What people write in a dossier."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases.dossier.entry import PART_CHOICES, Entry, WrittenEntry, written_here_or_elsewhere
from cases.dossier.models import Case
from cases.parts.matrix import Part, part_of_problem
from cases.work.problems import LABELS
from leerplicht.models import Guardian
from thuiszitters.core.kept import ABOUT_THE_CHILD, OPINION, WITH_THE_CASE, Kept
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User


class ContactQuerySet(models.QuerySet["Contact"]):
    def last_day_of_contact(self) -> date | None:
        """The last day on which somebody was spoken."""
        talks = self.exclude(channel=Contact.Channel.NONE).order_by("-on")
        return talks.values_list("on", flat=True).first()


class StandingManager(models.Manager[Any]):
    """What was taken back is asked for nowhere: not by lists, papers or rules."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(withdrawal=None)


class Contact(WrittenEntry):
    """Contactmoment: with whom, on whose behalf, how, and what they said in their own words."""

    class Who(models.TextChoices):
        PARENT = "ouder", "ouder of verzorger"
        CHILD = "kind", "het kind zelf"
        SCHOOL = "school", "school"
        CARE = "zorg", "zorg of hulpverlening"
        SAMENWERKINGSVERBAND = "samenwerkingsverband", "samenwerkingsverband"
        OTHER = "anders", "iemand anders"

    class Channel(models.TextChoices):
        TALK = "gesprek", "gesprek"
        PHONE = "telefoon", "telefonisch"
        HOME = "huisbezoek", "huisbezoek"
        VIDEO = "beeldbellen", "beeldbellen"
        MAIL = "e-mail", "e-mail"
        LETTER = "brief", "brief"
        NONE = "niet gelukt", "poging, niet gelukt"

    on = models.DateField("wanneer")
    who = models.CharField("met wie", max_length=24, choices=Who.choices)
    guardian = models.ForeignKey(
        Guardian,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name="welke ouder of verzorger",
    )
    name = models.CharField("naam", max_length=100, blank=True)
    on_behalf_of = models.CharField("namens wie", max_length=100, blank=True)
    channel = models.CharField("hoe", max_length=12, choices=Channel.choices)
    own_words = models.TextField("wat zei die persoon, in eigen woorden", blank=True)
    agreed = models.TextField("wat is afgesproken", blank=True)
    objects = StandingManager.from_queryset(ContactQuerySet)()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "contactmoment"
        verbose_name_plural = "contactmomenten"
        ordering = ["on", "pk"]
        constraints = [written_here_or_elsewhere("contact_written_somewhere")]
        indexes = [models.Index(fields=["case", "on"], name="contact_case")]

    @property
    def is_talk(self) -> bool:
        """Whether somebody was spoken; an attempt that failed is no talk."""
        return self.channel != self.Channel.NONE


class Note(WrittenEntry):
    """Notitie in een dossier."""

    class Kind(models.TextChoices):
        GENERAL = "algemeen", "algemeen"
        PLAN = "plan", "plan van aanpak"
        OBSERVATION = "waarneming", "waarneming"
        LEGAL = "juridisch", "juridisch"

    kind = models.CharField("soort", max_length=12, choices=Kind.choices, default=Kind.GENERAL)
    text = models.TextField("notitie")
    objects = StandingManager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "notitie"
        verbose_name_plural = "notities"
        ordering = ["at", "pk"]
        constraints = [written_here_or_elsewhere("note_written_somewhere")]


class Withdrawal(models.Model):
    """That a contact, note or file was taken back, or moved to another dossier: what shows in its place. `by`: who
    wrote it, `part`, `shared` and `organisation` as it had them, so that whoever knew of it knows of this. Never
    changed."""

    class What(models.TextChoices):
        CONTACT = "contact", "contact"
        NOTE = "notitie", "notitie"
        ATTACHMENT = "bijlage", "bijlage"

    case = models.ForeignKey(Case, models.PROTECT, related_name="withdrawals")
    what = models.CharField(max_length=8, choices=What.choices)
    on = models.DateField("van welke dag")
    part = models.CharField(max_length=12, choices=PART_CHOICES)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    shared = models.BooleanField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    moved = models.BooleanField("hoort in een ander dossier", default=False)
    because = models.CharField("waarom", max_length=300)
    done_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "ingetrokken tekst"
        verbose_name_plural = "ingetrokken teksten"
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="withdrawal_because")]


class Problem(Entry):
    """Something that plays a role in this dossier; several at once, one may be the first."""

    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    code = models.CharField("wat speelt er", max_length=2, choices=list(LABELS.items()))
    primary = models.BooleanField("speelt het meest", default=False)
    until = models.DateField(null=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "wat speelt er"
        verbose_name_plural = "wat speelt er"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code", "organisation"], condition=Q(until=None), name="problem_once"
            )
        ]

    @property
    def part(self) -> Part:
        return part_of_problem(self.code)


KEPT = {
    "Contact": Kept(
        "contactmoment, met eigen woorden",
        WITH_THE_CASE,
        True,
        "gaat over het kind; wat een ander in vertrouwen zei wordt per geval beoordeeld (UAVG art. 41)",
    ),
    "Note": Kept("notitie in het dossier", WITH_THE_CASE, True, OPINION),
    "Withdrawal": Kept("dat een tekst is ingetrokken of verplaatst, met reden", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "Problem": Kept("wat er speelt, ook gezondheid", WITH_THE_CASE, True, ABOUT_THE_CHILD),
}
