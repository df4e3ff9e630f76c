"""The manual tells of what is there: every picture exists, and every text in bold stands on a page of that role.

WRITE_SCREENSHOTS=1 (and -k take) takes the pictures again, of the demonstration region.
"""

import os
import re
from datetime import date

import pytest

from cases.agenda.acts import make_address
from cases.decisions import prepare as decisions
from cases.demo import build
from cases.family import acts as family
from leerplicht.models import Guardian
from tests.browser import pictures, scene
from tests.browser import sentences as she
from tests.browser.conftest import ROOT

pytestmark = pytest.mark.once

FAMILY = "family"  # nobody with an account
MANUAL = ROOT / "docs" / "handleiding"
FOLDER = MANUAL / "beelden"
MOST, LARGEST = 19, 250_000
WORDS = """() => document.body.textContent + " " +
    [...document.querySelectorAll("input[type=submit]")].map(e => e.value).join(" ")"""


def named_pictures() -> set[str]:
    texts = [page.read_text() for page in MANUAL.glob("*.md")]
    return {name for text in texts for name in re.findall(r"\]\(beelden/([a-z-]+)\.png\)", text)}


def bold_in(page: str) -> list[str]:
    found = re.findall(r"\*\*(.+?)\*\*", (MANUAL / page).read_text(), re.DOTALL)
    return sorted({re.sub(r"\s+", " ", text) for text in found})


def test_every_picture_of_the_manual_exists_and_is_small():
    names = named_pictures()
    assert names == {p.name for p in pictures.PICTURES} == {f.stem for f in FOLDER.glob("*.png")}
    assert len(names) <= MOST
    assert all(file.stat().st_size < LARGEST for file in FOLDER.glob("*.png"))


def test_links_of_the_index_exist():
    links = re.findall(r"\]\(([a-z]+\.md)\)", (MANUAL / "README.md").read_text())
    assert {*links, "README.md"} == {page.name for page in MANUAL.glob("*.md")}


if os.environ.get("WRITE_SCREENSHOTS") == "1":

    def test_take_the_pictures(open_window, live_server):
        today = date(2026, 11, 20)
        build.build(today)
        FOLDER.mkdir(exist_ok=True)
        for picture in pictures.PICTURES:
            pictures.take(picture, open_window(**pictures.SIZE), FOLDER, today)


def addresses(stage) -> dict[str, tuple[str, list[str]]]:
    """Per page of the manual: who reads it, and the pages it speaks of."""
    lists = ["/werkvoorraad/", "/werkvoorraad/?lijst=alle", "/meldingen/", "/meldingen/?stand="]
    dossiers = [f"/dossiers/{case.number}/" for case in stage.cases.values()]
    noor = f"/dossiers/{stage.open.number}/"
    forms = [noor + name for name in ("contact/", "stap/", "afsluiten/", "speelt/", "feit/terugkeer/", "betrokken/")]
    forms.append(f"{noor}doel/{stage.goal.pk}/kijken/")
    forms += [f"{noor}meekijken/", "/noodtoegang/", "/verzoeken/", "/vandaag/", "/berichten/", "/agenda/"]
    asked = stage.asked
    overleg = [f"{noor}overleg/", *(f"{noor}overleg/{m.pk}/" for m in stage.meetings)]
    forms.append(f"{noor}notitie/{stage.open.notes.get().pk}/")
    overleg += [f"{noor}gesprek/", f"{noor}gesprek/{stage.talk.pk}/"]
    overleg.append(f"{noor}overleg/{stage.meetings[0].pk}/verslag/")
    forms.append(f"{noor}stap/{stage.open.tasks.first().pk}/klaar/")
    places = [f"{noor}aanbod/{offer.pk}/" for offer in stage.open.offers.all()]
    judged = [f"/opschalingen/{row.pk}/" for row in stage.open.reviews.all()]
    forms += [*places, f"{noor}aanbod/", *judged, f"{noor}opschalen/"]
    reports = [
        "/meldingen/nieuw/",
        "/meldingen/inlezen/",
        f"/meldingen/inlezen/{stage.preview.pk}/",
        "/meldingen/afgekeurd/",
        f"/meldingen/afgekeurd/{stage.line.pk}/",
        f"/meldingen/nummer/{stage.waiting}/",
        "/dossiers/nieuw/",
    ]
    besluit = [f"{noor}besluit/{row.pk}/" for row in stage.open.decisions.order_by("pk")]
    forms += [*besluit, f"{noor}beroep/", "/vrijstellingen/"]
    forms += [f"{noor}beroep/{pk}/" for pk in stage.open.claims.values_list("pk", flat=True)]
    stop = f"/thuiszitterstop/{stage.stop.pk}/"
    forms += ["/thuiszitterstop/", stop, f"{stop}stapels/", f"{stop}dossier/{stage.stop.cases.first().pk}/"]
    forms += [f"/thuiszitterstop/{stage.coming.pk}/", f"{noor}brieven/", f"{noor}brieven/gesprek/", "/papieren/"]
    stop_of_region = f"/thuiszitterstop/{stage.of_region.pk}/"
    users = [f"/beheer/core/user/{stage.world.officer.pk}/change/", "/beheer/core/user/add/"]
    return {
        "README.md": ("officer", ["/werkvoorraad/"]),
        "leerplichtambtenaar.md": ("officer", ["/afwezig/", *lists, *dossiers, *forms, *overleg, *reports]),
        "teamleider.md": ("leader", ["/werkvoorraad/?lijst=alle", "/vandaag/", "/verdelen/", *dossiers]),
        "coordinator.md": (
            "coordinator",
            [
                "/werkvoorraad/",
                noor,
                f"{noor}contact/",
                f"{noor}stap/",
                f"/verzoeken/{asked.pk}/",
                *overleg,
                "/opschalingen/",
                *judged,
                "/vandaag/",
            ],
        ),
        "houder.md": ("holder", ["/besluiten/", "/vandaag/", "/berichten/", noor, *besluit, f"{besluit[-1]}tekenen/"]),
        "school.md": ("teacher", ["/meldingen/", "/meldingen/nieuw/", noor]),
        "regio.md": (
            "region",
            ["/regio/", "/regio/afspraken/", "/regio/actiepunten/", "/thuiszitterstop/", stop_of_region],
        ),
        "beheerder.md": (
            "admin",
            [
                "/vandaag/",
                "/beheer/",
                "/beheer/cases/regionterm/add/",
                "/sjablonen/",
                "/brieven/gegevens/",
                "/scholen/inlezen/",
                "/herindeling/",
                "/beheer-meekijken/",
                "/herindeling/nieuw/",
                "/meldingen/zonder-gemeente/",
                *users,
            ],
        ),
        "controleur.md": ("controller", ["/inzagelogboek/", "/inzagelogboek/opvallend/"]),
        "ouders.md": (FAMILY, ["/meekijken/", "/meekijken/dossier/", "/meekijken/document/"]),
    }


def _come_in(page, stage) -> None:
    """As a parent who was invited to look along."""
    parent = Guardian.objects.create(pupil=stage.open.pupil, name="F. Bakker", relation="moeder", gezag="ja")
    done = family.invite(stage.open, parent, by_mail=False, by=stage.world.officer)
    page.goto("/meekijken/")
    page.get_by_label("Code uit de brief").fill(done.code)
    page.get_by_label("Pincode").fill(done.pin)
    she.press(page, "Kijk mee")


def test_what_the_manual_names_stands_on_the_pages(open_window, people):
    stage = scene.build(people)
    family.set_door(people.organisations["nieuwegein"], is_open=True, by=people.admin)
    missing = []
    for page_of_manual, (who, pages) in addresses(stage).items():
        if who == "holder":
            decisions.present(stage.open.decisions.latest("pk"), by=people.officer)
        page = open_window()
        if who == FAMILY:
            _come_in(page, stage)
        else:
            she.log_in(page, people.users[who], leave="Afmelden" if who == "admin" else "Uitloggen")
        seen = "Handhaving openen" if who == "officer" else ""  # for an officer who is boa as well
        for address in pages:
            if address == "/agenda/":  # once before there is an address, once after
                page.goto(address)
                seen += page.evaluate(WORDS)
                make_address(by=people.users[who])
            page.goto(address)
            seen += " " + re.sub(r"\s+", " ", page.evaluate(WORDS))
        missing += [f"{page_of_manual}: {text}" for text in bold_in(page_of_manual) if text not in seen]
    assert not missing, "\n".join(missing)
