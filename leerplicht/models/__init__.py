from .clock import HomePeriod
from .facts import Enrolment, Exemption, NotEnrolled, PermittedAbsence, SchoolReturn
from .identity import IdentityQuestion
from .imports import ImportFile, RejectedLine, Upload
from .pupils import Guardian, Pupil
from .redivisions import Redivision, RedivisionPart
from .reports import AbsenceReport
from .schools import Municipality, PostcodeArea, School, SchoolBoard, SchoolDay, SchoolFile

__all__ = [
    "AbsenceReport",
    "Enrolment",
    "Exemption",
    "Guardian",
    "HomePeriod",
    "IdentityQuestion",
    "ImportFile",
    "Municipality",
    "NotEnrolled",
    "PermittedAbsence",
    "PostcodeArea",
    "Pupil",
    "Redivision",
    "RedivisionPart",
    "RejectedLine",
    "School",
    "SchoolBoard",
    "SchoolDay",
    "SchoolFile",
    "SchoolReturn",
    "Upload",
]
