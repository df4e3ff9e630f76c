"""A school reports, is asked whether it is right, makes a mistake, and hears what came of it; and says who comes to an
overleg. Each page is looked at on the way: wide, narrow, with axe."""

import pytest
from playwright.sync_api import Page, expect

from cases.intake.models import Intake
from cases.meetings.models import Attendance, Meeting
from leerplicht.models import AbsenceReport
from tests import world
from tests.browser import looks
from tests.browser import sentences as she

pytestmark = pytest.mark.once


def fill_in(page: Page, **values: str) -> None:
    """The fields of a report, by their name in the file."""
    for name, value in values.items():
        field = page.locator(f"main [name={name}]")
        if field.first.get_attribute("type") == "radio":
            page.locator(f"main [name={name}][value={value}]").check()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


@pytest.fixture
def school(open_window, people, morning):
    page = open_window()
    she.log_in(page, people.teacher)
    return page


@pytest.fixture
def officer(open_window, people):
    page = open_window()
    she.log_in(page, people.officer)
    return page


def look(page: Page, name: str, wrong: list[str]) -> None:
    wrong += looks.problems(page, name, dark=False)


def test_from_a_report_to_an_answer(school, officer):
    wrong: list[str] = []
    school.goto("/meldingen/nieuw/")
    fill_in(
        school,
        persoonsgebonden_nummer=world.bsn(31),
        voornamen="Sem",
        achternaam="de Wit",
        geboortedatum="2012-03-04",
        gemeentecode="0356",
        begindatum="2026-11-09",
        verzuimsoort="LRV",
        alle_lessen_gemist="N",
        reden="heeft ADHD",
    )
    she.press(school, "Melden")
    she.see(school, "Klopt dit?", "Langdurig relatief verzuim duurt langer dan 4 lesweken", "“adhd”")
    look(school, "what is odd", wrong)
    fill_in(school, verzuimsoort="O", verzuimuren="9-11-2026 3", reden="blijft weg bij gym")
    she.press(school, "Melden")
    she.read_message(school, "is vastgelegd.")
    she.see(school, "heeft uw melding en bekijkt haar")

    she.follow(school, "Wijzigen")
    look(school, "changing it", wrong)
    fill_in(school, verzuimuren="9-11-2026 3\n10-11-2026 2")
    she.press(school, "Bewaren")
    she.read_message(school, "Wat er eerder stond, blijft bewaard.")
    she.see(school, "10 november 2026: 2 uur")

    number = AbsenceReport.objects.current().get(sent_last_name="Wit").number
    officer.goto(f"/meldingen/nummer/{number}/")
    she.follow(officer, "Laat de school iets weten")
    look(officer, "answering the school", wrong)
    officer.get_by_label("Wij gaan ermee aan het werk").check()
    officer.get_by_label("Wat mag de school weten?").fill("Wij bellen de ouders.")
    officer.get_by_label("Telefoon voor vragen").fill("06 000 00 012")
    she.press(officer, "Versturen")
    she.see(officer, "nog niet gelezen")

    school.goto("/vandaag/")
    school.get_by_role("link", name="Op 1 melding kreeg uw school antwoord.").click()
    school.wait_for_url("**/meldingen/**")
    she.follow(school, number)
    she.see(school, "Wij bellen de ouders.", "06 000 00 012")

    she.follow(school, "Deze leerling opnieuw melden")
    she.see(school, "Over Sem de Wit")
    look(school, "the same pupil once more", wrong)
    expect(school.locator("main [name=achternaam]")).to_have_count(0)

    school.goto(f"/meldingen/nummer/{number}/")
    she.follow(school, "Intrekken")
    she.press(school, "Intrekken")
    school.get_by_label("Waarom trekt u de melding in?").fill("Het was een andere leerling.")
    she.press(school, "Intrekken")
    she.see(school, "Het was een andere leerling.")
    look(school, "taken back", wrong)
    assert Intake.objects.get(number=number).report.is_withdrawn
    assert not wrong, "\n".join(wrong)


def test_who_comes_to_an_overleg(open_window, people, morning):
    case = world.open_case(world.pupil(first_names="Noor"), people.schools["99AB00"])
    world.involve(case, people.organisations["verband"])
    meeting = Meeting.objects.create(
        case=case,
        kind="mdo",
        starts_at="2026-11-26T12:30:00Z",
        place="Zaal 2",
        ground="convenant",
        question="Wat heeft Noor nodig?",
        organisation=people.organisations["nieuwegein"],
        by=people.officer,
    )
    verband = people.organisations["verband"]
    row = Attendance.objects.create(meeting=meeting, role="samenwerkingsverband", organisation=verband)
    wrong: list[str] = []
    page = open_window()
    she.log_in(page, people.coordinator)
    page.goto("/vandaag/")
    page.get_by_role("link", name="Op 1 uitnodiging voor een overleg gaf u nog geen antwoord.").click()
    page.wait_for_url("**/uitnodigingen/")
    look(page, "invitations", wrong)
    she.follow(page, "MDO")
    look(page, "the overleg", wrong)
    she.follow(page, "Iemand anders komt")
    page.get_by_label("Iemand anders komt").check()
    page.get_by_label("Wie komt er dan?").fill("")
    she.press(page, "Versturen")
    look(page, "who comes, without a name", wrong)
    page.get_by_label("Wie komt er dan?").fill("P. Plaats, consulent")
    she.press(page, "Versturen")
    she.see(page, "Uw antwoord: P. Plaats, consulent komt")
    she.press(page, "Ja, wij komen")
    she.see(page, "Uw antwoord: komt")
    row.refresh_from_db()
    assert row.comes == "ja" and not wrong, "\n".join(wrong)
