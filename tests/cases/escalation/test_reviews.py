"""Escalations to the samenwerkingsverband: the path, who decides, races, and what ends them. Regie. Looking again."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from cases.closing import acts
from cases.dossier.models import Case, Task
from cases.dossier.rules import NotNow
from cases.escalation import acts as reviews
from cases.escalation import look_again as looking
from cases.escalation.models import LookAgain, Regie, Review
from cases.nightly import run_due
from cases.sharing import acts as sharing
from cases.steps import acts as steps
from cases.steps.models import Pause
from cases.worklist.queries import Filters, selection
from cases.worklist.waiting import waiting_for
from tests import world
from tests.cases.test_query_counts import queries
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.people.organisations import Membership
from thuiszitters.core.people.roles import Role
from thuiszitters.core.people.users import User

TODAY, DUE = date(2026, 11, 20), date(2026, 12, 4)


def a_review(case: Case, lekstroom, **fields) -> Review:
    values = {
        "from_organisation": lekstroom.organisations["nieuwegein"],
        "to_organisation": lekstroom.organisations["verband"],
        "question": "Is er een plek met weinig prikkels?",
        "tried": "Drie gesprekken en een opbouwrooster.",
    } | fields
    row = Review(case=case, **values)
    reviews.propose(row, by=lekstroom.officer)
    return row


@pytest.fixture
def review(shared_case, lekstroom) -> Review:
    shared_case.handler = lekstroom.officer
    Case.objects.filter(pk=shared_case.pk).update(handler=lekstroom.officer)
    return a_review(shared_case, lekstroom)


def again(review: Review) -> Review:
    """As a colleague read it, before anything happened."""
    row = Review.objects.get(pk=review.pk)
    row.case = review.case
    return row


class TestThePath:
    def test_accepted_with_an_owner_and_a_term(self, review, lekstroom):
        by = lekstroom.coordinator
        reviews.accept(review, by=by, owner=by, due_on=DUE, text="Wij zoeken.")
        assert (review.state, review.decided_by, review.owner, review.due_on) == ("aanvaard", by, by, DUE)
        task = Task.objects.get(review=review, done_on=None)
        assert (task.owner, task.due_on) == (by, DUE)
        reviews.finish(review, by=by, outcome="Plek bij De Haven gevonden.")
        assert review.state == "afgerond" and not Task.objects.filter(review=review, done_on=None).exists()
        assert [m.state for m in review.messages.all()] == ["voorgesteld", "aanvaard", "afgerond"]

    def test_asking_back_pauses_the_steps_and_never_the_clock(self, review, lekstroom):
        before = {d.term_code: d.exceeded_from for d in review.case.deadlines.all()}
        due = review.case.steps.get(position=5).due_on
        reviews.ask_back(review, by=lekstroom.coordinator, question="Wat vindt de jeugdarts?")
        assert Pause.objects.get().until == TODAY + timedelta(days=14)
        assert review.case.steps.get(position=5).due_on > due
        assert {d.term_code: d.exceeded_from for d in review.case.deadlines.all()} == before
        assert Task.objects.get(review=review).owner == lekstroom.officer
        with time_machine.travel("2026-11-23 10:00:00+01:00"):
            reviews.answer(review, by=lekstroom.officer, text="Rust en opbouw.")
        assert review.state == "voorgesteld" and Pause.objects.get().until == date(2026, 11, 22)
        assert Task.objects.get(review=review).done_on == date(2026, 11, 23)

    def test_asking_back_while_the_steps_are_held_up_already(self, review, lekstroom):
        own = Pause(case=review.case, since=TODAY, until=TODAY + timedelta(days=30), because="Onderzoek")
        steps.pause(own, by=lekstroom.officer)
        reviews.ask_back(review, by=lekstroom.coordinator, question="Wat nu?")
        reviews.answer(review, by=lekstroom.officer, text="Dit.")
        assert Pause.objects.get().until == TODAY + timedelta(days=30), "not ours to end"

    def test_returned_with_a_reason_and_a_next_step_and_then_again(self, review, lekstroom):
        reviews.give_back(review, by=lekstroom.coordinator, reason="Eerst een MDO.")
        assert review.answer == "Eerst een MDO." and not review.is_open
        task = Task.objects.get(title__startswith="Opschaling kwam terug")
        assert task.owner == lekstroom.officer and task.done_on is None
        assert a_review(review.case, lekstroom).is_open, "after what was asked it can be proposed anew"

    def test_withdrawn(self, review, lekstroom):
        reviews.ask_back(review, by=lekstroom.coordinator, question="Wat nu?")
        reviews.withdraw(review, by=lekstroom.officer, reason="Kind gaat weer.")
        assert review.state == "ingetrokken" and not Pause.objects.exists()

    def test_each_step_is_logged(self, review, lekstroom):
        reviews.accept(review, by=lekstroom.coordinator, owner=lekstroom.coordinator, due_on=DUE)
        assert set(AuditEvent.objects.filter(action__startswith="review").values_list("action", flat=True)) == {
            "review_proposed",
            "review_moved",
        }


class TestWhatCannotBe:
    def test_to_who_does_not_take_part_or_reads_no_course(self, case, lekstroom):
        with pytest.raises(NotNow, match="doet niet mee"):
            a_review(case, lekstroom)
        world.involve(case, lekstroom.organisations["verband"], parts=["verzuim"])
        with pytest.raises(NotNow, match="ziet niet wat er is gedaan"):
            a_review(case, lekstroom)

    def test_twice_or_to_the_own_organisation(self, review, shared_case, lekstroom):
        with pytest.raises(NotNow, match="loopt al"):
            a_review(shared_case, lekstroom)
        with pytest.raises(NotNow, match="eigen organisatie"):
            a_review(shared_case, lekstroom, from_organisation=lekstroom.organisations["verband"])

    def test_who_proposed_cannot_approve(self, review, lekstroom):
        """Somebody who works at both sides."""
        about = {"organisation": lekstroom.organisations["verband"], "role": Role.COORDINATOR}
        Membership.objects.create(user=lekstroom.officer, valid_from=world.START, **about)
        both = User.objects.get(pk=lekstroom.officer.pk)
        for act in (
            lambda: reviews.accept(review, by=both, owner=both, due_on=DUE),
            lambda: reviews.give_back(review, by=both, reason="x"),
        ):
            with pytest.raises(NotNow, match="zelf voorgesteld"):
                act()
        with pytest.raises(IntegrityError), transaction.atomic():
            Review.objects.filter(pk=review.pk).update(decided_by=both)

    @pytest.mark.parametrize("due", [date(2026, 11, 19), date(2027, 6, 1)])
    def test_a_term_that_is_past_or_far_away(self, review, lekstroom, due):
        with pytest.raises(NotNow, match="vanaf vandaag"):
            reviews.accept(review, by=lekstroom.coordinator, owner=lekstroom.coordinator, due_on=due)

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("accept", "accept"),
            ("accept", "give_back"),
            ("give_back", "accept"),
            ("withdraw", "accept"),
            ("ask_back", "accept"),
            ("accept", "withdraw"),
            ("ask_back", "ask_back"),
        ],
    )
    def test_two_at_once_one_outcome(self, review, lekstroom, first, second):
        by = lekstroom.coordinator
        act = {
            "accept": lambda r: reviews.accept(r, by=by, owner=by, due_on=DUE),
            "give_back": lambda r: reviews.give_back(r, by=by, reason="x"),
            "ask_back": lambda r: reviews.ask_back(r, by=by, question="x"),
            "withdraw": lambda r: reviews.withdraw(r, by=lekstroom.officer, reason="x"),
        }
        other = again(review)
        act[first](review)
        state = Review.objects.get().state
        with pytest.raises(NotNow, match="net voor"):
            act[second](other)
        assert Review.objects.get().state == state and review.messages.count() == 2

    def test_the_database_wants_an_owner_a_term_and_a_reason(self, review):
        for change in ({"state": "aanvaard"}, {"state": "afgerond"}, {"state": "teruggestuurd"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Review.objects.filter(pk=review.pk).update(**change)


class TestWhatEndsIt:
    def test_the_organisation_stops(self, review, lekstroom):
        reviews.ask_back(review, by=lekstroom.coordinator, question="Wat nu?")
        reviews.take_lead(review.case, review.to_organisation, by=lekstroom.coordinator, because="x")
        sharing.end_involvement(review.case.involvements.get(), by=lekstroom.officer, because="klaar")
        assert Review.objects.get().state == "ingetrokken" and not Pause.objects.exists()
        assert not Regie.objects.filter(ended_at=None).exists()
        assert not Task.objects.filter(review=review, done_on=None).exists()

    def test_the_dossier_is_closed(self, review, lekstroom):
        acts.close(review.case, result="BUITENLAND", by=lekstroom.officer, because="x")
        assert Review.objects.get().answer == "Het dossier is gesloten."
        with pytest.raises(NotNow, match="afgesloten"):
            reviews.accept(again(review), by=lekstroom.coordinator, owner=lekstroom.coordinator, due_on=DUE)

    def test_a_share_that_ran_out_by_its_date(self, review, lekstroom):
        """Nobody ended it: the night does."""
        reviews.ask_back(review, by=lekstroom.coordinator, question="Wat nu?")
        reviews.take_lead(review.case, review.to_organisation, by=lekstroom.coordinator, because="x")
        run_due(TODAY)
        assert Review.objects.get().is_open and Regie.objects.filter(ended_at=None).exists()
        review.case.involvements.update(until=TODAY)
        with time_machine.travel("2026-11-21 05:00:00+01:00"):
            run_due(date(2026, 11, 21))
        assert not Review.objects.get().is_open and not Regie.objects.filter(ended_at=None).exists()
        assert Pause.objects.get().until == TODAY and not Task.objects.filter(review=review, done_on=None).exists()


class TestRegie:
    def test_it_goes_along_with_accepting_and_comes_back(self, review, as_user, lekstroom):
        by, path = lekstroom.coordinator, f"/dossiers/{review.case.number}/"
        assert "voert de regie sinds" in as_user("officer").get(path).content.decode()
        reviews.accept(review, by=by, owner=by, due_on=DUE, lead=True)
        shown = as_user("officer").get(path).content.decode()
        assert "eigenaar van het dossier" in shown and "Regie terugnemen" in shown
        assert as_user("coordinator").post(f"{path}regie/einde/").status_code == 403
        assert as_user("officer").post(f"{path}regie/einde/").status_code == 302
        assert "Regie terugnemen" not in as_user("officer").get(path).content.decode()
        assert "voerde de regie al" in as_user("officer").post(f"{path}regie/einde/", follow=True).content.decode()

    def test_one_at_a_time(self, review, lekstroom):
        for key in ("verband", "verband_elders"):
            reviews.take_lead(review.case, lekstroom.organisations[key], by=lekstroom.officer, because="x")
        assert Regie.objects.get(ended_at=None).organisation == lekstroom.organisations["verband_elders"]


class TestPages:
    FORM = {"question": "Is er een plek?", "tried": "Van alles", "step": ""}

    def test_the_officer_proposes_and_the_coordinator_answers(self, shared_case, as_user, lekstroom):
        officer, coordinator = as_user("officer"), as_user("coordinator")
        here = f"/dossiers/{shared_case.number}/"
        sent = self.FORM | {"to_organisation": lekstroom.organisations["verband"].pk}
        assert officer.post(f"{here}opschalen/", sent).status_code == 302
        row = Review.objects.get()
        page = coordinator.get("/opschalingen/").content.decode()
        assert "Te beoordelen (1)" in page and "Noor Bakker" in page
        path = f"/opschalingen/{row.pk}/"
        assert coordinator.post(path, {"act": "vragen", "text": ""}).status_code == 422
        assert coordinator.post(path, {"act": "vragen", "text": "Wat zegt de jeugdarts?"}).status_code == 302
        assert "Het samenwerkingsverband vraagt u iets over" in officer.get("/werkvoorraad/").content.decode()
        assert officer.post(path, {"text": "Rust."}).status_code == 302
        accepted = {
            "act": "aannemen",
            "text": "",
            "owner": lekstroom.coordinator.pk,
            "due_on": "2026-12-04",
            "lead": "on",
        }
        assert coordinator.post(path, accepted | {"due_on": ""}).status_code == 422
        assert coordinator.post(path, accepted).status_code == 302
        assert "Loopt bij ons (1)" in coordinator.get("/opschalingen/").content.decode()
        assert "pakt de opschaling op" in officer.get(here).content.decode()
        assert coordinator.post(path, {"text": "Plek gevonden."}).status_code == 302
        assert "Plek gevonden." in officer.get(here).content.decode()

    def test_a_second_click_says_so(self, review, as_user):
        coordinator, path = as_user("coordinator"), f"/opschalingen/{review.pk}/"
        coordinator.post(path, {"act": "teruggeven", "text": "Eerst een MDO."})
        answer = coordinator.post(path, {"act": "teruggeven", "text": "Eerst een MDO, zei ik."})
        shown = answer.content.decode()
        assert answer.status_code == 409 and "Dit kan nu niet" in shown and review.messages.count() == 2
        assert "Eerst een MDO, zei ik." in shown, "what was typed can be copied"

    def test_the_worklist_names_whom_it_is_about_in_the_log(self, review, as_user, lekstroom):
        reviews.ask_back(review, by=lekstroom.coordinator, question="Wat nu?")
        client = as_user("officer")
        assert review.case.number in client.get("/werkvoorraad/?lijst=mijn&stand=vrij").content.decode()
        assert AuditEvent.objects.filter(action="worklist").latest("pk").pupil_ids == [review.case.pupil_id]

    def test_the_only_one_that_can_be_asked_is_chosen(self, shared_case, as_user, lekstroom):
        form = as_user("officer").get(f"/dossiers/{shared_case.number}/opschalen/").context["form"]
        assert form["to_organisation"].value() == lekstroom.organisations["verband"].pk

    def test_without_anybody_to_ask_the_page_says_what_to_do(self, case, as_user):
        page = as_user("officer").get(f"/dossiers/{case.number}/opschalen/").content.decode()
        assert "doet nog geen samenwerkingsverband mee" in page and "Organisatie betrekken" in page

    @pytest.mark.parametrize(
        ("who", "status"),
        [
            ("officer", 200),
            ("leader", 200),
            ("coordinator", 200),
            ("partner_elsewhere", 404),
            ("teacher", 404),
            ("colleague", 404),
            ("stranger", 404),
            ("holder", 403),
            ("region", 403),
        ],
    )
    def test_who_opens_it(self, review, as_user, who, status):
        assert as_user(who).get(f"/opschalingen/{review.pk}/").status_code == status

    def test_who_proposed_elsewhere_answers_and_an_ended_share_closes_the_door(self, shared_case, as_user, lekstroom):
        world.involve(shared_case, lekstroom.organisations["school"])
        row = Review(
            case=shared_case,
            from_organisation=lekstroom.organisations["school"],
            question="Plek?",
            tried="x",
            to_organisation=lekstroom.organisations["verband"],
        )
        reviews.propose(row, by=lekstroom.teacher)
        reviews.ask_back(row, by=lekstroom.coordinator, question="Welke?")
        teacher, path = as_user("teacher"), f"/opschalingen/{row.pk}/"
        assert teacher.post(path, {"text": "Een kleine klas."}).status_code == 302
        school = shared_case.involvements.get(organisation=lekstroom.organisations["school"])
        sharing.end_involvement(school, by=lekstroom.officer)
        assert teacher.get(path).status_code == 404

    def test_who_proposed_and_reads_the_course_no_more(self, shared_case, as_user, lekstroom):
        """The school takes part again, without what was done."""
        school = lekstroom.organisations["school"]
        share = world.involve(shared_case, school)
        row = Review(
            case=shared_case,
            from_organisation=school,
            question="Plek?",
            tried="Iets van vroeger",
            to_organisation=lekstroom.organisations["verband"],
        )
        reviews.propose(row, by=lekstroom.teacher)
        reviews.ask_back(row, by=lekstroom.coordinator, question="Welke?")
        sharing.end_involvement(share, by=lekstroom.officer)
        world.involve(shared_case, school, parts=["verzuim"])
        teacher = as_user("teacher")
        assert teacher.get(f"/opschalingen/{row.pk}/").status_code == 404
        assert shared_case.number in teacher.get("/werkvoorraad/").content.decode(), "it does see the dossier"
        assert "vraagt u iets over" not in teacher.get("/werkvoorraad/").content.decode()
        assert not [w for w in waiting_for(User.objects.get(pk=lekstroom.teacher.pk), TODAY) if w.code == "antwoorden"]

    def test_several_are_given_to_a_colleague(self, review, as_user, lekstroom):
        mate = world.User.objects.create_user("maat@voorbeeld.test", "wachtwoord-12", first_name="Mo", last_name="Maat")
        Membership.objects.create(
            user=mate, organisation=lekstroom.organisations["verband"], role=Role.COORDINATOR, valid_from=world.START
        )
        coordinator = as_user("coordinator")
        for sent, said in (
            ({"beoordeling": [], "reviewer": mate.pk}, "Kruis eerst"),
            ({"beoordeling": [review.pk], "reviewer": lekstroom.officer.pk}, "Kies een collega"),
            ({"beoordeling": [review.pk, "x", "9" * 40], "reviewer": mate.pk}, "1 voorstel voor M. Maat"),
        ):
            assert said in coordinator.post("/opschalingen/verdelen/", sent, follow=True).content.decode()
        assert Review.objects.get().reviewer == mate

    def test_nobody_assigns_what_another_judges(self, review, as_user, lekstroom):
        sent = {"beoordeling": [review.pk], "reviewer": lekstroom.partner_elsewhere.pk}
        as_user("partner_elsewhere").post("/opschalingen/verdelen/", sent)
        assert Review.objects.get().reviewer is None

    def test_the_list_costs_as_much_with_40_as_with_2(self, lekstroom, friday, as_user):
        client = as_user("coordinator")

        def more(count):
            for _ in range(count):
                case = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
                world.involve(case, lekstroom.organisations["verband"])
                a_review(case, lekstroom)

        more(2)
        client.get("/opschalingen/")
        few = queries(client, "/opschalingen/")
        more(38)
        assert queries(client, "/opschalingen/") == few

    def test_the_week_in_numbers(self, review, as_user, lekstroom):
        Review.objects.update(proposed_at=review.proposed_at - timedelta(days=4))
        reviews.give_back(again(review), by=lekstroom.coordinator, reason="x")
        week = as_user("coordinator").get("/opschalingen/").context["week"]
        assert week == {"proposed": 1, "accepted": 0, "returned": 1, "finished": 0, "took": 4}


class TestWordOfIt:
    """Who hears that something waits (`cases.worklist.waiting`)."""

    def codes(self, user) -> set[str]:
        return {w.code for w in waiting_for(User.objects.get(pk=user.pk), TODAY)} & {"opschalingen", "antwoorden"}

    def test_who_judges_and_then_who_must_answer(self, review, lekstroom):
        people = ("coordinator", "officer", "leader", "partner_elsewhere", "holder", "stranger")
        hears = {who: self.codes(lekstroom.users[who]) for who in people}
        assert hears == {who: set() for who in people} | {"coordinator": {"opschalingen"}}
        reviews.ask_back(review, by=lekstroom.coordinator, question="Wat nu?")
        hears = {who: self.codes(lekstroom.users[who]) for who in people}
        assert hears == {who: set() for who in people} | {"officer": {"antwoorden"}}


class TestLookingAgain:
    def silent(self, lekstroom, today=TODAY) -> bool:
        return selection(lekstroom.officer, Filters(lijst="alle", stand="stil"), today).exists()

    def test_until_that_day_it_is_not_silent_and_then_it_comes_back(self, case, as_user, lekstroom):
        Case.objects.update(opened_on=date(2026, 10, 5))
        assert self.silent(lekstroom)
        path = f"/dossiers/{case.number}/later/"
        sent = {"until": "2026-12-01", "because": "Jeugdarts belt op 30 november."}
        assert as_user("officer").post(path, sent).status_code == 302
        assert not self.silent(lekstroom)
        assert self.silent(lekstroom, date(2026, 12, 1))
        page = as_user("officer").get(f"/dossiers/{case.number}/").content.decode()
        assert "Opnieuw kijken op 1 december 2026" in page and "6 weken overschreden" in page

    def test_the_clock_and_its_lists_stay(self, case, lekstroom):
        looking.look_again(case, until=date(2026, 12, 1), because="x", by=lekstroom.officer)
        assert selection(lekstroom.officer, Filters(lijst="alle", stand="overschreden"), TODAY).exists()

    @pytest.mark.parametrize(
        ("until", "because", "problem"),
        [(TODAY, "x", "na vandaag"), (date(2027, 1, 2), "x", "zes weken"), (date(2026, 12, 1), " ", "niets te doen")],
    )
    def test_what_cannot_be(self, case, lekstroom, until, because, problem):
        with pytest.raises(NotNow, match=problem):
            looking.look_again(case, until=until, because=because, by=lekstroom.officer)
        assert not LookAgain.objects.exists()
