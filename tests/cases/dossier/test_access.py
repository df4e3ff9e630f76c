"""Who may do what in a dossier of Nieuwegein: the officer of that gemeente, the teamleider of the bureau that acts for
it, who takes part, and nobody else."""

from datetime import date, timedelta

import pytest

from cases.dossier import access
from cases.dossier.models import Case
from cases.work.models import Note
from tests import world
from thuiszitters.core.people.organisations import Membership, Organisation, OrganisationLink
from thuiszitters.core.people.roles import Right, Role
from thuiszitters.core.people.users import User

GEMEENTE = {"officer", "leader"}


@pytest.fixture
def closed(case) -> Case:
    Case.objects.filter(pk=case.pk).update(
        state="afgesloten", result="VERHUISD", closed_on=date(2026, 11, 20), handler=None
    )
    return Case.objects.get(pk=case.pk)


def moved(case: Case) -> Case:
    """The child lives in Houten now."""
    type(case.pupil).objects.filter(pk=case.pupil_id).update(municipality_id="0321")
    return Case.objects.get(pk=case.pk)


class TestWorking:
    def test_the_gemeente_and_the_bureau_that_acts_for_it(self, case, who):
        assert who(lambda user: access.may_work(case, user)) == GEMEENTE

    def test_who_takes_part_in_this_dossier_today(self, case, who, lekstroom, friday):
        other = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
        world.involve(other, lekstroom.organisations["verband"])
        world.involve(case, lekstroom.organisations["jeugdteam"], until=friday - timedelta(days=1))
        world.involve(case, lekstroom.organisations["school"])
        assert who(lambda user: access.may_work(case, user)) == GEMEENTE | {"teacher"}

    def test_a_role_that_only_looks_does_not_write(self, shared_case, who):
        assert who(lambda user: access.may_work(shared_case, user)) == GEMEENTE | {"coordinator"}

    def test_the_side_of_the_gemeente_in_a_role_with_the_right(self, shared_case, who):
        assert who(lambda user: access.is_municipal_side(shared_case, user)) == GEMEENTE
        assert who(lambda user: access.is_municipal_side(shared_case, user, Right.CASE_VIEW)) == GEMEENTE | {"boa"}

    def test_giving_and_taking_while_it_is_open(self, case, closed, who, lekstroom):
        case.handler = lekstroom.officer
        assert who(lambda user: access.can_assign(case, user)) == {"leader"}
        assert who(lambda user: access.can_take(case, user)) == {"leader"}
        for question in (access.can_assign, access.can_take):
            assert who(lambda user, ask=question: ask(closed, user)) == set()
        case.handler = None
        assert who(lambda user: access.can_take(case, user)) == GEMEENTE

    def test_an_entry_is_changed_by_who_wrote_it_and_still_works_there(self, case, closed, who, lekstroom):
        own, of_a_stranger = Note(by=lekstroom.officer), Note(by=lekstroom.stranger)
        assert who(lambda user: access.can_edit_entry(own, case, user)) == {"officer"}
        assert who(lambda user: access.can_edit_entry(own, closed, user)) == set()
        assert who(lambda user: access.can_edit_entry(of_a_stranger, case, user)) == set()


class TestTheChild:
    @pytest.mark.parametrize("question", [access.can_show_pgn, access.can_edit_pupil])
    def test_through_a_closed_dossier_only_while_it_lives_there(self, question, case, who):
        assert who(lambda user: question(case, user)) == GEMEENTE
        there = moved(case)
        assert who(lambda user: question(there, user)) == GEMEENTE
        there.state = "afgesloten"
        assert who(lambda user: question(there, user)) == {"leader"}, "the bureau acts for Houten too"

    @pytest.mark.parametrize("question", [access.can_show_pgn, access.can_edit_pupil])
    def test_a_child_that_stayed(self, question, closed, who):
        assert who(lambda user: question(closed, user)) == GEMEENTE


class TestOnWhoseBehalf:
    def seats(self, lekstroom, question) -> dict[str, str]:
        """By person the organisation of the seat, or the organisation itself."""
        found = {name: question(user) for name, user in lekstroom.users.items()}
        return {name: getattr(seat, "organisation", seat).name for name, seat in found.items() if seat}

    def test_the_seat_of_the_gemeente_or_of_who_takes_part(self, shared_case, lekstroom):
        work = self.seats(lekstroom, lambda user: access.seat_in(shared_case, user, Right.CASE_WORK))
        assert work == {
            "officer": "Gemeente Nieuwegein",
            "leader": "Leerplicht Lekstroom",
            "coordinator": "Verband De Verbinding",
        }
        assign = self.seats(lekstroom, lambda user: access.seat_in(shared_case, user, Right.CASE_ASSIGN))
        assert assign == {"leader": "Leerplicht Lekstroom"}
        enforce = self.seats(lekstroom, lambda user: access.seat_in(shared_case, user, Right.ENFORCE))
        assert enforce == {"boa": "Gemeente Nieuwegein"}

    def test_the_seat_must_hold_the_right_itself(self, case, lekstroom):
        """An officer of Houten who is a boa in Nieuwegein looks there, and works elsewhere."""
        houten, nieuwegein = (lekstroom.organisations[name] for name in ("houten", "nieuwegein"))
        Membership.objects.create(
            user=lekstroom.colleague, organisation=nieuwegein, role=Role.BOA, valid_from=world.START
        )
        assert access.seat_in(case, lekstroom.colleague, Right.CASE_WORK) is None
        assert access.seat_in(case, lekstroom.colleague, Right.ENFORCE).organisation == nieuwegein
        assert access.own_organisation(case, lekstroom.colleague) is None
        assert houten in [m.organisation for m in access.access_of(lekstroom.colleague).memberships]

    def test_who_takes_part_writes_for_the_own_organisation(self, shared_case, lekstroom):
        world.involve(shared_case, lekstroom.organisations["school"])
        assert self.seats(lekstroom, lambda user: access.own_organisation(shared_case, user)) == {
            "officer": "Gemeente Nieuwegein",
            "leader": "Leerplicht Lekstroom",
            "coordinator": "Verband De Verbinding",
            "teacher": "De Lindeboom",
        }

    def test_the_organisation_that_takes_part_and_not_another_one_of_the_same_person(self, shared_case, lekstroom):
        orgs = lekstroom.organisations
        both = lekstroom.partner_elsewhere
        Membership.objects.create(
            user=both, organisation=orgs["verband"], role=Role.COORDINATOR, valid_from=date(2026, 1, 1)
        )
        assert access.own_organisation(shared_case, both) == orgs["verband"]


class TestColleagues:
    def names(self, user, case=None) -> list[str]:
        return [found.last_name for found in access.colleagues_for(User.objects.get(pk=user.pk), case)]

    def test_who_works_for_the_same_gemeenten_by_name(self, case, lekstroom):
        assert self.names(lekstroom.officer) == ["Officier", "Teamleider"]
        assert self.names(lekstroom.leader) == ["Collega", "Officier", "Teamleider"]
        assert self.names(lekstroom.stranger) == ["Vreemd"]
        assert self.names(lekstroom.coordinator) == []

    def test_for_a_dossier_only_those_of_its_gemeente(self, case, lekstroom):
        assert self.names(lekstroom.leader, case) == ["Officier", "Teamleider"]
        assert self.names(lekstroom.colleague, case) == []

    def test_by_last_name_and_then_by_first_name(self, case, lekstroom):
        User.objects.filter(pk=lekstroom.leader.pk).update(first_name="Anna")
        assert self.names(lekstroom.officer) == ["Officier", "Teamleider"]
        User.objects.filter(pk=lekstroom.leader.pk).update(last_name="Officier")
        found = access.colleagues_for(lekstroom.officer)
        assert [user.first_name for user in found] == ["Anna", "Mila"]

    def test_not_who_left_and_not_who_cannot_log_in(self, case, lekstroom, friday):
        yesterday = friday - timedelta(days=1)
        Membership.objects.filter(user=lekstroom.colleague).update(valid_until=yesterday)
        assert self.names(lekstroom.leader) == ["Officier", "Teamleider"]
        User.objects.filter(pk=lekstroom.officer.pk).update(is_active=False)
        assert self.names(lekstroom.leader) == ["Teamleider"]

    def test_not_the_people_of_a_bureau_that_no_longer_acts_for_it(self, case, lekstroom, friday):
        links = OrganisationLink.objects.filter(kind="acts_for", other=lekstroom.organisations["nieuwegein"])
        links.update(valid_until=friday - timedelta(days=1))
        assert self.names(lekstroom.officer) == ["Officier"]

    def test_not_the_people_of_an_organisation_of_another_kind_with_the_same_code(self, case, lekstroom):
        namesake = Organisation.objects.create(kind=Organisation.Kind.REGIO, name="Naamgenoot", code="0356")
        Membership.objects.create(
            user=lekstroom.region, organisation=namesake, role=Role.TEAMLEIDER, valid_from=world.START
        )
        assert self.names(lekstroom.officer) == ["Officier", "Teamleider"]

    def test_not_the_people_of_an_organisation_that_is_linked_otherwise(self, case, lekstroom):
        """The region has the gemeente as a member; it does not act for it."""
        Membership.objects.create(
            user=lekstroom.region,
            organisation=lekstroom.organisations["regio"],
            role=Role.TEAMLEIDER,
            valid_from=world.START,
        )
        assert self.names(lekstroom.officer) == ["Officier", "Teamleider"]
