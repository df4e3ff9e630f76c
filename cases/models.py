"""Names the rows of this floor for Django. Nobody else imports from here: a row comes from its room."""

from cases.agenda.models import CalendarFeed
from cases.agreements.models import ActionPoint, Covenant, CovenantFile, Mandate, RegionTerm, Signature
from cases.attachments.models import Attachment
from cases.barriers.models import Barrier
from cases.claims.models import ExemptionClaim
from cases.clock.models import Deadline, Flag
from cases.closing.models import ClosingProposal
from cases.decisions.models import (
    Decision,
    DecisionCondition,
    DecisionOption,
    DecisionParty,
    DecisionSignature,
    DecisionTold,
)
from cases.disputes.models import Dispute
from cases.documents.models import Document
from cases.dossier.models import Assignment, Case, Division, FormerMunicipality, StatusChange, Task
from cases.dossier.taking_part import Consent, EmergencyAccess, Involvement
from cases.enforcement.models import EnforcementStep
from cases.escalation.models import LookAgain, Regie, Review, ReviewMessage
from cases.family.models import FamilyDoor, LookAlong, LookAlongCode
from cases.goals.models import Goal, Opinion
from cases.identity.models import Joining
from cases.intake.models import Intake, ReportAnswer
from cases.labels.models import CaseLabel, CaseRisk, RiskLevel
from cases.meetings.models import Attendance, Meeting, Outsider
from cases.messages.models import Digest, DigestSent
from cases.offers.models import Offer, OfferChange
from cases.people.models import Professional, Sibling
from cases.proposals.models import Proposal
from cases.sharing.models import Referral
from cases.steps.models import EscalationStep, Ladder, LadderRung, Pause
from cases.stops.models import Stop, StopCase
from cases.takeover.models import TakenOver, TakeOverFile
from cases.talks.models import Talk
from cases.today.models import OutOfSight
from cases.work.models import Contact, Note, Problem, Withdrawal
from cases.worklist.models import SavedFilter

__all__ = [
    "ActionPoint",
    "Assignment",
    "Attachment",
    "Attendance",
    "Barrier",
    "CalendarFeed",
    "Case",
    "CaseLabel",
    "CaseRisk",
    "ClosingProposal",
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
    "Dispute",
    "Division",
    "Document",
    "EmergencyAccess",
    "EnforcementStep",
    "EscalationStep",
    "ExemptionClaim",
    "FamilyDoor",
    "Flag",
    "FormerMunicipality",
    "Goal",
    "Intake",
    "Involvement",
    "Joining",
    "Ladder",
    "LadderRung",
    "LookAgain",
    "LookAlong",
    "LookAlongCode",
    "Mandate",
    "Meeting",
    "Note",
    "Offer",
    "OfferChange",
    "Opinion",
    "OutOfSight",
    "Outsider",
    "Pause",
    "Problem",
    "Professional",
    "Proposal",
    "Referral",
    "Regie",
    "RegionTerm",
    "ReportAnswer",
    "Review",
    "ReviewMessage",
    "RiskLevel",
    "SavedFilter",
    "Sibling",
    "Signature",
    "StatusChange",
    "Stop",
    "StopCase",
    "TakeOverFile",
    "TakenOver",
    "Talk",
    "Task",
    "Withdrawal",
]
