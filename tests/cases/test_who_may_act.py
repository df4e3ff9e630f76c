"""Who may do what of a subject, for each check of each room: everybody of the region is asked. The dossier is of
Nieuwegein; a bureau acts for that gemeente, and the samenwerkingsverband takes part."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.agreements import access as agreements
from cases.agreements.models import Mandate
from cases.decisions import access as decisions
from cases.decisions.rules import DecisionState
from cases.dossier.taking_part import Consent, Involvement
from cases.escalation import access as escalation
from cases.escalation.models import Review
from cases.intake import access as intake
from cases.intake.models import Intake
from cases.parts.matrix import Part
from cases.sharing import access as sharing
from cases.sharing.models import Referral
from cases.sight import access as sight
from cases.stops import access as stops
from cases.stops.models import Stop, StopCase
from cases.takeover import access as takeover
from cases.takeover.models import TakeOverFile
from leerplicht.models import ImportFile, RejectedLine
from tests import world
from tests.cases import besluit
from thuiszitters.core.people.organisations import Membership
from thuiszitters.core.people.roles import Role

GEMEENTE = {"officer", "leader"}
PARTNER = {"coordinator"}
NOBODY: set[str] = set()


def leaves(case, lekstroom, key: str, friday) -> None:
    """From today the organisation does not take part any more."""
    case.involvements.filter(organisation=lekstroom.organisations[key]).update(until=friday - timedelta(days=1))


class TestSharing:
    def test_an_organisation_is_let_go_by_the_gemeente_and_by_itself(self, shared_case, lekstroom, who):
        world.involve(shared_case, lekstroom.organisations["school"])
        for key, own in (("verband", PARTNER), ("school", {"teacher"})):
            row = Involvement(case=shared_case, organisation=lekstroom.organisations[key])
            assert who(lambda user, row=row: sharing.check_may_let_go(row, user)) == GEMEENTE | own

    def test_consent_is_withdrawn_by_the_gemeente_and_whose_data_it_is_about(self, shared_case, lekstroom, who):
        for key, own in (("verband", PARTNER), ("nieuwegein", NOBODY), ("school", NOBODY)):
            row = Consent(case=shared_case, owner=lekstroom.organisations[key])
            assert who(lambda user, row=row: sharing.check_may_withdraw(row, user)) == GEMEENTE | own

    @pytest.mark.parametrize(
        ("key", "people"),
        [
            ("verband", {"coordinator"}),
            ("jeugdteam", {"nurse"}),
            ("houten", {"colleague", "leader"}),
            ("zwolle", {"stranger"}),
        ],
    )
    def test_a_question_is_answered_by_whom_it_was_asked(self, case, lekstroom, who, key, people):
        row = self.asked(case, lekstroom, key)
        assert who(lambda user: sharing.check_may_answer(row, user)) == people
        assert who(lambda user: sharing.check_may_take_back(row, user)) == GEMEENTE

    def test_of_two_questions_each_has_its_own(self, case, lekstroom, who):
        first, second = (self.asked(case, lekstroom, key) for key in ("verband", "jeugdteam"))
        assert who(lambda user: sharing.check_may_answer(first, user)) == {"coordinator"}
        assert who(lambda user: sharing.check_may_answer(second, user)) == {"nurse"}

    def test_who_looks_in_an_emergency(self, who):
        looking = {"officer", "leader", "colleague", "stranger"}
        assert who(sharing.check_may_look_in_an_emergency) == looking

    def asked(self, case, lekstroom, key: str) -> Referral:
        return Referral.objects.create(
            case=case,
            kind="verwijzing",
            from_municipality=case.municipality,
            from_organisation=lekstroom.organisations["nieuwegein"],
            to_organisation=lekstroom.organisations[key],
            question="Kunt u helpen?",
            ground="taak",
            asked_by=lekstroom.officer,
        )


class TestEscalation:
    @pytest.fixture
    def review(self, shared_case, lekstroom) -> Review:
        return self.proposed(shared_case, lekstroom, "nieuwegein")

    def proposed(self, case, lekstroom, by: str) -> Review:
        orgs = lekstroom.organisations
        return Review.objects.create(
            case=case,
            from_organisation=orgs[by],
            to_organisation=orgs["verband"],
            question="Is er een plek?",
            tried="Drie gesprekken.",
            proposed_by=lekstroom.officer,
            proposed_at=timezone.now(),
        )

    def test_the_samenwerkingsverband_judges_and_the_gemeente_speaks(self, review, who):
        assert who(lambda user: escalation.check_may_judge(review, user)) == PARTNER
        assert who(lambda user: escalation.check_may_speak(review, user)) == GEMEENTE

    def test_only_while_it_takes_part(self, review, shared_case, lekstroom, who, friday):
        leaves(shared_case, lekstroom, "verband", friday)
        assert who(lambda user: escalation.check_may_judge(review, user)) == NOBODY
        assert who(lambda user: escalation.check_may_speak(review, user)) == GEMEENTE

    def test_only_this_one(self, review, lekstroom, who):
        """Another dossier has an escalation that the same people judge."""
        other = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
        world.involve(other, lekstroom.organisations["verband"])
        self.proposed(other, lekstroom, "nieuwegein")
        leaves(review.case, lekstroom, "verband", world.date(2026, 11, 20))
        assert who(lambda user: escalation.check_may_judge(review, user)) == NOBODY

    def test_the_gemeente_of_another_dossier_does_not_speak(self, review, lekstroom, who):
        there = world.open_case(world.pupil(municipality_id="0193"), lekstroom.schools["99AC00"])
        row = self.proposed(there, lekstroom, "zwolle")
        assert who(lambda user: escalation.check_may_speak(row, user)) == {"stranger"}
        assert who(lambda user: escalation.check_may_speak(review, user)) == GEMEENTE


class TestIntake:
    def test_a_report_is_handled_where_the_child_lives(self, lekstroom, case, who):
        here = Intake.objects.get(case=case)
        there = world.open_case(world.pupil(municipality_id="0193"), lekstroom.schools["99AC00"]).intakes.get()
        assert who(lambda user: intake.check_may_handle(here, user)) == GEMEENTE
        assert who(lambda user: intake.check_may_handle(there, user)) == {"stranger"}

    def test_who_enters_a_report_by_hand(self, lekstroom, who):
        assert who(intake.check_may_enter) == {"officer", "leader", "colleague", "stranger", "teacher"}

    def test_a_file_is_decided_on_by_whose_it_is(self, lekstroom, who):
        orgs = lekstroom.organisations
        for key, people in (("nieuwegein", {"officer"}), ("bureau", {"leader"}), ("verband", NOBODY)):
            file = ImportFile(organisation=orgs[key])
            assert who(lambda user, file=file: intake.check_may_decide_on(file, user)) == people

    def test_a_refused_line_is_corrected_by_whose_file_it_stood_in(self, lekstroom, who):
        orgs = lekstroom.organisations
        lines = []
        for key in ("nieuwegein", "zwolle"):
            lines.append(RejectedLine.objects.create(organisation=orgs[key], line=2, sealed_row="x"))
        assert who(lambda user: intake.check_may_correct(lines[0], user)) == {"officer"}
        assert who(lambda user: intake.check_may_correct(lines[1], user)) == {"stranger"}


class TestFromAnotherSystem:
    def test_a_file_is_offered_by_who_leads_the_team_there(self, lekstroom, who):
        for key, people in (("bureau", {"leader"}), ("nieuwegein", NOBODY), ("zwolle", NOBODY), ("school", NOBODY)):
            organisation = lekstroom.organisations[key]
            assert who(lambda user, row=organisation: takeover.check_may_offer(row, user)) == people

    def test_and_decided_on_by_the_same(self, lekstroom, who):
        for key, people in (("bureau", {"leader"}), ("nieuwegein", NOBODY)):
            file = TakeOverFile(organisation=lekstroom.organisations[key])
            assert who(lambda user, file=file: takeover.check_may_decide_on(file, user)) == people


class TestOfARegion:
    def test_what_a_region_agrees_is_written_down_there(self, lekstroom, who):
        for key, people in (("regio", {"region"}), ("regio_elders", {"region_elsewhere"}), ("nieuwegein", NOBODY)):
            row = lekstroom.organisations[key]
            assert who(lambda user, row=row: agreements.check_may_agree(row, user)) == people

    def test_a_right_in_an_organisation_of_another_kind_is_not_enough(self, lekstroom, who):
        bureau = lekstroom.organisations["bureau"]
        Membership.objects.create(user=lekstroom.admin, organisation=bureau, role=Role.REGIO, valid_from=world.START)
        assert who(lambda user: agreements.check_may_agree(bureau, user)) == NOBODY

    def test_a_stop_is_planned_for_the_own_organisation(self, lekstroom, who):
        for key, people in (("nieuwegein", {"officer"}), ("bureau", {"leader"}), ("verband", PARTNER | {"holder"})):
            row = Stop(organisation=lekstroom.organisations[key])
            assert who(lambda user, row=row: stops.check_may_plan(row, user)) == people

    def test_a_stop_is_planned_for_a_region_by_its_coordinator(self, lekstroom, who):
        here, there = lekstroom.organisations["regio"], lekstroom.organisations["regio_elders"]
        for organisation, region, people in ((here, here, {"region"}), (there, there, {"region_elsewhere"})):
            row = Stop(organisation=organisation, region=region)
            assert who(lambda user, row=row: stops.check_may_plan(row, user)) == people
        assert who(lambda user: stops.check_may_plan(Stop(organisation=here, region=there), user)) == NOBODY

    def test_own_dossiers_are_brought_by_who_belongs_to_the_region(self, lekstroom, who):
        regio, elders = lekstroom.organisations["regio"], lekstroom.organisations["regio_elders"]
        members = GEMEENTE | PARTNER | {"colleague", "holder"}
        for organisation, region, people in (
            ("nieuwegein", regio, members),
            ("regio", regio, members),
            ("zwolle", elders, {"stranger", "partner_elsewhere"}),
            ("nieuwegein", elders, {"officer", "stranger", "partner_elsewhere"}),
        ):
            row = Stop(organisation=lekstroom.organisations[organisation], region=region)
            assert who(lambda user, row=row: stops.check_may_bring(row, user)) == people

    def test_off_the_agenda_by_who_plans_and_by_the_side_that_put_it_there(self, case, lekstroom, who):
        where = {"region": lekstroom.organisations["regio"], "starts_at": timezone.now(), "place": "x"}
        where |= {"organisation": lekstroom.organisations["verband"], "by": lekstroom.coordinator}
        stop = Stop.objects.create(**where)
        for author, people in (("officer", GEMEENTE), ("colleague", {"colleague", "leader"}), ("coordinator", set())):
            by = lekstroom.users[author]
            row, _ = StopCase.objects.update_or_create(stop=stop, case=case, defaults={"position": 1, "added_by": by})
            may = who(lambda user, row=row: stops.check_may_take_off(row, user))
            assert may == people | PARTNER | {"holder"}


class TestSight:
    def test_who_writes_in_which_part(self, shared_case, lekstroom, who):
        world.involve(shared_case, lekstroom.organisations["jeugdteam"], parts=["verloop"])
        world.involve(shared_case, lekstroom.organisations["school"], parts=["verzuim"])
        assert who(lambda user: sight.check_may_write(shared_case, user)) == GEMEENTE | PARTNER | {"nurse"}
        assert who(lambda user: sight.check_may_write(shared_case, user, Part.HANDHAVING)) == {"boa"}
        assert sight.check_may_write(shared_case, None) is None


class TestDecisions:
    @pytest.mark.parametrize(
        ("source", "target", "holders"),
        [
            (DecisionState.VOORGELEGD, DecisionState.ONDERTEKEND, {"holder"}),
            (DecisionState.VOORGELEGD, DecisionState.AANGEVRAAGD, {"holder"}),
            (DecisionState.AANGEVRAAGD, DecisionState.VOORGELEGD, NOBODY),
            (DecisionState.AANGEVRAAGD, DecisionState.NIET_GENOMEN, NOBODY),
        ],
    )
    def test_the_gemeente_moves_it_and_the_holder_what_is_a_holders(self, presented, who, source, target, holders):
        presented.state = source
        assert who(lambda user: decisions.check_may_move(presented, user, target)) == GEMEENTE | holders

    def test_a_move_that_is_not_there_is_for_nobody_to_find_out(self, presented, who):
        assert who(lambda user: decisions.check_may_move(presented, user, "ergens")) == GEMEENTE | {"holder"}

    def test_not_a_holder_whose_organisation_left(self, presented, lekstroom, who, friday):
        leaves(presented.case, lekstroom, "verband", friday)
        assert who(lambda user: decisions.check_may_move(presented, user, DecisionState.ONDERTEKEND)) == GEMEENTE

    def test_not_a_holder_whose_organisation_does_not_read_the_course(self, presented, lekstroom, who):
        presented.case.involvements.filter(organisation=lekstroom.organisations["verband"]).update(parts=["basis"])
        assert who(lambda user: decisions.check_may_move(presented, user, DecisionState.ONDERTEKEND)) == GEMEENTE

    def test_what_a_holder_can_sign_now(self, presented, lekstroom, friday):
        def scopes(user) -> tuple[list[str], list[str]]:
            signer = decisions.Signer(user, friday)
            return list(signer.of(presented)), list(signer.still(presented))

        assert scopes(lekstroom.holder) == (["onderwijs"], ["onderwijs"])
        assert scopes(lekstroom.officer) == ([], [])
        besluit.mandate(lekstroom, "zorg")  # about something else
        assert scopes(lekstroom.holder) == (["onderwijs"], ["onderwijs"])
        presented.presented_by = lekstroom.holder
        assert scopes(lekstroom.holder) == ([], []), "not what somebody laid before himself"
        presented.presented_by, presented.state = lekstroom.officer, DecisionState.AANGEVRAAGD
        assert scopes(lekstroom.holder) == (["onderwijs"], [])

    def test_what_was_signed_in_this_version_is_done(self, ready, lekstroom, friday):
        besluit.mandate(lekstroom, "zorg")
        row = besluit.presented(ready, lekstroom, scopes=["onderwijs", "zorg"])
        people = {"by": lekstroom.holder, "presented_by": lekstroom.officer}
        row.signatures.create(scope="onderwijs", version=row.version, mandate=Mandate.objects.first(), **people)
        assert list(decisions.Signer(lekstroom.holder, friday).still(row)) == ["zorg"]
        row.version += 1
        assert set(decisions.Signer(lekstroom.holder, friday).still(row)) == {"onderwijs", "zorg"}


def test_the_application_itself_is_not_asked(case):
    for check in (
        lambda: agreements.check_may_agree(None, None),
        lambda: decisions.check_may_move(None, None, ""),
        lambda: escalation.check_may_judge(None, None),
        lambda: escalation.check_may_speak(None, None),
        lambda: intake.check_may_handle(None, None),
        lambda: intake.check_may_enter(None),
        lambda: intake.check_may_decide_on(None, None),
        lambda: intake.check_may_correct(None, None),
        lambda: sharing.check_may_answer(None, None),
        lambda: takeover.check_may_decide_on(None, None),
        lambda: sharing.check_may_take_back(None, None),
        lambda: sharing.check_may_let_go(Involvement(case=case), None),
        lambda: stops.check_may_plan(None, None),
        lambda: stops.check_may_bring(None, None),
        lambda: stops.check_may_take_off(None, None),
    ):
        assert check() is None
