from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from reporting.letters.youth import WORDS
from thuiszitters.core.files.models import StoredFile
from thuiszitters.core.kept import AGREEMENT, OTHERS, Kept
from thuiszitters.core.people.access import access_of, looked_after_by
from thuiszitters.core.people.organisations import Organisation, Period
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


class LetterTemplateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the organisations that the user looks after."""
        return self.filter(organisation__in=access_of(user).organisations_with(Right.ADMIN))

    def running(self):
        return self.filter(Period.covers(timezone.localdate()))


class LetterTemplate(Period):
    """A Word file of an organisation that replaces a standard letter (to parents, or to a young person), from a day on.
    A newer one ends the one before; none is changed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="letter_templates")
    kind = models.CharField("welke brief", max_length=24, choices=list(WORDS.items()))
    version = models.PositiveIntegerField(default=1)
    name = models.CharField("naam van het bestand", max_length=200)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "sjabloon van een brief"
        verbose_name_plural = "sjablonen van brieven"
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "version"], name="letter_template_version_once"),
            models.UniqueConstraint(
                fields=["organisation", "kind"], condition=Q(valid_until=None), name="letter_template_runs_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="letter_template_ends_after"
            ),
        ]


class LetterDetailsQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the organisations that the user looks after."""
        return self.filter(organisation__in=looked_after_by(user))


class LetterDetails(models.Model):
    """What letters must say about an organisation: where to object (Awb 3:45, 2:7), and what AVG 13 and 14 ask. Empty:
    nobody filled it in; then who writes a letter that needs it is asked."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="letter_details")
    bezwaar_adres = models.CharField("postadres voor bezwaar", max_length=200, blank=True)
    bezwaar_digitaal = models.CharField("webadres of e-mailadres voor bezwaar", max_length=200, blank=True)
    fg_naam = models.CharField("naam van de functionaris gegevensbescherming", max_length=100, blank=True)
    fg_adres = models.CharField("adres of e-mailadres van de functionaris", max_length=200, blank=True)
    privacyverklaring = models.CharField("webadres van de privacyverklaring", max_length=200, blank=True)
    bewaartermijn = models.CharField("hoe lang gegevens worden bewaard", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    objects = LetterDetailsQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "gegevens voor brieven"
        verbose_name_plural = "gegevens voor brieven"
        ordering = ["organisation"]

    @property
    def missing(self) -> list[str]:
        """What is not filled in, in words."""
        words = {field.name: str(field.verbose_name) for field in self._meta.concrete_fields}
        return [words[name] for name in DETAILS if not getattr(self, name)]


# The fields of letters that come from here.
DETAILS = ("bezwaar_adres", "bezwaar_digitaal", "fg_naam", "fg_adres", "privacyverklaring", "bewaartermijn")


KEPT = {
    "LetterTemplate": Kept("Word-sjabloon van een brief", AGREEMENT, False, OTHERS),
    "LetterDetails": Kept("gegevens voor brieven, met de functionaris gegevensbescherming", AGREEMENT, False, OTHERS),
}
