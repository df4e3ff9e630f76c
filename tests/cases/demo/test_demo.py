"""The demonstration region can be made, on any day, and once."""

from datetime import date

import pytest
import time_machine
from django.apps import apps
from django.db.models import F

from cases.attachments.models import Attachment
from cases.claims.models import ExemptionClaim
from cases.decisions.models import Decision
from cases.demo import build
from cases.disputes.models import Dispute
from cases.dossier.models import Case, Task
from cases.escalation.models import Review
from cases.family.access import may_look_along
from cases.family.models import LookAlong
from cases.goals.models import Opinion
from cases.intake.models import ReportAnswer
from cases.meetings.models import Attendance, Meeting, Outsider
from cases.offers.models import Offer
from cases.stops.models import Stop
from cases.today.sight import out_of_sight
from thuiszitters.core.people.users import User

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(build, "AT_HOME", 70)
    monkeypatch.setattr(build, "WAITING", 8)
    monkeypatch.setattr(build, "NOWHERE", 2)


# What the demonstration does not show, by row: a new state that is not here and not made either fails.
NOT_SHOWN = {
    "ActionPoint": {"loopt", "klaar", "gestopt"},
    "DigestSent": {"wacht", "bezig", "verstuurd", "niets", "mislukt"},
    "ExemptionClaim": {"toegewezen"},
    "Meeting": {"afgezegd"},
    "Referral": {"aanvaard", "afgewezen"},
    "Review": {"ingetrokken"},
    "ReviewMessage": {"ingetrokken"},
    "Stop": {"afgezegd"},
    "TakeOverFile": {"doorzoeken", "voorbeeld", "inlezen", "klaar", "vervallen", "mislukt"},
}


def test_it_is_made_on_a_sunday_in_the_holidays(small, client):
    _make(date(2026, 8, 2), client)


def test_it_is_made_on_a_school_day_and_every_state_is_shown_by_somebody(client):
    _make(date(2026, 11, 20), client)
    for model in apps.get_app_config("cases").get_models():
        column = next((f for f in model._meta.concrete_fields if f.name == "state"), None)
        if column and not model.__name__.startswith("Historical"):
            shown = set(model.objects.values_list("state", flat=True))
            missing = {str(value) for value, _ in column.flatchoices} - shown
            assert missing <= NOT_SHOWN.get(model.__name__, set()), model
    looks = LookAlong.objects.running()
    assert looks.exclude(entered_at=None).exists() and looks.filter(guardian=None).exists()
    assert Opinion.objects.filter(by=None).exists() and Attachment.objects.filter(by=None).exists()


def _make(day: date, client) -> None:
    """With something of everything, pages that answer, and only once."""
    with time_machine.travel(f"{day}T09:00:00Z"):
        build.build(day)
        client.force_login(User.objects.get(email="teamleider@voorbeeld.test"))
        for page in ("/vandaag/", "/werkvoorraad/", f"/dossiers/{Case.objects.open().first().number}/"):
            assert client.get(page).status_code == 200, page
        assert out_of_sight(day) == []
        with pytest.raises(build.Refused):
            build.build(day)
    _tells_true_stories(day)
    for rows in (Case, Decision, Dispute, ExemptionClaim, Meeting, Offer, Outsider, Stop):
        assert rows.objects.exists(), rows


def _tells_true_stories(day: date) -> None:
    """What cannot be in a real region: work in a closed dossier, a place that begins on a Sunday, an escalation before
    the child was at home, somebody who was asked for an overleg and answers after it."""
    assert not Task.objects.filter(done_on=None).exclude(case__closed_on=None).exists()
    for offer in Offer.objects.all():
        days = (offer.start_on, offer.started_on, offer.full_on)
        assert all(each is None or each.weekday() < 5 for each in days), offer.pk
    for review in Review.objects.select_related("case__pupil"):
        first = review.case.pupil.home_periods.order_by("first_day").first()  # a child can have been back in between
        assert first is None or review.proposed_at.date() >= first.first_day, review.pk
    for moment in Meeting.objects.values_list("starts_at", flat=True):
        assert moment.weekday() < 5
    assert not Attendance.objects.filter(answered_at__gt=F("meeting__starts_at")).exists()
    looks = LookAlong.objects.running().select_related("case__pupil", "guardian")
    assert all(may_look_along(row, day) for row in looks), "nobody looks along who may not"
    ended = Dispute.objects.exclude(outcome="")
    assert ended.exists() and all(d.case.opened_on <= d.started_on <= d.outcome_on <= day for d in ended)
    assert Dispute.objects.filter(outcome="").exists()
    answers = ReportAnswer.objects
    assert answers.filter(read_at=None).exists() and answers.exclude(read_at=None).exists()
