"""What will be asked of whom is said beforehand: in the invitation, on the page and above the record."""

import pytest
from icalendar import Calendar

from cases.meetings.invitation import invitation_file, invitation_text
from cases.meetings.models import Meeting
from tests.cases.overleg import page, plan_form

ASKS = "School: welke plek is er?\nGemeente: wanneer rijdt het busje?"


@pytest.fixture
def asked(shared_case, lekstroom, as_user) -> Meeting:
    sent = plan_form(lekstroom, asks=ASKS)
    answer = as_user("officer").post(f"/dossiers/{shared_case.number}/overleg/", sent)
    assert answer.status_code == 302, answer.context["form"].errors
    return Meeting.objects.get()


def at(meeting, act="") -> str:
    return f"/dossiers/{meeting.case.number}/overleg/{meeting.pk}/{act}"


def test_who_was_asked_reads_it_on_the_page_and_in_the_invitation(asked, as_user):
    shown = page(as_user("coordinator").get(at(asked)))
    assert "Wat wij gaan vragen" in shown and shown.count("wanneer rijdt het busje?") == 2
    assert f"Wat wij gaan vragen:\n{ASKS}\n\nKunt u dan niet?" in invitation_text(asked)


def test_no_agenda_reads_it(asked):
    file = invitation_file(asked)
    assert b"busje" not in file and Calendar.from_ical(file).walk("VEVENT")


def test_it_is_kept_encrypted_also_in_the_history(asked):
    for row in (asked, asked.history.latest()):
        assert row.asks_sealed and "busje" not in row.asks_sealed
    assert asked.asks == ASKS


@pytest.mark.parametrize("who", ["stranger", "boa", "teacher"])
def test_who_does_not_see_the_overleg_does_not_see_it(asked, as_user, who):
    answer = as_user(who).get(at(asked))
    assert answer.status_code in (403, 404) and "busje" not in page(answer)


def test_it_does_not_name_the_child(shared_case, lekstroom, as_user):
    sent = plan_form(lekstroom, asks="Wat kan Noor aan?")
    answer = as_user("officer").post(f"/dossiers/{shared_case.number}/overleg/", sent)
    assert answer.status_code == 422 and "asks" in answer.context["form"].errors and not Meeting.objects.exists()


def test_a_child_that_got_that_name_later(asked, as_user):
    asked.case.pupil.first_names = "School"
    assert "busje" not in invitation_text(asked)


def test_it_can_be_left_out(shared_case, lekstroom, as_user):
    as_user("officer").post(f"/dossiers/{shared_case.number}/overleg/", plan_form(lekstroom))
    meeting = Meeting.objects.get()
    assert meeting.asks_sealed == "" and "Wat wij gaan vragen" not in invitation_text(meeting)
    assert "Wat wij gaan vragen" not in page(as_user("officer").get(at(meeting)))


def test_it_is_changed_and_the_old_words_stay_in_the_history(asked, lekstroom, as_user):
    officer = as_user("officer")
    token = asked.asks_sealed
    assert officer.post(at(asked, "wijzigen/"), plan_form(lekstroom, asks=ASKS)).status_code == 302
    assert Meeting.objects.get().asks_sealed == token  # the same words
    answer = officer.post(at(asked, "wijzigen/"), plan_form(lekstroom, asks="Niets meer.", version="2"))
    assert answer.status_code == 302 and Meeting.objects.get().asks == "Niets meer."
    history = page(officer.get(f"/dossiers/{asked.case.number}/geschiedenis/"))
    assert "welke plek is er?" in history and "Niets meer." in history and token not in history


def test_the_second_of_two_sees_what_the_first_asked(asked, lekstroom, as_user):
    as_user("officer").post(at(asked, "wijzigen/"), plan_form(lekstroom, asks="Eerst dit.", at="14.00"))
    answer = as_user("leader").post(at(asked, "wijzigen/"), plan_form(lekstroom, asks="Of dit?"))
    said = dict(answer.context["form"].colleague)
    assert answer.status_code == 422 and "Eerst dit." in said.values() and "14.00" in said["Wanneer"]


def test_it_stands_above_the_record(unrecorded, as_user):
    unrecorded.asks = ASKS
    unrecorded.save()
    shown = page(as_user("officer").get(at(unrecorded, "verslag/")))
    assert shown.index("wanneer rijdt het busje?") < shown.index("Wie was erbij?")
