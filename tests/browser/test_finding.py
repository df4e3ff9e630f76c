"""A child is found while typing, by keyboard; without scripts the form does it."""

import pytest
from playwright.sync_api import expect

from tests import world
from tests.browser import sentences as she

pytestmark = pytest.mark.once  # of the field, whatever database lies under it


@pytest.fixture
def worklist(open_window, people):
    def open_page(js: bool):
        for first in ("Bram", "Cato"):
            world.open_case(world.pupil(first_names=first, last_name="Koster"), people.schools["99AA00"])
        page = open_window(js=js)
        she.log_in(page, people.officer)
        page.goto("/werkvoorraad/")
        return page

    return open_page


def test_by_keyboard(worklist):
    page = worklist(js=True)
    field = page.get_by_role("combobox", name="Zoek een kind")
    field.press_sequentially("kost")
    options = page.get_by_role("listbox", name="Voorstellen").get_by_role("option")
    expect(options).to_have_count(2)
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.nth(1).get_attribute("id"))
    field.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_value("kost")
    field.press_sequentially("er")
    expect(options).to_have_count(2)
    assert "kost" not in page.url
    field.press("ArrowDown")
    field.press("Enter")
    she.see(page, "Bram Koster")
    assert "/dossiers/TZ-" in page.url


def test_enter_without_a_choice_searches(worklist):
    page = worklist(js=True)
    field = page.get_by_role("combobox", name="Zoek een kind")
    field.press_sequentially("kostr")
    expect(page.get_by_role("listbox", name="Voorstellen").get_by_role("option")).to_have_count(2)
    field.press("Enter")
    she.see(page, "Zoeken: kostr")
    assert page.url.endswith("/zoeken/")


def test_without_scripts(worklist):
    page = worklist(js=False)
    page.get_by_role("searchbox").fill("kostr")
    page.get_by_role("button", name="Zoeken").click()
    expect(page.get_by_role("link", name="Cato Koster")).to_be_visible()
