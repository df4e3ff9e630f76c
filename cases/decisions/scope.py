"""Which decisions somebody sees."""

from django.db import models

from cases.dossier.models import Case
from cases.sight.scope import reads_course


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of dossiers that the user sees and of which the course of events may be read."""
        cases = Case.objects.visible_to(user, urgent=False).filter(reads_course(user))
        return self.filter(case__in=cases)
