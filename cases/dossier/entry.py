"""What all texts in a dossier share: who wrote it, for whose side, about which part."""

from typing import Protocol

from django.db import models
from django.db.models import Q

from cases.dossier.models import Case
from cases.parts.matrix import PARTS, Part
from leerplicht.models.origin import FromElsewhere, with_origin
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User

WRITTEN_PARTS = (Part.VERLOOP, Part.GEZONDHEID, Part.HANDHAVING, Part.VEILIGHEID)
PART_CHOICES = [(p.value, PARTS[p].word) for p in WRITTEN_PARTS]


class Entry(models.Model):
    """Something a person wrote in a dossier (`by`), for the own side or shared with all who are involved. What is about
    health, enforcement or safety follows the rules of that part (`cases.parts`), shared or not."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="%(class)ss")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    shared = models.BooleanField("ook zichtbaar voor de andere betrokken organisaties", default=False)

    class Meta:
        abstract = True


class OfASide(Protocol):
    """What was made on behalf of an organisation, whatever it is."""

    @property
    def organisation(self) -> Organisation: ...

    @property
    def organisation_id(self) -> int: ...


class OfAPart(Protocol):
    """What belongs to a part of the dossier."""

    @property
    def part(self) -> str: ...


class Told(OfASide, OfAPart, Protocol):
    """What may be read by some and not by others."""

    @property
    def by_id(self) -> int | None: ...

    @property
    def shared(self) -> bool: ...


class WrittenEntry(FromElsewhere, Entry):
    """A contact, note or file that belongs to a part. `by` None: it comes from nobody who is a user here, but from
    another system, or from a parent or child (`written_by`)."""

    by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    part = models.CharField("waarover gaat dit", max_length=12, choices=PART_CHOICES, default=Part.VERLOOP.value)
    # Told by a young person of 16 or over who does not want the parents to read it (domain 8.5).
    kept_from_parents = models.BooleanField("de jongere (16+) wil niet dat de ouders dit lezen", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    # It was taken back: from then on it shows nowhere, but for the line that says so (`cases.work.withdrawing`).
    withdrawal = models.OneToOneField(
        "cases.Withdrawal", models.PROTECT, null=True, editable=False, related_name="+", verbose_name="ingetrokken"
    )

    class Meta:
        abstract = True

    @property
    def writer(self) -> str:
        """Who wrote it, by name; of what was written elsewhere also where."""
        return self.by.short_name if self.by else with_origin(self.written_by, self.origin)


def written_here_or_elsewhere(name: str) -> models.CheckConstraint:
    """A text has a writer who is a user, or comes from another system or from a parent or child."""
    known = Q(by__isnull=False) | ~Q(taken_over_from="") | ~Q(written_by="")
    return models.CheckConstraint(condition=known, name=name)
