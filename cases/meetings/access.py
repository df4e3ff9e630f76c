"""May this user answer this invitation?"""

from cases.dossier.access import check_may
from cases.meetings.models import Attendance
from thuiszitters.core.people.users import User


def check_may_answer(row: Attendance, by: User) -> None:
    """For people of the organisation that was asked, who read the course of events."""
    check_may(Attendance.objects.visible_to(by).filter(pk=row.pk).exists())
