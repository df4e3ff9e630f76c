"""Nothing that waits is out of sight: each kind by itself, and in whatever order people do whatever they do."""

import os
from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from cases.clock.acts import facts_changed
from cases.closing import acts as closing
from cases.closing.models import ClosingProposal
from cases.dossier.access import NotAllowed
from cases.dossier.models import Case, Task
from cases.dossier.rules import NotNow
from cases.handling import acts as handling
from cases.intake import inbox
from cases.intake.models import Intake
from cases.load import acts as load
from cases.nightly import run_due
from cases.sharing import asking
from cases.sharing.models import Referral
from cases.today import sight
from cases.today.models import OutOfSight
from cases.today.sight import KINDS, Kind, look_for_gaps, out_of_sight
from leerplicht.models import RejectedLine, SchoolReturn
from tests import world
from thuiszitters.core.jobs.models import Job
from thuiszitters.core.people.absences import Absence
from thuiszitters.core.people.organisations import Membership
from thuiszitters.core.people.roles import Role
from thuiszitters.core.people.users import User
from thuiszitters.core.sealed.secrets import seal

TODAY = date(2026, 11, 20)
RUNS, ACTS = int(os.environ.get("SIGHT_RUNS", "6")), 25


def end_roles(*users) -> None:
    Membership.objects.filter(user__in=users).update(valid_until=TODAY - timedelta(days=30))


@pytest.fixture
def case(lekstroom, friday) -> Case:
    return world.open_case(world.pupil(), lekstroom.schools["99AA00"])


class TestEachKind:
    """What happens with the people of Nieuwegein; the rest of the world stays."""

    def make(self, kind: str, case: Case, lekstroom) -> None:
        officer, gemeente = lekstroom.officer, lekstroom.organisations["nieuwegein"]
        if kind == "handler":
            handling.assign(case, officer, by=officer)
        elif kind == "step of a partner":
            world.involve(case, lekstroom.organisations["jeugdteam"], parts=["verloop"])
            Task.objects.create(
                case=case, title="x", due_on=TODAY, owner_organisation=lekstroom.organisations["jeugdteam"]
            )
        elif kind == "report":
            world.take_in(
                [world.report(world.pupil(), lekstroom.schools["99AA00"], all_lessons=False, kind="L")], today=TODAY
            )
        elif kind == "refused line":
            RejectedLine.objects.create(
                file_name="f", line=1, field="brin", reason="x", sealed_row=seal("{}"), municipality_code="0356"
            )
        elif kind == "question":
            row = Referral(
                case=case,
                kind="verwijzing",
                ground="convenant",
                parts=["verloop"],
                question="x",
                from_municipality=case.municipality,
                from_organisation=gemeente,
                to_organisation=lekstroom.organisations["verband"],
            )
            asking.ask(row, by=officer)
        elif kind == "closed while the clock runs":
            closing.close(case, result="BUITENLAND", by=officer, because="weg")
        elif kind == "closing to confirm":
            closing.propose(case, result="GEEN_VERZUIM", because="x", by=officer)
        elif kind == "failed work":
            Job.objects.create(kind="x", subject_id=1, state=Job.State.FAILED)

    WHAT = (
        "nobody",
        "handler",
        "step of a partner",
        "report",
        "refused line",
        "question",
        "closed while the clock runs",
        "closing to confirm",
        "failed work",
    )

    @pytest.mark.parametrize(
        "gone", ["nobody", "officer", "leader", "officer leader", "nurse", "officer leader nurse coordinator"]
    )
    @pytest.mark.parametrize("what", WHAT)
    def test_is_in_sight_whoever_leaves(self, what, gone, case, lekstroom):
        self.make(what, case, lekstroom)
        assert out_of_sight(TODAY) == []
        end_roles(*(lekstroom.users[who] for who in gone.split() if who != "nobody"))
        assert out_of_sight(TODAY) == []

    @pytest.mark.parametrize("stand_in", [None, "leader"])
    def test_is_in_sight_when_the_handler_is_away(self, case, lekstroom, stand_in):
        handling.assign(case, lekstroom.officer, by=lekstroom.officer)
        Absence.objects.create(
            user=lekstroom.officer,
            first_day=TODAY,
            last_day=TODAY,
            stand_in=lekstroom.users[stand_in] if stand_in else None,
            by=lekstroom.officer,
        )
        assert out_of_sight(TODAY) == []

    def test_without_anybody_at_all_everything_is_a_gap(self, case, lekstroom):
        end_roles(*User.objects.all())
        kinds = {gap.kind for gap in out_of_sight(TODAY)}
        assert {"dossier", "stap", "verdelen"} <= kinds


@pytest.mark.parametrize(("kind", "gone"), [("verdelen", "dossier"), ("klok", "klok")])
def test_with_one_rule_less_a_gap_is_seen(case, lekstroom, monkeypatch, kind, gone):
    """The control: as if nobody were asked about what nobody looks after."""
    if kind == "klok":
        closing.close(case, result="BUITENLAND", by=lekstroom.officer, because="weg")
    blind = [Kind(k.code, lambda user, today: set(), k.every) if k.code == kind else k for k in KINDS]
    assert {gap.kind for gap in out_of_sight(TODAY, blind)} == {kind}
    monkeypatch.setattr(sight, "nobodys", lambda user, today: Case.objects.none())
    assert (gone in {gap.kind for gap in out_of_sight(TODAY)}) == (kind == "verdelen")


class TestTheNightlyLook:
    def test_writes_a_gap_down_once_and_strikes_it_off(self, case, lekstroom, monkeypatch, as_user):
        with monkeypatch.context() as patch:
            patch.setattr(sight, "nobodys", lambda user, today: Case.objects.none())
            assert look_for_gaps(TODAY) == look_for_gaps(TODAY) == OutOfSight.objects.filter(gone_at=None).count() > 0
            for who, shown in (("leader", True), ("admin", True), ("officer", False), ("stranger", False)):
                assert ("bij niemand op Vandaag" in as_user(who).get("/vandaag/").content.decode()) == shown, who
        assert look_for_gaps(TODAY) == 0
        assert not OutOfSight.objects.filter(gone_at=None).exists()

    def test_is_part_of_the_round(self, case, lekstroom):
        assert run_due(TODAY)["uit beeld"] == 0


class Region(RuleBasedStateMachine):
    """Two officers, a team lead and partners; children come home, people leave, fall ill, close, hand out, come back.
    After each act nothing that waits is out of sight."""

    lekstroom: world.World

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.traveller = time_machine.travel("2026-11-20 10:00:00+01:00", tick=False)
        self.clock = self.traveller.start()

    def teardown(self):
        self.traveller.stop()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @property
    def today(self) -> date:
        return timezone.localdate()

    def person(self, name: str) -> User:
        return User.objects.get(pk=self.lekstroom.users[name].pk)

    def attempt(self, act) -> None:
        try:
            with transaction.atomic():
                act()
        except (NotNow, NotAllowed):
            pass

    def case(self, data) -> Case | None:
        rows = list(Case.objects.order_by("pk"))
        return data.draw(st.sampled_from(rows)) if rows else None

    WHO = st.sampled_from(["officer", "second", "leader"])

    @rule(all_lessons=st.booleans(), days_ago=st.integers(-3, 60))
    def a_report_comes_in(self, all_lessons, days_ago):
        report = world.report(
            world.pupil(),
            self.lekstroom.schools["99AA00"],
            all_lessons=all_lessons,
            kind="LRV" if all_lessons else "L",
            first_day=self.today - timedelta(days=days_ago),
        )
        world.take_in([report], today=self.today)

    @rule()
    def a_line_is_refused(self):
        RejectedLine.objects.create(
            file_name="f", line=1, field="brin", reason="x", sealed_row=seal("{}"), municipality_code="0356"
        )

    @rule(data=st.data(), who=WHO)
    def somebody_judges_a_report(self, data, who):
        rows = list(Intake.objects.filter(state="wacht").order_by("pk"))
        if rows:
            row = data.draw(st.sampled_from(rows))
            self.attempt(lambda: inbox.take_into_case(row, by=self.person(who)))

    @rule(data=st.data(), to=st.sampled_from(["officer", "second", "leader", None]), by=WHO)
    def somebody_is_given_a_dossier(self, data, to, by):
        if case := self.case(data):
            handler = self.person(to) if to else None
            self.attempt(lambda: handling.assign(case, handler, by=self.person(by), because="x"))

    @rule(person=st.sampled_from(["officer", "second"]), to=st.lists(WHO, max_size=2, unique=True))
    def all_of_somebody_is_handed_out(self, person, to):
        leader = self.person("leader")
        people = [self.person(name) for name in to]
        self.attempt(lambda: load.hand_out_all_of(self.person(person), people, by=leader, because="x"))

    @rule(who=WHO, stand_in=st.sampled_from(["officer", "second", "leader", None]), length=st.integers(0, 10))
    def somebody_is_away(self, who, stand_in, length):
        user, instead = self.person(who), self.person(stand_in) if stand_in and stand_in != who else None
        last = self.today + timedelta(days=length)
        self.attempt(lambda: load.be_away(user, first_day=self.today, last_day=last, stand_in=instead, by=user))

    @rule(who=st.sampled_from(["officer", "second", "leader", "nurse", "coordinator"]))
    def somebody_leaves(self, who):
        Membership.objects.filter(user=self.person(who)).update(valid_until=self.today - timedelta(days=1))

    @rule(who=st.sampled_from(["officer", "second", "leader", "nurse", "coordinator"]))
    def somebody_comes_back(self, who):
        Membership.objects.filter(user=self.person(who)).update(valid_until=None)

    @rule(data=st.data(), result=st.sampled_from(["BUITENLAND", "GEEN_VERZUIM", "EIGEN_SCHOOL_VOLLEDIG"]), who=WHO)
    def somebody_closes(self, data, result, who):
        if not (case := self.case(data)):
            return
        by = self.person(who)
        self.attempt(lambda: closing.close(case, result=result, by=by, because="x"))
        if result == "GEEN_VERZUIM":
            self.attempt(lambda: closing.propose(case, result=result, because="x", by=by))

    @rule(data=st.data(), who=WHO, yes=st.booleans())
    def somebody_answers_a_closing(self, data, who, yes):
        if rows := list(ClosingProposal.objects.open().order_by("pk")):
            row = data.draw(st.sampled_from(rows))
            self.attempt(lambda: closing.answer(row, agreed=yes, words="x", by=self.person(who)))

    @rule(data=st.data(), who=WHO)
    def a_child_is_back(self, data, who):
        if case := self.case(data):
            by = self.person(who)
            self.attempt(lambda: closing.follow(case, first_day=self.today, source="mentor", by=by))

    @rule(data=st.data())
    def a_return_fails(self, data):
        if rows := list(SchoolReturn.objects.filter(last_day=None).order_by("pk")):
            row = data.draw(st.sampled_from(rows))
            row.last_day = max(row.first_day, self.today - timedelta(days=1))
            row.save()
            facts_changed([row.pupil_id], self.today)

    @rule(data=st.data(), who=WHO)
    def somebody_asks_a_partner(self, data, who):
        if not (case := self.case(data)):
            return
        row = Referral(
            case=case,
            kind="verwijzing",
            ground="convenant",
            parts=["verloop"],
            question="x",
            from_municipality=case.municipality,
            from_organisation=self.lekstroom.organisations["nieuwegein"],
            to_organisation=self.lekstroom.organisations["verband"],
        )
        self.attempt(lambda: asking.ask(row, by=self.person(who)))

    @rule(days=st.integers(1, 12))
    def days_pass(self, days):
        self.clock.shift(timedelta(days=days))
        run_due(self.today)

    @invariant()
    def nothing_is_out_of_sight(self):
        assert out_of_sight(self.today) == []


def test_whatever_people_do_nothing_is_out_of_sight(lekstroom):
    user = User.objects.create_user("tweede@voorbeeld.test", "wachtwoord-12", first_name="Tom", last_name="Tweede")
    role, where = Role.LEERPLICHTAMBTENAAR, lekstroom.organisations["nieuwegein"]
    Membership.objects.create(user=user, organisation=where, role=role, valid_from=world.START)
    lekstroom.users["second"] = user
    Region.lekstroom = lekstroom
    run_state_machine_as_test(
        Region,
        settings=settings(
            max_examples=RUNS, stateful_step_count=ACTS, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
