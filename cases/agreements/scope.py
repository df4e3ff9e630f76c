"""What a region agreed is for that region."""

from django.db import models

from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right


class RegionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What the own region agreed; of no other."""
        path = "region__in" if hasattr(self.model, "region") else f"{self._parent()}__region__in"
        return self.filter(**{path: access_of(user).organisations_with(Right.REGION_VIEW, "regio")})

    def _parent(self) -> str:
        return next(name for name in ("ladder", "covenant") if hasattr(self.model, name))
