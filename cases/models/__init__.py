from .case import Assignment, Case, StatusChange
from .clock import Deadline, Flag, RegionTerm
from .digest import Digest, DigestSent
from .intake import Intake
from .ladder import EscalationStep, Ladder, LadderRung, Pause
from .sharing import Consent, EmergencyAccess, Involvement, Referral
from .work import Contact, Note, Problem, SavedFilter, Task

__all__ = [
    "Assignment", "Case", "Consent", "Contact", "Deadline", "Digest", "DigestSent", "EmergencyAccess",
    "EscalationStep", "Flag", "Intake", "Involvement",
    "Ladder", "LadderRung", "Note", "Pause", "Problem", "Referral", "RegionTerm", "SavedFilter",
    "StatusChange", "Task",
]  # fmt: skip
