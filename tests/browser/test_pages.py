"""Every page in each state, wide, narrow and with large letters: axe finds nothing, nothing scrolls sideways, no script
complains."""

from datetime import date

import pytest

from cases.agreements.models import ActionPoint, Covenant, Mandate, RegionTerm
from cases.decisions import prepare as decisions
from cases.demo.agreements import build_agreements
from cases.labels import acts as labels
from cases.labels.models import RiskLevel
from cases.ladders import acts as ladders
from cases.offers.states import OFFER_MOVES
from cases.steps.models import Ladder
from leerplicht.law.claims import Ground
from tests.browser import looks, scene
from tests.browser import sentences as she

pytestmark = pytest.mark.once


@pytest.fixture
def stage(people):
    return scene.build(people)


class Walk:
    """Goes along pages and remembers what is wrong with them."""

    def __init__(self, page):
        self.page, self.wrong, self.forms = page, [], 0

    def look(self, name: str, *, dark: bool = True) -> None:
        self.wrong += looks.problems(self.page, name, dark=dark)

    def visit(self, *addresses: str, status: int = 200) -> None:
        for address in addresses:
            answer = self.page.goto(address)
            assert answer.status == status, f"{answer.status} {address}"
            self.look(address)

    def parts(self, address: str) -> None:
        """A dossier, each part of it."""
        self.visit(address)
        for word in self.page.locator(".parts li a").all_inner_texts()[1:]:
            she.open_part(self.page, word.split()[0])
            self.look(f"{address} {word}", dark=False)
        she.open_part(self.page, "Nu")

    def refused(self, address: str, button: str) -> None:
        """The empty form, and the form that was sent empty."""
        self.page.goto(address)
        for field in self.page.locator("main input[type=date]:visible, main input[type=text]:visible").all():
            field.fill("")
        she.press(self.page, button)
        assert self.page.locator("#fouten").is_visible(), f"no errors on {address}"
        # All forms have the same colours: one of a walk in the dark tells for the others, and saves a minute.
        self.forms += 1
        self.look(f"{address} with errors", dark=self.forms == 1)

    def search(self, words: str) -> None:
        self.page.goto("/werkvoorraad/")
        self.page.get_by_label("Zoek een kind").fill(words)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Zoeken").click()
        self.look(f"search {words}")

    def end(self) -> None:
        assert not self.wrong, "\n".join(self.wrong)


def lists(walk: Walk, stage) -> None:
    walk.visit("/werkvoorraad/?lijst=alle", "/werkvoorraad/?stand=overschreden", "/werkvoorraad/?lijst=mijn&stand=vrij")
    walk.visit("/meldingen/", "/meldingen/?stand=", "/meldingen/?stand=afgedaan")
    walk.visit("/bestaat-niet/", status=404)
    walk.visit("/wachtwoord/", "/vandaag/", "/berichten/", "/agenda/", "/afwezig/", "/afsluiten/")
    walk.visit(f"/meldingen/nummer/{stage.waiting}/", "/meldingen/nummer/M1/", "/meldingen/nummer/M6/")
    walk.visit("/meldingen/nieuw/", "/meldingen/inlezen/", "/meldingen/afgekeurd/")
    walk.visit(*(f"/meldingen/inlezen/{file.pk}/" for file in (stage.preview, stage.done, stage.failed)))
    walk.visit(f"/meldingen/afgekeurd/{stage.line.pk}/", "/dossiers/nieuw/")
    stop = f"/thuiszitterstop/{stage.stop.pk}/"
    walk.visit("/thuiszitterstop/", "/thuiszitterstop/nieuw/", stop, f"{stop}afspraken/", f"{stop}stapels/")
    walk.visit(f"{stop}dossier/{stage.stop.cases.first().pk}/", f"/thuiszitterstop/{stage.coming.pk}/")
    choose = f"/thuiszitterstop/{stage.coming.pk}/kiezen/"
    walk.visit(choose, f"{choose}?ook=on&sorteer=school", f"{choose}?school=bestaatniet")
    walk.search("Noor")
    walk.search("Bestaat Niet")
    walk.search("999990010")


def dossier(walk: Walk, stage) -> None:
    walk.visit(f"/dossiers/{stage.closed.number}/")
    here = f"/dossiers/{stage.open.number}/"
    walk.visit(
        f"{here}papier/",
        f"{here}papier/volledig/",
        f"{here}papier/pseudoniem/",
        "/papieren/",
        f"{here}brieven/",
        f"{here}brieven/gesprek/",
    )
    walk.parts(here)
    walk.page.locator("summary").first.click()
    walk.look("dossier with its calculation")
    she.press(walk.page, "tonen")
    walk.look("why the number is needed")
    walk.page.get_by_label("Waarvoor hebt u het hele nummer nodig?").select_option(label="terugmelden aan DUO")
    she.press(walk.page, "Nummer tonen")
    walk.look("the number shown")
    kinds = ("terugkeer", "inschrijving", "geoorloofd", "vrijstelling", "nergens-ingeschreven")
    walk.visit(*(f"{here}feit/{kind}/" for kind in kinds))
    done = stage.open.tasks.first().pk
    for name in (
        "contact",
        "notitie",
        "stap",
        f"stap/{done}/klaar",
        "speelt",
        "betrokken",
        "leerling",
        "ouder",
        "professionals/nieuw",
        "broers-en-zussen",
        "doel",
        f"doel/{stage.goal.pk}/kijken",
        "plan/mening",
        "bijlage",
    ):
        walk.visit(f"{here}{name}/")
    share(walk, stage, here)
    walk.visit(f"{here}stappenplan/{stage.open.steps.filter(stopped_on=None).first().pk}/", f"{here}pauze/")
    dispute = stage.open.disputes.get().pk
    walk.visit(f"{here}geschil/", f"{here}geschil/{dispute}/", f"{here}geschil/{dispute}/uitkomst/")
    barrier, places = stage.open.barriers.get().pk, stage.open.offers.values_list("pk", "state")
    walk.visit(f"{here}belemmering/", f"{here}belemmering/{barrier}/", f"{here}belemmering/{barrier}/opgelost/")
    for pk, state in places:
        walk.visit(f"{here}aanbod/{pk}/", f"{here}aanbod/{pk}/wijzigen/")
        walk.visit(*(f"{here}aanbod/{pk}/{m.target}/" for m in OFFER_MOVES if m.source == state))
    walk.visit(f"{here}opschalen/", f"{here}later/", *(f"/opschalingen/{row.pk}/" for row in stage.open.reviews.all()))
    walk.visit(f"{here}afsluiten/", f"{here}terug/", f"{here}stand/aanpak/", f"{here}geschiedenis/")
    walk.visit(f"{here}feit/terugkeer/{stage.open.pupil.returns.get().pk}/")


def share(walk: Walk, stage, here: str) -> None:
    """The forms of sharing, the preview, the requests and the emergency procedure."""
    walk.visit(f"{here}toestemming/", f"{here}verwijzen/", f"{here}overdragen/", "/verzoeken/", "/wie-ziet-wat/")
    walk.visit(*(f"/verzoeken/{pk}/" for pk in stage.open.referrals.values_list("pk", flat=True)), "/noodtoegang/")
    walk.page.goto(f"{here}betrokken/")
    walk.page.get_by_label("Organisatie", exact=True).select_option(label="Jeugdteam Lekstroom")
    walk.page.get_by_label("Grond").select_option(label="wettelijke taak")
    she.press(walk.page, "Bekijken wat de ander ziet")
    assert "Dit ziet Jeugdteam Lekstroom" in walk.page.locator("h1").inner_text()
    walk.look("what the other will see")


def besluit(walk: Walk, stage) -> None:
    """Signed, in preparation, and the forms, also with errors."""
    here = f"/dossiers/{stage.open.number}/besluit/"
    signed, preparing = stage.open.decisions.order_by("pk")
    row = f"{here}{preparing.pk}/"
    walk.visit(f"{here}{signed.pk}/", f"{here}{signed.pk}/verteld/", row, f"{row}inhoud/", f"{row}vooraf/")
    walk.visit(f"{row}gehoord/", f"{row}mogelijkheid/", f"{row}gehoord/{preparing.parties.get().pk}/")
    for name in ("gehoord", "mogelijkheid", "voorwaarde"):
        walk.refused(f"{row}{name}/", "Bewaren")
    walk.refused(f"{row}stand/niet_genomen/", "Er komt geen besluit")
    walk.visit(f"{row}stand/voorgelegd/")


def beroep(walk: Walk, stage) -> None:
    here = f"/dossiers/{stage.open.number}/beroep/"
    waiting, decided = (f"{here}{stage.open.claims.get(ground=ground).pk}/" for ground in ("art-5a", "art-3a"))
    walk.visit(here, "/vrijstellingen/", waiting, decided, f"{decided}bezwaar/", f"{waiting}wijzigen/")
    walk.visit(*(f"{here}{ground.value}/" for ground in Ground), f"{decided}verzonden/")
    letters = f"/dossiers/{stage.open.number}/brieven/"
    walk.visit(f"{letters}ontvangst/", f"{letters}uitkomst/")
    walk.refused(f"{letters}uitkomst/over/{stage.open.claims.get(ground='art-3a').pk}/", "Brief maken")
    walk.refused(f"{decided}verzonden/", "Bewaren")
    walk.refused(f"{here}art-5b/", "Bewaren")
    walk.refused(f"{waiting}beoordelen/", "Vastleggen")


def overleg(walk: Walk, stage) -> None:
    """Planned, waiting for its record, held; and the forms, also with errors."""
    here = f"/dossiers/{stage.open.number}/overleg/"
    held, waiting, planned = (f"{here}{m.pk}/" for m in stage.meetings)
    walk.visit(here, f"{here}achteraf/", held, waiting, planned, f"{held}verslag/", f"{planned}wijzigen/")
    walk.page.goto(here)
    walk.page.get_by_text("Nog iemand uitnodigen").click()
    walk.look("rows for guests")
    walk.refused(here, "Plannen")
    walk.refused(f"{waiting}verslag/", "Verslag bewaren")
    walk.refused(f"{planned}afzeggen/", "Afzeggen")
    gesprek = f"/dossiers/{stage.open.number}/gesprek/"
    walk.visit(f"{gesprek}{stage.talk.pk}/", f"{gesprek}{stage.talk.pk}/vastleggen/")
    walk.refused(gesprek, "Plannen")
    walk.refused(f"{gesprek}{stage.talk.pk}/afzeggen/", "Afzeggen")


def forms(walk: Walk, stage) -> None:
    here = f"/dossiers/{stage.open.number}/"
    for name in ("contact", "notitie", "stap", "betrokken", "leerling", "ouder", "aanbod", "belemmering", "later"):
        walk.refused(f"{here}{name}/", "Bekijken wat de ander ziet" if name == "betrokken" else "Bewaren")
    for kind in ("terugkeer", "inschrijving", "geoorloofd", "vrijstelling", "nergens-ingeschreven"):
        walk.refused(f"{here}feit/{kind}/", "Bewaren")
    walk.refused(f"{here}notitie/{stage.open.notes.get().pk}/intrekken/", "Intrekken")
    walk.visit(f"{here}labels/")
    walk.refused(f"{here}afsluiten/", "Afsluiten")
    walk.refused(f"{here}terug/", "Vastleggen")
    walk.refused("/afwezig/", "Vastleggen")
    walk.refused(f"{here}stappenplan/{stage.open.steps.filter(stopped_on=None).first().pk}/", "Afronden")
    for name, button in (("toestemming", "Vastleggen"), ("verwijzen", "Versturen"), ("overdragen", "Versturen")):
        walk.refused(f"{here}{name}/", button)
    walk.refused("/thuiszitterstop/nieuw/", "Bewaren")
    walk.refused(f"/thuiszitterstop/{stage.stop.pk}/stapels/", "Stapel maken")
    walk.refused(f"{here}brieven/gesprek/", "Brief maken")
    walk.refused("/noodtoegang/", "Dossier openen")
    walk.refused(f"{here}stap/{stage.open.tasks.first().pk}/klaar/", "Afronden")
    walk.refused(f"/dossiers/{stage.closed.number}/stand/onderzoek/", "Doorgaan")
    walk.refused("/meldingen/nieuw/", "Melden")
    walk.refused("/meldingen/inlezen/", "Bestand bekijken")
    walk.refused(f"/meldingen/afgekeurd/{stage.line.pk}/", "Opnieuw inlezen")
    walk.refused(f"/meldingen/nummer/{stage.waiting}/", "Afdoen zonder dossier")
    walk.refused("/dossiers/nieuw/", "Dossier openen")


@pytest.mark.parametrize("pages", [lists, dossier, besluit, beroep, overleg, forms])
def test_pages_of_an_officer(open_window, stage, pages):
    walk = Walk(open_window())
    she.log_in(walk.page, stage.world.officer)
    pages(walk, stage)
    walk.end()


def at_the_door(walk, stage):
    walk.visit("/inloggen/")
    walk.refused("/inloggen/", "Inloggen")


def as_leader(walk, stage):
    here = f"/dossiers/{stage.open.number}/"
    walk.visit("/werkvoorraad/", f"{here}toewijzen/", "/vandaag/", "/verdelen/", "/klok-loopt/")
    walk.visit(f"/verdelen/van/{stage.world.officer.pk}/")
    walk.refused(f"/verdelen/van/{stage.world.officer.pk}/", "Alles verdelen")
    walk.visit("/risiconiveaus/")
    walk.refused("/risiconiveaus/", "Toevoegen")
    level = RiskLevel(organisation=stage.world.organisations["bureau"], name="rood: nu handelen", tone="over")
    labels.save_level(level, by=stage.world.leader)
    walk.visit("/risiconiveaus/", f"/risiconiveaus/{level.pk}/", f"{here}risico/")
    risk = labels.risk_of(stage.open, labels.owner_for(stage.open, stage.world.leader))
    risk.level, risk.because = level, "Niemand sprak het kind."
    labels.set_risk(risk, by=stage.world.leader)
    walk.visit(here, "/werkvoorraad/?lijst=alle")


def as_coordinator(walk, stage):
    here = f"/dossiers/{stage.open.number}/"
    walk.visit("/werkvoorraad/", f"{here}contact/", f"{here}speelt/", f"{here}professionals/nieuw/")
    walk.parts(here)
    walk.visit("/opschalingen/", *(f"/opschalingen/{row.pk}/" for row in stage.open.reviews.all()))


def as_holder(walk, stage):
    here, row = f"/dossiers/{stage.open.number}/", stage.open.decisions.latest("pk")
    decisions.present(row, by=stage.world.officer)
    walk.visit("/werkvoorraad/", here, "/besluiten/", f"{here}besluit/{row.pk}/", f"{here}besluit/{row.pk}/tekenen/")
    she.read_message(walk.page, "Dit besluit kunt u nog niet tekenen.")


def as_boa(walk, stage):
    here = f"/dossiers/{stage.open.number}/handhaving/"
    pk = stage.open.enforcement.first().pk
    walk.visit(here, f"{here}halt/", f"{here}pv/", f"{here}svb/", f"{here}{pk}/", f"{here}{pk}/einde/")
    walk.refused(f"{here}halt/", "Bewaren")


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
    walk.visit("/thuiszitterstop/", "/thuiszitterstop/nieuw/", f"/thuiszitterstop/{stage.of_region.pk}/")
    build_agreements(scene.TODAY, date(2024, 8, 1))
    here, draft = (
        "/regio/afspraken/",
        Ladder(region=stage.world.organisations["regio"], valid_from=date(2026, 10, 1), source="Kerngroep"),
    )
    ladders.start_draft(draft, by=stage.world.region)
    covenant, term, mandate = Covenant.objects.get(), RegionTerm.objects.get(), Mandate.objects.first()
    walk.visit(
        "/regio/", "/regio/besluiten/", here, f"{here}termijn/", f"{here}termijn/{term.pk}/einde/", f"{here}mandaat/"
    )
    walk.visit(f"{here}mandaat/{mandate.pk}/einde/", f"{here}convenant/", f"{here}stappenplan/")
    walk.visit(*(f"{here}convenant/{covenant.pk}/{name}" for name in ("", "wijzigen/", "bestand/", "ondertekenaar/")))
    walk.visit(*(f"{here}stappenplan/{row.pk}/" for row in Ladder.objects.all()))
    walk.visit(f"{here}stappenplan/{draft.pk}/vaststellen/", f"{here}stappenplan/{draft.pk}/stap/")
    points = ActionPoint.objects.values_list("pk", flat=True)
    walk.visit("/regio/actiepunten/", "/regio/actiepunten/nieuw/", f"/regio/actiepunten/{points[0]}/klaar/")
    for name in ("termijn/", "mandaat/", "convenant/", f"stappenplan/{draft.pk}/stap/"):
        walk.refused(f"{here}{name}", "Bewaren")


def as_controller(walk, stage):
    walk.visit("/inzagelogboek/", f"/inzagelogboek/?dossier={stage.open.number}", "/inzagelogboek/?dossier=geen")
    walk.visit("/inzagelogboek/opvallend/")


def as_admin(walk, stage):
    own = stage.world.organisations["nieuwegein"]
    walk.visit("/sjablonen/", "/brieven/gegevens/", f"/brieven/gegevens/{own.pk}/")
    walk.refused("/sjablonen/", "Bewaren")


OTHERS = {
    "leader": as_leader,
    "coordinator": as_coordinator,
    "holder": as_holder,
    "partner_elsewhere": as_partner_elsewhere,
    "teacher": as_teacher,
    "region": as_region,
    "controller": as_controller,
    "boa": as_boa,
    "nurse": as_nurse,
    "stranger": as_stranger,
    "admin": as_admin,
}


def test_pages_of_the_others(open_window, stage):
    wrong = []
    for who, pages in OTHERS.items():
        walk = Walk(open_window())
        if who == "leader":
            at_the_door(walk, stage)
        she.log_in(walk.page, stage.world.users[who], leave="Afmelden" if who == "admin" else "Uitloggen")
        pages(walk, stage)
        wrong += [f"{who}: {line}" for line in walk.wrong]
    assert not wrong, "\n".join(wrong)
