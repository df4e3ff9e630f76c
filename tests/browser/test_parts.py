"""The parts of a dossier: one open at a time, also without JavaScript; whose it is stays in sight; an act goes back to
the part in which it shows."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests import world
from tests.browser import sentences as she

pytestmark = pytest.mark.once
SCREEN = 800


@pytest.fixture
def new(people, morning):
    return world.open_case(
        world.pupil(first_names="Noor", last_name="Bakker"), people.schools["99AA00"], first_day=date(2026, 11, 16)
    )


def without_has(route) -> None:
    styles = route.fetch().text().replace(":has(:target)", ":unknown(:target)")
    route.fulfill(body=styles, content_type="text/css")


def open_parts(page) -> list[str]:
    return [p.get_attribute("id") for p in page.locator(".part").all() if p.is_visible()]


def current(page) -> list[str]:
    return page.locator(".parts li a[aria-current]").all_inner_texts()


@pytest.mark.parametrize("js", [True, False])
def test_one_part_at_a_time(open_window, people, new, js):
    page = open_window(js=js)
    she.log_in(page, people.officer)
    page.goto(f"/dossiers/{new.number}/")
    assert open_parts(page) == ["nu"]
    for word in ("Verloop", "Mensen", "Plan", "Papieren"):
        she.open_part(page, word)
        assert open_parts(page) == [word.lower()]
        if js:
            assert [words.split()[0] for words in current(page)] == [word]
        expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    page.go_back()
    assert open_parts(page) == ["plan"]
    page.goto(f"/dossiers/{new.number}/?soort=meldingen#verloop")
    assert open_parts(page) == ["verloop"]


def test_an_act_goes_back_to_where_it_shows(open_window, people, new):
    page = open_window()
    she.log_in(page, people.officer)
    page.goto(f"/dossiers/{new.number}/")
    she.follow(page, "Belemmering vastleggen")
    page.get_by_label("Wat houdt het tegen").select_option(label="wachtlijst voor hulp")
    page.get_by_label("Wat is er nodig").fill("Hulp thuis")
    she.save(page, "Belemmering bewaard.")
    assert open_parts(page) == ["plan"]
    she.follow(page, "Iemand toevoegen")
    page.get_by_label("Naam", exact=True).fill("J. Smit")
    page.get_by_label("Wat doet deze persoon").fill("jeugdarts")
    she.save(page, "J. Smit staat bij de mensen van dit dossier.")
    assert open_parts(page) == ["mensen"]
    expect(page.get_by_role("region", name="Mensen")).to_contain_text("J. Smit")


def test_a_new_dossier_is_one_screen_and_a_half(open_window, people, new):
    page = open_window(width=1280, height=SCREEN)
    she.log_in(page, people.officer)
    page.goto(f"/dossiers/{new.number}/")
    for word in ("Nu", "Verloop", "Mensen", "Plan", "Papieren"):
        she.open_part(page, word)
        height = page.evaluate("document.documentElement.scrollHeight")
        assert height <= 1.5 * SCREEN, f"{word}: {height}"
    she.open_part(page, "Nu")
    # Who, how long, why, what now, and who was not spoken yet: at the first look.
    for words in ("4 dagen thuis", "Hoe is dit berekend?", "Spreek met de ouders en met het kind", "nog niet gehoord"):
        expect(page.get_by_text(words).first).to_be_in_viewport()


def test_whose_dossier_it_is_stays_in_sight(open_window, people, new):
    page = open_window(width=1280, height=500)
    she.log_in(page, people.officer)
    page.goto(f"/dossiers/{new.number}/")
    whose = page.locator(".parts .whose")
    expect(whose).to_be_hidden()
    page.mouse.wheel(0, 2000)
    expect(whose).to_be_visible()
    expect(whose).to_have_text("Noor Bakker, 4 dagen thuis")
    expect(page.get_by_role("link", name="Contact vastleggen")).to_be_in_viewport()


def test_a_browser_that_cannot_tell_shows_them_all(open_window, people, new):
    """As without `:has()`: the index leads to places in one long page."""
    page = open_window(js=False)
    page.route(
        "**/dossier*.css", lambda route: route.fulfill(body=route.fetch().text().replace(":has(:target)", ":no(x)"))
    )
    she.log_in(page, people.officer)
    page.goto(f"/dossiers/{new.number}/")
    assert open_parts(page) == ["nu", "verloop", "mensen", "plan", "papieren"]
