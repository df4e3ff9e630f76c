"""Whose overleg is it, and who was asked for it?"""

from cases.acting.access import Owned, owned_by
from cases.meetings.models import Meeting


def owner_of_meeting(meeting: Meeting) -> Owned:
    """Of who planned it."""
    return owned_by(meeting.case, meeting.organisation)


def recorded_by(meeting: Meeting) -> Owned:
    """Who may write the record: who planned it, and every organisation that was asked or came."""
    people = [p.organisation for p in meeting.people.all()]
    return owned_by(meeting.case, meeting.organisation, *people)
