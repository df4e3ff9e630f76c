from .action import ActionPoint
from .case import Assignment, Case, StatusChange
from .claim import ExemptionClaim
from .clock import Deadline, Flag, RegionTerm
from .decision import (
    Decision,
    DecisionCondition,
    DecisionOption,
    DecisionParty,
    DecisionSignature,
    DecisionTold,
)
from .digest import Digest, DigestSent
from .document import Document
from .enforcement import EnforcementStep
from .intake import Intake
from .ladder import EscalationStep, Ladder, LadderRung, Pause
from .mandate import Covenant, CovenantFile, Mandate, Signature
from .meeting import Attendance, Meeting
from .offers import Barrier, Need, Offer, OfferChange
from .review import LookAgain, Regie, Review, ReviewMessage
from .sharing import Consent, EmergencyAccess, Involvement, Referral
from .stop import Stop, StopCase
from .work import Contact, Note, Problem, SavedFilter, Task

__all__ = [
    "ActionPoint",
    "Assignment",
    "Attendance",
    "Barrier",
    "Case",
    "Consent",
    "Contact",
    "Covenant",
    "CovenantFile",
    "Deadline",
    "Decision",
    "DecisionCondition",
    "DecisionOption",
    "DecisionParty",
    "DecisionSignature",
    "DecisionTold",
    "Digest",
    "DigestSent",
    "Document",
    "EmergencyAccess",
    "EnforcementStep",
    "EscalationStep",
    "ExemptionClaim",
    "Flag",
    "Intake",
    "Involvement",
    "Ladder",
    "LadderRung",
    "LookAgain",
    "Mandate",
    "Meeting",
    "Need",
    "Note",
    "Offer",
    "OfferChange",
    "Pause",
    "Problem",
    "Referral",
    "Regie",
    "RegionTerm",
    "Review",
    "ReviewMessage",
    "SavedFilter",
    "Signature",
    "StatusChange",
    "Stop",
    "StopCase",
    "Task",
]  # fmt: skip
