"""The pages of barriers: their age, bad input, and where children of a region are stuck."""

import pytest

from cases.barriers.models import Barrier
from cases.closing import acts

BARRIER = {
    "kind": "zorg",
    "what": "Wachtlijst van 12 weken",
    "owner": "",
    "owner_name": "Jo",
    "asked_on": "2026-10-20",
    "promised_on": "2026-11-13",
    "decided_on": "",
    "version": "1",
}


def page(client, case, path="") -> str:
    return client.get(f"/dossiers/{case.number}/{path}").content.decode()


class TestBarriers:
    def test_its_age_and_a_broken_promise_show(self, case, as_user):
        officer = as_user("officer")
        assert officer.post(f"/dossiers/{case.number}/belemmering/", BARRIER).status_code == 302
        shown = page(officer, case)
        assert "Wachtlijst van 12 weken" in shown and "al 31 dagen" in shown
        assert "toegezegd voor 13 november, te laat" in shown

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"asked_on": "2026-11-21"}, "asked_on"),
            ({"promised_on": "2026-10-01"}, "promised_on"),
            ({"kind": "conflict", "decided_on": "2026-11-01"}, "decided_on"),
            ({"decided_on": "2026-12-01"}, "decided_on"),
            ({"what": ""}, "what"),
        ],
    )
    def test_days_that_cannot_be(self, case, as_user, change, field):
        answer = as_user("officer").post(f"/dossiers/{case.number}/belemmering/", BARRIER | change)
        assert answer.status_code == 422 and field in answer.context["form"].errors and not Barrier.objects.exists()

    def test_what_is_solved_goes_from_the_list_into_the_course_of_events(self, case, as_user):
        officer = as_user("officer")
        officer.post(f"/dossiers/{case.number}/belemmering/", BARRIER)
        row = Barrier.objects.get()
        path = f"/dossiers/{case.number}/belemmering/{row.pk}/opgelost/"
        assert officer.post(path, {"on": "2026-11-20", "how": ""}).status_code == 422
        assert officer.post(path, {"on": "2026-11-20", "how": "Hulp begint maandag."}).status_code == 302
        shown = page(officer, case)
        assert "Niets vastgelegd." in shown and "Hulp begint maandag." in shown


class TestWhereItIsStuck:
    """The page of the region counts barriers by kind and by who can take them away."""

    def stuck(self, as_user) -> list[tuple]:
        items = as_user("region").get("/regio/").context["stuck"]
        return [(i["kind"], i["dossiers"], i["owners"], i["days"]) for i in items]

    def test_counted_by_kind_and_owner_without_a_child(self, case, as_user, lekstroom):
        assert self.stuck(as_user) == []
        nieuwegein = lekstroom.organisations["nieuwegein"]
        asked = {"case": case, "by": lekstroom.officer, "organisation": nieuwegein}
        for kind, owner, on in (
            ("zorg", None, "2026-10-21"),
            ("zorg", nieuwegein, "2026-11-10"),
            ("vervoer", nieuwegein, "2026-11-18"),
        ):
            Barrier.objects.create(kind=kind, what="Iets over Noor", owner=owner, asked_on=on, **asked)
        solved = Barrier.objects.create(kind="plek", what="x", asked_on="2026-10-01", **asked)
        Barrier.objects.filter(pk=solved.pk).update(solved_on="2026-11-01", solved_how="x")
        assert self.stuck(as_user) == [
            ("leerlingenvervoer", 1, [("Gemeente Nieuwegein", 1)], 2),
            ("wachtlijst voor hulp", 1, [("Gemeente Nieuwegein", 1), ("nog niemand", 1)], 30),
        ]
        shown = as_user("region").get("/regio/").content.decode()
        assert "Waar zit het vast?" in shown and "Noor" not in shown

    def test_not_those_of_another_region_or_of_a_closed_dossier(self, case, as_user, lekstroom):
        Barrier.objects.create(
            case=case,
            kind="zorg",
            what="x",
            asked_on="2026-11-01",
            by=lekstroom.officer,
            organisation=lekstroom.organisations["nieuwegein"],
        )
        assert as_user("region_elsewhere").get("/regio/").context["stuck"] == []
        acts.close(case, result="BUITENLAND", by=lekstroom.officer, because="x")
        assert self.stuck(as_user) == []
