from django.db import models

from thuiszitters.core.kept import WITH_THE_CASE, Kept


class StoredFile(models.Model):
    """A file in the storage, under a name that says nothing. The row comes after the file: no row without one.
    `fault`: what the nightly check found wrong with it."""

    class Fault(models.TextChoices):
        GONE = "weg", "het bestand is er niet meer"
        CHANGED = "gewijzigd", "het bestand is niet meer zoals het bewaard werd"

    name = models.CharField(max_length=120, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField("bytes")
    kept_at = models.DateTimeField("bewaard", auto_now_add=True)
    until = models.DateTimeField("tot", null=True)
    checked_at = models.DateTimeField("nagekeken", null=True)
    fault = models.CharField("mankement", max_length=12, choices=Fault.choices, blank=True)

    class Meta:
        verbose_name = "bestand"
        verbose_name_plural = "bestanden"
        indexes = [models.Index(fields=["until"], condition=models.Q(until__isnull=False), name="file_expires")]

    def __str__(self):
        return self.name


KEPT = {
    "StoredFile": Kept(
        "bestand bij een brief, stapel of bijlage, onder een naam die niets zegt",
        WITH_THE_CASE,
        False,
        "een wijzer; het bestand gaat mee met de brief, de stapel of de bijlage",
    )
}
