from .case import Assignment, Case, Involvement, StatusChange
from .clock import Deadline, Flag, RegionTerm
from .intake import Intake
from .work import Contact, Note, Problem, SavedFilter, Task

__all__ = [
    "Assignment", "Case", "Contact", "Deadline", "Flag", "Intake", "Involvement", "Note", "Problem", "RegionTerm",
    "SavedFilter", "StatusChange", "Task",
]  # fmt: skip
