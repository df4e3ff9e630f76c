"""One child from a passed term to a secured place, by five people at their own screens: shared, proposed, returned, an
MDO, proposed anew, taken on with regie, a doorzettingsbesluit, a place that begins, is full, is secured; and the region
counts one fewer and one decision."""

import io

from django.core.management import call_command
from playwright.sync_api import expect

from cases.decisions.models import Decision
from cases.dossier.models import Case
from tests import world
from tests.browser import sentences as she
from tests.browser.sentences import follow, press
from tests.cases import besluit

VERBAND = "Verband De Verbinding"


def day(morning, on: str) -> None:
    """The night round of that day, and then it is ten o'clock."""
    morning.move_to(f"{on} 10:00:00+01:00")
    call_command("run_due", stdout=io.StringIO())


def at(page, user, address: str) -> None:
    """Log in anew: nights have passed."""
    she.log_in(page, user)
    page.goto(address)


def share(page, organisation: str) -> None:
    follow(page, "Organisatie betrekken")
    page.get_by_label("Organisatie", exact=True).select_option(label=organisation)
    page.get_by_label("Grond").select_option(label="convenant")
    press(page, "Bekijken wat de ander ziet")
    press(page, f"Delen met {organisation}")


def propose(page, question: str) -> None:
    follow(page, "Opschalen")
    page.get_by_label("Wat vraagt u").fill(question)
    page.get_by_label("Wat is al geprobeerd").fill("Twee gesprekken en een rooster van twee uur.")
    press(page, "Voorstellen")


def hold_an_mdo(page) -> None:
    follow(page, "Overleg plannen")
    page.get_by_label("Op welke dag?").fill("2026-11-23")
    page.get_by_label("Hoe laat begint het?").fill("14:00")
    page.get_by_label("Waar?").fill("Gemeentehuis")
    page.get_by_label("Welke vraag ligt voor?").fill("Welke plek past?")
    page.get_by_label("Op welke grond deelt u gegevens?").select_option(label="convenant")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Agendabestand (.ics)")


def record_the_mdo(page, here: str) -> None:
    page.goto(here)
    page.locator("a[href*='/overleg/']").filter(has_text="MDO").first.click()
    page.wait_for_url("**/overleg/**")
    follow(page, "Verslag maken")
    for choice in page.get_by_label("Was erbij?").all():
        choice.select_option("ja")
    page.get_by_label("Wat is er besproken?").fill("Zij wil weer, maar in een kleine klas.")
    page.locator("[name=wat_0]").fill("Kleine klas vragen")
    page.locator("[name=eigenaar_0]").select_option(label=VERBAND)
    page.locator("[name=voor_0]").fill("2026-12-01")
    press(page, "Verslag bewaren")


def judge(page, choice: str, text: str) -> None:
    page.goto("/opschalingen/")
    page.locator("main").get_by_role("link", name="Noor Bakker").first.click()
    page.wait_for_url("**/opschalingen/*/")
    page.get_by_label(choice).check()
    page.get_by_label("Toelichting, vraag of reden").fill(text)
    if choice == "wij pakken dit op":
        page.get_by_label("Wij nemen de regie over").check()
    press(page, "Versturen")


def move(page, verb: str, on: str) -> None:
    follow(page, verb)
    page.locator("main input[type=date]").fill(on)
    press(page, "Bewaren")


def ask_for_a_decision(page) -> None:
    follow(page, "Besluit vragen")
    page.get_by_label("Waarom is een besluit nodig").fill("Het Kompas heeft plek, maar de school laat haar niet toe.")
    page.get_by_label("Wat is de vraag aan de houder").fill("Begint zij maandag op Het Kompas?")
    page.get_by_label("onderwijs", exact=True).check()
    press(page, "Vragen")


def prepare_the_decision(page) -> None:
    follow(page, "Besluit invullen")
    page.get_by_label("Wat voor plek").select_option(label="andere reguliere school")
    page.locator("[name=school_code]").fill("99AB00")
    page.locator("[name=responsible_code]").fill("99AB00")
    page.get_by_label("Begint op").fill("2026-11-30")
    page.get_by_label("Uren per week bij het begin").fill("6")
    page.get_by_label("Uren per week die het moeten worden").fill("24")
    page.get_by_label("Waarom deze plek").fill("Een kleine klas, dicht bij huis.")
    page.locator("[name=teller]").fill("M. Officier")
    press(page, "Bewaren")
    for what in ("Opbouwen op de eigen school", "Een plek in een zorgklas"):
        follow(page, "Mogelijkheid toevoegen")
        page.get_by_label("Welke mogelijkheid").fill(what)
        page.get_by_label("Waarom lukte het niet").fill("Na drie dagen weer thuis.")
        press(page, "Bewaren")
    follow(page, "Aanvullen")
    page.get_by_label("Hoe staat het met het ontwikkelingsperspectief").fill("Van september.")
    page.get_by_label("Advies van een arts").select_option("niet nodig")
    page.get_by_label("Loopt er een vrijstelling").select_option("geen van beide")
    press(page, "Bewaren")
    follow(page, "Voorleggen aan de houder")
    press(page, "Voorleggen aan de houder")


def sign_with_reasons(page) -> None:
    """Nobody wrote down who has gezag, the child was not heard, nor on its OPP: the holder says why it cannot wait."""
    page.goto("/vandaag/")
    follow(page, "1 besluit wacht op uw handtekening.")
    follow(page, "Noor Bakker")
    she.see(page, "Nu aan zet: u", "3 voorwaarden zijn nog niet in orde")
    follow(page, "Tekenen")
    for code in ("P1", "P2", "P5"):
        page.locator(f"[name={code}]").fill("Was erbij in het MDO; dat verslag volgt.")
    page.get_by_label("Ik heb dit besluit gelezen").check()
    press(page, "Tekenen")
    she.see(page, "Het besluit geldt", "toch getekend", "Was erbij in het MDO")


def test_a_child_goes_back_to_school(open_window, people, morning):
    child = world.pupil(first_names="Noor", last_name="Bakker", born=world.date(2016, 5, 5))
    world.open_case(child, people.schools["99AA00"])
    day(morning, "2026-11-20")
    here = f"/dossiers/{Case.objects.get().number}/"
    besluit.mandate(people, "onderwijs")
    officer, coordinator, teacher, region, holder = (open_window() for _ in range(5))

    # Six weeks have passed: the officer finds the child, shares, and escalates.
    she.log_in(officer, people.officer)
    expect(she.find_in_the_list_of(officer, "overschreden", "Noor Bakker")).to_be_visible()
    officer.goto(here)
    press(officer, "Op mijn naam")
    for organisation in (VERBAND, "De Lindeboom"):
        share(officer, organisation)
    propose(officer, "Is er een kleine klas?")
    she.see(officer, "beoordeelt de opschaling")

    # It comes back: first an MDO.
    she.log_in(coordinator, people.coordinator)
    judge(coordinator, "wij geven het terug", "Plan eerst een MDO met school en ouders.")
    officer.goto(here)
    she.see(officer, "Opschaling kwam terug", "Plan eerst een MDO met school en ouders.")
    hold_an_mdo(officer)
    day(morning, "2026-11-24")
    at(officer, people.officer, here)
    record_the_mdo(officer, here)
    officer.goto(here)
    she.see(officer, "Kleine klas vragen")
    propose(officer, "Is er nu een kleine klas?")

    # Taken on, with regie; the school of the place says no, so that the holder decides.
    she.log_in(coordinator, people.coordinator)
    judge(coordinator, "wij pakken dit op", "Wij vragen Het Kompas.")
    coordinator.goto(here)
    she.see(coordinator, "voert de regie sinds 24 november 2026")
    ask_for_a_decision(coordinator)
    she.see(coordinator, "De gemeente bereidt het besluit voor")
    row = Decision.objects.get()
    officer.goto(f"{here}besluit/{row.pk}/")
    prepare_the_decision(officer)
    she.log_in(holder, people.holder)
    sign_with_reasons(holder)
    officer.goto(f"{here}besluit/{row.pk}/")
    follow(officer, "Het Kompas")
    she.see(officer, "blijft het een thuiszitter")

    # The school sees her; the gemeente records it, and a week later the clock has stopped.
    day(morning, "2026-11-30")
    at(teacher, people.teacher, here)
    she.fill_in_a_contact(teacher, "Ze was er vandaag, en bleef tot twaalf uur.")
    she.save(teacher, "Contact bewaard.")
    place = Case.objects.get().offers.get()
    at(officer, people.officer, f"{here}aanbod/{place.pk}/")
    move(officer, "Is begonnen", "2026-11-30")
    officer.goto(here)
    she.see(officer, "Weer op school sinds 30 november 2026")
    day(morning, "2026-12-07")
    at(officer, people.officer, here)
    she.see(officer, "Dit kind is nu niet thuis.")
    officer.goto(f"{here}aanbod/{place.pk}/")
    move(officer, "Alle uren gehaald", "2026-12-07")
    she.see(officer, "Geborgd kan vanaf 18 januari 2027.")

    # Four lesson weeks later: secured, and closed with a suitable place.
    day(morning, "2027-01-18")
    at(region, people.region, "/regio/")
    she.see(region, "Nieuwegein")
    at(officer, people.officer, f"{here}aanbod/{place.pk}/")
    move(officer, "Is geborgd", "2027-01-18")
    officer.goto(f"{here}afsluiten/")
    officer.get_by_label("Met welke uitkomst?").select_option(label="andere reguliere school")
    officer.get_by_label("Toelichting").fill("Geborgd op Het Kompas.")
    officer.get_by_label("Ik heb gezien wat er nog openstaat").check()
    press(officer, "Afsluiten")
    she.see(officer, "Afgesloten op 18 januari 2027", "passende plek")
    region.goto("/regio/")
    she.see(region, "Geen open dossiers")
    follow(region, "Doorzettingsbesluiten")
    expect(region.locator("[data-label='Kind is begonnen']")).to_have_text("1")
