from .clock import HomePeriod
from .facts import Enrolment, Exemption, NotEnrolled, PermittedAbsence, SchoolReturn
from .imports import ImportFile, RejectedLine, Upload
from .pupils import Guardian, Pupil
from .reports import AbsenceReport
from .schools import Municipality, School, SchoolDay

__all__ = [
    "AbsenceReport",
    "Enrolment",
    "Exemption",
    "Guardian",
    "HomePeriod",
    "ImportFile",
    "Municipality",
    "NotEnrolled",
    "PermittedAbsence",
    "Pupil",
    "RejectedLine",
    "School",
    "SchoolDay",
    "SchoolReturn",
    "Upload",
]
