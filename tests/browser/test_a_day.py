"""Days on which a child could drop out of sight, as people live them: how many clicks each takes."""

from datetime import date

import pytest

from cases.handling.acts import assign
from tests import world
from tests.browser import sentences as she
from thuiszitters.core.people.organisations import Membership
from thuiszitters.core.people.roles import Role
from thuiszitters.core.people.users import User

pytestmark = pytest.mark.once


class Counting:
    """A person at a page; counts what is clicked, and in a form what is chosen by that name."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def follow(self, words: str) -> None:
        self._go("link", words)

    def press(self, words: str) -> None:
        self._go("button", words)

    def choose(self, name: str, value: str) -> None:
        """One of the suggestions under a field."""
        self.page.locator(f"[name={name}]").fill(value)
        self.clicks += 1

    def choose_option(self, label: str, option: str) -> None:
        self.page.get_by_label(label).select_option(label=option)
        self.clicks += 1

    def tick(self, group: str, answer: str) -> None:
        self.page.get_by_role("group", name=group).get_by_label(answer).check()
        self.clicks += 1

    def _go(self, role: str, words: str) -> None:
        self.page.wait_for_load_state()
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role(role, name=words).first.click()
        self.clicks += 1


@pytest.fixture
def ours(people, morning) -> list[str]:
    """Four children of the officer, and a colleague who works there too."""
    tom = User.objects.create_user("tom@voorbeeld.test", "wachtwoord-12", first_name="Tom", last_name="Tweede")
    where = people.organisations["nieuwegein"]
    Membership.objects.create(user=tom, organisation=where, role=Role.LEERPLICHTAMBTENAAR, valid_from=world.START)
    people.users["tom"] = tom
    names = ["Anouk", "Bas", "Cato", "Daan"]
    for n, name in enumerate(names):
        first_day = date(2026, 10, 5 + n)
        case = world.open_case(world.pupil(first_names=name), people.schools["99AA00"], first_day=first_day)
        assign(case, people.officer, by=people.officer)
    return names


def test_a_colleague_falls_ill(open_window, people, ours):
    """The team lead says who stands in: the children are on that page of today. Nobody stands in: handed out, and taken
    back."""
    page = open_window()
    she.log_in(page, people.leader)
    lead = Counting(page)
    lead.follow("Afwezigheid")
    page.get_by_label("Wie is er weg?").select_option(label="M. Officier")
    page.get_by_label("Eerste dag weg").fill("2026-11-20")
    page.get_by_label("Laatste dag weg").fill("2026-11-27")
    page.get_by_label("Wie vervangt?").select_option(label="T. Tweede")
    lead.press("Vastleggen")
    she.see(page, "Vervangen door T. Tweede")
    assert lead.clicks == 2

    instead = open_window()
    she.log_in(instead, people.tom)
    she.see(instead, "U vervangt M. Officier", *ours)

    lead.press("Weer aanwezig")
    page.goto("/vandaag/")
    lead.clicks = 0
    lead.follow("alles van M. Officier")
    page.get_by_label("T. Tweede").check()
    page.get_by_label("T. Teamleider").check()
    lead.press("Alles verdelen")
    she.see(page, "4 dossiers verdeeld", "T. Tweede")
    assert lead.clicks == 2
    lead.press("Terugdraaien")
    she.see(page, "4 dossiers zijn teruggegeven")


def test_a_return_that_fails_in_the_second_week(open_window, people, ours, morning):
    """Followed from the first day; at home again on the eleventh: the same dossier, the same handler, and a step."""
    page = open_window()
    she.log_in(page, people.officer)
    officer = Counting(page)
    page.goto("/werkvoorraad/")
    officer.follow("Anouk")
    officer.follow("Kind is terug: volgen")
    page.get_by_label("Eerste dag weer op school").fill("2026-11-19")
    page.get_by_label("Hoe is dit bekend?").fill("Gebeld met de mentor.")
    officer.press("Vastleggen")
    she.see(page, "na 4 en 12 weken")
    assert officer.clicks == 3
    page.goto("/vandaag/")
    she.see(page, "Weer op school: volgen", "Anouk")

    morning.move_to("2026-12-04 10:00:00+01:00")
    again = world.report(
        people.officer.cases.get(pupil__first_names="Anouk").pupil,
        people.schools["99AA00"],
        first_day=date(2026, 12, 2),
    )
    world.take_in([again], today=date(2026, 12, 4))
    later = open_window()
    she.log_in(later, people.officer)
    later.goto("/werkvoorraad/?lijst=mijn")
    she.see(later, "Anouk")
    later.get_by_role("link", name="Anouk").first.click()
    she.see(later, "aanpak loopt", "Weer thuis: spreek met de ouders, het kind en de school")


def test_a_school_calls_about_a_child_that_nobody_knows(open_window, people):
    """Three weeks at home: from Vandaag to a dossier with a first talk planned, in 2 forms and 8 clicks."""
    page = open_window()
    she.log_in(page, people.officer)
    officer = Counting(page)
    officer.follow("Nieuwe melding")
    page.locator("[name=school]").press_sequentially("kompas")
    page.locator("datalist option").first.wait_for(state="attached")
    officer.choose("school", page.locator("datalist option").first.get_attribute("value"))
    page.get_by_role("textbox", name="BSN of onderwijsnummer").fill("999990019")
    page.get_by_label("Voornamen").fill("Milou")
    page.get_by_label("Achternaam").fill("de Wit")
    page.get_by_label("Geboortedatum", exact=True).fill("2013-03-12")
    page.get_by_label("Eerste dag van het verzuim").fill("2026-10-30")
    officer.choose_option("Soort verzuim", "16 uur in 4 lesweken")
    officer.tick("Mist de leerling alle lessen?", "ja")
    page.get_by_label("Wie meldt het namens de school?").fill("S. Mentor")
    officer.press("Melden")
    she.see(page, "Milou de Wit", "Melding")

    officer.press("Op mijn naam")
    officer.follow("Gesprek plannen")
    page.get_by_label("Met wie?").fill("de ouders")
    page.get_by_label("Op welke dag?").fill("2026-11-24")
    page.get_by_label("Hoe laat begint het?").fill("10:00")
    page.get_by_label("Waar?").fill("Stadskantoor, kamer 1")
    officer.press("Plannen")
    she.see(page, "Gesprek met de ouders en het kind", "Dinsdag 24 november 2026, van 10.00 tot 11.00 uur")
    assert officer.clicks == 8
    page.goto("/vandaag/")
    she.see(page, "Milou de Wit", "10.00")
