"""Names the rows of this floor for Django. Nobody else imports from here: a row comes from its room."""

from thuiszitters.core.files.models import StoredFile
from thuiszitters.core.jobs.models import Counter, Job
from thuiszitters.core.log.models import AuditEvent, AuditSeal, AuditSubject
from thuiszitters.core.pages.models import Draft
from thuiszitters.core.people.absences import Absence
from thuiszitters.core.people.organisations import Membership, Organisation, OrganisationLink
from thuiszitters.core.people.users import User

__all__ = [
    "Absence",
    "AuditEvent",
    "AuditSeal",
    "AuditSubject",
    "Counter",
    "Draft",
    "Job",
    "Membership",
    "Organisation",
    "OrganisationLink",
    "StoredFile",
    "User",
]
