from .action import ActionPoint
from .case import Assignment, Case, StatusChange
from .clock import Deadline, Flag, RegionTerm
from .intake import Intake
from .ladder import EscalationStep, Ladder, LadderRung, Pause
from .mandate import Covenant, CovenantFile, Mandate, Signature
from .sharing import Consent, EmergencyAccess, Involvement, Referral
from .work import Contact, Note, Problem, SavedFilter, Task

__all__ = [
    "ActionPoint", "Assignment", "Case", "Consent", "Contact", "Covenant", "CovenantFile", "Deadline",
    "EmergencyAccess", "EscalationStep", "Flag", "Intake", "Involvement", "Ladder", "LadderRung", "Mandate", "Note",
    "Pause", "Problem", "Referral", "RegionTerm", "SavedFilter", "Signature", "StatusChange", "Task",
]  # fmt: skip
