"""A Thuiszitterstop of a region: for the organisations that belong to it with their own children, and for its
coordinator in numbers (docs/adr/0044)."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from cases.clock.models import Deadline
from cases.dossier.models import Task
from cases.stops import acts as stops
from cases.stops import ordering
from cases.stops.models import Stop
from tests import world
from tests.cases.stops.test_stops import AMSTERDAM, FORM, a_stop, batch_in, page
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.people.organisations import Membership, OrganisationLink

MEMBERS = ("officer", "leader", "colleague", "coordinator", "holder")
SENT = {"ask": "", "discussed": "Houten zoekt een plek.", "lesson": "", "version": "1"}


@pytest.fixture
def joint(lekstroom, cases) -> Stop:
    """The gemeente Nieuwegein plans it; on it Noor and Sem of Nieuwegein, and Joep of Houten, whom Houten put there."""
    row = a_stop(lekstroom)
    stops.add_cases(row, cases[:2], by=lekstroom.officer)
    stops.add_cases(row, cases[3:], by=lekstroom.colleague)
    return row


@pytest.fixture
def of_the_region(lekstroom, cases) -> Stop:
    """Planned by the coordinator of the region; both gemeenten put a child on it."""
    row = a_stop(lekstroom, organisation=lekstroom.organisations["regio"], by=lekstroom.region)
    stops.add_cases(row, cases[:1], by=lekstroom.officer)
    stops.add_cases(row, cases[3:], by=lekstroom.colleague)
    return row


def joins(lekstroom, who: str, organisation: str, role: str) -> None:
    where = lekstroom.organisations[organisation]
    Membership.objects.create(user=lekstroom.users[who], organisation=where, role=role, valid_from=world.START)


class TestMembers:
    @pytest.mark.parametrize(
        ("who", "seen", "hidden"),
        [
            ("officer", {"Noor", "Sem"}, "Er staat ook 1 dossier op dat u niet ziet."),
            ("colleague", {"Joep"}, "Er staan ook 2 dossiers op die u niet ziet."),
            ("leader", {"Noor", "Sem", "Joep"}, ""),
            ("coordinator", set(), "Er staan ook 3 dossiers op die u niet ziet."),
            ("holder", set(), "Er staan ook 3 dossiers op die u niet ziet."),
        ],
    )
    def test_each_sees_own_children(self, joint, as_user, who, seen, hidden):
        shown = as_user(who).get(page(joint)).content.decode()
        assert {name for name in ("Noor", "Sem", "Joep") if name in shown} == seen
        assert hidden in shown and ("die u niet ziet" in shown or "dat u niet ziet" in shown) == bool(hidden)
        listed = as_user(who).get("/thuiszitterstop/").content.decode()
        assert "gepland door Gemeente Nieuwegein" in listed

    def test_who_takes_part_sees_what_is_shared(self, joint, cases, lekstroom, as_user):
        world.involve(cases[1], lekstroom.organisations["verband"], since=date(2026, 11, 1))
        shown = as_user("coordinator").get(page(joint)).content.decode()
        assert "Sem" in shown and "Noor" not in shown and "Er staan ook 2 dossiers" in shown

    @pytest.mark.parametrize("who", ["stranger", "partner_elsewhere", "region_elsewhere"])
    def test_another_region_finds_nothing(self, joint, as_user, who):
        assert as_user(who).get(page(joint)).status_code == 404
        assert "Raadzaal" not in as_user(who).get("/thuiszitterstop/").content.decode()

    def test_only_while_it_belongs_to_the_region(self, joint, lekstroom, as_user, friday):
        houten = OrganisationLink.objects.filter(kind="has_member", other=lekstroom.organisations["houten"])
        houten.update(valid_until=date(2026, 11, 19))
        assert as_user("colleague").get(page(joint)).status_code == 404
        with pytest.raises(PermissionDenied):
            stops.add_cases(joint, [], by=lekstroom.colleague)

    def test_a_bureau_comes_in_by_the_gemeente_it_acts_for(self, joint, lekstroom, as_user):
        acts_for = OrganisationLink.objects.filter(kind="acts_for")
        acts_for.update(valid_until=date(2026, 11, 19))
        assert as_user("leader").get(page(joint)).status_code == 404

    @pytest.mark.parametrize("rest", ["wijzigen/", "afzeggen/", "volgorde/", "sorteren/"])
    def test_only_who_planned_it_changes_it(self, joint, as_user, rest):
        for who in ("leader", "colleague", "coordinator", "holder"):
            sent = {"because": "x", "op": "naam", **FORM, "region": joint.region_id}
            assert as_user(who).post(page(joint, rest), sent).status_code == 403, who
        joint.refresh_from_db()
        assert (joint.state, joint.version) == ("gepland", 1)

    def test_the_acts_refuse_as_well(self, joint, lekstroom):
        row = joint.cases.last()
        for act in (
            lambda: ordering.place(joint, {row.pk: 1}, by=lekstroom.colleague),
            lambda: ordering.sort(joint, "naam", by=lekstroom.colleague),
            lambda: ordering.move(row, True, by=lekstroom.colleague),
            lambda: stops.save_stop(joint, by=lekstroom.colleague),
            lambda: stops.cancel_stop(joint, because="x", by=lekstroom.colleague),
            lambda: stops.add_cases(joint, [], by=lekstroom.stranger),
            lambda: stops.add_cases(joint, [], by=lekstroom.region),
        ):
            with pytest.raises(PermissionDenied):
                act()

    def test_no_button_for_what_is_of_the_planner(self, joint, as_user):
        shown = as_user("colleague").get(page(joint)).content.decode()
        for words in ("Volgorde bewaren", "Omhoog", "Sorteren", "Wijzigen", "Afzeggen"):
            assert words not in shown, words
        assert "Dossiers kiezen" in shown and "Aangekruiste van de agenda" in shown

    def test_own_dossiers_come_on_and_off_again(self, joint, cases, lekstroom, as_user):
        more = world.open_case(
            world.pupil(first_names="Puck", last_name="Buiten", municipality_id="0321"), lekstroom.schools["99AB00"]
        )
        colleague = as_user("colleague")
        assert "Noor" not in colleague.get(page(joint, "kiezen/")).content.decode()
        colleague.post(page(joint, "kiezen/"), {"dossier": [more.pk, cases[2].pk]})
        assert [line.case for line in joint.cases.all()][3:] == [more]
        shown = colleague.get(page(joint)).content.decode()
        colleague.post(page(joint, "laatste-weg/"), {"keer": batch_in(shown)})
        colleague.post(page(joint, f"dossier/{joint.cases.get(case=cases[3]).pk}/weg/"))
        assert {line.case for line in joint.cases.all()} == set(cases[:2])

    def test_what_another_put_there_stays(self, joint, cases, lekstroom, as_user):
        """The samenwerkingsverband sees Sem by a share; the gemeente put him on the agenda."""
        world.involve(cases[1], lekstroom.organisations["verband"], since=date(2026, 11, 1))
        sem, coordinator = joint.cases.get(case=cases[1]), as_user("coordinator")
        shown = coordinator.get(page(joint)).content.decode()
        assert "Sem" in shown and "Van de agenda" not in shown and "van de agenda" not in shown
        assert coordinator.post(page(joint, f"dossier/{sem.pk}/weg/")).status_code == 403
        assert coordinator.post(page(joint, "van-de-agenda/"), {"rij": [sem.pk]}).status_code == 403
        assert coordinator.post(page(joint, "van-de-agenda/"), {"rij": [joint.cases.first().pk]}).status_code == 302
        assert joint.cases.count() == 3

    def test_gemeente_and_the_bureau_that_acts_for_it_are_one_side(self, joint, cases, lekstroom, as_user):
        as_user("leader").post(page(joint, f"dossier/{joint.cases.get(case=cases[3]).pk}/weg/"))
        assert not joint.cases.filter(case=cases[3]).exists()

    def test_who_left_leaves_nothing_that_nobody_may_take_off(self, joint, cases, lekstroom, as_user):
        """The colleague who put Joep there works in Houten no more; another one there does."""
        joins(lekstroom, "stranger", "houten", "leerplichtambtenaar")
        lekstroom.colleague.memberships.update(valid_until=date(2026, 11, 19))
        as_user("stranger").post(page(joint, f"dossier/{joint.cases.get(case=cases[3]).pk}/weg/"))
        assert not joint.cases.filter(case=cases[3]).exists()

    def test_minutes_of_an_own_child(self, joint, cases, lekstroom, as_user):
        row = joint.cases.get(case=cases[3])
        sent = SENT | {"wat_0": "Plek zoeken", "eigenaar_0": f"u{lekstroom.colleague.pk}", "voor_0": "2026-12-01"}
        as_user("colleague").post(page(joint, f"dossier/{row.pk}/"), sent)
        assert Task.objects.get(stop=joint).case == cases[3]
        told = as_user("colleague").get(f"/dossiers/{cases[3].number}/").content.decode()
        assert "Houten zoekt een plek." in told and "C. Collega, Gemeente Houten" in told
        assert as_user("officer").get(page(joint, f"dossier/{row.pk}/")).status_code == 404
        assert "Houten zoekt" not in as_user("officer").get(page(joint)).content.decode()
        assert "Plek zoeken" not in as_user("officer").get(page(joint, "afspraken/")).content.decode()

    def test_no_minutes_where_one_may_only_read(self, joint, cases, lekstroom, as_user):
        world.involve(cases[1], lekstroom.organisations["verband"], since=date(2026, 11, 1))
        row = joint.cases.get(case=cases[1])
        assert as_user("holder").post(page(joint, f"dossier/{row.pk}/"), SENT).status_code == 403
        assert as_user("coordinator").post(page(joint, f"dossier/{row.pk}/"), SENT).status_code == 302
        assert joint.cases.get(pk=row.pk).discussed == SENT["discussed"]

    def test_a_pack_is_for_the_own_organisation_of_who_makes_it(self, joint, as_user):
        shown = as_user("colleague").get(page(joint, "stapels/")).content.decode()
        assert "Gemeente Houten" in shown and "Gemeente Nieuwegein" not in shown.split("<main")[1]

    def test_who_takes_part_in_a_child_one_does_not_see_is_not_told(self, joint, cases, lekstroom, as_user):
        world.involve(cases[1], lekstroom.organisations["jeugdteam"], since=date(2026, 11, 1))
        assert "Jeugdteam" in as_user("officer").get(page(joint, "stapels/")).content.decode()
        assert "Jeugdteam" not in as_user("colleague").get(page(joint, "stapels/")).content.decode()

    def test_a_name_typed_for_a_pack_is_compared_with_own_children_only(self, joint, as_user):
        """Else it would tell who is on the agenda."""
        sent = {"level": "pseudoniem", "recipient": "tante van Noor Geelvink", "form": "bladzijden"}
        assert "te zien wie het is" in as_user("officer").post(page(joint, "stapels/"), sent).content.decode()
        assert as_user("colleague").post(page(joint, "stapels/"), sent).status_code == 302


class TestTheCoordinatorOfTheRegion:
    def test_plans_one_for_the_own_region_and_calls_it_off(self, lekstroom, friday, as_user):
        region = as_user("region")
        region.post("/thuiszitterstop/nieuw/", FORM | {"region": lekstroom.organisations["regio_elders"].pk})
        assert not Stop.objects.exists()
        region.post("/thuiszitterstop/nieuw/", FORM | {"region": lekstroom.organisations["regio"].pk})
        row = Stop.objects.get()
        assert row.organisation == row.region == lekstroom.organisations["regio"]
        region.post(page(row, "wijzigen/"), FORM | {"region": row.region_id, "place": "Stadhuis"})
        region.post(page(row, "afzeggen/"), {"because": "Zaal bezet"})
        row.refresh_from_db()
        assert row.is_cancelled and row.place == "Stadhuis"

    def test_sees_numbers_guests_and_invitation_and_no_child(self, of_the_region, cases, lekstroom, as_user):
        Stop.objects.update(guests="A. Jansen, OCW", starts_at=datetime(2026, 12, 10, 13, 30, tzinfo=AMSTERDAM))
        Deadline.objects.filter(case=cases[3], term_code="6-weken").update(exceeded_from=date(2027, 1, 1))
        own = {"by": lekstroom.officer, "stop": of_the_region, "due_on": date(2026, 12, 1)}
        Task.objects.create(case=cases[0], title="TAAKWOORD", done_on=date(2026, 11, 19), **own)
        Task.objects.create(case=cases[3], title="TAAKWOORD", **own)
        of_the_region.cases.update(ask="VRAAGWOORD", discussed="BESPROKENWOORD", lesson="LESWOORD")
        region = as_user("region")
        shown = " ".join(region.get(page(of_the_region)).content.decode().split())
        assert "Er staan 2 dossiers op de agenda." in shown and "A. Jansen, OCW" in shown
        for words, number in (("4 lesweken", 2), ("6 weken", 1), ("3 maanden", 0)):
            assert f'Langer dan {words}</th> <td data-label="Kinderen">{number}</td>' in shown
        assert "1 gedaan en 1 open" in shown and "Wij nodigen u uit" in shown
        secret = ("Noor", "Joep", "Geelvink", "Buiten", "TZ-", "Houten", "WOORD")
        for rest in ("", "uitnodiging.ics", "wijzigen/"):
            content = region.get(page(of_the_region, rest)).content.decode()
            assert [word for word in secret if word in content] == [], rest
        assert AuditEvent.objects.filter(action="stop_viewed").last().pupil_ids == []

    @pytest.mark.parametrize("rest", ["kiezen/", "afspraken/", "stapels/", "dossier/{}/", "dossier/{}/weg/"])
    def test_what_names_a_child_is_shut(self, of_the_region, as_user, rest):
        rest = rest.format(of_the_region.cases.first().pk)
        assert as_user("region").get(page(of_the_region, rest)).status_code in (403, 405)
        assert as_user("region").post(page(of_the_region, rest), {}).status_code in (403, 405)

    def test_puts_the_agenda_in_order_without_seeing_it(self, of_the_region, cases, as_user):
        as_user("region").post(page(of_the_region, "sorteren/"), {"op": "naam"})
        assert [row.case for row in of_the_region.cases.all()] == [cases[3], cases[0]]

    def test_sees_that_of_a_member_and_changes_nothing_there(self, joint, as_user):
        assert "Er staan 3 dossiers op de agenda." in as_user("region").get(page(joint)).content.decode()
        assert as_user("region").post(page(joint, "sorteren/"), {"op": "naam"}).status_code == 403
        assert as_user("region").post(page(joint, "afzeggen/"), {"because": "x"}).status_code == 403

    def test_the_numbers_are_of_the_coordinator_alone(self, of_the_region, as_user):
        for who in MEMBERS:
            assert "De hele agenda in aantallen" not in as_user(who).get(page(of_the_region)).content.decode(), who

    def test_of_another_region_finds_nothing(self, of_the_region, as_user):
        assert as_user("region_elsewhere").get(page(of_the_region)).status_code == 404
        assert as_user("region_elsewhere").post(page(of_the_region, "sorteren/"), {"op": "naam"}).status_code == 404

    def test_the_members_put_their_children_on_it(self, of_the_region, cases, as_user):
        officer = as_user("officer")
        assert "gepland door Lekstroom" in officer.get("/thuiszitterstop/").content.decode()
        officer.post(page(of_the_region, "kiezen/"), {"dossier": [cases[2].pk]})
        assert of_the_region.cases.count() == 3
        assert officer.post(page(of_the_region, "sorteren/"), {"op": "naam"}).status_code == 403

    def test_both_roles_plan_each_for_its_own(self, lekstroom, friday, as_user):
        """Somebody who coordinates another region than the one the own organisation belongs to."""
        joins(lekstroom, "officer", "regio_elders", "regio")
        for key, owner in (("regio", "nieuwegein"), ("regio_elders", "regio_elders")):
            row = FORM | {"region": lekstroom.organisations[key].pk}
            as_user("officer").post("/thuiszitterstop/nieuw/", row)
            stop = Stop.objects.get(region=row["region"])
            assert stop.organisation == lekstroom.organisations[owner]
