"""Two rows of one child that were made one, by whom, and how it was before."""

from django.db import models
from django.db.models import Q

from cases.dossier.models import Case
from leerplicht.models import Pupil
from thuiszitters.core.kept import ABOUT_THE_CHILD, WITH_THE_PUPIL, Kept
from thuiszitters.core.people.users import User
from thuiszitters.core.sealed.fields import SealedTextField


class Joining(models.Model):
    """Two children turned out to be one. `before`: the rows of both as they were, encrypted, to undo it with as long as
    nobody wrote in it since."""

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="joinings")
    gone_id = models.BigIntegerField("leerling die opging in de andere")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="joinings")
    closed_case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    before = SealedTextField("zoals het was, versleuteld")
    fingerprint = models.CharField("kenmerk van wat eruit kwam", max_length=64)
    because = models.CharField("waaruit blijkt dat het een kind is?", max_length=300)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False), name="joining_undone_by_when"
            )
        ]


KEPT = {"Joining": Kept("samenvoeging van twee rijen van een kind", WITH_THE_PUPIL, True, ABOUT_THE_CHILD)}
