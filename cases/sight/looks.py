"""No look without a row in the log, and one that was refused is on record too. Asked by pages, papers and commands."""

import re

from cases.dossier.models import Case
from cases.sight.seats import Sight, sight_of
from thuiszitters.core.log.audit import REFUSED, log_event, log_look

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


EMERGENCY_PURPOSE = "noodtoegang"


def look_at(case: Case, user, action: str, **about) -> Sight:
    """What the user sees of the dossier, after a row in the log of looks that says so."""
    sight = sight_of(case, user)
    if sight.emergency:
        about |= {"purpose": EMERGENCY_PURPOSE, "emergency": sight.emergency.pk}
    about |= {"pupils": [case.pupil_id], "case_number": case.number, "parts": sight.parts}
    log_look(user, action, seat=sight.membership, **about)
    return sight
