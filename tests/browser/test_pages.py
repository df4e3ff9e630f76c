"""Every page in each state, wide and narrow: axe finds nothing, nothing scrolls sideways, no script complains."""

import pytest

from tests.browser import looks, scene
from tests.browser import sentences as she


@pytest.fixture
def stage(people):
    return scene.build(people)


def send(page, button: str) -> None:
    """Press a button of the form in the middle of the page."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=button, exact=True).click()


class Walk:
    """Goes along pages and remembers what is wrong with them."""

    def __init__(self, page, check=looks.problems):
        self.page, self.check, self.wrong = page, check, []

    def look(self, name: str) -> None:
        self.wrong += self.check(self.page, name)

    def visit(self, *addresses: str, status: int = 200) -> None:
        for address in addresses:
            answer = self.page.goto(address)
            assert answer.status == status, f"{answer.status} {address}"
            self.look(address)

    def refused(self, address: str, button: str) -> None:
        """The empty form, and the form that was sent empty."""
        self.page.goto(address)
        for field in self.page.locator("main input[type=date], main input[type=text]").all():
            field.fill("")
        send(self.page, button)
        assert self.page.locator("#fouten").is_visible(), f"no errors on {address}"
        self.look(f"{address} with errors")

    def search(self, words: str) -> None:
        self.page.goto("/werkvoorraad/")
        self.page.get_by_role("searchbox").fill(words)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Zoeken").click()
        self.look(f"search {words}")

    def end(self) -> None:
        assert not self.wrong, "\n".join(self.wrong)


def lists(walk: Walk, stage) -> None:
    walk.visit("/werkvoorraad/?lijst=alle", "/werkvoorraad/?stand=overschreden", "/werkvoorraad/?lijst=mijn&stand=vrij")
    walk.visit("/meldingen/", "/meldingen/?stand=", "/meldingen/?stand=afgedaan")
    walk.visit("/bestaat-niet/", status=404)
    walk.visit("/wachtwoord/")
    walk.visit(f"/meldingen/nummer/{stage.waiting}/", "/meldingen/nummer/M1/", "/meldingen/nummer/M6/")
    walk.visit("/meldingen/nieuw/", "/meldingen/inlezen/", "/meldingen/afgekeurd/")
    walk.visit(*(f"/meldingen/inlezen/{file.pk}/" for file in (stage.preview, stage.done, stage.failed)))
    walk.visit(f"/meldingen/afgekeurd/{stage.line.pk}/", "/dossiers/nieuw/")
    walk.search("Noor")
    walk.search("Bestaat Niet")
    walk.search("999990010")


def dossier(walk: Walk, stage) -> None:
    walk.visit(f"/dossiers/{stage.closed.number}/")
    here = f"/dossiers/{stage.open.number}/"
    walk.visit(here)
    walk.page.locator("summary").first.click()
    walk.look("dossier with its calculation")
    send(walk.page, "tonen")
    walk.look("why the number is needed")
    walk.page.get_by_label("Waarvoor hebt u het hele nummer nodig?").select_option(label="terugmelden aan DUO")
    send(walk.page, "Nummer tonen")
    walk.look("the number shown")
    kinds = ("terugkeer", "inschrijving", "geoorloofd", "vrijstelling", "nergens-ingeschreven")
    walk.visit(*(f"{here}feit/{kind}/" for kind in kinds))
    done = stage.open.tasks.first().pk
    for name in ("contact", "notitie", "stap", f"stap/{done}/klaar", "speelt", "betrokken", "leerling", "ouder"):
        walk.visit(f"{here}{name}/")
    share(walk, stage, here)
    walk.visit(f"{here}stappenplan/{stage.open.steps.filter(stopped_on=None).first().pk}/", f"{here}pauze/")
    walk.visit(f"{here}afsluiten/", f"{here}stand/aanpak/", f"{here}geschiedenis/")
    walk.visit(f"{here}feit/terugkeer/{stage.open.pupil.returns.get().pk}/")


def share(walk: Walk, stage, here: str) -> None:
    """The forms of sharing, the preview, the requests and the emergency procedure."""
    walk.visit(f"{here}toestemming/", f"{here}verwijzen/", f"{here}overdragen/", "/verzoeken/", "/wie-ziet-wat/")
    walk.visit(*(f"/verzoeken/{pk}/" for pk in stage.open.referrals.values_list("pk", flat=True)), "/noodtoegang/")
    walk.page.goto(f"{here}betrokken/")
    walk.page.get_by_label("Organisatie", exact=True).select_option(label="Jeugdteam Lekstroom")
    walk.page.get_by_label("Grond").select_option(label="wettelijke taak")
    send(walk.page, "Bekijken wat de ander ziet")
    assert "Dit ziet Jeugdteam Lekstroom" in walk.page.locator("h1").inner_text()
    walk.look("what the other will see")


def forms(walk: Walk, stage) -> None:
    here = f"/dossiers/{stage.open.number}/"
    for name in ("contact", "notitie", "stap", "betrokken", "leerling", "ouder"):
        walk.refused(f"{here}{name}/", "Bekijken wat de ander ziet" if name == "betrokken" else "Bewaren")
    for kind in ("terugkeer", "inschrijving", "geoorloofd", "vrijstelling", "nergens-ingeschreven"):
        walk.refused(f"{here}feit/{kind}/", "Bewaren")
    walk.refused(f"{here}afsluiten/", "Afsluiten")
    walk.refused(f"{here}stappenplan/{stage.open.steps.filter(stopped_on=None).first().pk}/", "Afronden")
    for name, button in (("toestemming", "Vastleggen"), ("verwijzen", "Versturen"), ("overdragen", "Versturen")):
        walk.refused(f"{here}{name}/", button)
    walk.refused("/noodtoegang/", "Dossier openen")
    walk.refused(f"{here}stap/{stage.open.tasks.first().pk}/klaar/", "Afronden")
    walk.refused(f"/dossiers/{stage.closed.number}/stand/onderzoek/", "Doorgaan")
    walk.refused("/meldingen/nieuw/", "Melden")
    walk.refused("/meldingen/inlezen/", "Bestand bekijken")
    walk.refused(f"/meldingen/afgekeurd/{stage.line.pk}/", "Opnieuw inlezen")
    walk.refused(f"/meldingen/nummer/{stage.waiting}/", "Afdoen zonder dossier")
    walk.refused("/dossiers/nieuw/", "Dossier openen")


WIDTHS = pytest.mark.parametrize("width", [1280, 320])


@WIDTHS
@pytest.mark.parametrize("pages", [lists, dossier, forms])
def test_pages_of_an_officer(open_window, stage, pages, width):
    walk = Walk(open_window(width=width))
    she.log_in(walk.page, stage.world.officer)
    pages(walk, stage)
    walk.end()


def at_the_door(walk, stage):
    walk.visit("/inloggen/")
    walk.refused("/inloggen/", "Inloggen")


def as_leader(walk, stage):
    here = f"/dossiers/{stage.open.number}/"
    walk.visit("/werkvoorraad/", f"{here}toewijzen/")


def as_coordinator(walk, stage):
    here = f"/dossiers/{stage.open.number}/"
    walk.visit("/werkvoorraad/", here, f"{here}contact/", f"{here}speelt/")


def as_holder(walk, stage):
    walk.visit("/werkvoorraad/", f"/dossiers/{stage.open.number}/")


def as_partner_elsewhere(walk, stage):
    walk.visit("/werkvoorraad/")
    walk.visit(f"/dossiers/{stage.open.number}/", status=404)


def as_teacher(walk, stage):
    walk.visit("/meldingen/", "/meldingen/nieuw/", f"/meldingen/nummer/{stage.waiting}/")


def as_nurse(walk, stage):
    asked = stage.open.referrals.get(kind="verwijzing")
    walk.visit("/werkvoorraad/", "/verzoeken/", f"/verzoeken/{asked.pk}/")
    walk.refused(f"/verzoeken/{asked.pk}/", "Afwijzen")


def as_stranger(walk, stage):
    asked = stage.open.referrals.get(kind="overdracht")
    walk.visit("/verzoeken/", f"/verzoeken/{asked.pk}/", f"/dossiers/{stage.open.number}/")


def as_region(walk, stage):
    agreed, mandate = "/regio/afspraken/", stage.covenant.mandates.get()
    plan, covenant = f"{agreed}stappenplan/{stage.draft.pk}/", f"{agreed}convenant/{stage.covenant.pk}/"
    walk.visit("/regio/", agreed, "/regio/actiepunten/", plan, covenant, f"{plan}vaststellen/")
    for address, button in (
        (f"{agreed}stappenplan/", "Concept maken"), (f"{plan}wijzigen/", "Bewaren"), (f"{plan}stap/", "Bewaren"),
        (f"{agreed}stappenplan/stap/{stage.draft.rungs.first().pk}/", "Bewaren"), (f"{agreed}termijn/", "Bewaren"),
        (f"{plan}vaststellen/", "Vaststellen"), (f"{agreed}mandaat/", "Bewaren"),
        (f"{agreed}mandaat/{mandate.pk}/einde/", "Beëindigen"), (f"{agreed}convenant/", "Bewaren"),
        (f"{covenant}bestand/", "Bewaren"), (f"{covenant}ondertekenaar/", "Bewaren"),
        ("/regio/actiepunten/nieuw/", "Bewaren"), (f"/regio/actiepunten/{stage.point.pk}/klaar/", "Afronden"),
    ):  # fmt: skip
        walk.refused(address, button)


def as_controller(walk, stage):
    walk.visit("/inzagelogboek/", f"/inzagelogboek/?dossier={stage.open.number}", "/inzagelogboek/?dossier=geen")
    walk.visit("/inzagelogboek/opvallend/")


OTHERS = {
    "leader": as_leader, "coordinator": as_coordinator, "holder": as_holder,
    "partner_elsewhere": as_partner_elsewhere, "teacher": as_teacher, "region": as_region, "controller": as_controller,
    "nurse": as_nurse, "stranger": as_stranger,
}  # fmt: skip


@WIDTHS
def test_pages_of_the_others(open_window, stage, width):
    wrong = []
    for who, pages in OTHERS.items():
        walk = Walk(open_window(width=width))
        if who == "leader":
            at_the_door(walk, stage)
        she.log_in(walk.page, stage.world.users[who])
        pages(walk, stage)
        wrong += [f"{who}: {line}" for line in walk.wrong]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("pages", [lists, dossier, forms])
def test_letters_twice_as_large(open_window, stage, pages):
    def check(page, name):
        looks.double_text(page)
        return looks.sideways(page, f"{name} (200%)")

    walk = Walk(open_window(width=640), check)
    she.log_in(walk.page, stage.world.officer)
    pages(walk, stage)
    walk.end()
