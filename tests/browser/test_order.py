"""An agenda is put in order: by the mouse, by the keyboard, and without scripts."""

import pytest
from playwright.sync_api import expect

from cases.stops import acts as stops
from cases.stops.models import Stop
from tests import world
from tests.browser import sentences as she

pytestmark = pytest.mark.once
NAMES = ("Noor", "Sem", "Fleur")


@pytest.fixture
def agenda(people, morning) -> Stop:
    row = Stop.objects.create(
        region=people.organisations["regio"],
        starts_at="2026-12-10T12:30:00Z",
        place="Raadzaal",
        by=people.officer,
        organisation=people.organisations["nieuwegein"],
    )
    cases = [world.open_case(world.pupil(first_names=name), people.schools["99AA00"]) for name in NAMES]
    stops.add_cases(row, cases, by=people.officer)
    return row


@pytest.fixture
def opened(open_window, people, agenda):
    def do(**how):
        page = open_window(**how)
        she.log_in(page, people.officer)
        page.goto(f"/thuiszitterstop/{agenda.pk}/")
        return page

    return do


def kept(agenda) -> list[str]:
    return list(agenda.cases.values_list("case__pupil__first_names", flat=True))


def drag(page, at: int, below: int) -> None:
    """Take a row by its grip and let it go under another one."""
    grip, other = page.locator(".grip").nth(at).bounding_box(), page.locator(".agenda > li").nth(below).bounding_box()
    page.mouse.move(grip["x"] + 5, grip["y"] + 10)
    page.mouse.down()
    page.mouse.move(grip["x"] + 5, other["y"] + other["height"] - 4, steps=5)


def test_a_row_is_dragged_and_the_others_get_their_number(opened, agenda):
    page = opened()
    drag(page, 0, 1)
    page.mouse.up()
    she.read_message(page, "staat nu op plaats 2.")
    assert kept(agenda) == ["Sem", "Noor", "Fleur"]
    expect(page.locator(".agenda > li:focus .name")).to_contain_text("Noor")
    places = page.locator(".agenda input[name^=plaats_]")
    assert [places.nth(n).input_value() for n in range(3)] == ["1", "2", "3"]


def test_escape_lets_it_stay(opened, agenda):
    page = opened()
    drag(page, 0, 2)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert kept(agenda) == list(NAMES) and not page.locator(".order-status").inner_text()


def test_what_is_not_kept_stands_where_it_stood(opened, open_window, agenda):
    page = opened(expects=("net::", "Failed to load"))
    page.context.set_offline(True)
    drag(page, 0, 1)
    page.mouse.up()
    she.read_message(page, "De volgorde is niet bewaard")
    expect(page.locator(".agenda > li .name").first).to_contain_text("Noor")
    page.context.set_offline(False)
    assert kept(agenda) == list(NAMES)


@pytest.mark.parametrize("how", [{"js": True}, {"js": False}, {"js": False, "width": 320}])
def test_a_place_is_typed_and_the_focus_comes_back_to_the_row(opened, agenda, how):
    page = opened(**how)
    field = page.get_by_label("Plaats van Fleur")
    field.fill("1")
    with page.expect_navigation():
        field.press("Enter")
    she.see(page, "staat nu op plaats 1.")
    assert kept(agenda) == ["Fleur", "Noor", "Sem"]
    assert page.url.endswith(f"#dossier-{agenda.cases.first().pk}")
    expect(page.locator(f"#dossier-{agenda.cases.first().pk}")).to_be_focused()
    assert page.locator(".grip").count() == (3 if how["js"] else 0)
