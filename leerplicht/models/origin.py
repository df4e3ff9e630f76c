"""What came from another system says so, wherever it shows."""

from django.db import models

LONGEST_SYSTEM = 60  # characters of the name of the other system
LONGEST_WRITER = 100


def told_from(system: str) -> str:
    """As it stands beside a row: "overgenomen uit Oud Systeem"; empty for what was written here."""
    return f"overgenomen uit {system}" if system else ""


class FromElsewhere(models.Model):
    """A row that can have come from another system (docs/adr/0030). `written_by`: who wrote or did it, as text:
    that person is no user here."""

    taken_over_from = models.CharField("overgenomen uit", max_length=LONGEST_SYSTEM, blank=True, editable=False)
    written_by = models.CharField(
        "door wie, in het vorige systeem", max_length=LONGEST_WRITER, blank=True, editable=False
    )

    class Meta:
        abstract = True

    @property
    def origin(self) -> str:
        return told_from(self.taken_over_from)


def with_origin(name: str, origin: str) -> str:
    """Who, and from where: "J. de Wit, overgenomen uit Oud Systeem"."""
    return ", ".join(part for part in (name, origin) if part)
