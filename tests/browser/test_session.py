"""A session ends while somebody types: nothing that was typed is lost."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from cases.work.models import Note
from tests import world
from tests.browser import sentences as she

LONG = "Huisbezoek geweest. Sem was boven en wilde later praten."
MORE = " Moeder belt vrijdag."


@pytest.fixture
def note_page(open_window, people):
    case = world.open_case(world.pupil(first_names="Sem"), people.schools["99AA00"])
    page = open_window(expects=("401 /concept/",))
    she.log_in(page, people.officer)
    page.goto(f"/dossiers/{case.number}/notitie/")
    return page


def the_session_ends() -> None:
    Session.objects.all().delete()


def test_a_note_survives_the_end_of_the_session(note_page, people):
    page = note_page
    page.get_by_label("Notitie").fill(LONG)
    she.see(page, "Concept bewaard om 10:")

    the_session_ends()
    page.get_by_label("Notitie").press_sequentially(MORE)
    she.see(page, "Niet bewaard: u bent uitgelogd. Uw tekst blijft op deze pagina staan.")

    page.get_by_role("button", name="Bewaren").click()
    she.see(page, "Uw sessie was verlopen. Log opnieuw in; uw tekst is bewaard.")
    page.get_by_label("E-mailadres").fill(people.officer.email)
    page.get_by_label("Wachtwoord").fill("verkeerd-wachtwoord")
    page.get_by_role("button", name="Inloggen").click()
    she.see(page, "E-mailadres en wachtwoord horen niet bij elkaar.", "uw tekst is bewaard")
    page.get_by_label("Wachtwoord").fill(she.PASSWORD)
    page.get_by_role("button", name="Inloggen").click()

    expect(page.get_by_label("Notitie")).to_have_value(LONG + MORE)
    she.save(page, "Notitie bewaard.")
    assert Note.objects.get().text == LONG + MORE


def test_a_draft_waits_for_its_writer_and_can_be_thrown_away(note_page):
    page = note_page
    page.get_by_label("Notitie").fill(LONG)
    she.see(page, "Concept bewaard om 10:")
    page.reload()
    she.see(page, "Uw concept van", "staat weer in het formulier.")
    expect(page.get_by_label("Notitie")).to_have_value(LONG)
    page.get_by_role("button", name="Concept weggooien").click()
    expect(page.get_by_label("Notitie")).to_have_value("")
