"""A school is found by typing a part of its name, with scripts and without."""

import pytest
from playwright.sync_api import expect

from cases.offers.models import Offer
from tests import world
from tests.browser import sentences as she

pytestmark = pytest.mark.once  # of the field, whatever database lies under it


@pytest.fixture
def offer_page(open_window, people):
    """The form of an offer, with or without scripts."""

    def open_page(js: bool):
        case = world.open_case(world.pupil(first_names="Sem"), people.schools["99AA00"])
        page = open_window(js=js)
        she.log_in(page, people.officer)
        page.goto(f"/dossiers/{case.number}/aanbod/")
        return page

    return open_page


def test_the_browser_offers_what_was_found(offer_page):
    page = offer_page(js=True)
    page.locator("[name=school_code]").press_sequentially("kompas")
    expect(page.locator("datalist option")).to_have_attribute("value", "Het Kompas (99AB00)")


def test_without_scripts_the_matches_come_back_as_choices(offer_page):
    page = offer_page(js=False)
    page.locator("[name=kind]").select_option(index=1)
    page.locator("[name=hours_start]").fill("6")
    page.locator("[name=hours_full]").fill("24")
    page.locator("[name=school_code]").fill("kompas")
    page.get_by_role("button", name="Bewaren").click()
    she.see(page, "Bedoelt u deze school? Kies haar, of typ iets anders.")
    expect(page.locator("[name=school_code]")).to_have_value("kompas")
    page.get_by_label("Het Kompas").check()
    page.get_by_role("button", name="Bewaren").click()
    assert Offer.objects.get().school.code == "99AB00"
