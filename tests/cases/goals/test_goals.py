"""The plan of action: goals that somebody looks at again, and what parents and child say to them."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from cases.closing import acts as closing
from cases.closing.queries import still_open
from cases.dossier.models import Task
from cases.dossier.rules import NotNow
from cases.dossier.saving import Overtaken, Twice
from cases.goals import acts
from cases.goals.models import Goal, Opinion
from cases.goals.panel import plan_of
from cases.proposals import acts as proposals
from cases.sight.seats import sight_of
from cases.work.acts import finish_task
from leerplicht.models import Guardian
from reporting.papers.variants import Variant, sight_for
from tests import world

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
LATER = date(2026, 12, 4)


def goal(case, lekstroom, by="officer", **fields) -> Goal:
    where = {"officer": "nieuwegein", "coordinator": "verband"}[by]
    values = {"text": "Elke ochtend een uur", "who": "mentor en moeder", "review_on": LATER} | fields
    row = Goal(case=case, by=lekstroom.users[by], organisation=lekstroom.organisations[where], **values)
    acts.save_goal(row, by=lekstroom.users[by])
    return row


def look(row, lekstroom, state="loopt", because="Drie dagen gelukt.", review_on=date(2026, 12, 18)) -> None:
    acts.review(row, state=state, because=because, review_on=review_on, by=lekstroom.officer)


def open_steps(case) -> list[tuple[str, date]]:
    return list(case.tasks.filter(kind=Task.Kind.GOAL, done_on=None).values_list("title", "due_on"))


class TestAGoal:
    def test_the_day_to_look_is_a_step(self, case, lekstroom, as_user):
        row = goal(case, lekstroom)
        assert open_steps(case) == [("Kijken hoe het gaat: Elke ochtend een uur", LATER)]
        shown = as_user("officer").get(f"/dossiers/{case.number}/").content.decode()
        assert f"/dossiers/{case.number}/doel/{row.pk}/kijken/" in shown and "mentor en moeder" in shown

    def test_another_day_moves_the_step(self, case, lekstroom):
        row = goal(case, lekstroom)
        row.text, row.review_on = "Twee uur", date(2026, 12, 11)
        acts.save_goal(row, by=lekstroom.officer)
        assert open_steps(case) == [("Kijken hoe het gaat: Twee uur", date(2026, 12, 11))]

    def test_it_goes_on_until_the_next_day(self, case, lekstroom):
        row = goal(case, lekstroom)
        look(row, lekstroom)
        assert open_steps(case) == [("Kijken hoe het gaat: Elke ochtend een uur", date(2026, 12, 18))]
        assert case.tasks.get(kind=Task.Kind.GOAL, done_on=TODAY).outcome == "Drie dagen gelukt."

    @pytest.mark.parametrize("state", ["gehaald", "niet gehaald", "vervallen"])
    def test_it_ends_once_with_words(self, case, lekstroom, state):
        row = goal(case, lekstroom)
        look(row, lekstroom, state=state, review_on=None)
        row.refresh_from_db()
        assert (row.state, row.ended_on, row.ended_by) == (state, TODAY, lekstroom.officer) and open_steps(case) == []
        with pytest.raises(NotNow, match="al geëindigd"):
            look(row, lekstroom, state="gehaald")
        with pytest.raises(NotNow, match="al geëindigd"):
            acts.save_goal(row, by=lekstroom.officer)

    @pytest.mark.parametrize(
        ("changed", "words"),
        [({"because": " "}, "hoe het ging"), ({"review_on": None}, "na vandaag"), ({"review_on": TODAY}, "na vandaag")],
    )
    def test_what_is_missing_is_said(self, case, lekstroom, changed, words):
        row = goal(case, lekstroom)
        with pytest.raises(NotNow, match=words):
            look(row, lekstroom, **changed)
        assert open_steps(case) == [("Kijken hoe het gaat: Elke ochtend een uur", LATER)]

    def test_a_day_that_passed_is_refused_and_a_second_click_makes_one(self, case, lekstroom):
        with pytest.raises(NotNow, match="vanaf vandaag"):
            goal(case, lekstroom, review_on=TODAY - timedelta(days=1))
        goal(case, lekstroom)
        with pytest.raises(Twice):
            goal(case, lekstroom)
        assert Goal.objects.count() == 1 == len(open_steps(case))

    def test_of_two_colleagues_the_second_is_told(self, case, lekstroom):
        row = goal(case, lekstroom)
        mine, theirs = Goal.objects.get(pk=row.pk), Goal.objects.get(pk=row.pk)
        acts.save_goal(mine, by=lekstroom.officer)
        with pytest.raises(Overtaken):
            acts.save_goal(theirs, by=lekstroom.officer)
        with pytest.raises(Overtaken):
            acts.review(theirs, state="gehaald", because="x", by=lekstroom.officer)

    def test_the_step_is_closed_by_looking_alone(self, shared_case, lekstroom, as_user):
        """By "Gedaan", by a proposal or by its own form: all lead to the goal, so that none stays without a day."""
        row = goal(shared_case, lekstroom)
        with pytest.raises(NotNow, match="hoort bij een doel"):
            finish_task(row.task, outcome="x", by=lekstroom.officer)
        with pytest.raises(NotNow, match="hoort bij een doel"):
            proposals.propose(row.task, shared_case, text="x", by=lekstroom.coordinator)
        here, officer = f"/dossiers/{shared_case.number}", as_user("officer")
        assert officer.get(f"{here}/stap/{row.task_id}/klaar/").url == f"{here}/doel/{row.pk}/kijken/"
        assert officer.get(f"{here}/stap/{row.task_id}/").url == f"{here}/doel/{row.pk}/"

    def test_a_second_click_looks_once(self, case, lekstroom):
        row = goal(case, lekstroom)
        first, second = Goal.objects.get(pk=row.pk), Goal.objects.get(pk=row.pk)
        look(first, lekstroom)
        with pytest.raises(Twice):
            look(second, lekstroom)
        assert case.tasks.filter(kind=Task.Kind.GOAL).count() == 2

    def test_who_was_second_reads_what_was_said_and_can_say_it_still(self, case, lekstroom, as_user):
        row, officer = goal(case, lekstroom), as_user("officer")
        path = f"/dossiers/{case.number}/doel/{row.pk}/kijken/"
        read = officer.get(path).context["form"]["version"].value()
        look(Goal.objects.get(pk=row.pk), lekstroom, because="KOKOSNOOT")
        sent = {"state": "gehaald", "because": "Elke dag gelukt.", "version": read}
        refused = officer.post(path, sent)
        shown = refused.content.decode()
        assert refused.status_code == 422 and "KOKOSNOOT" in shown and "Elke dag gelukt." in shown
        assert officer.post(path, sent | {"version": refused.context["form"]["version"].value()}).status_code == 302
        row.refresh_from_db()
        assert (row.state, row.because) == ("gehaald", "Elke dag gelukt.")

    def test_closing_drops_it_and_says_so_before(self, case, lekstroom):
        row = goal(case, lekstroom)
        said = [(o.what, o.becomes) for o in still_open(case, TODAY)]
        assert ("Doel: Elke ochtend een uur.", "Vervalt.") in said
        assert not any("Kijken hoe het gaat" in what for what, _ in said)
        closing._close(case, "GEEN_VERZUIM", lekstroom.officer, "Vergissing.")
        row.refresh_from_db()
        assert (row.state, open_steps(case)) == ("vervallen", [])


class TestWhoMay:
    def test_a_partner_changes_its_own_and_the_gemeente_all(self, shared_case, lekstroom, as_user):
        ours = goal(shared_case, lekstroom)
        theirs = goal(shared_case, lekstroom, by="coordinator", text="Arrangement geregeld")
        assert theirs.task.owner_organisation == lekstroom.organisations["verband"]
        answers = {
            (who, row.text): as_user(who).get(f"/dossiers/{shared_case.number}/doel/{row.pk}/kijken/").status_code
            for who in ("officer", "coordinator", "colleague", "stranger", "partner_elsewhere")
            for row in (ours, theirs)
        }
        assert answers == {
            ("officer", ours.text): 200,
            ("officer", theirs.text): 200,
            ("coordinator", ours.text): 403,
            ("coordinator", theirs.text): 200,
        } | {(w, r.text): 404 for w in ("colleague", "stranger", "partner_elsewhere") for r in (ours, theirs)}
        with pytest.raises(PermissionDenied):
            acts.review(ours, state="gehaald", because="x", by=lekstroom.coordinator)

    def test_on_the_page_of_who_reads_the_course_only(self, case, lekstroom, as_user):
        goal(case, lekstroom, text="Kokosnoot")
        world.involve(case, lekstroom.organisations["verband"], parts=["verzuim"])
        assert "Kokosnoot" not in as_user("coordinator").get(f"/dossiers/{case.number}/").content.decode()
        assert "Kokosnoot" in as_user("officer").get(f"/dossiers/{case.number}/").content.decode()


class TestOpinions:
    @pytest.fixture
    def parents(self, case):
        made = {}
        for name, relation in (("Fatima", "moeder"), ("Joost", "vader")):
            made[name] = Guardian.objects.create(pupil=case.pupil, name=name, relation=relation, gezag="ja")
        return made

    def post(self, client, case, tail, **fields):
        """`vindt_0`, `vindt_1`: of mother and father; `vindt_kind`."""
        keys = [str(g.pk) for g in case.pupil.guardians.order_by("pk")]
        named = {re.sub(r"_(\d)$", lambda m: f"_{keys[int(m[1])]}", name): value for name, value in fields.items()}
        return client.post(f"/dossiers/{case.number}/{tail}", {"on": "2026-11-19"} | named)

    def test_a_parent_who_was_added_meanwhile_changes_nothing(self, case, as_user, parents):
        """Who opened the form before says it of whom it named then."""
        sent = {"on": "2026-11-19", f"vindt_{parents['Joost'].pk}": "oneens", "vindt_kind": "eens"}
        parents["Fatima"].delete()
        Guardian.objects.create(pupil=case.pupil, name="Opa", relation="opa")
        as_user("officer").post(f"/dossiers/{case.number}/plan/mening/", sent)
        assert {o.who: o.says for o in Opinion.objects.all()} == {"Joost (vader)": "oneens", "het kind": "eens"}

    def test_several_people_in_one_form_and_the_last_word_counts(self, case, lekstroom, as_user, parents):
        row, officer = goal(case, lekstroom), as_user("officer")
        said = {"vindt_0": "eens", "vindt_1": "deels", "waarom_1": "Te vroeg op.", "vindt_kind": "oneens"}
        assert self.post(officer, case, f"doel/{row.pk}/mening/", **said).status_code == 302
        assert (
            self.post(officer, case, f"doel/{row.pk}/mening/", vindt_kind="eens", waarom_kind="Toch wel.").status_code
            == 302
        )
        shown = plan_of(case, sight_of(case, lekstroom.officer), TODAY).goals[0].opinions
        assert [(o.who, o.says) for o in shown] == [
            ("Fatima (moeder)", "eens"),
            ("Joost (vader)", "deels"),
            ("het kind", "eens"),
        ]
        assert row.opinions.count() == 4, "what was said before stays"
        page = officer.get(f"/dossiers/{case.number}/").content.decode()
        assert "Te vroeg op." in page and "Het kind is het eens met het doel" in page

    def test_about_the_whole_plan(self, case, lekstroom, as_user, parents):
        goal(case, lekstroom)
        assert self.post(as_user("officer"), case, "plan/mening/", vindt_0="oneens").status_code == 302
        plan = plan_of(case, sight_of(case, lekstroom.officer), TODAY)
        assert [(o.who, o.says) for o in plan.opinions] == [("Fatima (moeder)", "oneens")] and not plan.goals[
            0
        ].opinions

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({}, "ten minste één persoon"),
            ({"waarom_0": "Te ver weg"}, "Kies of deze persoon het eens is"),
            ({"vindt_0": "eens", "on": "2026-11-21"}, "nog niet geweest"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_lost(self, case, as_user, parents, fields, words):
        answer = self.post(as_user("officer"), case, "plan/mening/", **fields)
        shown = answer.content.decode()
        assert answer.status_code == 422 and words in shown and not Opinion.objects.exists()
        assert all(value in shown for value in fields.values())

    def test_a_parent_reads_the_own_and_the_childs_on_paper(self, case, lekstroom, as_user, parents):
        row = goal(case, lekstroom)
        said = {"vindt_0": "eens", "vindt_1": "deels", "vindt_kind": "oneens"}
        self.post(as_user("officer"), case, f"doel/{row.pk}/mening/", **said)
        own = sight_of(case, lekstroom.officer)
        sight = sight_for(Variant.OUDERS, case, own, guardian=parents["Fatima"])
        seen = [sight.sees_opinion(g) for g in (parents["Fatima"].pk, parents["Joost"].pk, None)]
        assert seen == [True, False, True]
        case.pupil.born = date(2010, 5, 5)  # 16: decides for itself what its parents read
        sixteen = sight_for(Variant.OUDERS, case, own, guardian=parents["Fatima"])
        assert [sixteen.sees_opinion(parents["Fatima"].pk), sixteen.sees_opinion(None)] == [True, False]
