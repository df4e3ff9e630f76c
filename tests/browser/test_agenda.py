"""Somebody takes the own agenda along: makes an address, renews it, stops it; at the screen and on a telephone."""

import pytest
from icalendar import Calendar

from cases.dossier.models import Task
from cases.handling.acts import assign
from tests import world
from tests.browser import sentences as she


@pytest.fixture
def planned(people, morning):
    case = world.open_case(world.pupil(first_names="Sem"), people.schools["99AA00"])
    assign(case, people.officer, by=people.officer)
    Task.objects.create(case=case, title="Bel de moeder van Sem", due_on="2026-11-24", owner=people.officer)
    return case


def fetch(page, address: str) -> tuple[int, str]:
    """As a calendar does: without the cookies of the browser."""
    apart = page.context.browser.new_context()
    answer = apart.request.get(address)
    text = answer.text()
    apart.close()
    return answer.status, text


@pytest.mark.parametrize("width", [1280, 320])
def test_make_renew_and_stop(open_window, people, planned, live_server, settings, width):
    settings.SITE_URL = live_server.url
    page = open_window(width=width)
    she.log_in(page, people.officer)
    page.goto("/vandaag/")
    she.follow(page, "In mijn agenda zetten")
    she.see(page, "U heeft nog geen adres.")

    she.press(page, "Adres maken")
    she.see(page, "U ziet dit adres maar één keer.")
    first = page.get_by_label("Geheim adres voor uw agenda").inner_text()
    status, text = fetch(page, first)
    summaries = [str(event["summary"]) for event in Calendar.from_ical(text).walk("VEVENT")]
    assert status == 200 and f"Stap (dossier {planned.number})" in summaries
    assert "Sem" not in text

    page.goto("/agenda/")
    she.see(page, "Laatst opgehaald op", "20 november 2026")
    assert first not in page.content()
    she.press(page, "Nieuw adres maken")
    second = page.get_by_label("Geheim adres voor uw agenda").inner_text()
    assert [fetch(page, address)[0] for address in (first, second)] == [404, 200]

    she.press(page, "Stoppen")
    she.see(page, "Uw adres is gestopt.", "U heeft nog geen adres.")
    assert fetch(page, second)[0] == 404
