from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from simple_history.models import HistoricalRecords

from leerplicht.law.identifiers import Pgn, parse_pgn
from leerplicht.law.obligation import Known, Obligation, claimable, last_possible, obligation_on, protecting
from leerplicht.names.damaged import damaged, meant_by
from leerplicht.names.folding import fold
from leerplicht.names.persons import Person
from leerplicht.names.prefixes import WIDEST, join_name, spoken_name
from leerplicht.querysets import GuardianQuerySet, PupilQuerySet
from thuiszitters.core.kept import ABOUT_THE_CHILD, SUPERVISION, WITH_THE_PUPIL, Kept
from thuiszitters.core.sealed.fields import SealedTextField
from thuiszitters.core.sealed.secrets import keyed_hash, seal, unseal

from .schools import Municipality

# Folded text is longer than what was typed (ß is ss, ﷺ is four words); what does not fit is not searched on.
SEARCHED = 600

BIRTH_KNOWN = [
    (Known.DAY.value, "ja"),
    (Known.MONTH.value, "alleen maand en jaar"),
    (Known.YEAR.value, "alleen het jaar"),
]


class Pupil(models.Model):
    """A child or youth. The BSN or onderwijsnummer is encrypted and found by a keyed hash; see docs/adr/0004."""

    pgn_sealed = SealedTextField("persoonsgebonden nummer, versleuteld", blank=True)
    pgn_hash = models.CharField("zoeksleutel van het nummer", max_length=64, blank=True)
    pgn_kind = models.CharField("soort nummer", max_length=16, blank=True)
    pgn_end = models.CharField("laatste drie cijfers", max_length=3, blank=True)
    first_names = models.CharField("voornamen", max_length=200, blank=True)
    prefix = models.CharField("voorvoegsel", max_length=WIDEST, blank=True)
    last_name = models.CharField("achternaam", max_length=200)
    # db_index on a CharField gives PostgreSQL a pattern index too, which serves "starts with".
    search_last = models.CharField(max_length=SEARCHED, editable=False, db_index=True)
    search_first = models.CharField(max_length=SEARCHED, editable=False, db_index=True)
    # Of a date of which a part is unknown: the first day that it can be.
    born = models.DateField("geboortedatum")
    born_known = models.CharField(
        "is de hele geboortedatum bekend?", max_length=5, choices=BIRTH_KNOWN, default=Known.DAY.value
    )
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="pupils", verbose_name="woongemeente")
    secret_address = models.BooleanField("geheim adres", default=False)
    address = models.CharField("adres", max_length=200, blank=True)
    twelve_years_done = models.DateField("twaalf volledige schooljaren gedaan op", null=True, blank=True)
    startkwalificatie_on = models.DateField("startkwalificatie behaald op", null=True, blank=True)
    released = models.BooleanField("geen kwalificatieplicht (praktijkonderwijs of vso, art. 4a lid 2)", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    facts_changed_at = models.DateTimeField(null=True, editable=False)
    objects = PupilQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_last", "search_first", "facts_changed_at"])

    class Meta:
        verbose_name = "leerling"
        verbose_name_plural = "leerlingen"
        constraints = [
            # Per gemeente: that another gemeente knows the child shows nowhere (docs/adr/0010).
            models.UniqueConstraint(
                fields=["municipality", "pgn_hash"], condition=~Q(pgn_hash=""), name="pupil_pgn_once"
            )
        ]
        indexes = [
            models.Index(fields=["born"], name="pupil_born"),
            models.Index(fields=["pgn_hash"], name="pupil_pgn"),
            # Who lives at one address (`iexact`).
            models.Index(Upper("address"), name="pupil_address"),
        ]

    def __str__(self):
        return self.name

    @property
    def born_last(self) -> date:
        """The last day of birth that it can be; the day itself when it is known."""
        return last_possible(self.born, self.born_known)

    def obligation_on(self, day: date) -> Obligation:
        """What the law asks of this child on a day; of an uncertain birth date what protects the child. ValueError: a
        day before birth."""
        return protecting(*self._obligations(day))

    def claimable_obligation_on(self, day: date) -> Obligation:
        """What the law surely asks on a day: for what is claimed against parents or youth."""
        return claimable(*self._obligations(day))

    def _obligations(self, day: date) -> tuple[Obligation, Obligation]:
        earliest = self._obligation(day, self.born)
        if self.born_known == Known.DAY:
            return earliest, earliest
        return earliest, self._obligation(day, max(self.born, min(self.born_last, day)))

    def _obligation(self, day: date, born: date) -> Obligation:
        return obligation_on(
            day,
            born,
            twelve_years_done=self.twelve_years_done,
            startkwalificatie=self.startkwalificatie_on,
            released=self.released,
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_search()
        super().save(*args, **kwargs)

    def fill_search(self):
        """Recompute what the search reads; `bulk_create` callers do this themselves."""
        self.search_last, self.search_first = fold(self.last_name)[:SEARCHED], fold(self.first_names)[:SEARCHED]

    @property
    def name(self) -> str:
        """The first of the first names, the prefix and the last name, as people speak: Noor van den Berg."""
        return spoken_name(self.first_names, self.prefix, self.last_name)

    @property
    def is_name_damaged(self) -> bool:
        """Whether an earlier reading in the wrong encoding probably damaged the name."""
        return any(damaged(text) for text in (self.first_names, self.prefix, self.last_name))

    @property
    def meant_name(self) -> str:
        """The name as it probably was before that."""
        return spoken_name(meant_by(self.first_names), meant_by(self.prefix), meant_by(self.last_name))

    @property
    def person(self) -> Person:
        """Name and birth date as they stand on record, to compare with what others write."""
        return Person(self.first_names, join_name(self.prefix, self.last_name), self.born, self.born_known)

    @property
    def pgn_masked(self) -> str:
        return f"••••••{self.pgn_end}" if self.pgn_end else ""

    @property
    def pgn_label(self) -> str:
        return "onderwijsnummer" if self.pgn_kind == "onderwijsnummer" else "BSN"

    def set_pgn(self, pgn: Pgn) -> None:
        self.pgn_sealed, self.pgn_hash = seal(pgn.digits), keyed_hash(pgn.digits)
        self.pgn_kind, self.pgn_end = pgn.kind, pgn.digits[-3:]

    def reveal_pgn(self) -> str:
        """The whole number. Callers log the look first."""
        return unseal(self.pgn_sealed) if self.pgn_sealed else ""

    @staticmethod
    def hash_of(text: str) -> str:
        """The look-up key of a number as typed. Raises ValueError when it is no valid number."""
        return keyed_hash(parse_pgn(text).digits)


class Guardian(models.Model):
    """A person of art. 2 lid 1 Leerplichtwet: with gezag over the child, or in whose care the child is."""

    class Gezag(models.TextChoices):
        YES = "ja", "heeft gezag"
        NO = "nee", "heeft geen gezag"
        UNKNOWN = "onbekend", "gezag onbekend"

    class Kind(models.TextChoices):
        """What somebody is by law. A gezinsvoogd guides the parents, who keep gezag; a voogd has it."""

        PARENT = "ouder", "ouder"
        VOOGD = "voogd", "voogd (een persoon)"
        INSTITUTION = "instelling", "voogd (een instelling)"
        GEZINSVOOGD = "gezinsvoogd", "gezinsvoogd (bij ondertoezichtstelling)"
        CARER = "verzorger", "verzorger, zoals een pleegouder of grootouder"

    class Lives(models.TextChoices):
        WITH_CHILD = "kind", "bij het kind"
        ELSEWHERE = "elders", "op een ander adres"
        UNKNOWN = "onbekend", "dat is niet bekend"

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="guardians")
    name = models.CharField("naam", max_length=200)
    kind = models.CharField("wie is dit?", max_length=12, choices=Kind.choices, default=Kind.PARENT)
    relation = models.CharField("band met het kind", max_length=60, help_text="Bijvoorbeeld moeder, vader, voogd.")
    gezag = models.CharField("gezag", max_length=8, choices=Gezag.choices, default=Gezag.UNKNOWN)
    gezag_source = models.CharField("waar blijkt dat uit?", max_length=100, blank=True)
    gezag_on = models.DateField("bekend op", null=True, blank=True)
    lives = models.CharField("waar woont deze persoon?", max_length=8, choices=Lives.choices, default=Lives.UNKNOWN)
    address = models.CharField("eigen adres", max_length=200, blank=True)
    secret_address = models.BooleanField("dit adres is geheim", default=False)
    phone = models.CharField("telefoon", max_length=20, blank=True)
    email = models.EmailField("e-mail", blank=True)
    since = models.DateField("sinds", null=True, blank=True)
    until = models.DateField("tot en met", null=True, blank=True)
    objects = GuardianQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "ouder of verzorger"
        verbose_name_plural = "ouders en verzorgers"
        ordering = ["pk"]
        indexes = [models.Index(Upper("name"), name="guardian_name")]  # `iexact`
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")), name="guardian_until_after_since"
            )
        ]

    def __str__(self):
        return self.name

    def holds_on(self, day: date) -> bool:
        """Whether somebody is (still, or already) parent or guardian on a day; without dates always."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


KEPT = {
    "Pupil": Kept("leerling: naam, geboortedatum, nummer, adres", SUPERVISION, True, ABOUT_THE_CHILD),
    "Guardian": Kept(
        "ouder of verzorger, gezag en bereikbaarheid",
        WITH_THE_PUPIL,
        True,
        "elke ouder krijgt de eigen gegevens; die van de andere ouder worden afgeschermd",
    ),
}
