"""What a school hears of its report: written by a person of the gemeente, read by the school, forgotten by nobody."""

from datetime import date

import pytest

from cases.intake.joining import join_pupils
from cases.intake.models import Intake, ReportAnswer
from cases.reports.queries import every_unread_answer, unread_answers
from tests import world
from thuiszitters.core.people.organisations import Membership

SAID = {"what": "opgepakt", "text": "Wij bellen deze week met de ouders.", "phone": "06 00000001"}


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def waiting(lekstroom, friday) -> Intake:
    report = world.report(world.pupil(), lekstroom.schools["99AA00"], all_lessons=False, kind="O")
    world.take_in([report], today=friday)
    return report.intake


@pytest.fixture
def path(waiting) -> str:
    return f"/meldingen/nummer/{waiting.number}/"


def test_it_is_written_waits_for_the_school_and_is_read(path, as_user, lekstroom, friday):
    officer, school = as_user("officer"), as_user("teacher")
    assert "De school hoorde nog niets" in text(officer.get(path))
    assert officer.post(f"{path}terugkoppelen/", SAID)["Location"] == path
    assert "nog niet gelezen" in text(officer.get(path))
    today = text(school.get("/vandaag/"))
    assert "Op 1 melding kreeg uw school antwoord." in today and "Er wacht niets op u" not in today
    rows = text(school.get("/meldingen/"))
    assert "met een nieuw antwoord" in rows and "nieuw antwoord</span>" in rows
    shown = text(school.get(path))
    assert "Wij bellen deze week met de ouders." in shown and "06 00000001" in shown and "officer@" in shown
    answer = ReportAnswer.objects.get()
    assert answer.read_by == lekstroom.users["teacher"] and answer.organisation.name == "Gemeente Nieuwegein"
    assert unread_answers(lekstroom.users["teacher"], friday) == set()
    assert "kreeg uw school antwoord" not in text(school.get("/vandaag/"))
    assert "gelezen op" in text(officer.get(path))
    # The telephone number that was typed is not asked again.
    assert officer.get(f"{path}terugkoppelen/").context["form"]["phone"].value() == "06 00000001"


def test_somebody_of_both_sides_finds_it_beside_the_inbox(path, as_user, lekstroom):
    as_user("officer").post(f"{path}terugkoppelen/", SAID)
    school = lekstroom.organisations["school"]
    Membership.objects.create(user=lekstroom.officer, organisation=school, role="school", valid_from=world.START)
    assert "met een nieuw antwoord" in text(as_user("officer").get("/meldingen/"))
    assert "nieuw antwoord" in text(as_user("officer").get("/meldingen/?stand=antwoord"))


def test_what_is_being_written_is_kept_as_a_draft(path, as_user):
    assert "data-draft-url" in text(as_user("officer").get(f"{path}terugkoppelen/"))


def test_a_second_click_says_it_once(path, as_user):
    for _ in range(2):
        as_user("officer").post(f"{path}terugkoppelen/", SAID)
    assert ReportAnswer.objects.count() == 1


def test_a_talk_needs_words(path, as_user):
    refused = as_user("officer").post(f"{path}terugkoppelen/", SAID | {"what": "gesproken", "text": " "})
    assert refused.status_code == 422 and list(refused.context["form"].errors) == ["text"]


def test_setting_aside_tells_what_the_school_may_know_and_no_more(path, as_user):
    as_user("officer").post(path, {"opzij": "1", "because": "zorgen thuis", "told": "U hoort na de herfst meer."})
    shown = text(as_user("teacher").get(path))
    assert "U hoort na de herfst meer." in shown and "Wij doen nu verder niets" in shown and "zorgen thuis" not in shown


def test_setting_aside_without_a_word_tells_nothing(path, as_user):
    as_user("officer").post(path, {"opzij": "1", "because": "zorgen thuis", "told": ""})
    assert not ReportAnswer.objects.exists()


def test_nobody_else_writes_or_reads_it(path, as_user):
    for who, status in (("teacher", 403), ("stranger", 404), ("coordinator", 403)):
        assert as_user(who).post(f"{path}terugkoppelen/", SAID).status_code == status, who
    assert not ReportAnswer.objects.exists()


def test_a_school_where_nobody_reads_is_told_otherwise(lekstroom, friday, as_user):
    report = world.report(
        world.pupil(), lekstroom.schools["99AB00"], kind="O", all_lessons=False, reporter_name="J. Melder"
    )
    world.take_in([report], today=friday)
    path = f"/meldingen/nummer/{report.number}/terugkoppelen/"
    assert "leest hier niemand mee" in text(as_user("officer").get(path))
    as_user("officer").post(path, SAID)
    assert ReportAnswer.objects.count() == 1 and every_unread_answer(friday) == {}


def test_it_stands_in_the_course_of_events(path, waiting, as_user):
    officer = as_user("officer")
    officer.post(f"{path}terugkoppelen/", SAID)
    taken = officer.post(path, {"opnemen": "1"})["Location"]
    assert "Antwoord aan De Lindeboom op melding" in text(officer.get(taken))


def test_it_goes_along_where_two_rows_of_a_child_are_joined(path, waiting, as_user, lekstroom):
    as_user("officer").post(f"{path}terugkoppelen/", SAID)
    keep = world.pupil()
    twin = world.report(keep, lekstroom.schools["99AA00"], number=waiting.number, municipality_id="0321")
    world.take_in([twin], today=date(2026, 11, 20))
    join_pupils(waiting.pupil, keep, by=lekstroom.officer)
    assert ReportAnswer.objects.get().intake == Intake.objects.get()
