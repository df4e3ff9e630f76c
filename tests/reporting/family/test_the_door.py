"""The way in for who looks along, what ends it, and who looked at the dossier."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError
from django.test import Client

from cases.family import acts
from cases.family.models import LookAlong
from cases.sight.looks import look_at
from leerplicht.models import Guardian
from reporting.family.looks import seen_by
from tests.reporting.family.family_pages import PAGES
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.log.seals import seal_log

pytestmark = pytest.mark.django_db


def seen(case) -> int:
    seal_log()
    return len(seen_by(case)[0])


class TestWhoLooked:
    def test_organisations_and_days_without_names(self, noor, fatima, along, lekstroom):
        look_at(noor, lekstroom.officer, "case_viewed")
        shown = along(noor, fatima).get("/meekijken/inzage/").content.decode()
        assert "Gemeente Nieuwegein" in shown and "20 november 2026" in shown and "Officier" not in shown

    def test_not_investigation_nor_safety_nor_the_other_parent(self, noor, fatima, karel, along, lekstroom):
        along(noor, karel).get("/meekijken/dossier/")
        look_at(noor, lekstroom.officer, "case_viewed")
        before = seen(noor)
        log_look(lekstroom.boa, "case_viewed", pupils=[noor.pupil_id], case_number=noor.number)
        log_look(
            lekstroom.stranger, "case_viewed", pupils=[noor.pupil_id], case_number=noor.number, purpose="noodtoegang"
        )
        log_look(lekstroom.officer, "enforcement_viewed", pupils=[noor.pupil_id], parts=["verloop", "handhaving"])
        log_look(lekstroom.nurse, "case_viewed", pupils=[noor.pupil_id], parts=["identiteit", "veiligheid"])
        assert seen(noor) == before
        log_look(lekstroom.nurse, "case_viewed", pupils=[noor.pupil_id], parts=["gezondheid"])
        assert seen(noor) == before + 1

    def test_its_own_looks_are_on_record(self, noor, fatima, along, lekstroom, as_user):
        client = along(noor, fatima)
        for page in PAGES:
            client.get(f"/meekijken/{page}/")
        rows = AuditEvent.objects.filter(role="ouder", user_id=None, pupil_ids=[noor.pupil_id])
        assert {"family_entered", "family_viewed", "family_looks_viewed"} <= set(rows.values_list("action", flat=True))
        log = as_user("controller").get("/inzagelogboek/", {"dossier": noor.number}).content.decode().lower()
        assert "ouder of kind keek mee" in log and "ouder of verzorger" in log


class TestTheDoor:
    PATHS = ("dossier/", "mening/plan/", "document/", "brief/1/", "inzage/", "rechten/")

    @pytest.mark.parametrize("path", PATHS)
    def test_without_a_code_there_is_only_the_way_in(self, noor, path):
        answer = Client().get(f"/meekijken/{path}")
        assert (answer.status_code, answer["Location"]) == (302, "/meekijken/")

    def test_wrong_is_wrong_whatever_was_wrong(self, noor, fatima, lekstroom, open_door):
        done = acts.invite(noor, fatima, by_mail=False, by=lekstroom.officer)
        answers = {
            re.sub(r'value="[^"]*"', "", Client().post("/meekijken/", sent).content.decode())
            for sent in ({"code": done.code, "pin": "000001" if done.pin == "000000" else "000000"},
                         {"code": "AAAAA-AAAAA", "pin": done.pin})
        }  # fmt: skip
        assert len(answers) == 1 and "horen niet bij elkaar" in answers.pop()

    def test_asking_for_a_code_tells_nobody_whether_an_address_is_known(self, noor, fatima, lekstroom, open_door):
        acts.invite(noor, fatima, by_mail=False, email="moeder@huis.test", by=lekstroom.officer)
        answers = [
            Client().post("/meekijken/code/", {"email": email}, follow=True).content.decode()
            for email in ("moeder@huis.test", "niemand@huis.test")
        ]
        plain = {re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text) for text in answers}
        assert len(plain) == 1 and "Is dit adres bij ons bekend?" in plain.pop()

    @pytest.mark.parametrize("how", ["ended", "shut", "gezag", "secret", "other secret", "grown up", "again", "late"])
    def test_what_ends_it_ends_the_open_page(self, noor, fatima, along, lekstroom, how):
        client = along(noor, fatima)
        assert client.get("/meekijken/dossier/").status_code == 200
        later = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
        match how:
            case "ended":
                acts.end(LookAlong.objects.get(), by=lekstroom.officer)
            case "shut":
                acts.set_door(lekstroom.organisations["nieuwegein"], is_open=False, by=lekstroom.admin)
            case "gezag":
                Guardian.objects.filter(pk=fatima.pk).update(gezag="nee")
            case "secret":
                type(noor.pupil).objects.update(secret_address=True)
            case "other secret":
                Guardian.objects.exclude(pk=fatima.pk).update(secret_address=True)
            case "grown up":
                type(noor.pupil).objects.update(born=date(2008, 11, 20))
            case "again":
                acts.invite(noor, fatima, by_mail=False, by=lekstroom.officer)
            case "late":
                for minutes in range(0, 240, 20):
                    with time_machine.travel(later + timedelta(minutes=minutes)):
                        client.get("/meekijken/dossier/")
                later += timedelta(hours=4, minutes=5)
        with time_machine.travel(later):
            assert client.get("/meekijken/dossier/").status_code == 302

    def test_a_parent_is_no_user_anywhere(self, noor, fatima, along):
        client = along(noor, fatima)
        for path in ("/werkvoorraad/", f"/dossiers/{noor.number}/", "/vandaag/", "/beheer/", "/zoeken/"):
            assert client.get(path)["Location"].startswith(("/inloggen/", "/beheer/login/")), path

    def test_a_colleague_who_is_logged_in_looks_along_nowhere(self, noor, fatima, along, lekstroom):
        client = along(noor, fatima)
        client.force_login(lekstroom.coordinator)
        assert client.get("/meekijken/dossier/").status_code == 302

    def test_coming_in_leaves_the_account_of_a_colleague(self, noor, fatima, lekstroom, open_door, as_user):
        client, done = as_user("officer"), acts.invite(noor, fatima, by_mail=False, by=lekstroom.officer)
        client.post("/meekijken/", {"code": done.code, "pin": done.pin})
        assert client.get("/werkvoorraad/").status_code == 302
        assert client.get("/meekijken/dossier/").status_code == 200

    def test_leaving_leaves_nothing(self, noor, fatima, along):
        client = along(noor, fatima)
        client.post("/meekijken/stoppen/")
        assert client.get("/meekijken/dossier/").status_code == 302

    def test_pages_are_kept_nowhere_and_name_no_dossier(self, noor, fatima, along):
        answer = along(noor, fatima).get("/meekijken/dossier/")
        assert answer["Cache-Control"] == "no-store" and noor.number not in answer.content.decode()

    def test_a_lost_log_shows_nothing(self, noor, fatima, along, monkeypatch):
        client = along(noor, fatima)

        def fails(*args, **kwargs):
            raise DatabaseError

        monkeypatch.setattr(AuditEvent, "save", fails)
        assert client.get("/meekijken/dossier/").status_code == 503
