"""Handing out, taking back, being away, leaving: no dossier ever loses its owner by a slip."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from cases.dossier.access import NotAllowed
from cases.dossier.models import Assignment, Case, Division, Task
from cases.dossier.rules import NotNow
from cases.handling.acts import assign
from cases.load import acts
from cases.load.queries import load_of, to_divide
from cases.nightly import run_due
from cases.owners.queries import codes_to_divide, unattended
from cases.worklist.waiting import waiting_for
from tests import world
from thuiszitters.core.people.absences import Absence, absent_on, replaced_by
from thuiszitters.core.people.organisations import Membership
from thuiszitters.core.people.roles import Role
from thuiszitters.core.people.users import User

TODAY = date(2026, 11, 20)


def again(user: User) -> User:
    """As the next request knows the user."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def second(lekstroom) -> User:
    """Another officer of Nieuwegein."""
    user = User.objects.create_user("tweede@voorbeeld.test", "wachtwoord-12", first_name="Tom", last_name="Tweede")
    Membership.objects.create(
        user=user,
        organisation=lekstroom.organisations["nieuwegein"],
        role=Role.LEERPLICHTAMBTENAAR,
        valid_from=world.START,
    )
    lekstroom.users["second"] = user
    return user


@pytest.fixture
def three(lekstroom, friday) -> list[Case]:
    """Three dossiers of the officer, each with an own step and one of nobody."""
    found = []
    for _ in range(3):
        case = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
        assign(case, lekstroom.officer, by=lekstroom.leader)
        Task.objects.create(case=case, title="eigen stap", due_on=TODAY, owner=lekstroom.officer)
        found.append(case)
    return found


class TestTheChoiceBeginsEmpty:
    """Officer A: "Toewijzen" without a choice took the handler away, with a green message."""

    def post(self, as_user, case, **fields):
        return as_user("leader").post(f"/dossiers/{case.number}/toewijzen/", fields)

    @pytest.mark.parametrize("fields", [{}, {"handler": ""}, {"handler": "niemand"}, {"handler": "99999"}])
    def test_without_a_choice_or_reason_nothing_happens(self, three, lekstroom, as_user, fields):
        response = self.post(as_user, three[0], **fields)
        assert response.status_code == 422
        three[0].refresh_from_db()
        assert three[0].handler == lekstroom.officer

    def test_nobody_says_why_and_the_dossier_waits_for_who_divides(self, three, lekstroom, as_user):
        self.post(as_user, three[0], handler="niemand", because="Mila stopt hiermee.")
        three[0].refresh_from_db()
        assert three[0].handler is None and three[0].assignments.last().because == "Mila stopt hiermee."
        assert to_divide(again(lekstroom.leader), TODAY) == {three[0].pk}
        assert not three[0].tasks.filter(owner=lekstroom.officer, done_on=None).exists()

    def test_an_act_without_reason_is_refused_whoever_calls_it(self, three, lekstroom):
        with pytest.raises(NotNow):
            assign(three[0], None, by=lekstroom.leader)


class TestStepsGoAlong:
    def test_with_the_dossier(self, three, lekstroom, second):
        case = three[0]
        assign(case, second, by=lekstroom.leader)
        assert {t.owner for t in case.tasks.filter(done_on=None)} == {second}

    def test_who_takes_a_new_dossier_has_its_first_step_and_has_begun(self, lekstroom, friday):
        case = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
        assert {t.owner for t in case.tasks.all()} == {None} and case.state == "nieuw"
        assign(case, lekstroom.officer, by=lekstroom.officer)
        case.refresh_from_db()
        assert {t.owner for t in case.tasks.all()} == {lekstroom.officer} and case.state == "onderzoek"
        assert case.status_changes.last().by == lekstroom.officer

    def test_those_of_another_organisation_stay(self, three, lekstroom, second):
        theirs = Task.objects.create(
            case=three[0], title="x", due_on=TODAY, owner_organisation=lekstroom.organisations["school"]
        )
        assign(three[0], second, by=lekstroom.leader)
        theirs.refresh_from_db()
        assert theirs.owner is None


class TestHandingOut:
    def test_everything_of_one_person_spread_over_two_and_back(self, three, lekstroom, second):
        other = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
        assign(other, second, by=lekstroom.leader)
        elsewhere = Task.objects.create(case=other, title="bellen", due_on=TODAY, owner=lekstroom.officer)
        third = again(lekstroom.leader)
        before = {t.pk: t.owner_id for t in Task.objects.all()}
        division = acts.hand_out_all_of(lekstroom.officer, [second, third], by=lekstroom.leader)
        counts = sorted(Case.objects.filter(pk__in=[c.pk for c in three]).values_list("handler", flat=True))
        assert sorted(counts.count(user.pk) for user in (second, third)) == [1, 2]
        elsewhere.refresh_from_db()
        assert elsewhere.owner == second
        assert not Task.objects.filter(owner=lekstroom.officer, done_on=None).exists()
        assert acts.undo(division, by=lekstroom.leader) == (3, 0)
        assert set(Case.objects.filter(pk__in=[c.pk for c in three]).values_list("handler", flat=True)) == {
            lekstroom.officer.pk
        }
        assert {t.pk: t.owner_id for t in Task.objects.all()} == before

    def test_a_second_click_on_undo_says_so(self, three, lekstroom, second):
        division = acts.hand_out(three, [second], by=lekstroom.leader)
        acts.undo(division, by=lekstroom.leader)
        with pytest.raises(NotNow, match="al teruggedraaid"):
            acts.undo(division, by=lekstroom.leader)

    def test_a_second_click_makes_no_second_division(self, three, lekstroom, second):
        acts.hand_out(three, [second], by=lekstroom.leader)
        with pytest.raises(NotNow, match="al verdeeld"):
            acts.hand_out(list(Case.objects.all()), [second], by=lekstroom.leader)
        assert Division.objects.count() == 1

    def test_what_was_taken_since_stays(self, three, lekstroom, second):
        division = acts.hand_out(three, [second], by=lekstroom.leader)
        mine = Case.objects.get(pk=three[0].pk)
        assign(mine, lekstroom.officer, by=lekstroom.officer)
        assert acts.undo(division, by=lekstroom.leader) == (2, 1)
        assert set(Case.objects.values_list("handler", flat=True)) == {lekstroom.officer.pk}

    def test_nobody_fitting_changes_nothing(self, three, lekstroom):
        with pytest.raises(NotNow, match="werkt niet voor de gemeente Nieuwegein"):
            acts.hand_out(three, [lekstroom.colleague], by=lekstroom.leader)
        assert not Division.objects.exists()
        assert set(Case.objects.values_list("handler", flat=True)) == {lekstroom.officer.pk}

    @pytest.mark.parametrize("who", ["officer", "colleague", "coordinator", "stranger", "admin"])
    def test_only_who_divides_the_work_there(self, three, lekstroom, second, who):
        with pytest.raises(NotAllowed):
            acts.hand_out(three, [second], by=lekstroom.users[who])

    def test_where_nobody_leads_who_works_there_divides(self, lekstroom):
        assert codes_to_divide(lekstroom.officer) == set()
        Membership.objects.filter(user=lekstroom.leader).update(valid_until=TODAY - timedelta(days=400))
        assert codes_to_divide(again(lekstroom.officer)) == {"0356"}

    def test_by_page_in_three_actions(self, three, lekstroom, second, as_user):
        leader = as_user("leader")
        page = leader.get("/verdelen/").content.decode()  # 1: who has what
        assert f"/verdelen/van/{lekstroom.officer.pk}/" in page
        path = f"/verdelen/van/{lekstroom.officer.pk}/"
        shown = leader.get(path).content.decode()
        assert "3 open dossiers" in shown
        empty = leader.post(path, {})
        assert empty.status_code == 422 and "Kies een of meer collega" in empty.content.decode()
        done = leader.post(path, {"to": [second.pk]}, follow=True)  # 2: tick, 3: all
        assert "3 dossiers verdeeld" in done.content.decode()
        division = Division.objects.get()
        leader.post(f"/verdelen/{division.pk}/terug/", follow=True)
        assert set(Case.objects.values_list("handler", flat=True)) == {lekstroom.officer.pk}

    def test_all_that_the_filter_finds(self, three, lekstroom, second, as_user):
        leader = as_user("leader")
        where = {"lijst": "alle", "behandelaar": lekstroom.officer.pk}
        page = leader.post("/werkvoorraad/verdelen/", where).content.decode()
        assert "3 dossiers verdelen" in page and all(case.number in page for case in three)
        picked = [three[0].number, three[1].number]
        leader.post("/verdelen/", {"dossier": picked, "verdeel": 1, "to": [second.pk]})
        assert Case.objects.filter(handler=second).count() == 2


class TestLeaving:
    @pytest.fixture
    def gone(self, three, lekstroom):
        Membership.objects.filter(user=lekstroom.officer).update(valid_until=TODAY - timedelta(days=1))

    def test_at_once_with_who_divides(self, three, gone, lekstroom):
        leader = again(lekstroom.leader)
        assert to_divide(leader, TODAY) == {case.pk for case in three}
        assert "verdelen" in {w.code for w in waiting_for(leader, TODAY)}
        load = next(row for row in load_of(leader, TODAY) if row.user == lekstroom.officer)
        assert (load.total, load.note, load.leaves) == (3, "werkt hier niet meer", True)

    def test_the_round_lets_nothing_point_at_who_left(self, three, gone, lekstroom):
        run_due(TODAY)
        assert set(Case.objects.values_list("handler", flat=True)) == {None}
        assert not Task.objects.filter(owner=lekstroom.officer, done_on=None).exists()
        assert Assignment.objects.filter(because="M. Officier werkt hier niet meer").count() == 3
        before = Assignment.objects.count()
        run_due(TODAY)
        assert Assignment.objects.count() == before

    def test_it_goes_to_who_was_named(self, three, gone, lekstroom, second):
        Membership.objects.filter(user=lekstroom.officer).update(work_goes="collega", work_to=second)
        run_due(TODAY)
        assert set(Case.objects.values_list("handler", flat=True)) == {second.pk}

    def test_a_role_ends_only_with_a_place_for_the_work(self, lekstroom, second):
        row = Membership.objects.get(user=lekstroom.officer)
        row.valid_until = TODAY
        for fields, field in (
            ({}, "work_goes"),
            ({"work_goes": "collega"}, "work_to"),
            ({"work_goes": "collega", "work_to": lekstroom.officer}, "work_to"),
            ({"work_goes": "collega", "work_to": lekstroom.stranger}, "work_to"),
        ):
            for name, value in fields.items():
                setattr(row, name, value)
            with pytest.raises(ValidationError) as caught:
                row.full_clean()
            assert field in caught.value.message_dict
        row.work_to = second
        row.full_clean()


class TestAway:
    def be_away(self, user, stand_in, by=None):
        return acts.be_away(user, first_day=TODAY, last_day=TODAY + timedelta(days=7), stand_in=stand_in, by=by or user)

    def test_the_stand_in_has_them_on_the_own_list(self, three, lekstroom, second, as_user):
        self.be_away(lekstroom.officer, second)
        assert replaced_by(second, TODAY) == [lekstroom.officer.pk]
        assert to_divide(again(lekstroom.leader), TODAY) == set()
        page = as_user("second").get("/werkvoorraad/?lijst=mijn").content.decode()
        assert all(case.number in page for case in three)

    def test_what_the_stand_in_does_is_signed_for_whom_it_was_done(self, three, lekstroom, second, as_user):
        """In that time and of that handler; a dossier of the own, or a week later, is of the stand-in itself."""
        absence = self.be_away(lekstroom.officer, second)
        client, (first, own, _) = as_user("second"), three
        assign(own, second, by=lekstroom.leader)
        for case in (first, own):
            client.post(f"/dossiers/{case.number}/notitie/", {"kind": "algemeen", "text": "Gebeld.", "part": "verloop"})
        signed = "T. Tweede, Gemeente Nieuwegein"
        assert f"{signed}, namens M. Officier" in client.get(f"/dossiers/{first.number}/").content.decode()
        shown = client.get(f"/dossiers/{own.number}/").content.decode()
        assert signed in shown and "namens M. Officier" not in shown
        Absence.objects.filter(pk=absence.pk).update(
            first_day=TODAY - timedelta(days=9), last_day=TODAY - timedelta(days=1)
        )
        assert "namens M. Officier" not in client.get(f"/dossiers/{first.number}/").content.decode()

    def test_without_stand_in_they_are_for_who_divides(self, three, lekstroom):
        self.be_away(lekstroom.officer, None)
        assert to_divide(again(lekstroom.leader), TODAY) == {case.pk for case in three}
        assert Case.objects.filter(unattended(TODAY + timedelta(days=8)), handler__isnull=False).count() == 0

    def test_a_stand_in_who_is_away_too_passes_nothing_on(self, three, lekstroom, second):
        self.be_away(lekstroom.officer, second)
        self.be_away(second, lekstroom.officer)
        assert replaced_by(second, TODAY) == []
        assert to_divide(again(lekstroom.leader), TODAY) == {case.pk for case in three}

    def test_a_stand_in_covers_only_where_that_one_works(self, lekstroom, friday, second):
        """The team lead has a dossier in Houten; the stand-in works for Nieuwegein alone."""
        for code, school in (("0356", "99AA00"), ("0321", "99AB00")):
            case = world.open_case(world.pupil(municipality_id=code), lekstroom.schools[school])
            assign(case, lekstroom.leader, by=lekstroom.leader)
        self.be_away(lekstroom.leader, second)
        assert set(Case.objects.filter(unattended(TODAY)).values_list("municipality", flat=True)) == {"0321"}
        assert to_divide(again(lekstroom.colleague), TODAY) == {case.pk}, "who leads is away: who works there divides"

    def test_twice_in_the_same_days_is_refused(self, lekstroom, second, friday):
        self.be_away(lekstroom.officer, second)
        with pytest.raises(NotNow, match="staat al afwezigheid"):
            self.be_away(lekstroom.officer, None, by=lekstroom.leader)

    @pytest.mark.parametrize(
        ("who", "may"), [("officer", True), ("leader", True), ("colleague", False), ("admin", False)]
    )
    def test_who_may_say_it(self, lekstroom, friday, who, may):
        if may:
            self.be_away(lekstroom.officer, None, by=lekstroom.users[who])
        else:
            with pytest.raises(NotAllowed):
                self.be_away(lekstroom.officer, None, by=lekstroom.users[who])

    def test_by_page_and_back(self, three, lekstroom, second, as_user):
        officer = as_user("officer")
        fields = {"first_day": "20-11-2026", "last_day": "27-11-2026", "stand_in": second.pk}
        wrong = officer.post("/afwezig/", fields | {"last_day": "19-11-2026"})
        assert wrong.status_code == 422 and "ligt voor de eerste dag" in wrong.content.decode()
        officer.post("/afwezig/", fields)
        row = Absence.objects.get()
        assert (row.user, row.stand_in) == (lekstroom.officer, second)
        assert as_user("colleague").post(f"/afwezig/{row.pk}/einde/").status_code == 404
        officer.post(f"/afwezig/{row.pk}/einde/")
        officer.post(f"/afwezig/{row.pk}/einde/")
        row.refresh_from_db()
        assert row.ended_at and absent_on(TODAY) == []
