from cases.models.action import ActionPoint
from cases.models.case import Assignment, Case, StatusChange
from cases.models.claim import ExemptionClaim
from cases.models.clock import Deadline, Flag, RegionTerm
from cases.models.decision import (
    Decision,
    DecisionCondition,
    DecisionOption,
    DecisionParty,
    DecisionSignature,
    DecisionTold,
)
from cases.models.digest import Digest, DigestSent
from cases.models.document import Document
from cases.models.enforcement import EnforcementStep
from cases.models.intake import Intake
from cases.models.ladder import EscalationStep, Ladder, LadderRung, Pause
from cases.models.mandate import Covenant, CovenantFile, Mandate, Signature
from cases.models.meeting import Attendance, Meeting
from cases.models.offers import Barrier, Need, Offer, OfferChange
from cases.models.review import LookAgain, Regie, Review, ReviewMessage
from cases.models.sharing import Consent, EmergencyAccess, Involvement, Referral
from cases.models.stop import Stop, StopCase
from cases.models.work import Contact, Note, Problem, SavedFilter, Task

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
