from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cases.models.case import Case
from cases.models.claim import ExemptionClaim
from cases.models.decision import Decision
from cases.models.offers import Offer
from cases.models.review import Review
from cases.models.stop import Stop
from cases.parts import PARTS, Part, part_of_problem
from cases.problems import LABELS
from leerplicht.models import Guardian
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User

WRITTEN_PARTS = (Part.VERLOOP, Part.GEZONDHEID, Part.HANDHAVING, Part.VEILIGHEID)
PART_CHOICES = [(p.value, PARTS[p].word) for p in WRITTEN_PARTS]


class Entry(models.Model):
    """Something a person wrote in a dossier, for the own side or shared with all who are involved. What is about
    health, enforcement or safety follows the rules of that part (`cases.parts`), shared or not."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="%(class)ss")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    shared = models.BooleanField("ook zichtbaar voor de andere betrokken organisaties", default=False)

    class Meta:
        abstract = True


class WrittenEntry(Entry):
    """A contact or note: a text that belongs to a part."""

    part = models.CharField("waarover gaat dit", max_length=12, choices=PART_CHOICES, default=Part.VERLOOP.value)
    # Told by a young person of 16 or over who does not want the parents to read it (domain 8.5).
    kept_from_parents = models.BooleanField("de jongere (16+) wil niet dat de ouders dit lezen", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


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
    history = HistoricalRecords()

    class Meta:
        verbose_name = "contactmoment"
        verbose_name_plural = "contactmomenten"
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["case", "on"], name="contact_case")]


class Note(WrittenEntry):
    """Notitie in een dossier."""

    class Kind(models.TextChoices):
        GENERAL = "algemeen", "algemeen"
        PLAN = "plan", "plan van aanpak"
        OBSERVATION = "waarneming", "waarneming"
        LEGAL = "juridisch", "juridisch"

    kind = models.CharField("soort", max_length=12, choices=Kind.choices, default=Kind.GENERAL)
    text = models.TextField("notitie")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "notitie"
        verbose_name_plural = "notities"
        ordering = ["at", "pk"]


class Problem(Entry):
    """Something that plays a role in this dossier; several at once, one may be the first."""

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
            ),
        ]

    @property
    def part(self) -> Part:
        return part_of_problem(self.code)


class Task(models.Model):
    """What must happen next, by whom, before when."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    title = models.CharField("wat moet er gebeuren", max_length=200)
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="wie")
    owner_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="of welke organisatie"
    )
    due_on = models.DateField("uiterlijk op")
    meeting = models.ForeignKey(
        "cases.Meeting", models.PROTECT, null=True, blank=True, related_name="agreements", verbose_name="afgesproken in"
    )
    stop = models.ForeignKey(
        Stop, models.PROTECT, null=True, editable=False, related_name="agreements", verbose_name="afgesproken op"
    )
    done_on = models.DateField("gedaan op", null=True)
    outcome = models.CharField("uitkomst", max_length=500, blank=True)
    # What an offer, review, decision or claim asks of somebody ("is it begun?"); done by itself when that moves on.
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, editable=False, related_name="tasks")
    review = models.ForeignKey(Review, models.PROTECT, null=True, editable=False, related_name="tasks")
    claim = models.ForeignKey(ExemptionClaim, models.PROTECT, null=True, editable=False, related_name="tasks")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, editable=False, related_name="tasks")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "volgende stap"
        verbose_name_plural = "volgende stappen"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["case", "due_on"], condition=Q(done_on=None), name="task_open")]

    @property
    def owner_name(self) -> str:
        if self.owner:
            return self.owner.short_name
        return self.owner_organisation.name if self.owner_organisation else "nog niemand"


class SavedFilter(models.Model):
    """A list as a user likes to see it: a name for what stands in the address."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_filters")
    name = models.CharField("naam", max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_filter_once")]
