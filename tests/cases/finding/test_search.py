"""Search: by name, number, birth date or BSN, only within the own dossiers, never in an address or a log line."""

import re

import pytest
from django.test import Client

from leerplicht.law.identifiers import parse_pgn
from tests import world
from tests.cases.worklist.test_worklist import names, text
from thuiszitters.core.log.models import AuditEvent

NUMBER = world.bsn(905)


@pytest.fixture
def known(lekstroom, friday):
    made = {}
    for key, first, prefix, last, gemeente in (
        ("noor", "Noor Fleur", "van den", "Berg", "0356"),
        ("celik", "Ömer", "", "Çelik", "0356"),
        ("noortje", "Noortje", "", "Visser", "0356"),
        ("foreign", "Noor", "van den", "Berg", "0193"),
    ):
        child = world.pupil(first_names=first, prefix=prefix, last_name=last, municipality_id=gemeente)
        if key == "noor":
            child.set_pgn(parse_pgn(NUMBER))
            child.save()
        made[key] = world.open_case(child, lekstroom.schools["99AA00"])
    return made


@pytest.fixture
def search(as_user):
    def find(text, who="officer", **options):
        return as_user(who).post("/zoeken/", {"q": text}, **options)

    return find


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("berg", {"Noor van den Berg"}),
        ("van den Berg", {"Noor van den Berg"}),
        ("noor van den berg", {"Noor van den Berg"}),
        ("Berg, Noor", {"Noor van den Berg"}),
        ("noor", {"Noor van den Berg", "Noortje Visser"}),
        ("celik", {"Ömer Çelik"}),
        ("ÇELIK", {"Ömer Çelik"}),
        ("omer celik", {"Ömer Çelik"}),
        ("5-5-2013", {"Noor van den Berg", "Ömer Çelik", "Noortje Visser"}),
        ("2013-05-05", {"Noor van den Berg", "Ömer Çelik", "Noortje Visser"}),
        (NUMBER, {"Noor van den Berg"}),
        (f"{NUMBER[:4]}.{NUMBER[4:6]} {NUMBER[6:]}", {"Noor van den Berg"}),
        (world.bsn(906), set()),
        ("123456789", set()),
        ("%", set()),
        ("n_o%r", set()),
        ("erg", {"Noor van den Berg"}),
        ("vd Berg", {"Noor van den Berg"}),
        ("bergh noor", {"Noor van den Berg"}),
        ("Celk", {"Ömer Çelik"}),
        ("noor 5-5-13", {"Noor van den Berg", "Noortje Visser"}),
        ("berg 6-5-2013", set()),
        ("5 mei 2013", {"Noor van den Berg", "Ömer Çelik", "Noortje Visser"}),
        ("05052013", {"Noor van den Berg", "Ömer Çelik", "Noortje Visser"}),
        ("", set()),
    ],
)
def test_what_is_found(known, search, typed, found):
    response = search(typed)
    assert response.status_code == 200
    assert set(names(response)) == found


def test_a_whole_dossier_number_leads_to_the_dossier(known, search):
    number = known["noor"].number
    start, _, count = number.rpartition("-")
    for typed in (number, number.lower(), f"{start}-{int(count)}", f" {number} "):
        assert search(typed)["Location"] == f"/dossiers/{number}/"


@pytest.mark.parametrize("key", ["number", "name", "bsn"])
def test_a_foreign_dossier_is_found_by_nothing(known, search, key):
    foreign = known["foreign"]
    typed = {"number": foreign.number, "name": "berg", "bsn": foreign.pupil.reveal_pgn()}[key]
    response = search(typed, who="colleague")
    assert response.status_code == 200 and names(response) == [] and "Niets gevonden" in text(response)


def test_a_partner_finds_what_it_takes_part_in_also_by_number(known, search, lekstroom):
    assert names(search("berg", who="coordinator")) == []
    world.involve(known["noor"], lekstroom.organisations["verband"])
    assert names(search("berg", who="coordinator")) == ["Noor van den Berg"]


def test_a_closed_dossier_is_still_found(known, search, as_user):
    path = f"/dossiers/{known['noor'].number}/afsluiten/"
    assert as_user("officer").post(path, {"result": "VERHUISD", "because": "weg", "seen": "on"}).status_code == 302
    assert names(search("berg")) == ["Noor van den Berg"]


def test_a_number_in_an_address_finds_nothing_and_is_no_address_of_ours(known, as_user):
    response = as_user("officer").get("/zoeken/", {"q": NUMBER})
    assert (response.status_code, response["Location"]) == (302, "/werkvoorraad/")


def test_the_number_is_in_no_page_no_log_line_and_no_row_of_the_log(known, search, capfd):
    response = search(NUMBER)
    assert NUMBER not in text(response)
    out = capfd.readouterr()
    assert NUMBER not in out.out + out.err
    row = AuditEvent.objects.filter(action="searched").get()
    assert (row.detail, row.pupil_ids) == ({"by_what": "BSN of onderwijsnummer", "found": 1}, [known["noor"].pupil_id])
    assert not AuditEvent.objects.filter(detail__icontains=NUMBER).exists()


def test_more_than_are_shown_is_said_with_the_number_and_how_to_narrow(lekstroom, friday, search):
    for n in range(51):
        world.pupil(last_name="Jansen", first_names=f"Kind {n}")
    response = search("jansen")
    shown = re.findall(r'class="name"', text(response))
    assert len(shown) == 50 and "Er zijn 51 kinderen gevonden" in " ".join(text(response).split())
    assert "geboortedatum" in text(response)


def test_without_token_nothing_is_sought(known, lekstroom):
    client = Client(enforce_csrf_checks=True)
    client.force_login(lekstroom.officer)
    assert client.post("/zoeken/", {"q": "berg"}).status_code == 403
