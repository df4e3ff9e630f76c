"""An invitation is answered by the organisation that got it, and waits with it until it is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.meetings.acts import change
from cases.meetings.models import Attendance, Meeting
from cases.meetings.queries import every_invitation, to_answer
from cases.today.sight import out_of_sight
from tests import world
from thuiszitters.core.people.organisations import Membership


@pytest.fixture
def asked(shared_case, lekstroom) -> Attendance:
    """The samenwerkingsverband, for an MDO in a week."""
    own = lekstroom.organisations["nieuwegein"]
    meeting = Meeting.objects.create(
        case=shared_case,
        kind="mdo",
        question="Welke plek?",
        ground="convenant",
        place="zaal 2",
        starts_at=timezone.now() + timedelta(days=7),
        minutes=60,
        organisation=own,
        by=lekstroom.officer,
    )
    Attendance.objects.create(meeting=meeting, role="gemeente", organisation=own)
    verband = lekstroom.organisations["verband"]
    return Attendance.objects.create(meeting=meeting, role="samenwerkingsverband", organisation=verband)


@pytest.fixture
def path(asked) -> str:
    return f"/dossiers/{asked.meeting.case.number}/overleg/{asked.meeting_id}/"


def text(response) -> str:
    return response.content.decode()


def test_it_waits_and_is_answered_from_the_list(asked, path, as_user, lekstroom, friday):
    client = as_user("coordinator")
    assert "Op 1 uitnodiging voor een overleg gaf u nog geen antwoord." in text(client.get("/vandaag/"))
    assert path in text(client.get("/uitnodigingen/"))
    assert "Ja, wij komen" in text(client.get(path)) and "nog geen antwoord" in text(as_user("officer").get(path))
    assert client.post(f"{path}wie-komt/", {"comes": "ja"})["Location"] == path
    asked.refresh_from_db()
    assert (asked.comes, asked.answered_by) == ("ja", lekstroom.coordinator)
    assert to_answer(lekstroom.coordinator, friday) == set() and path not in text(client.get("/uitnodigingen/"))
    assert "Uw antwoord: komt" in text(client.get(path)) and ">komt</span>" in text(as_user("officer").get(path))


def test_somebody_else_needs_a_name(asked, path, as_user):
    client = as_user("coordinator")
    refused = client.post(f"{path}wie-komt/", {"comes": "ander", "instead": " "})
    assert refused.status_code == 422 and list(refused.context["form"].errors) == ["instead"]
    client.post(f"{path}wie-komt/", {"comes": "ander", "instead": "P. Plaats, consulent"})
    asked.refresh_from_db()
    assert asked.told == "P. Plaats, consulent komt"
    client.post(f"{path}wie-komt/", {"comes": "nee", "instead": "P. Plaats"})
    asked.refresh_from_db()
    assert (asked.told, asked.instead) == ("komt niet", "")


def test_a_second_click_says_it_once(asked, path, as_user):
    for _ in range(2):
        as_user("coordinator").post(f"{path}wie-komt/", {"comes": "ja"})
    assert asked.history.count() == 2  # asked, and answered


def test_the_side_that_plans_is_not_asked(asked, path, as_user, lekstroom):
    """A bureau plans for its gemeente: neither of the two gets a question."""
    Meeting.objects.update(organisation=lekstroom.organisations["bureau"])
    assert "Komt u?" not in text(as_user("officer").get(path)) + text(as_user("leader").get(path))
    assert "Komt u?" in text(as_user("coordinator").get(path))


def test_the_record_begins_with_what_was_said(asked, path, as_user):
    as_user("coordinator").post(f"{path}wie-komt/", {"comes": "ander", "instead": "P. Plaats"})
    Meeting.objects.update(starts_at=timezone.now() - timedelta(hours=1))
    form = as_user("officer").get(f"{path}verslag/").context["form"]
    assert (form[f"erbij_{asked.pk}"].value(), form[f"wie_{asked.pk}"].value()) == ("ja", "P. Plaats")


def test_another_time_is_asked_again(asked, as_user, lekstroom):
    Attendance.objects.filter(pk=asked.pk).update(comes="ja")
    meeting = Meeting.objects.get()
    people = list(meeting.people.select_related("organisation"))
    mother = asked.meeting.case.pupil.guardians.first()
    people += [Attendance(role="ouder", guardian=mother)] if mother else []
    meeting.place, meeting.uninvited_because = "zaal 3", "later"
    change(meeting, people, by=lekstroom.officer)
    asked.refresh_from_db()
    assert asked.comes == "ja"  # another room is no other time
    meeting.starts_at += timedelta(days=1)
    change(meeting, people, by=lekstroom.officer)
    asked.refresh_from_db()
    assert asked.comes == ""


def test_after_it_began_nothing_is_answered(asked, path, as_user):
    Meeting.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    told = as_user("coordinator").post(f"{path}wie-komt/", {"comes": "ja"}, follow=True)
    asked.refresh_from_db()
    assert asked.comes == "" and "is begonnen" in text(told)


@pytest.mark.parametrize(("who", "status"), [("officer", 403), ("stranger", 404), ("nurse", 404), ("teacher", 404)])
def test_nobody_else_answers(asked, path, as_user, who, status):
    assert as_user(who).post(f"{path}wie-komt/", {"comes": "ja"}).status_code == status
    asked.refresh_from_db()
    assert asked.comes == ""


def test_it_is_in_sight_while_somebody_can_answer(asked, lekstroom, friday):
    assert every_invitation(friday) == {asked.pk: ""}
    assert [gap for gap in out_of_sight(friday) if gap.kind == "uitnodigingen"] == []
    Membership.objects.filter(organisation=asked.organisation).update(valid_until=world.START)
    assert every_invitation(friday) == {}


def test_who_has_no_share_is_not_asked_here(asked, friday):
    asked.meeting.case.involvements.all().delete()
    assert every_invitation(friday) == {}
