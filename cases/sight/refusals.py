"""A look that was refused is on record too."""

import re

from cases.dossier.models import Case
from thuiszitters.core.log.audit import REFUSED, log_event

NUMBER = re.compile(r"TZ-\d{4}-\d{4}-\d{1,6}")


def log_refused(user, number: str) -> None:
    """The row for a dossier that this user may not open. A number that does not exist takes the same path and the same
    queries, so that neither the answer nor its speed tells whether it does (AZ-02)."""
    pupil = Case.objects.filter(number=number).values_list("pupil_id", flat=True).first()
    log_event("refused", by=user, pupils=[pupil] if pupil else [], case_number=only_number(number), result=REFUSED)


def only_number(text: str) -> str:
    """The number of a dossier, or nothing: people type names and BSNs where a number is asked, and those never stand in
    the log (LG-04)."""
    return text if NUMBER.fullmatch(text) else ""
