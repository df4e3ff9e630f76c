from .audit import AuditEvent, AuditSeal, AuditSubject
from .drafts import Draft
from .files import StoredFile
from .jobs import Counter, Job
from .organisations import Membership, Organisation, OrganisationLink
from .users import User

__all__ = [
    "AuditEvent", "AuditSeal", "AuditSubject", "Counter", "Draft", "Job", "Membership", "Organisation",
    "OrganisationLink", "StoredFile", "User",
]  # fmt: skip
