"""Log in, open the first dossier and record a contact, without a mouse."""

import pytest
from playwright.sync_api import expect

from tests import world
from tests.browser import keyboard
from tests.browser.sentences import PASSWORD, log_in, read_message, see

pytestmark = pytest.mark.once


@pytest.fixture
def dossier(people):
    return world.open_case(world.pupil(first_names="Noor", last_name="Bakker"), people.schools["99AA00"])


def test_a_contact_without_a_mouse(open_window, people, dossier):
    page = open_window()
    page.goto("/inloggen/")
    keyboard.type_in(page, "E-mailadres", people.officer.email)
    keyboard.type_in(page, "Wachtwoord", PASSWORD)
    keyboard.press(page, "Inloggen", "button")

    keyboard.press(page, "Werkvoorraad", "a")
    keyboard.press(page, "Noor Bakker", "a")
    keyboard.press(page, "Contact vastleggen", "a")
    expect(page.get_by_role("heading", level=1)).to_have_text("Contact vastleggen")

    keyboard.type_in(page, "Met wie", "school")
    keyboard.type_in(page, "Hoe", "tele")
    keyboard.type_in(page, "Wat zei die persoon", "Zij komt morgen een uur.")
    keyboard.tab_to(page, "Ook zichtbaar")
    page.keyboard.press("Space")
    keyboard.press(page, "Bewaren", "button")

    read_message(page, "Contact bewaard.")
    see(page, "Contact met school, telefonisch", "Zij komt morgen een uur.")
    assert dossier.contacts.get().shared


def test_the_skip_link_comes_first_and_goes_to_the_content(open_window, people, dossier):
    page = open_window()
    log_in(page, people.officer)
    page.goto("/meldingen/")
    assert keyboard.tab_to(page, "Naar de inhoud") == ["Naar de inhoud"]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"
    page.keyboard.press("Tab")
    assert keyboard.stop(page)["name"] == "Bestand inlezen"


@pytest.mark.parametrize("width", [1280, 320])
def test_every_stop_on_a_dossier_is_seen(open_window, people, dossier, width):
    page = open_window(width=width)
    log_in(page, people.officer)
    page.goto(f"/dossiers/{dossier.number}/")
    stops = keyboard.tab_to(page, "Volgende stap", "a")
    assert stops[0] == "Naar de inhoud"
    assert (
        stops.index("Nu") < stops.index("Papieren") < stops.index("Contact vastleggen") < stops.index("Volgende stap")
    )
    page.goto("about:blank")
    page.goto(f"/dossiers/{dossier.number}/")
    parts = keyboard.tab_to(page, "Mensen", "a")[-1:]
    page.keyboard.press("Enter")
    inside = keyboard.tab_to(page, "Organisatie betrekken", "a")
    assert parts and "Volgende stap" not in inside, "what is not open has no stops"
    assert "Verloop" not in inside, "the focus went into the part"


def test_errors_take_the_focus_and_lead_to_the_field(open_window, people, dossier):
    page = open_window()
    page.goto("/inloggen/")
    keyboard.tab_to(page, "Inloggen", "button")
    page.keyboard.press("Enter")
    expect(page.locator("#fouten")).to_be_focused()
    keyboard.tab_to(page, "Wachtwoord", "a")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Wachtwoord")).to_be_focused()
