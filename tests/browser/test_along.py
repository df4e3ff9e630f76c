"""A mother looks along on her phone: from the code and the pincode to what she thinks of a goal; the officer reads it.
Each page is looked at on the way: wide, narrow, with axe."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from cases.family import acts as family
from cases.goals.models import Goal
from leerplicht.models import Guardian
from tests import world
from tests.browser import looks
from tests.browser import sentences as she

pytestmark = pytest.mark.once


@pytest.fixture
def noor(people, morning):
    case = world.open_case(world.pupil(first_names="Noor", last_name="Geelvink"), people.schools["99AA00"])
    type(case).objects.filter(pk=case.pk).update(handler=people.officer)
    Guardian.objects.create(pupil=case.pupil, name="Fatima Geelvink", relation="moeder", gezag="ja")
    own = {"by": people.officer, "organisation": people.organisations["nieuwegein"]}
    Goal.objects.create(case=case, text="Elke ochtend een uur", who="mentor", review_on=date(2026, 12, 4), **own)
    family.set_door(people.organisations["nieuwegein"], is_open=True, by=people.admin)
    return case


def look(page: Page, name: str, wrong: list[str]) -> None:
    wrong += looks.problems(page, name)


def test_a_mother_looks_along(open_window, people, noor):
    wrong: list[str] = []
    officer = open_window()
    she.log_in(officer, people.officer)
    officer.goto(f"/dossiers/{noor.number}/")
    she.open_part(officer, "Mensen")
    she.follow(officer, "Meekijken")
    look(officer, "who looks along", wrong)
    officer.get_by_role("link", name="Uitnodigen").first.click()
    she.see(officer, "Fatima Geelvink (moeder) laten meekijken")
    officer.get_by_label("op papier").check()
    look(officer, "inviting", wrong)
    officer.get_by_role("button", name="Uitnodigen").click()
    expect(officer.get_by_role("heading", name="kan meekijken")).to_be_visible()
    look(officer, "invited", wrong)
    shown = officer.locator("main").inner_text()
    code = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", shown)
    pin = re.search(r"pincode: (\d{6})", shown)
    assert code and pin

    mother = open_window(width=390, height=844)
    mother.goto("/meekijken/")
    look(mother, "the way in", wrong)
    mother.get_by_label("Code uit de brief").fill(code.group().lower())
    mother.get_by_label("Pincode").fill("niet goed")
    she.press(mother, "Kijk mee")
    she.see(mother, "horen niet bij elkaar")
    look(mother, "refused", wrong)
    mother.get_by_label("Pincode").fill(pin.group(1))
    she.press(mother, "Kijk mee")
    she.see(mother, "Wij zoeken een plek voor Noor", "Mila Officier", "Elke ochtend een uur")
    look(mother, "what happens", wrong)

    mother.get_by_role("link", name="Mijn mening geven").first.click()
    she.see(mother, "Bent u het eens?")
    she.press(mother, "Versturen")
    she.see(mother, "Kies of u het eens bent.")
    look(mother, "saying nothing", wrong)
    mother.get_by_label("een beetje").check()
    mother.get_by_label("in uw eigen woorden").fill("Het begin van de dag is te druk.")
    she.press(mother, "Versturen")
    she.read_message(mother, "Wij lezen dit binnen drie werkdagen.")
    she.follow(mother, "Een document sturen")
    look(mother, "sending", wrong)
    mother.get_by_label("Document of foto").set_input_files(
        {"name": "Brief huisarts.txt", "mimeType": "text/plain", "buffer": b"Beste gemeente"}
    )
    she.press(mother, "Versturen")
    she.read_message(mother, "Uw document is verstuurd.")
    for link in ("Wie keek er in het dossier?", "Uw rechten"):
        mother.get_by_role("contentinfo").get_by_role("link", name=link).click()
        expect(mother.get_by_role("heading", name=link)).to_be_visible()
        look(mother, link, wrong)
    mother.get_by_role("button", name="Uitloggen").click()
    she.see(mother, "U kijkt niet meer mee.")
    mother.goto("/meekijken/code/")
    look(mother, "a new code", wrong)

    officer.goto(f"/dossiers/{noor.number}/")
    she.see(officer, "Lezen wat ouders of kind schreven of stuurden", "Het begin van de dag is te druk.")
    she.see(officer, "Fatima Geelvink (moeder), op de eigen pagina", "Bijlage toegevoegd: Brief huisarts")
    assert not wrong, "\n".join(wrong)


def test_the_administrator_turns_it_on(open_window, people, morning):
    wrong: list[str] = []
    admin = open_window()
    she.log_in(admin, people.admin, leave="Afmelden")
    admin.goto("/beheer-meekijken/")
    she.see(admin, "Meekijken door ouders en kinderen")
    look(admin, "gemeenten", wrong)
    admin.get_by_role("button", name="Aanzetten").first.click()
    she.read_message(admin, "Gemeente Houten: ouders en kinderen kunnen nu meekijken.")
    look(admin, "one on", wrong)
    assert not wrong, "\n".join(wrong)
