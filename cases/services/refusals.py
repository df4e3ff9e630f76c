"""A look that was refused is on record too."""

from cases.models import Case
from thuiszitters.core.audit import log_event


def log_refused(user, number: str) -> None:
    """The row for a dossier that this user may not open. A number that does not exist takes the same path and the same
    queries, so that neither the answer nor its speed tells whether it does (AZ-02)."""
    pupil = Case.objects.filter(number=number).values_list("pupil_id", flat=True).first()
    log_event(
        "refused", by=user, pupils=[pupil] if pupil else [], case_number=number[:20], result="geweigerd"
    )  # fmt: skip
