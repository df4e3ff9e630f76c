"""The controller: looks per child and per employee, of the own organisations only, and that search is logged too."""

import re

import pytest

from cases.dossier.models import Case
from cases.sharing import asking as referrals
from tests import world
from tests.cases.sharing.test_referrals import make
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.people.organisations import Membership

LOG, UNUSUAL = "/inzagelogboek/", "/inzagelogboek/opvallend/"


@pytest.fixture
def case(lekstroom, friday) -> Case:
    made = world.open_case(world.pupil(first_names="Kanarie", last_name="Geelvink"), lekstroom.schools["99AA00"])
    world.involve(made, lekstroom.organisations["verband"])
    return made


@pytest.fixture
def looked(case, as_user) -> Case:
    for who in ("officer", "leader", "coordinator", "stranger"):
        as_user(who).get(f"/dossiers/{case.number}/")
    return case


def shown(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_per_child_every_look_also_of_others_and_what_was_refused(looked, as_user):
    page = shown(as_user("controller"), f"{LOG}?dossier={looked.number.lower()}")
    assert page.count("Dossier bekeken") == 3 and page.count("Dossier geweigerd") == 1
    for words in (
        "officer@voorbeeld.test",
        "leader@voorbeeld.test",
        "Verband De Verbinding",
        "Gemeente Zwolle",
        "iemand van een andere organisatie",
        "toezicht op de Leerplichtwet",
        "passende plek voor een leerling",
        "wie het kind is, verzuim, wat er is gedaan",
    ):
        assert words in page, words
    for words in ("coordinator@voorbeeld.test", "stranger@voorbeeld.test", "Kanarie", "Geelvink"):
        assert words not in page, words


def test_per_employee_of_the_own_organisations_and_nobody_else(looked, as_user):
    page = shown(as_user("controller"), f"{LOG}?medewerker=Officer@voorbeeld.test")
    assert page.count("Dossier bekeken") == 1 and looked.number in page
    for who in ("stranger@voorbeeld.test", "coordinator@voorbeeld.test", "niemand@voorbeeld.test"):
        page = shown(as_user("controller"), f"{LOG}?medewerker={who}")
        assert "Deze medewerker hoort niet bij uw organisatie." in page and "Dossier bekeken" not in page


def test_without_a_question_the_looks_of_the_own_people(looked, as_user):
    page = shown(as_user("controller"), LOG)
    assert page.count("Dossier bekeken") == 2 and "Gemeente Zwolle" not in page


def test_the_dossier_of_another_gemeente_is_not_searched(lekstroom, as_user, friday):
    there = world.open_case(world.pupil(municipality_id="0193"), lekstroom.schools["99AC00"])
    as_user("stranger").get(f"/dossiers/{there.number}/")
    page = shown(as_user("controller"), f"{LOG}?dossier={there.number}")
    assert "Dit dossier is niet van uw organisatie." in page and "bekeken" not in page.split("Geen regels")[1]


def test_a_controller_of_a_partner_sees_the_child_while_and_after_it_took_part(looked, lekstroom, as_user):
    Membership.objects.filter(user=lekstroom.controller).update(organisation=lekstroom.organisations["verband"])
    page = shown(as_user("controller"), f"{LOG}?dossier={looked.number}")
    assert "coordinator@voorbeeld.test" in page and "officer@voorbeeld.test" not in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("soort=geweigerd", 1),
        ("soort=nood", 0),
        ("van=2026-11-20", 4),
        ("van=2026-11-21", 0),
        ("tot=2026-11-19", 0),
        ("van=20-11-2026&tot=20-11-2026", 4),
    ],
)
def test_narrowing(looked, as_user, query, count):
    page = shown(as_user("controller"), f"{LOG}?dossier={looked.number}&{query}")
    assert page.count("Dossier bekeken") + page.count("Dossier geweigerd") == count


def test_a_wrong_date_gets_a_sentence(looked, as_user):
    response = as_user("controller").get(f"{LOG}?van=31-02-2026")
    assert response.status_code == 422 and "Vul een datum in die bestaat" in response.content.decode()


def test_this_look_is_logged_with_the_child_and_the_employee(looked, as_user, lekstroom):
    as_user("controller").get(f"{LOG}?dossier={looked.number}&medewerker=officer@voorbeeld.test")
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.pupil_ids, event.case_number) == ("log_searched", [looked.pupil_id], looked.number)
    assert (event.detail, event.role) == ({"employee": lekstroom.officer.pk}, "controleur")
    as_user("controller").get(UNUSUAL)
    assert AuditEvent.objects.latest("pk").action == "unusual_viewed"


def test_looks_from_before_a_hand_over_are_still_found(looked, lekstroom, as_user):
    """The child became another row; who looked at it before stays known to the gemeente that has it now."""
    same = type(looked.pupil)(
        first_names="Kanarie", last_name="Geelvink", born=looked.pupil.born, municipality_id="0193"
    )
    same.pgn_hash, same.pgn_sealed = looked.pupil.pgn_hash, looked.pupil.pgn_sealed
    same.save()
    row = make(looked, "overdracht", lekstroom.organisations["zwolle"], lekstroom.officer)
    referrals.accept(row, by=lekstroom.stranger)
    Membership.objects.filter(user=lekstroom.controller).update(organisation=lekstroom.organisations["zwolle"])
    page = shown(as_user("controller"), f"{LOG}?dossier={looked.number}")
    assert page.count("Dossier bekeken") == 3


def test_what_stands_out_leads_to_the_rows(looked, as_user, lekstroom):
    type(lekstroom.officer).objects.filter(pk=lekstroom.officer.pk).update(last_name="Geelvink")
    response = as_user("controller").get(UNUSUAL)
    text = response.content.decode()
    assert "Dossier met de eigen achternaam geopend" in text and "Kanarie" not in text
    there = re.search(r'href="(/inzagelogboek/\?medewerker=[^"]+)"', text)[1].replace("&amp;", "&")
    assert "Dossier bekeken" in shown(as_user("controller"), there)


def test_the_next_page_goes_on_where_this_one_ends(looked, as_user, lekstroom):
    for n in range(120):
        log_event("worklist", by=lekstroom.officer, page=n)
    client, address, seen = as_user("controller"), LOG, []
    for _ in range(9):
        html = client.get(address).content.decode()
        seen.append(html.count("Werkvoorraad bekeken"))
        link = re.search(r'href="(\?[^"]*voor=[0-9]+[^"]*)"', html)
        if not link:
            break
        address = LOG + link[1].replace("&amp;", "&")
    assert seen == [50, 50, 20]
