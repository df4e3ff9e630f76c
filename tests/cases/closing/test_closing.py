"""Closing does not stop a clock: what is still open is shown, a place is followed, and no child leaves every list."""

from datetime import date

import pytest
import time_machine

from cases.clock.acts import facts_changed
from cases.closing import acts
from cases.closing.models import ClosingProposal
from cases.closing.queries import clocks_without_dossier, running_clocks, still_open, to_confirm
from cases.dossier.access import NotAllowed
from cases.dossier.models import Case, Task
from cases.dossier.rules import NotNow
from cases.handling.acts import assign, transition
from cases.meetings.models import Meeting
from cases.nightly import run_due
from cases.offers.models import Offer
from cases.worklist.waiting import waiting_for
from leerplicht.models import HomePeriod, SchoolReturn
from tests import world
from thuiszitters.core.people.organisations import Membership
from thuiszitters.core.people.roles import Role
from thuiszitters.core.people.users import User

TODAY = date(2026, 11, 20)


@pytest.fixture
def case(lekstroom, friday) -> Case:
    """At home since 5 October, with a handler."""
    found = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
    assign(found, lekstroom.officer, by=lekstroom.officer)
    found.refresh_from_db()
    return found


@pytest.fixture
def second(lekstroom) -> User:
    user = User.objects.create_user("tweede@voorbeeld.test", "wachtwoord-12", first_name="Tom", last_name="Tweede")
    role, where = Role.LEERPLICHTAMBTENAAR, lekstroom.organisations["nieuwegein"]
    Membership.objects.create(user=user, organisation=where, role=role, valid_from=world.START)
    lekstroom.users["second"] = user
    return user


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


class TestWhatIsStillOpen:
    def test_is_shown_with_what_becomes_of_it(self, case, as_user):
        said = [item.what for item in still_open(case, TODAY)]
        assert said[0].startswith("De klok loopt: thuis sinds 5 oktober 2026")
        assert "Met ouders en kind is nog niet gesproken." in said
        assert any(what.startswith("Stap: Spreek met de ouders") for what in said)
        page = as_user("officer").get(f"/dossiers/{case.number}/afsluiten/").content.decode()
        assert all(what.split("(")[0] in page for what in said)

    def test_an_overleg_that_is_to_come_is_called_off_and_an_unanswered_offer_withdrawn(self, case, lekstroom):
        """Of a partner as well; what was agreed, began or has no record yet stays as it is, and says so."""
        verband, by = lekstroom.organisations["verband"], lekstroom.coordinator
        own = {"case": case, "organisation": verband, "by": by}
        about = {"kind": "mdo", "place": "x", "question": "x", "ground": "taak"}
        coming = Meeting.objects.create(starts_at="2026-11-26T12:00:00Z", **own, **about)
        begun = Meeting.objects.create(starts_at="2026-11-19T12:00:00Z", **own, **about)
        asked = {"kind": "VSO", "hours_start": 6, "hours_full": 24, "asked_on": TODAY, "start_on": TODAY}
        states = ("gevraagd", "aangeboden", "aangekondigd")
        offers = [Offer.objects.create(provider=state, state=state, **asked, **own) for state in states]
        becomes = {item.what: item.becomes for item in still_open(case, TODAY)}
        assert becomes["Gepland: MDO op 26 november 2026."].startswith("Wordt afgezegd.")
        assert becomes["Van MDO op 19 november 2026 is geen verslag."].startswith("Leg het eerst vast.")
        assert becomes["Aanbod bij gevraagd: gevraagd."].startswith("Wordt ingetrokken.")
        acts._close(case, "BUITENLAND", lekstroom.officer, "x")
        for row in (coming, begun, *offers):
            row.refresh_from_db()
        assert (coming.state, coming.cancelled_because, coming.settled_by) == (
            "afgezegd",
            acts.CLOSED,
            lekstroom.officer,
        )
        assert begun.state == "gepland"
        assert [offer.state for offer in offers] == ["geweigerd", "geweigerd", "aangekondigd"]
        assert not case.tasks.filter(done_on=None).exists()

    def test_it_is_ticked_before_anything_closes(self, case, as_user):
        sent = {"result": "BUITENLAND", "because": "Vertrokken."}
        refused = as_user("officer").post(f"/dossiers/{case.number}/afsluiten/", sent)
        assert refused.status_code == 422 and Case.objects.get().is_open
        as_user("officer").post(f"/dossiers/{case.number}/afsluiten/", sent | {"seen": "on"})
        assert not Case.objects.get().is_open
        assert not Task.objects.filter(done_on=None).exists()


class TestTheClockRunsOn:
    """Officer A: closed as "eigen school, opbouwrooster" with a red clock of 58 days; gone from every list."""

    def test_a_place_before_a_whole_week_is_followed_not_closed(self, case, lekstroom):
        SchoolReturn.objects.create(pupil=case.pupil, first_day=date(2026, 11, 18), source="mentor")
        facts_changed([case.pupil_id], TODAY)
        assert HomePeriod.objects.get().last_day is None
        with pytest.raises(NotNow, match="nog geen hele lesweek"):
            acts.close(case, result="EIGEN_SCHOOL_OPBOUW", by=lekstroom.officer, because="terug")

    def test_a_clock_without_dossier_is_on_the_page_of_who_divides(self, case, lekstroom, as_user):
        acts.close(case, result="BUITENLAND", by=lekstroom.officer, because="Vertrokken.")
        leader = again(lekstroom.leader)
        assert running_clocks(leader, TODAY) == {case.pupil_id}
        assert "klok" in {w.code for w in waiting_for(leader, TODAY)}
        page = as_user("leader").get("/klok-loopt/").content.decode()
        assert case.pupil.name in page and "vertrokken naar het buitenland" in page
        assert as_user("officer").get("/klok-loopt/").status_code == 403

    def test_an_end_by_law_is_a_fact_first(self, case, lekstroom):
        for result in ("VRIJSTELLING_5A", "LEEFTIJD", "STARTKWALIFICATIE"):
            with pytest.raises(NotNow, match="De klok loopt nog"):
                acts.close(case, result=result, by=lekstroom.officer, because="x")


class TestTwoPeople:
    @pytest.fixture
    def row(self, case, lekstroom, second) -> ClosingProposal:
        with pytest.raises(NotNow, match="Een collega bevestigt"):
            acts.close(case, result="GEEN_VERZUIM", by=lekstroom.officer, because="De melding klopte niet.")
        return acts.propose(case, result="GEEN_VERZUIM", because="De melding klopte niet.", by=lekstroom.officer)

    def test_waits_for_the_others_and_not_for_who_proposed(self, row, lekstroom, second):
        assert to_confirm(again(lekstroom.officer), TODAY) == set()
        assert to_confirm(again(second), TODAY) == to_confirm(again(lekstroom.leader), TODAY) == {row.pk}
        assert to_confirm(again(lekstroom.stranger), TODAY) == to_confirm(again(lekstroom.coordinator), TODAY) == set()

    def test_yes_closes_it_and_says_who(self, row, case, second, as_user):
        as_user("second").post(f"/afsluiten/{row.pk}/", {"ja": "1"})
        case.refresh_from_db()
        assert (case.state, case.result) == ("afgesloten", "GEEN_VERZUIM")
        moved = case.status_changes.last()
        assert moved.by == second and moved.because == "De melding klopte niet. Voorgesteld door M. Officier."
        again_ = as_user("second").post(f"/afsluiten/{row.pk}/", {"ja": "1"})
        assert again_.status_code == 404

    def test_no_needs_a_reason_and_leaves_it_open(self, row, case, second, as_user):
        assert as_user("second").post(f"/afsluiten/{row.pk}/", {"nee": "1"}).status_code == 422
        as_user("second").post(f"/afsluiten/{row.pk}/", {"nee": "1", "words": "Het kind is echt thuis."})
        case.refresh_from_db()
        row.refresh_from_db()
        assert case.is_open and row.agreed is False

    def test_nobody_confirms_the_own_proposal(self, row, case, lekstroom, as_user):
        assert as_user("officer").post(f"/afsluiten/{row.pk}/", {"ja": "1"}).status_code == 422
        with pytest.raises(NotAllowed):
            acts.answer(row, agreed=True, words="", by=lekstroom.officer)
        as_user("officer").post(f"/afsluiten/{row.pk}/", {"nee": "1"})
        row.refresh_from_db()
        assert row.agreed is False and Case.objects.get().is_open

    def test_who_works_alone_is_not_stuck(self, row, lekstroom, second):
        Membership.objects.filter(user__in=[second, lekstroom.leader]).update(valid_until=date(2026, 11, 1))
        assert to_confirm(again(lekstroom.officer), TODAY) == {row.pk}
        acts.answer(row, agreed=True, words="", by=again(lekstroom.officer))
        assert clocks_without_dossier().count() == 1

    def test_a_second_proposal_says_that_there_is_one(self, row, case, lekstroom):
        with pytest.raises(NotNow, match="al een voorstel"):
            acts.propose(case, result="DUBBEL", because="x", by=lekstroom.officer)


class TestFollowing:
    """Back on Monday 16 November, after six weeks."""

    BACK = date(2026, 11, 16)

    def follow(self, case, lekstroom, **fields):
        acts.follow(case, first_day=self.BACK, source="mentor gebeld", by=lekstroom.officer, **fields)
        case.refresh_from_db()

    def test_starts_with_a_day_and_steps_for_the_handler(self, case, lekstroom, as_user):
        path = f"/dossiers/{case.number}/terug/"
        ahead = as_user("officer").post(path, {"first_day": "23-11-2026", "source": "x"})
        assert ahead.status_code == 422 and "nog niet geweest" in ahead.content.decode()
        as_user("officer").post(path, {"first_day": "16-11-2026", "full_on": "07-12-2026", "source": "mentor"})
        case.refresh_from_db()
        assert case.state == "volgen"
        steps = case.tasks.filter(kind=Task.Kind.AFTERCARE, done_on=None)
        assert {t.owner for t in steps} == {lekstroom.officer}
        days = [t.due_on for t in steps.order_by("due_on")]
        assert days == [date(2026, 11, 23), date(2026, 12, 7), date(2026, 12, 14), date(2027, 2, 8)]

    def test_the_old_button_asks_for_the_day(self, case, as_user, lekstroom):
        assert as_user("officer").get(f"/dossiers/{case.number}/stand/volgen/").url == f"/dossiers/{case.number}/terug/"
        with pytest.raises(NotNow, match="op welke dag"):
            transition(case, "volgen", by=lekstroom.officer, because="x")

    def test_twice_is_once(self, case, lekstroom):
        self.follow(case, lekstroom)
        self.follow(case, lekstroom)
        assert SchoolReturn.objects.count() == 1
        assert case.tasks.filter(kind=Task.Kind.AFTERCARE).count() == 3

    def test_after_a_whole_week_it_can_close(self, case, lekstroom):
        self.follow(case, lekstroom)
        with time_machine.travel("2026-11-23 12:00"):
            run_due(date(2026, 11, 23))
            case.refresh_from_db()
            assert case.state == "volgen" and case.home_since is None
            acts.close(case, result="EIGEN_SCHOOL_VOLLEDIG", by=again(lekstroom.officer), because="Het gaat goed.")

    def test_a_relapse_in_the_first_week_goes_on_by_itself(self, case, lekstroom):
        self.follow(case, lekstroom)
        back = SchoolReturn.objects.get()
        back.last_day = date(2026, 11, 18)
        back.save()
        facts_changed([case.pupil_id], TODAY)
        case.refresh_from_db()
        assert (case.state, case.home_since, case.handler) == ("aanpak", date(2026, 10, 5), lekstroom.officer)
        moved = case.status_changes.last()
        assert moved.by is None and moved.because.startswith("Weer thuis: de klok loopt sinds")
        assert not case.tasks.filter(kind=Task.Kind.AFTERCARE, done_on=None).exists()
        assert case.tasks.filter(title__startswith="Weer thuis", done_on=None).get().owner == lekstroom.officer

    def test_a_relapse_in_the_second_week_too(self, case, lekstroom):
        """A whole week went well, then it is at home again: the same dossier, found by the night or the report."""
        self.follow(case, lekstroom)
        with time_machine.travel("2026-11-26 12:00"):
            run_due(date(2026, 11, 26))
            report = world.report(case.pupil, lekstroom.schools["99AA00"], first_day=date(2026, 11, 25))
            world.take_in([report], today=date(2026, 11, 26))
        case.refresh_from_db()
        assert case.state == "aanpak" and Case.objects.count() == 1

    def test_a_return_that_was_typed_once_is_not_asked_again(self, case, lekstroom, as_user):
        officer = as_user("officer")
        sent = {"first_day": "2026-11-16", "source": "mentor gebeld"}
        assert officer.post(f"/dossiers/{case.number}/feit/terugkeer/", sent).url == f"/dossiers/{case.number}/terug/"
        form = officer.get(f"/dossiers/{case.number}/terug/").context["form"]
        assert (form["first_day"].value(), form["source"].value()) == (self.BACK, "mentor gebeld")
