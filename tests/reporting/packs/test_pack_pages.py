"""Ordering a pack on its page, and who may fetch it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from leerplicht.models import Enrolment
from reporting.packs import acts as packs
from reporting.packs.models import Pack
from reporting.papers.variants import Variant
from tests import world
from tests.reporting.packs.pack_work import fetched, work
from thuiszitters.core.files import keeping as files
from thuiszitters.core.files.models import StoredFile
from thuiszitters.core.jobs import queue as jobs
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.people.organisations import Membership


class TestFetching:
    def test_everybody_in_it_is_in_the_log_before_it_leaves(self, ordered, cases, as_user):
        pack = work(ordered())
        fetched(pack, as_user("officer"))
        for action in ("pack_asked", "pack_made", "pack_fetched"):
            assert AuditEvent.objects.filter(action=action).latest("pk").pupil_ids == sorted(c.pupil_id for c in cases)

    def test_the_rights_are_looked_at_again(self, ordered, cases, as_user):
        pack = work(ordered())
        Case.objects.filter(pk=cases[2].pk).update(municipality="0193")
        response = fetched(pack, as_user("officer"))
        assert response.status_code == 302 and b"%PDF" not in response.content
        assert AuditEvent.objects.filter(action="pack_fetched").latest("pk").result == "geweigerd"

    def test_a_colleague_makes_an_own_one(self, ordered, lekstroom, as_user):
        Membership.objects.create(
            user=lekstroom.holder,
            organisation=lekstroom.organisations["nieuwegein"],
            role="leerplichtambtenaar",
            valid_from=world.START,
        )
        pack = work(ordered())
        response = as_user("holder").get(f"/thuiszitterstop/{pack.stop_id}/stapels/")
        assert "Ophalen" not in response.content.decode()
        assert b"%PDF" not in fetched(pack, as_user("holder")).content

    def test_not_when_the_partner_reads_less_by_now(self, ordered, cases, lekstroom, as_user):
        pack = work(ordered(Variant.PARTNER, partner=lekstroom.organisations["verband"]))
        cases[1].involvements.update(ended_at=datetime(2026, 11, 20, 8, tzinfo=ZoneInfo("UTC")))
        assert b"%PDF" not in fetched(pack, as_user("officer")).content

    def test_others_get_what_does_not_exist(self, ordered, as_user):
        pack = work(ordered())
        for who in ("colleague", "leader", "coordinator", "stranger", "holder"):
            assert fetched(pack, as_user(who)).status_code == 404, who

    def test_after_two_weeks_it_is_gone(self, ordered, as_user):
        pack = work(ordered())
        with time_machine.travel(datetime(2026, 12, 5, tzinfo=ZoneInfo("UTC"))):
            assert files.drop_expired() == 1
            pack.refresh_from_db()
            assert pack.state == "verlopen" and not StoredFile.objects.exists()
            assert fetched(pack, as_user("officer")).status_code == 302

    def test_a_changed_byte_is_noticed(self, ordered, as_user, tmp_path):
        pack = work(ordered())
        path = tmp_path / pack.file.name
        path.write_bytes(path.read_bytes()[:-1] + b"x")
        officer = as_user("officer")
        assert fetched(pack, officer).status_code == 302
        assert "beschadigd" in officer.get(f"/thuiszitterstop/{pack.stop_id}/stapels/").content.decode()


class TestThePage:
    def page(self, stop):
        return f"/thuiszitterstop/{stop.pk}/stapels/"

    def sent(self, **fields) -> dict:
        return {"level": "pseudoniem", "recipient": "de wethouder", "form": "bladzijden", "password": ""} | fields

    def test_from_order_to_file(self, stop, as_user):
        officer = as_user("officer")
        officer.post(self.page(stop), self.sent())
        waiting = officer.get(self.page(stop)).content.decode()
        assert "Wacht op de beurt" in waiting and 'hx-trigger="every 2s"' in waiting
        jobs.work_jobs()
        ready = officer.get(self.page(stop), headers={"HX-Request": "true"}).content.decode()
        assert "Ophalen" in ready and "<html" not in ready and "hx-trigger" not in ready

    def test_for_a_school_of_the_children_as_well(self, stop, cases, lekstroom, as_user):
        school = lekstroom.organisations["school"]
        world.involve(cases[0], school, since=date(2026, 11, 1))
        Enrolment.objects.create(pupil=cases[0].pupil, school=lekstroom.schools["99AA00"])
        response = as_user("officer").post(self.page(stop), self.sent(level=f"partner-{school.pk}", recipient=""))
        assert response.status_code == 302 and Pack.objects.get().paper.recipient == school.name

    def test_with_names_it_is_for_the_own_organisation(self, stop, as_user, lekstroom):
        as_user("officer").post(self.page(stop), self.sent(level="volledig", recipient="wethouder Jansen"))
        assert Pack.objects.get().paper.recipient == stop.organisation.name

    def test_a_second_click_orders_nothing_more_another_reader_does(self, stop, as_user):
        officer = as_user("officer")
        for recipient in ("de wethouder", "de wethouder", "het bestuur"):
            officer.post(self.page(stop), self.sent(recipient=recipient))
        assert Pack.objects.count() == 2
        jobs.work_jobs()
        officer.post(self.page(stop), self.sent())  # the first is ready: this is a new one
        assert Pack.objects.count() == 3

    def test_when_the_session_ends_the_page_goes_to_the_log_in(self, stop, client):
        response = client.get(self.page(stop), headers={"HX-Request": "true"})
        assert response["HX-Redirect"].startswith("/inloggen/?next=%2Fthuiszitterstop") and response.content == b""

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"recipient": ""}, "Vul in voor wie het is."),
            ({"password": "een lang geheim woord"}, "Alleen een ZIP"),
            ({"password": "kort", "form": "zip"}, "minstens 12 tekens"),
            ({"level": "partner-99"}, "geldige keuze"),
            ({"recipient": "over Geelvink, Noor"}, "Hieraan is te zien wie het is: Geelvink Noor"),
        ],
    )
    def test_what_is_wrong_is_said(self, stop, as_user, fields, sentence):
        response = as_user("officer").post(self.page(stop), self.sent(**fields))
        assert response.status_code == 422 and sentence in response.content.decode() and not Pack.objects.exists()

    def test_only_what_the_maker_may_take_along(self, stop, cases, lekstroom):
        Case.objects.filter(pk__in=[c.pk for c in cases]).update(municipality="0193")
        with pytest.raises(NotNow, match="nog geen dossier"):
            packs.ask(stop, level=Variant.VOLLEDIG, recipient="x", purpose="x", by=lekstroom.officer)
