"""Questions between organisations: take part, take over, yes or no with a reason; and a child that moves."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.closing import acts
from cases.decisions.models import Decision
from cases.dossier.models import Case, Task
from cases.dossier.rules import NotNow
from cases.goals.acts import review, save_goal, say
from cases.goals.models import Goal, Opinion
from cases.intake.models import Intake
from cases.meetings.models import Meeting
from cases.nightly import run_due
from cases.offers.models import Offer
from cases.sharing import asking as referrals
from cases.sharing.models import Referral
from cases.talks.models import Talk
from cases.work.models import Note
from leerplicht.models import Enrolment, Guardian, Pupil, SchoolReturn
from tests import world

WHY = "Verhuisd naar Zwolle volgens de BRP"


def make(case, kind, to, by, **fields) -> Referral:
    values = {"question": WHY, "ground": "" if kind == "overdracht" else "convenant", "parts": ["verloop"]} | fields
    row = Referral(
        case=case,
        kind=kind,
        from_municipality=case.municipality,
        from_organisation=by.memberships.get().organisation,
        to_organisation=to,
        **values,
    )
    referrals.ask(row, by=by)
    return row


@pytest.fixture
def asked(case, lekstroom) -> Referral:
    return make(case, "verwijzing", lekstroom.organisations["verband"], lekstroom.officer)


@pytest.fixture
def moving(case, lekstroom) -> Referral:
    return make(case, "overdracht", lekstroom.organisations["zwolle"], lekstroom.officer)


class TestWhichChild:
    """A school may know which of its own pupils a question is about; others read the age."""

    @pytest.fixture(autouse=True)
    def enrolled(self, case, lekstroom):
        Enrolment.objects.create(pupil=case.pupil, school=lekstroom.schools["99AA00"])

    def ask(self, case, lekstroom) -> Referral:
        return make(case, "verwijzing", lekstroom.organisations["school"], lekstroom.officer)

    def pages(self, as_user, row) -> str:
        client = as_user("teacher")
        return "".join(client.get(path).content.decode() for path in ("/verzoeken/", f"/verzoeken/{row.pk}/"))

    def test_its_own_pupil_by_name_and_what_is_asked_since_when(self, case, as_user, lekstroom):
        row = self.ask(case, lekstroom)
        Referral.objects.filter(pk=row.pk).update(asked_at=timezone.now() - timedelta(days=4))
        shown = self.pages(as_user, row)
        assert shown.count(case.pupil.name) == 2 and "leerling van uw school" in shown
        assert WHY in shown and "4 dagen" in shown and "De naam ziet u als u meedoet" not in shown

    @pytest.mark.parametrize("gone", ["left", "to come", "elsewhere"])
    def test_not_who_is_no_pupil_there_now(self, case, as_user, lekstroom, gone):
        rows = Enrolment.objects.filter(pupil=case.pupil)
        if gone == "left":
            rows.update(last_day=date(2026, 11, 19))
        elif gone == "to come":
            rows.update(first_day=date(2026, 11, 21))
        else:
            rows.update(school=lekstroom.schools["99AB00"])
        shown = self.pages(as_user, self.ask(case, lekstroom))
        assert case.pupil.name not in shown and "De naam ziet u als u meedoet" in shown

    def test_another_organisation_reads_the_age(self, asked, case, as_user):
        shown = as_user("coordinator").get(f"/verzoeken/{asked.pk}/").content.decode()
        assert case.pupil.name not in shown and "De naam ziet u als u meedoet" in shown


class TestAsking:
    def test_the_officer_asks_and_the_other_takes_part(self, case, as_user, lekstroom):
        form = {
            "to_organisation": lekstroom.organisations["verband"].pk,
            "question": "Is er een plek?",
            "parts": ["verloop"],
            "ground": "convenant",
            "until": "2027-07-31",
        }
        as_user("officer").post(f"/dossiers/{case.number}/verwijzen/", form)
        row, partner = Referral.objects.get(), as_user("coordinator")
        assert "Er wacht 1 verzoek" in partner.get("/werkvoorraad/").content.decode()
        assert partner.get(f"/dossiers/{case.number}/").status_code == 404
        shown = partner.get(f"/verzoeken/{row.pk}/").content.decode()
        assert "Is er een plek?" in shown and "13 jaar" in shown and "Bakker" not in shown and "46 dagen" in shown
        done = partner.post(f"/verzoeken/{row.pk}/", {"ja": "1", "answer": ""})
        assert done["Location"] == f"/dossiers/{case.number}/"
        assert partner.get(done["Location"]).status_code == 200
        taken = case.involvements.get()
        assert (taken.parts, taken.until, taken.ground) == (["verloop"], date(2027, 7, 31), "convenant")

    def test_no_needs_a_reason_that_the_asker_reads(self, asked, as_user):
        partner = as_user("coordinator")
        refused = partner.post(f"/verzoeken/{asked.pk}/", {"nee": "1", "answer": " "})
        assert refused.status_code == 422 and "Geef een reden op." in refused.content.decode()
        partner.post(f"/verzoeken/{asked.pk}/", {"nee": "1", "answer": "Hoort bij een ander verband"})
        shown = as_user("officer").get(f"/verzoeken/{asked.pk}/").content.decode()
        assert "Hoort bij een ander verband" in shown and "afgewezen" in shown

    def test_taking_back_ends_it_for_both(self, asked, as_user, case):
        as_user("officer").post(f"/verzoeken/{asked.pk}/", {"terug": "1"})
        late = as_user("coordinator").post(f"/verzoeken/{asked.pk}/", {"ja": "1"})
        assert late.status_code == 422 and "al beantwoord of teruggenomen" in late.content.decode()
        assert not case.involvements.exists()

    def test_the_asker_does_not_answer_and_the_other_does_not_take_back(self, asked, as_user):
        assert as_user("officer").post(f"/verzoeken/{asked.pk}/", {"ja": "1"}).status_code == 403
        assert as_user("coordinator").post(f"/verzoeken/{asked.pk}/", {"terug": "1"}).status_code == 403

    def test_of_two_who_answer_at_once_one_is_told(self, asked, lekstroom):
        other = Referral.objects.get()
        referrals.accept(asked, by=lekstroom.coordinator)
        with pytest.raises(NotNow, match="al beantwoord"):
            referrals.reject(other, by=lekstroom.coordinator, answer="nee")
        asked.refresh_from_db()
        assert asked.state == "aanvaard"

    def test_closing_the_dossier_ends_it_and_says_why(self, asked, as_user, case, lekstroom):
        acts.close(case, result="BUITENLAND", by=lekstroom.officer, because="x")
        partner = as_user("coordinator")
        assert not partner.get("/verzoeken/").context["to_answer"]
        shown = partner.get(f"/verzoeken/{asked.pk}/").content.decode()
        assert "teruggenomen" in shown and "Het dossier is gesloten." in shown and "dagen" not in shown

    def test_a_close_that_cannot_be_leaves_it_open(self, asked, case, lekstroom):
        with pytest.raises(NotNow):
            acts.close(case, result="BUITENLAND", by=lekstroom.officer, because="")
        asked.refresh_from_db()
        assert asked.is_open

    def test_not_twice_not_to_who_takes_part_and_not_for_a_closed_dossier(self, asked, case, lekstroom):
        orgs = lekstroom.organisations
        with pytest.raises(NotNow, match="staat al open"):
            make(case, "verwijzing", orgs["verband"], lekstroom.officer)
        world.involve(case, orgs["school"])
        with pytest.raises(NotNow, match="al betrokken"):
            make(case, "verwijzing", orgs["school"], lekstroom.officer)
        case.state = "afgesloten"
        with pytest.raises(NotNow, match="afgesloten"):
            make(case, "verwijzing", orgs["jeugdteam"], lekstroom.officer)


class TestHandingOver:
    def test_the_dossier_goes_with_its_history(self, moving, case, as_user, lekstroom):
        officer, orgs = lekstroom.officer, lekstroom.organisations
        Case.objects.filter(pk=case.pk).update(handler=officer)
        Task.objects.filter(case=case).update(owner=officer)
        Note.objects.create(case=case, by=officer, organisation=orgs["nieuwegein"], text="Wat wij weten")
        new = as_user("stranger")
        shown = new.get(f"/verzoeken/{moving.pk}/").content.decode()
        assert "Noor Bakker" in shown and WHY in shown, "a gemeente must know whether the child lives there"
        assert new.get(f"/dossiers/{case.number}/").status_code == 404
        done = new.post(f"/verzoeken/{moving.pk}/", {"ja": "1"})
        assert done["Location"] == f"/dossiers/{case.number}/"
        page = new.get(done["Location"]).content.decode()
        assert "Wat wij weten" in page and "Gemeente Zwolle" in page.replace("\n", "")
        assert as_user("officer").get(f"/dossiers/{case.number}/").status_code == 404
        case.refresh_from_db()
        assert (case.municipality_id, case.handler, case.pupil.municipality_id) == ("0193", None, "0193")
        assert case.tasks.get(done_on=None).owner is None
        assert {d.term_code for d in case.deadlines.filter(stopped_on=None)} == {"4-weken", "3-maanden"}, "no region"
        assert "aanvaard" in as_user("officer").get(f"/verzoeken/{moving.pk}/").content.decode()

    def test_rejected_it_stays(self, moving, case, as_user):
        as_user("stranger").post(f"/verzoeken/{moving.pk}/", {"nee": "1", "answer": "Woont hier niet"})
        case.refresh_from_db()
        assert case.municipality_id == "0356"
        assert as_user("officer").get(f"/dossiers/{case.number}/").status_code == 200

    def test_the_page_says_so_when_the_child_lives_elsewhere(self, case, as_user):
        Pupil.objects.filter(pk=case.pupil_id).update(municipality="0321")
        assert "Dit kind woont nu in Houten." in as_user("officer").get(f"/dossiers/{case.number}/").content.decode()

    def test_not_to_itself_and_one_at_a_time(self, moving, case, lekstroom):
        with pytest.raises(NotNow, match="al van deze gemeente"):
            make(case, "overdracht", lekstroom.organisations["nieuwegein"], lekstroom.officer)
        with pytest.raises(NotNow, match="staat al open"):
            make(case, "overdracht", lekstroom.organisations["houten"], lekstroom.officer)

    def test_a_dossier_that_a_colleague_changed_meanwhile_is_not_moved(self, moving, case, lekstroom):
        Case.objects.filter(pk=case.pk).update(version=9)
        with pytest.raises(NotNow, match="net bijgewerkt"):
            referrals.accept(moving, by=lekstroom.stranger)
        moving.refresh_from_db()
        case.refresh_from_db()
        assert (moving.state, case.municipality_id) == ("open", "0356")


class TestAChildThatTheOtherKnows:
    @pytest.fixture
    def there(self, case) -> Pupil:
        """The same child in Zwolle."""
        same = Pupil(first_names="Noor", last_name="Bakker", born=case.pupil.born, municipality_id="0193")
        same.pgn_hash, same.pgn_sealed, same.pgn_kind = case.pupil.pgn_hash, case.pupil.pgn_sealed, "bsn"
        same.save()
        return same

    def test_two_rows_become_one(self, moving, case, there, lekstroom):
        gone = case.pupil_id
        Guardian.objects.create(pupil=case.pupil, name="Fatima", relation="moeder")
        SchoolReturn.objects.create(pupil=case.pupil, first_day=date(2026, 11, 3), trial=True, source="school")
        assert referrals.accept(moving, by=lekstroom.stranger) == case
        case.refresh_from_db()
        assert case.pupil == there and not Pupil.objects.filter(pk=gone).exists()
        assert (there.guardians.count(), there.returns.count(), there.reports.count()) == (1, 1, 1)
        assert Intake.objects.get().pupil == there
        assert case.home_since == date(2026, 10, 5), "the clock goes on"
        assert gone in set(case.history.values_list("pupil_id", flat=True))

    def test_with_an_open_dossier_there_the_old_one_is_kept_beside_it(self, moving, case, there, lekstroom, friday):
        running = world.open_case(there, lekstroom.schools["99AC00"])
        assert referrals.accept(moving, by=lekstroom.stranger) == running
        case.refresh_from_db()
        assert (case.state, case.result, case.municipality_id, case.pupil) == ("afgesloten", "VERHUISD", "0193", there)
        assert running.number in case.status_changes.last().because
        assert Case.objects.open().get(pupil=there) == running

    def test_nothing_waits_in_the_dossier_that_closed(self, moving, case, there, lekstroom, friday):
        """Its open steps go along with their talk, an overleg is called off, a place that nobody answered withdrawn."""
        own = {"case": case, "by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
        when = timezone.now() + timedelta(days=3)
        meeting = Meeting.objects.create(kind="mdo", starts_at=when, place="x", question="x", ground="taak", **own)
        offer = Offer.objects.create(asked_on=friday, kind="VSO", provider="x", hours_start=6, hours_full=24, **own)
        talk = Task.objects.create(case=case, title="Gesprek", due_on=when, kind=Task.Kind.TALK, by=lekstroom.officer)
        Talk.objects.create(task=talk, starts_at=when, place="x", **own)
        running = world.open_case(there, lekstroom.schools["99AC00"])
        referrals.accept(moving, by=lekstroom.stranger)
        for row in (meeting, offer, talk):
            row.refresh_from_db()
        assert (meeting.state, offer.state) == ("afgezegd", "geweigerd") and running.number in meeting.cancelled_because
        assert talk.case == running == talk.talk.case and not case.tasks.filter(done_on=None).exists()

    def test_a_goal_that_runs_goes_along_and_can_be_ended_there(self, moving, case, there, lekstroom, friday):
        own = {"case": case, "by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
        runs, ended = (Goal(text=text, who="mentor", review_on=friday, **own) for text in ("Een uur", "Twee uur"))
        for goal in (runs, ended):
            save_goal(goal, by=lekstroom.officer)
        say(case, [Opinion(goal=runs, says="eens", on=friday, **own)], by=lekstroom.officer)
        review(ended, state="gehaald", because="x", by=lekstroom.officer)
        running = world.open_case(there, lekstroom.schools["99AC00"])
        referrals.accept(moving, by=lekstroom.stranger)
        assert list(running.goals.all()) == [runs] and list(case.goals.all()) == [ended]
        assert running.opinions.get().goal == runs and not case.opinions.exists()
        review(running.goals.get(), state="gehaald", because="x", by=lekstroom.stranger)
        assert not Task.objects.filter(kind=Task.Kind.GOAL, done_on=None).exists()

    def test_a_decision_that_holds_is_told_where_the_work_goes_on(self, moving, case, there, lekstroom, friday):
        about = {"kind": "VSO", "provider": "x", "hours_start": 6, "hours_full": 24}
        own = {"case": case, "organisation": lekstroom.organisations["nieuwegein"], "asked_on": friday}
        offer = Offer.objects.create(by=lekstroom.officer, **own, **about)
        Decision.objects.create(
            number="DM-0356-2026-0001",
            state="ondertekend",
            asked_by=lekstroom.officer,
            offer=offer,
            scopes=["zorg"],
            presented_by=lekstroom.officer,
            signed_at="2026-11-19T12:00:00Z",
            trigger="x",
            question="x",
            **own,
            **about,
        )
        running = world.open_case(there, lekstroom.schools["99AC00"])
        referrals.accept(moving, by=lekstroom.stranger)
        assert running.tasks.filter(title__contains="DM-0356-2026-0001", done_on=None).count() == 1

    @pytest.mark.parametrize("later", [-1, 0, 1])
    def test_a_report_that_both_have_is_one_report_with_its_newest_version(
        self, moving, case, there, lekstroom, friday, later
    ):
        ours = case.pupil.reports.get()
        moment = ours.changed_at + timedelta(days=later)
        theirs = world.report(there, lekstroom.schools["99AC00"], number=ours.number, changed_at=moment)
        world.take_in([theirs], today=friday)
        referrals.accept(moving, by=lekstroom.stranger)
        assert not Pupil.objects.filter(pk=ours.pupil_id).exists()
        assert there.reports.count() == (1 if later == 0 else 2)
        newest = there.reports.order_by("-changed_at").first()
        assert there.reports.current().get() == newest == Intake.objects.get().report
        before = Case.objects.count()
        run_due(friday)
        assert Case.objects.count() == before, "no new dossier in the gemeente that the child left"
