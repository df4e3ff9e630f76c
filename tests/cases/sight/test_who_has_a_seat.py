"""From which seats a person sees a dossier, in an emergency as well."""

from datetime import date, timedelta

from django.utils import timezone

from cases.dossier.models import Case
from cases.dossier.taking_part import Consent, EmergencyAccess
from cases.parts.matrix import EMERGENCY, MATRIX, restrict
from cases.sight.seats import MUNICIPAL_SIDE, Seat, Sight, sight_of
from tests import world
from thuiszitters.core.people.organisations import Membership, Organisation
from thuiszitters.core.people.roles import Role

GEMEENTE, BUREAU = Organisation(pk=1, kind="gemeente"), Organisation(pk=2, kind="regionaal_bureau")
VERBAND, SCHOOL = Organisation(pk=3, kind="samenwerkingsverband"), Organisation(pk=4, kind="school")
WRITER, COLLEAGUE = 10, 11


def seats_of(case: Case, user) -> list[tuple]:
    return [(s.role, s.own, s.municipal, s.school, s.handles) for s in sight_of(case, user).seats]


class TestWhoHasASeat:
    def test_the_gemeente_and_who_takes_part_today(self, case, lekstroom, friday):
        orgs = {name: organisation.pk for name, organisation in lekstroom.organisations.items()}
        world.involve(case, lekstroom.organisations["verband"], until=friday)
        world.involve(case, lekstroom.organisations["jeugdteam"], until=friday - timedelta(days=1))
        world.involve(case, lekstroom.organisations["school"], parts=["verzuim"])
        case.handler = lekstroom.officer
        found = {name: seats_of(case, user) for name, user in lekstroom.users.items()}
        assert {name: seats for name, seats in found.items() if seats} == {
            "officer": [(Role.LEERPLICHTAMBTENAAR, orgs["nieuwegein"], True, "", True)],
            "leader": [(Role.TEAMLEIDER, orgs["bureau"], True, "", False)],
            "boa": [(Role.BOA, orgs["nieuwegein"], True, "", False)],
            "coordinator": [(Role.COORDINATOR, orgs["verband"], False, "", False)],
            "holder": [(Role.HOUDER, orgs["verband"], False, "", False)],
            "teacher": [(Role.SCHOOL, orgs["school"], False, "99AA00", False)],
        }
        officer, teacher = (sight_of(case, lekstroom.users[name]) for name in ("officer", "teacher"))
        assert officer.seats[0].levels == MATRIX[Role.LEERPLICHTAMBTENAAR]
        assert teacher.seats[0].levels == restrict(Role.SCHOOL, ["verzuim"])
        assert (officer.user_id, officer.seats[0].user_id, officer.emergency) == (*[lekstroom.officer.pk] * 2, None)
        assert officer.membership.user == lekstroom.officer and teacher.membership.user == lekstroom.teacher

    def test_a_holder_at_the_gemeente_is_not_of_the_side_of_its_officers(self, case, lekstroom):
        houten = lekstroom.organisations["houten"]
        Membership.objects.create(user=lekstroom.region, organisation=houten, role=Role.HOUDER, valid_from=world.START)
        assert seats_of(case, lekstroom.region) == []
        world.involve(case, houten, parts=["verloop"])
        case = Case.objects.get(pk=case.pk)
        assert seats_of(case, lekstroom.region) == [(Role.HOUDER, None, False, "", False)]
        assert sight_of(case, lekstroom.region).seats[0].levels == restrict(Role.HOUDER, ["verloop"])

    def test_a_command_on_the_server_looks_as_an_officer(self, case):
        officer = Role.LEERPLICHTAMBTENAAR
        assert sight_of(case, None) == Sight((Seat(MATRIX[officer], municipal=True, role=officer),))

    def test_health_by_a_consent_that_was_not_withdrawn(self, shared_case, lekstroom):
        orgs = lekstroom.organisations
        for owner, recipient, fields in (
            ("verband", "nieuwegein", {}),
            ("jeugdteam", "houten", {"health": False}),
            ("school", "bureau", {"withdrawn_at": timezone.now()}),
            ("nieuwegein", "verband", {}),
            ("school", "verband", {}),
        ):
            values = {"by_parents": True, "health": True, "scope": "plek", "given_on": date(2026, 11, 1)} | fields
            Consent.objects.create(case=shared_case, owner=orgs[owner], recipient=orgs[recipient], **values)
        case = Case.objects.get(pk=shared_case.pk)
        found = {name: sight_of(case, lekstroom.users[name]).seats[0].health_from for name in ("leader", "coordinator")}
        assert found == {"leader": {orgs["verband"].pk}, "coordinator": {MUNICIPAL_SIDE, orgs["school"].pk}}


class TestInAnEmergency:
    def open(self, case, user) -> Sight:
        now = timezone.now()
        EmergencyAccess.objects.create(
            case=case,
            user=user,
            organisation=user.memberships.first().organisation,
            reason="x",
            started_at=now,
            ends_at=now + timedelta(hours=1),
        )
        return sight_of(case, user)

    def test_on_behalf_of_the_organisation_that_may(self, case, lekstroom):
        user = lekstroom.stranger
        Membership.objects.create(
            user=user, organisation=lekstroom.organisations["regio"], role=Role.REGIO, valid_from=date(2019, 1, 1)
        )
        sight = self.open(case, user)
        assert sight.emergency and [s.levels for s in sight.seats] == [EMERGENCY]
        assert (sight.membership.role, sight.seats[0].user_id) == (Role.LEERPLICHTAMBTENAAR, user.pk)
        assert (sight.own, sight.municipal, sight.officer) == (frozenset(), False, False)

    def test_only_in_the_dossier_that_was_opened(self, case, lekstroom):
        other = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
        self.open(case, lekstroom.stranger)
        assert sight_of(other, lekstroom.stranger) == Sight((), user_id=lekstroom.stranger.pk)

    def test_it_comes_on_top_of_what_a_share_shows(self, shared_case, lekstroom):
        user = lekstroom.stranger
        Membership.objects.create(
            user=user,
            organisation=lekstroom.organisations["verband"],
            role=Role.COORDINATOR,
            valid_from=date(2026, 1, 1),
        )
        assert [s.role for s in self.open(shared_case, user).seats] == [Role.COORDINATOR, None]

    def test_the_gemeente_itself_needs_none(self, case, lekstroom):
        sight = self.open(case, lekstroom.officer)
        assert sight.emergency is None and [s.role for s in sight.seats] == [Role.LEERPLICHTAMBTENAAR]
