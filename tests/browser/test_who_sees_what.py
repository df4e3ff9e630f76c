"""One dossier through five pairs of eyes: its officer shares it with the samenwerkingsverband and the school, a
stranger finds nothing, and after the share has ended the partner finds nothing either. The controller finds each look.
"""

import re

import pytest
from playwright.sync_api import expect

from cases.work.models import Note
from leerplicht.models import Guardian
from tests import world
from tests.browser import looks
from tests.browser import sentences as she

pytestmark = pytest.mark.once


def share(page, number: str, organisation: str) -> None:
    """The officer chooses, looks at what the other will see, and shares."""
    page.goto(f"/dossiers/{number}/")
    she.follow(page, "Organisatie betrekken")
    page.get_by_label("Organisatie", exact=True).select_option(label=organisation)
    page.get_by_label("Grond").select_option(label="convenant")
    page.get_by_label("Ouders en kind weten het sinds").fill("2026-11-19")
    she.press(page, "Bekijken wat de ander ziet")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Dit ziet {organisation}")
    she.see(page, "Er is nog niets gedeeld", "Samen afgesproken: maandag op bezoek.")
    expect(page.locator("main")).not_to_contain_text("Alleen voor de gemeente.")
    she.press(page, f"Delen met {organisation}")
    she.read_message(page, f"{organisation} doet nu mee in dit dossier.")


def finds_nothing(page, number: str) -> None:
    answer = page.goto(f"/dossiers/{number}/")
    assert answer.status == 404
    expect(page.locator("body")).not_to_contain_text("Noor")
    page.goto("/werkvoorraad/?lijst=alle")
    expect(page.locator("main")).not_to_contain_text("Noor")


def test_one_dossier_seen_by_five(open_window, people):
    child = world.pupil(first_names="Noor", last_name="Bakker")
    case = world.open_case(child, people.schools["99AA00"], reason="Durft de klas niet in.")
    Guardian.objects.create(pupil=child, name="Fatima Bakker", relation="moeder", phone="06 555 0 12 34")
    own = {"case": case, "by": people.officer, "organisation": people.organisations["nieuwegein"]}
    Note.objects.create(text="Samen afgesproken: maandag op bezoek.", shared=True, **own)
    Note.objects.create(text="Alleen voor de gemeente.", **own)
    wrong, refused = [], (f"404 /dossiers/{case.number}/",)

    officer = open_window()
    she.log_in(officer, people.officer)
    she.open_the_dossier(officer, "Noor Bakker")
    she.see(officer, "Alleen voor de gemeente.", "BSN ••••••")

    stranger = open_window(expects=refused)
    she.log_in(stranger, people.stranger)
    finds_nothing(stranger, case.number)

    partner = open_window(expects=refused)
    she.log_in(partner, people.coordinator)
    finds_nothing(partner, case.number)
    share(officer, case.number, "Verband De Verbinding")
    share(officer, case.number, "De Lindeboom")

    she.open_the_dossier(partner, "Noor Bakker")
    she.see(partner, "Samen afgesproken: maandag op bezoek.", "Fatima Bakker", "De inhoud is niet met u gedeeld.")
    for words in ("Alleen voor de gemeente.", "BSN"):
        expect(partner.locator("main")).not_to_contain_text(words)
    wrong += looks.problems(partner, "the dossier of the partner")

    school = open_window()
    she.log_in(school, people.teacher)
    she.open_the_dossier(school, "Noor Bakker")
    she.see(school, "Samen afgesproken: maandag op bezoek.", "Durft de klas niet in.")
    expect(school.locator("main")).not_to_contain_text("Alleen voor de gemeente.")
    wrong += looks.problems(school, "the dossier of the school")

    officer.goto(f"/dossiers/{case.number}/")
    she.open_part(officer, "Mensen")
    officer.get_by_role("button", name=re.compile("Beëindigen.*Verband De Verbinding")).click()
    she.read_message(officer, "Verband De Verbinding ziet dit dossier niet meer.")
    finds_nothing(partner, case.number)

    controller = open_window()
    she.log_in(controller, people.controller)
    controller.get_by_label("Dossiernummer").fill(case.number)
    controller.get_by_role("button", name="Zoeken").click()
    rows = controller.locator("main tbody tr")
    for who, what in (
        ("officer@voorbeeld.test", "Dossier bekeken"),
        ("Verband De Verbinding", "Dossier bekeken"),
        ("De Lindeboom", "Dossier bekeken"),
        ("Gemeente Zwolle", "Dossier geweigerd"),
        ("officer@voorbeeld.test", "Bekeken wat een ander zou zien"),
        ("officer@voorbeeld.test", "Organisatie betrokken"),
    ):
        expect(rows.filter(has_text=who).filter(has_text=what).first).to_be_visible()
    expect(rows.filter(has_text="Verband De Verbinding").filter(has_text="Dossier geweigerd")).to_have_count(2)
    expect(controller.locator("main")).not_to_contain_text("Noor")
    wrong += looks.problems(controller, "the log of this dossier")
    assert not wrong, "\n".join(wrong)
