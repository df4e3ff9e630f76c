"""Writing the log of acts and looks. "No log, no look": when the row cannot be written, nothing is shown."""

import structlog

from thuiszitters.core.access import access_of
from thuiszitters.core.models.audit import AuditEvent


def log_event(action: str, *, by=None, pupils=(), case_number="", **detail) -> AuditEvent:
    """Write one row. `pupils` are pupil ids, `detail` holds ids, counts and codes only: never names, never a BSN."""
    main = access_of(by).main if by else None
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    return AuditEvent.objects.create(
        user_id=by.pk if by else None,
        role=main.role if main else "",
        organisation_id=main.organisation_id if main else None,
        action=action,
        pupil_ids=sorted(set(pupils)),
        case_number=case_number,
        detail=detail,
        request_id=str(request_id),
    )


def log_look(by, action: str, *, pupils=(), case_number="", **detail) -> AuditEvent:
    """A look at personal data. Call before the data leave."""
    return log_event(action, by=by, pupils=pupils, case_number=case_number, **detail)
