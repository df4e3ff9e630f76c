from .case import Assignment, Case, StatusChange
from .clock import Deadline, Flag, RegionTerm
from .intake import Intake
from .ladder import EscalationStep, Ladder, LadderRung, Pause
from .meeting import Attendance, Meeting
from .sharing import Consent, EmergencyAccess, Involvement, Referral
from .work import Contact, Note, Problem, SavedFilter, Task

__all__ = [
    "Assignment", "Attendance", "Case", "Consent", "Contact", "Deadline", "EmergencyAccess", "EscalationStep", "Flag",
    "Intake", "Involvement", "Ladder", "LadderRung", "Meeting", "Note", "Pause", "Problem", "Referral", "RegionTerm",
    "SavedFilter", "StatusChange", "Task",
]  # fmt: skip
