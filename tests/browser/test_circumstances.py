"""What a page is in other circumstances than a wide window: on paper, at 400%, in the few colours of the system."""

import io
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from cases.handling.acts import assign
from tests import world
from tests.browser import keyboard, looks, scene
from tests.browser import sentences as she

pytestmark = pytest.mark.once

SKIP = "Naar de inhoud"
BUTTONS = "[...document.querySelectorAll('button, .btn')].map(one => one.innerText.trim()).filter(Boolean)"


def printed(page: Page) -> list[str]:
    """The words of each sheet."""
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]


@pytest.fixture
def crowd(people, morning) -> list[str]:
    """Twelve children who ask something of one officer."""
    names = [f"Kind-{n}" for n in range(12)]
    for n, name in enumerate(names):
        child = world.pupil(first_names=name)
        case = world.open_case(child, people.schools["99AA00"], first_day=date(2026, 8, 31) + timedelta(days=n))
        assign(case, people.officer, by=people.officer)
    return names


def test_a_dossier_on_paper(open_window, people):
    """Name and number on each sheet; nothing to click; what was folded can be read; white, whatever the screen is."""
    stage = scene.build(people)
    case = stage.open
    page = open_window()
    she.log_in(page, people.officer)
    page.goto(f"/dossiers/{case.number}/?alles=1")
    buttons = set(page.evaluate(BUTTONS))
    assert "Contact vastleggen" in buttons
    page.emulate_media(color_scheme="dark")
    sheets = printed(page)
    assert len(sheets) > 2
    for n, text in enumerate(sheets, 1):
        lines = {line.strip() for line in text.splitlines()}
        assert f"{case.pupil.name}, dossier {case.number}" in text, f"no name or number on sheet {n}"
        assert f"bladzijde {n} van {len(sheets)}" in text
        assert SKIP not in text
        assert not lines & buttons, f"buttons on sheet {n}"
    assert "Lesweken zijn weken met ten minste één lesdag" in " ".join(" ".join(sheets).split())
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.querySelector('main h1')).color") == "rgb(0, 26, 64)"


def test_a_list_on_paper(open_window, people, crowd):
    """Its title at the head, the words above the columns on every sheet, no filters."""
    page = open_window()
    she.log_in(page, people.officer)
    page.goto("/werkvoorraad/?lijst=alle")
    page.evaluate("const body = document.querySelector('main tbody'); body.innerHTML += body.innerHTML.repeat(3)")
    sheets = printed(page)
    assert len(sheets) > 1
    for text in sheets:
        assert "Werkvoorraad" in text
        assert "Filteren" not in text
    with_children = [text for text in sheets if "Kind-" in text]
    assert len(with_children) > 1
    assert all("Volgende stap" in text for text in with_children)


def test_the_head_is_one_line(open_window, people):
    """For every role at 1280; at 400% it leaves room for what is below it."""
    for who in ("officer", "leader", "coordinator", "holder", "region", "controller", "teacher", "nurse", "stranger"):
        page = open_window()
        she.log_in(page, people.users[who])
        page.goto("/vandaag/")
        height = page.locator(".bar").bounding_box()["height"]
        assert height < 70, f"{who}: the head is {height} px"
        assert page.evaluate("document.querySelector('.brand').offsetTop") < 20
        page.set_viewport_size({"width": 320, "height": 256})
        assert page.locator(".bar").bounding_box()["height"] < 240, who
        assert not looks.sideways(page, who)


def test_ten_children_are_in_sight(open_window, people, crowd):
    page = open_window()
    she.log_in(page, people.officer)
    page.goto("/vandaag/")
    rows = page.locator("table.now tbody tr")
    assert rows.count() == 10
    tenth = rows.nth(9).bounding_box()
    assert tenth["y"] + tenth["height"] <= 800


def in_few_colours(window, user, scheme: str) -> Page:
    window.emulate_media(forced_colors="active", color_scheme=scheme)
    she.log_in(window, user)
    window.goto("/vandaag/")
    return window


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_few_colours(open_window, people, crowd, scheme):
    """What was said with a colour is a line or a word; what has the focus can be seen."""
    page = in_few_colours(open_window(), people.officer, scheme)
    bar, ground, screen = page.evaluate("""() => [
        getComputedStyle(document.querySelector(".clock-time")).fill,
        getComputedStyle(document.querySelector(".clock-ground")).fill,
        getComputedStyle(document.body).backgroundColor]""")
    assert bar not in (ground, screen)
    assert page.locator(".bar-nav [aria-current]").evaluate("e => getComputedStyle(e).borderBlockEndWidth") == "3px"
    keyboard.tab_to(page, "Kind-0")
    lead = in_few_colours(open_window(), people.leader, scheme)
    assert lead.locator(".loads .in-words").first.bounding_box()["height"] > 10
