"""The list of decisions of a holder, and the register of a region."""

from datetime import date

import pytest

from cases.decisions import prepare as decisions
from cases.decisions import sign as signing
from cases.decisions.models import Decision
from cases.offers import acts as offers
from tests import world
from tests.cases import besluit
from tests.cases.overleg import TODAY
from thuiszitters.core.log.models import AuditEvent

ASKED = {"trigger": "Al zes weken thuis.", "question": "Welke plek?", "scopes": ["onderwijs"]}
CONTENT = {
    "kind": "ANDERE_SCHOOL",
    "school_code": "99AB00",
    "provider": "",
    "responsible_code": "99AB00",
    "start_on": "2026-12-07",
    "hours_start": "6",
    "hours_full": "24",
    "step_0_from": "2027-01-04",
    "step_0_hours": "12",
    "because": "Kleine klas.",
    "bridge": "Thuisles",
    "funding": "School",
    "teller": "M. Officier",
    "version": "1",
}


class TestListAndRegister:
    def test_each_stands_in_its_own_list(self, ready, lekstroom, as_user):
        row = besluit.signed(ready, lekstroom)
        lists = {g["key"]: g["rows"] for g in as_user("holder").get("/besluiten/").context["lists"]}
        assert [i["row"] for i in lists["wacht"]] == [row] and not lists["teken"]
        decisions.request(Decision(case=ready, organisation=row.organisation, scopes=["onderwijs"]), by=row.asked_by)
        assert AuditEvent.objects.filter(action="decisions_listed", pupil_ids=[ready.pupil_id]).exists()

    @pytest.mark.parametrize(
        ("offer", "dossier", "where"),
        [
            ({}, {}, "wacht"),
            ({"state": "gestart", "started_on": TODAY}, {}, "er"),
            ({"state": "mislukt"}, {}, "mislukt"),
            ({}, {"state": "afgesloten", "closed_on": TODAY, "result": "VERHUISD"}, "klaar"),
        ],
    )
    def test_where_a_signed_one_stands(self, ready, lekstroom, as_user, offer, dossier, where):
        row = besluit.signed(ready, lekstroom)
        type(row.offer).objects.update(**(offer or {"state": row.offer.state}))
        type(ready).objects.filter(pk=ready.pk).update(**(dossier or {"state": ready.state}))
        lists = {g["key"]: len(g["rows"]) for g in as_user("holder").get("/besluiten/").context["lists"]}
        assert lists.pop(where) == 1 and not any(lists.values())

    def test_the_register_keeps_what_was_decided_for_a_child_that_moved(self, ready, lekstroom, as_user):
        besluit.signed(ready, lekstroom)
        type(ready).objects.update(municipality="0193")
        assert as_user("region").get("/regio/besluiten/").context["total"]["taken"] == 1
        assert as_user("region_elsewhere").get("/regio/besluiten/").context["total"]["taken"] == 0

    def test_one_that_waits_for_another_holder_is_not_mine(self, presented, lekstroom, as_user):
        lekstroom.holder.mandates.update(scope="zorg")
        lists = {g["key"]: g["rows"] for g in as_user("holder").get("/besluiten/").context["lists"]}
        assert not lists["teken"] and len(lists["ander"]) == 1
        assert "wacht op uw handtekening" not in as_user("holder").get("/vandaag/").content.decode()

    def test_the_register_counts_and_names_nobody(self, ready, lekstroom, as_user):
        row = besluit.signed(ready, lekstroom, start_on=date(2026, 11, 20))
        Decision.objects.update(asked_on=date(2026, 11, 10))
        row.offer.refresh_from_db()
        offers.move_offer(row.offer, "gestart", by=lekstroom.officer, on=TODAY)
        other = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
        dropped = besluit.a_request(other, lekstroom)
        decisions.drop(dropped, by=lekstroom.officer, reason="Toch een plek.")
        response = as_user("region").get("/regio/besluiten/")
        year = response.context["years"][0]
        assert {k: year[k] for k in ("year", "considered", "taken", "dropped", "begun", "provisional")} == {
            "year": 2026,
            "considered": 2,
            "taken": 1,
            "dropped": 1,
            "begun": 1,
            "provisional": 0,
        }
        assert (year["to_decision"], year["to_first_day"]) == (10, 0)
        for word in ("Bakker", ready.number, row.number):
            assert word not in response.content.decode()
        assert as_user("region_elsewhere").get("/regio/besluiten/").context["years"] == []

    def test_a_replaced_one_counts_its_place_once(self, ready, lekstroom, as_user):
        besluit.signed(ready, lekstroom, start_on=None)
        again = besluit.fill(besluit.a_request(ready, lekstroom), lekstroom)
        decisions.present(again, by=lekstroom.officer)
        signing.sign(again, by=lekstroom.holder, passed={})
        total = as_user("region").get("/regio/besluiten/").context["total"]
        assert (total["taken"], total["replaced"], total["provisional"], total["begun"]) == (2, 1, 0, 0)
