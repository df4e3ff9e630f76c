"""The risk that an organisation sees in a dossier: from its own list, in its own lists; nobody else reads it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.dossier.rules import NotNow
from cases.dossier.saving import Overtaken
from cases.labels.acts import end_level, owner_for, risk_of, save_level, set_risk
from cases.labels.models import CaseRisk, RiskLevel
from tests import world
from tests.cases.worklist.test_worklist import names

pytestmark = pytest.mark.django_db


@pytest.fixture
def levels(lekstroom, case) -> dict[str, RiskLevel]:
    """The list of the bureau that acts for the gemeente."""
    bureau = lekstroom.organisations["bureau"]
    made = [("hoog", "over"), ("laag", "ok")]
    return {
        name: RiskLevel.objects.create(organisation=bureau, name=name, tone=tone, position=n)
        for n, (name, tone) in enumerate(made, start=1)
    }


def text(response) -> str:
    return response.content.decode()


def path(case) -> str:
    return f"/dossiers/{case.number}/risico/"


def judge(client, case, level, **fields):
    version = client.get(path(case)).context["form"]["version"].value()
    return client.post(path(case), {"level": level.pk if level else "", "because": "", "version": version} | fields)


class TestJudging:
    def test_chosen_changed_and_taken_back(self, case, levels, as_user):
        leader = as_user("leader")
        assert "risico/" in text(leader.get(f"/dossiers/{case.number}/"))
        judge(leader, case, levels["hoog"], because="Niemand sprak het kind.")
        shown = text(leader.get(f"/dossiers/{case.number}/"))
        assert '<span class="tag over">hoog</span>' in shown and "Niemand sprak het kind." in shown
        judge(leader, case, levels["laag"])
        assert CaseRisk.objects.get().level == levels["laag"]
        judge(leader, case, None)
        assert CaseRisk.objects.get().level is None
        assert "tag ok" not in text(leader.get("/werkvoorraad/?lijst=alle")).split("<tbody>")[1]
        assert CaseRisk.history.count() == 3

    def test_without_a_list_nobody_sees_anything_of_it(self, case, as_user):
        officer = as_user("officer")
        assert officer.get(path(case)).status_code == 404
        assert "risico/" not in text(officer.get(f"/dossiers/{case.number}/"))

    def test_a_level_that_ended_stays_and_is_no_choice_elsewhere(self, case, levels, lekstroom, as_user):
        leader = as_user("leader")
        judge(leader, case, levels["hoog"])
        end_level(levels["hoog"], by=lekstroom.leader)
        assert judge(leader, case, levels["hoog"], because="nog steeds").status_code == 302
        other = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
        assert judge(leader, other, levels["hoog"]).status_code == 422
        row = risk_of(other, owner_for(other, lekstroom.leader))
        row.level = levels["hoog"]
        with pytest.raises(NotNow):
            set_risk(row, by=lekstroom.leader)

    def test_the_second_of_two_is_told_what_the_first_chose(self, case, levels, as_user):
        leader = as_user("leader")
        judge(leader, case, levels["laag"])
        judge(leader, case, levels["hoog"])
        late = leader.post(path(case), {"level": levels["laag"].pk, "because": "", "version": "1"})
        assert late.status_code == 422 and "intussen aangepast" in text(late)
        assert CaseRisk.objects.get().level == levels["hoog"]

    def test_a_form_from_before_the_first_judgement_comes_too_late(self, case, levels, as_user):
        leader = as_user("leader")
        version = leader.get(path(case)).context["form"]["version"].value()
        judge(leader, case, levels["hoog"])
        late = leader.post(path(case), {"level": levels["laag"].pk, "because": "", "version": version})
        assert late.status_code == 422 and "intussen aangepast" in text(late)
        assert CaseRisk.objects.get().level == levels["hoog"]

    def test_a_second_click_changes_nothing_and_nothing_judges_nothing(self, case, levels, as_user):
        leader = as_user("leader")
        assert judge(leader, case, None).status_code == 302 and not CaseRisk.objects.exists()
        version = leader.get(path(case)).context["form"]["version"].value()
        for _ in range(2):
            sent = {"level": levels["hoog"].pk, "because": "x", "version": version}
            assert leader.post(path(case), sent).status_code == 302
        assert CaseRisk.history.count() == 1
        judge(leader, case, None, because="x")
        assert CaseRisk.objects.get().because == ""

    def test_two_who_judge_for_the_first_time(self, case, levels, lekstroom):
        rows = [risk_of(case, owner_for(case, lekstroom.leader)) for _ in range(2)]
        for row in rows:
            row.level = levels["hoog"]
        rows[1].because = "anders"
        set_risk(rows[0], by=lekstroom.leader)
        with pytest.raises(Overtaken):
            set_risk(rows[1], by=lekstroom.leader)

    def test_a_level_of_another_list_is_no_choice(self, case, levels, lekstroom, as_user):
        theirs = RiskLevel.objects.create(organisation=lekstroom.organisations["zwolle"], name="zwart")
        assert judge(as_user("leader"), case, theirs).status_code == 422
        assert not CaseRisk.objects.exists()


class TestWhoSees:
    def test_not_a_partner_nor_a_paper(self, shared_case, levels, as_user, lekstroom):
        judge(as_user("leader"), shared_case, levels["hoog"], because="kanarie")
        coordinator = as_user("coordinator")
        for page in (f"/dossiers/{shared_case.number}/", "/werkvoorraad/?lijst=alle"):
            assert ">hoog<" not in text(coordinator.get(page)) and "kanarie" not in text(coordinator.get(page))
        assert coordinator.get(path(shared_case)).status_code == 404  # it has no list of its own
        assert CaseRisk.objects.visible_to(lekstroom.stranger).count() == 0
        assert CaseRisk.objects.visible_to(lekstroom.officer).count() == 1

    def test_a_partner_judges_for_itself(self, shared_case, levels, as_user, lekstroom):
        judge(as_user("leader"), shared_case, levels["hoog"])
        verband = lekstroom.organisations["verband"]
        own = RiskLevel.objects.create(organisation=verband, name="eerst kijken")
        judge(as_user("coordinator"), shared_case, own)
        assert set(CaseRisk.objects.values_list("organisation__name", "level__name")) == {
            ("Gemeente Nieuwegein", "hoog"),
            (verband.name, "eerst kijken"),
        }
        assert "eerst kijken" not in text(as_user("leader").get(f"/dossiers/{shared_case.number}/"))


class TestTheList:
    def test_it_is_kept_by_who_divides_the_work(self, lekstroom, friday, as_user):
        leader = as_user("leader")
        assert "Er is nog geen lijst" in text(leader.get("/risiconiveaus/"))
        for name in ("hoog", "laag"):
            leader.post("/risiconiveaus/", {"name": name, "position": "1", "tone": "over"})
        twice = leader.post("/risiconiveaus/", {"name": "HOOG", "position": "1", "tone": "ok"})
        assert twice.status_code == 422 and "staat al in de lijst" in text(twice)
        level = RiskLevel.objects.get(name="hoog")
        assert level.organisation == lekstroom.organisations["bureau"]
        changed = {"name": "rood", "position": "2", "tone": "over", "version": "1"}
        assert leader.post(f"/risiconiveaus/{level.pk}/", changed).status_code == 302
        late = leader.post(f"/risiconiveaus/{level.pk}/", changed | {"name": "roze"})
        assert late.status_code == 422 and "intussen aangepast" in text(late)
        for _ in range(2):  # a second click ends it no less
            leader.post(f"/risiconiveaus/{level.pk}/eindigen/")
            assert "niet meer te kiezen sinds" in text(leader.get("/risiconiveaus/"))
        leader.post(f"/risiconiveaus/{level.pk}/eindigen/", {"weer": "1"})
        level.refresh_from_db()
        assert (level.name, level.ended_on) == ("rood", None)

    def test_not_by_an_officer_nor_by_another_organisation(self, levels, lekstroom, as_user):
        assert as_user("officer").get("/risiconiveaus/").status_code == 403
        assert as_user("coordinator").get(f"/risiconiveaus/{levels['hoog'].pk}/").status_code == 404
        for by in (lekstroom.officer, lekstroom.coordinator):
            with pytest.raises(PermissionDenied):
                save_level(levels["hoog"], by=by)
            with pytest.raises(PermissionDenied):
                end_level(levels["hoog"], by=by)


class TestTheWorklist:
    def test_shown_and_chosen_by(self, case, levels, lekstroom, as_user):
        world.open_case(world.pupil(first_names="Sem", last_name="Vos"), lekstroom.schools["99AA00"])
        leader = as_user("leader")
        judge(leader, case, levels["hoog"])
        page = text(leader.get("/werkvoorraad/?lijst=alle"))
        assert '<span class="tag over">hoog</span>' in page and "Lijst van risiconiveaus" in page
        narrowed = leader.get(f"/werkvoorraad/?lijst=alle&risico={levels['hoog'].pk}")
        assert names(narrowed) == ["Noor Bakker"] and "Risico: hoog" in text(narrowed)
        assert names(leader.get(f"/werkvoorraad/?lijst=alle&risico={levels['laag'].pk}")) == []

    def test_many_cost_as_much_as_one(self, case, levels, lekstroom, as_user):
        leader, costs = as_user("leader"), []
        for n in (1, 6):
            while CaseRisk.objects.count() < n:
                other = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
                judge(leader, other, levels["hoog"])
            leader.get("/werkvoorraad/?lijst=alle")
            with CaptureQueriesContext(connection) as queries:
                leader.get("/werkvoorraad/?lijst=alle")
            costs.append(len(queries))
        assert costs[0] == costs[1]
