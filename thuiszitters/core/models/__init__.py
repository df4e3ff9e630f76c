from .audit import AuditEvent
from .drafts import Draft
from .jobs import Counter, Job
from .organisations import Membership, Organisation, OrganisationLink
from .users import User

__all__ = ["AuditEvent", "Counter", "Draft", "Job", "Membership", "Organisation", "OrganisationLink", "User"]
