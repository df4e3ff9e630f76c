from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from reporting.letters.texts import LETTERS
from thuiszitters.core.files.models import StoredFile
from thuiszitters.core.kept import AGREEMENT, OTHERS, Kept
from thuiszitters.core.people.access import access_of
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
    """A Word file of an organisation that replaces a standard letter, from a day on. A newer one ends the one before;
    none is changed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="letter_templates")
    kind = models.CharField("welke brief", max_length=16, choices=[(k.value, t.word) for k, t in LETTERS.items()])
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


KEPT = {"LetterTemplate": Kept("Word-sjabloon van een brief", AGREEMENT, False, OTHERS)}
