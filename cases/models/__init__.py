from .case import Assignment, Case, StatusChange
from .clock import Deadline, Flag, RegionTerm
from .intake import Intake
from .sharing import Consent, EmergencyAccess, Involvement, Referral
from .work import Contact, Note, Problem, SavedFilter, Task

__all__ = [
    "Assignment", "Case", "Consent", "Contact", "Deadline", "EmergencyAccess", "Flag", "Intake", "Involvement", "Note",
    "Problem", "Referral", "RegionTerm", "SavedFilter", "StatusChange", "Task",
]  # fmt: skip
