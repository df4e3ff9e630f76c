"""Every known child is found, with or without a dossier, and the page says what it is; never a child that somebody may
not see."""

import json
import re
from datetime import date
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.dossier.models import Case
from cases.intake.models import Intake
from leerplicht.children import finding
from leerplicht.models import Enrolment, RejectedLine
from tests import world
from tests.cases.worklist.test_worklist import names, text
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.sealed.secrets import seal

TODAY = date(2026, 11, 20)


@pytest.fixture
def search(as_user):
    def find(typed, who="officer"):
        return as_user(who).post("/zoeken/", {"q": typed})

    return find


@pytest.fixture
def waiting(lekstroom, friday):
    """A child of which a report waits for judgement."""
    child = world.pupil(first_names="Bram", last_name="Koster", born=date(2013, 3, 12))
    row = world.report(child, lekstroom.schools["99AA00"], number="DEMO-00311", all_lessons=False, kind="V3")
    world.take_in([row], today=TODAY)
    assert Intake.objects.get(report=row).state == "wacht"
    return row


@pytest.mark.parametrize(
    "typed",
    ["koster", "Kostr", "oster", "bram k", "DEMO-00311", "demo 00311", "00311", "311", "12 maart 2013", "12-3-13"],
)
def test_a_child_with_a_waiting_report_is_found_by_name_number_and_date(waiting, search, typed):
    page = text(search(typed))
    assert "melding wacht" in page and "/meldingen/nummer/DEMO-00311/" in page


def test_a_report_that_was_set_aside_says_so(waiting, search):
    Intake.objects.update(state="afgedaan", because="dubbel", handled_by=None)
    assert "melding ingetrokken" in text(search("koster"))


def test_a_child_of_which_nothing_runs_is_known(lekstroom, friday, search):
    world.pupil(last_name="Koster")
    page = text(search("koster"))
    assert "bekend, geen dossier" in page and "Niets gevonden" not in page


def test_an_open_and_a_closed_dossier_of_one_child_are_one_row(lekstroom, friday, search):
    child = world.pupil(first_names="Bram", last_name="Koster")
    new = world.open_case(child, lekstroom.schools["99AA00"])
    old = Case.objects.create(
        number="TZ-0356-2025-0009",
        pupil=child,
        municipality_id="0356",
        state="afgesloten",
        result="VERHUISD",
        opened_on=date(2025, 1, 6),
        closed_on=date(2025, 2, 3),
        opened_because="x",
    )
    response = search("koster")
    assert names(response) == ["Bram Koster"]
    assert "open dossier" in text(response) and new.number in text(response) and old.number in text(response)


@pytest.mark.parametrize("typed", ["koster", "DEMO-00311", "12-3-2013"])
@pytest.mark.parametrize("who", ["stranger", "colleague", "coordinator", "nurse", "holder"])
def test_who_may_not_see_the_child_finds_nothing(waiting, search, who, typed):
    assert "Koster" not in text(search(typed, who)).replace("Zoeken: koster", "")


def test_a_school_finds_its_own_report_as_it_was_sent_and_nothing_of_the_record(waiting, search):
    """What stands on record may have another spelling, and that the gemeente knows the child shows nowhere."""
    waiting.pupil.first_names, waiting.pupil.last_name = "Abraham", "Kosters van Zand"
    waiting.pupil.save()
    page = text(search("koster bram", "teacher"))
    assert names_in(page) == ["Bram Koster"] and "ontvangen" in page and "Abraham" not in page
    assert names_in(text(search("abraham", "teacher"))) == []
    assert names_in(text(search("DEMO-00311", "teacher"))) == ["Bram Koster"]


def names_in(page: str) -> list[str]:

    return re.findall(r'class="name"[^>]*>([^<]+)<', page)


@pytest.fixture
def refused(lekstroom):
    raw = {"voornamen": "Zoë", "achternaam": "van der Bohm", "geboortedatum": "2014-02-01", "brin": "99AA"}
    return RejectedLine.objects.create(
        file_name="f.csv",
        organisation=lekstroom.organisations["nieuwegein"],
        line=3,
        number="R-4711",
        field="brin",
        reason="onbekend",
        municipality_code="0356",
        sealed_row=seal(json.dumps(raw)),
        line_hash="h",
    )


@pytest.mark.parametrize("typed", ["bohm", "Zoe vd Boehm", "R-4711", "1-2-2014", "boehm 1 feb 2014"])
def test_a_refused_line_is_found_by_its_officer_only(refused, search, typed):
    assert f"/meldingen/afgekeurd/{refused.pk}/" in text(search(typed))
    assert AuditEvent.objects.filter(action="searched").latest("pk").detail["lines"] == [refused.pk]
    for who in ("stranger", "coordinator", "teacher", "boa"):
        assert f"afgekeurd/{refused.pk}" not in text(search(typed, who))


def test_a_partial_number_finds_the_dossier(lekstroom, friday, search):
    case = world.open_case(world.pupil(last_name="Koster"), lekstroom.schools["99AA00"])
    Case.objects.filter(pk=case.pk).update(number="TZ-0356-2026-0107")
    for typed in ("107", "0107", "2026-0107", "2026 107", "0356 0107", "tz 107"):
        assert case_link(search(typed)), typed
    assert search("tz0356 2026 0107").status_code == 302
    for typed in ("108", "2025-0107", "0321-0107", "1107"):
        assert not case_link(search(typed)), typed
    assert not case_link(search("107", "stranger"))


def case_link(response) -> bool:
    return "/dossiers/TZ-0356-2026-0107/" in text(response)


def test_a_school_is_found_by_who_sees_a_child_of_it(lekstroom, friday, search):
    assert "school=99AA00" not in text(search("lindeboom"))
    case = world.open_case(world.pupil(last_name="Koster"), lekstroom.schools["99AA00"])
    Enrolment.objects.create(pupil=case.pupil, school=lekstroom.schools["99AA00"], first_day=date(2025, 9, 1))
    assert "lijst=alle&amp;school=99AA00" in text(search("lindeboom"))
    assert "school=99AA00" not in text(search("lindeboom", "coordinator"))
    world.involve(case, lekstroom.organisations["verband"])
    assert "school=99AA00" in text(search("lindeboom", "coordinator"))
    assert "school=99AA00" not in text(search("lindeboom", "stranger"))


def test_a_date_of_which_the_day_is_unknown_is_found_by_each_day_of_the_month(lekstroom, search):
    world.pupil(last_name="Koster", born=date(2013, 3, 1), born_known="maand")
    assert "Koster" in text(search("12-3-2013"))
    assert "Koster" not in text(search("12-4-2013"))


class TestSuggestions:
    def ask(self, as_user, typed, who="officer"):
        return as_user(who).post("/zoeken/voorstellen/", {"q": typed})

    def test_from_two_letters_with_what_it_is_and_its_page(self, waiting, as_user):
        assert self.ask(as_user, "k").json()["voorstellen"] == []
        shown = self.ask(as_user, "ko").json()["voorstellen"]
        assert shown == [
            {"naam": "Bram Koster", "over": "12 maart 2013 · melding wacht", "adres": "/meldingen/nummer/DEMO-00311/"}
        ]

    def test_each_request_stands_in_the_log_without_what_was_typed(self, waiting, as_user):
        self.ask(as_user, "kost")
        row = AuditEvent.objects.filter(action="searched").get()
        assert row.pupil_ids == [waiting.pupil_id]
        assert row.detail == {"by_what": "naam", "found": 1, "while_typing": True}

    def test_nobody_is_suggested_whom_somebody_may_not_see(self, waiting, as_user):
        for who in ("stranger", "colleague", "coordinator"):
            assert self.ask(as_user, "koster", who).json()["voorstellen"] == []

    def test_eight_and_whether_there_are_more(self, lekstroom, as_user):
        for n in range(9):
            child = world.pupil(last_name="Koster", first_names=f"Kind{n}")
            world.open_case(child, lekstroom.schools["99AA00"])
        answer = self.ask(as_user, "koster").json()
        assert len(answer["voorstellen"]) == 8 and answer["meer"]

    def test_an_address_asks_nothing(self, waiting, as_user):
        assert as_user("officer").get("/zoeken/voorstellen/?q=koster").status_code == 405


def test_the_same_number_of_queries_for_one_child_and_for_many(lekstroom, friday, search):

    counts = []
    for _ in range(2):
        for n in range(6):
            child = world.pupil(last_name="Koster", first_names=f"Kind{n}")
            world.open_case(child, lekstroom.schools["99AA00"])
        with CaptureQueriesContext(connection) as done:
            search("koster")
        counts.append(len(done))
    assert counts[0] == counts[1]


def test_of_more_than_are_judged_the_whole_names_are_among_them(lekstroom, search, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 5)
    for n in range(8):
        world.pupil(first_names=f"Witte{n}", last_name=f"Aa{n}")
    world.pupil(first_names="Zus", last_name="Wit")
    page = " ".join(text(search("wit")).split())
    assert names_in(page)[0] == "Zus Wit" and "Er zijn meer dan 5 kinderen gevonden" in page


def test_searching_is_the_same_where_there_is_no_index(lekstroom, search):
    """The conditions are the same on each database; an index only makes them fast."""
    made = import_module("leerplicht.migrations.0013_name_trigrams")
    world.pupil(first_names="Bram", last_name="Koster")
    made.remove(None, connection.schema_editor())
    assert names_in(text(search("Kostr"))) == ["Bram Koster"]
    made.make(None, connection.schema_editor())
    assert names_in(text(search("oster"))) == ["Bram Koster"]


@pytest.mark.django_db
def test_a_database_that_makes_no_extension_stops_nothing(monkeypatch):
    made = import_module("leerplicht.migrations.0013_name_trigrams")
    monkeypatch.setattr(made, "EXTENSION", "CREATE EXTENSION does_not_exist")
    made.make(None, connection.schema_editor())
