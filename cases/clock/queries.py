"""What the clock was last computed for."""

from datetime import date

from django.db.models import Max

from cases.clock.models import Deadline, Flag
from leerplicht.models import HomePeriod


def computed_until() -> date | None:
    """The latest day for which a period, a term or a flag was written; None when there are none."""
    written = (
        HomePeriod.objects.aggregate(day=Max("computed_for")),
        Deadline.objects.aggregate(day=Max("stopped_on")),
        Flag.objects.aggregate(day=Max("raised_on")),
    )
    return max((row["day"] for row in written if row["day"]), default=None)
