"""Whoever lost a share, a role or an account gets nothing at the next request, nor from work that was still running
(AZ-06, AZ-07); and what is visible is always what ownership, shares and roles say, in whatever order they came."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reporting.dossiers.views
from cases.dossier.models import Case
from cases.dossier.taking_part import Consent, Involvement
from cases.intake import uploads
from cases.parts.matrix import MATRIX, Level, Part
from cases.sharing import acts as sharing
from cases.sight.seats import MUNICIPAL_SIDE, sight_of
from leerplicht.models import AbsenceReport, ImportFile
from tests import world
from tests.cases import absence_file
from thuiszitters.core.jobs.queue import enqueue, work_job
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.people.organisations import Membership
from thuiszitters.core.people.roles import Role
from thuiszitters.core.people.users import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(lekstroom, friday) -> Case:
    made = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
    for key in ("verband", "school"):
        world.involve(made, lekstroom.organisations[key])
    return made


def end_share(world_, case):
    row = case.involvements.get(organisation=world_.organisations["verband"])
    sharing.end_involvement(row, by=world_.officer)


def end_role(world_, case):
    Membership.objects.filter(user=world_.coordinator).update(valid_until=date(2026, 11, 19))


def block(world_, case):
    User.objects.filter(pk=world_.coordinator.pk).update(is_active=False)


LOSSES = [end_share, end_role, block]


@pytest.mark.parametrize("lose", LOSSES)
@pytest.mark.parametrize("path", ["", "papier/", "contact/"])
def test_the_next_request_of_the_same_session_is_refused(lekstroom, case, client, lose, path):
    client.force_login(lekstroom.coordinator)
    address = f"/dossiers/{case.number}/{path}"
    assert client.get(address).status_code == 200
    lose(lekstroom, case)
    assert client.get(address).status_code in (302, 403, 404)
    assert case.pupil.last_name not in client.get("/werkvoorraad/?lijst=alle", follow=True).content.decode()


@pytest.mark.parametrize("lose", LOSSES)
def test_a_paper_that_was_being_made_does_not_leave(lekstroom, case, client, monkeypatch, lose):
    """Making a paper takes seconds; what was lost in those seconds counts."""
    made = reporting.dossiers.views.dossier_pdf

    def slow(*args, **kwargs):
        paper = made(*args, **kwargs)
        lose(lekstroom, case)
        return paper

    monkeypatch.setattr(reporting.dossiers.views, "dossier_pdf", slow)
    client.force_login(lekstroom.coordinator)
    response = world.take_along(client, case)
    assert response.status_code == 404 and b"%PDF" not in response.content
    assert AuditEvent.objects.latest("pk").result == "geweigerd"


class TestAJob:
    @pytest.fixture
    def accepted(self, lekstroom, friday) -> ImportFile:
        """A file that the officer agreed to; the worker did not begin yet."""
        content = absence_file.content(absence_file.row(1), absence_file.row(2))
        row = uploads.upload(
            "week.csv",
            content,
            by=lekstroom.officer,
            organisation=lekstroom.organisations["nieuwegein"],
            municipalities={"0356"},
        )
        ImportFile.objects.filter(pk=row.pk).update(state=ImportFile.State.READING)
        return row

    def test_acts_with_the_rights_of_now(self, lekstroom, accepted):
        Membership.objects.filter(user=lekstroom.officer).update(valid_until=date(2026, 11, 19))
        assert work_job(enqueue(uploads.READ, accepted.pk, lekstroom.officer).pk)
        accepted.refresh_from_db()
        assert (accepted.state, accepted.problem, accepted.content) == ("mislukt", uploads.NO_LONGER, None)
        assert not AbsenceReport.objects.exists()
        assert AuditEvent.objects.get(action="reports_imported").result == "geweigerd"

    def test_with_the_rights_it_still_does_its_work(self, accepted, lekstroom):
        assert work_job(enqueue(uploads.READ, accepted.pk, lekstroom.officer).pk)
        assert AbsenceReport.objects.count() == 2

    def test_only_for_the_gemeenten_that_are_left(self, lekstroom, accepted):
        ImportFile.objects.filter(pk=accepted.pk).update(municipalities=["0356", "0193"])
        work_job(enqueue(uploads.READ, accepted.pk, lekstroom.officer).pk)
        assert AbsenceReport.objects.count() == 2


def test_a_foreign_number_costs_the_same_questions_as_one_that_does_not_exist(lekstroom, case, client):
    """AZ-02: not the clock, which differs with the machine, but what the database is asked."""
    client.force_login(lekstroom.stranger)

    def asked(number: str) -> list[str]:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"/dossiers/{number}/").status_code == 404
        return [q["sql"][:40] for q in caught.captured_queries if "SAVEPOINT" not in q["sql"]]

    asked(case.number)
    assert asked(case.number) == asked("TZ-0356-2026-9999")


# --- Shares in any order (PR-05) ------------------------------------------------------------------------

PARTNERS = ("verband", "school", "jeugdteam")
VIEWERS = {
    "coordinator": ("verband", Role.COORDINATOR),
    "holder": ("verband", Role.HOUDER),
    "teacher": ("school", Role.SCHOOL),
    "nurse": ("jeugdteam", Role.ZORG),
}
PARTS = st.lists(st.sampled_from(["verzuim", "verloop", "vrijstelling"]), unique=True)
STEP = st.one_of(
    st.tuples(st.just("share"), st.sampled_from(PARTNERS), PARTS),
    st.tuples(st.just("end"), st.sampled_from(PARTNERS), st.just([])),
    st.tuples(st.just("expire"), st.sampled_from(PARTNERS), st.just([])),
    st.tuples(st.just("consent"), st.sampled_from(PARTNERS), st.just([])),
    st.tuples(st.just("withdraw"), st.sampled_from(PARTNERS), st.just([])),
    st.tuples(st.just("role ends"), st.sampled_from(list(VIEWERS)), st.just([])),
    st.tuples(st.just("role begins"), st.sampled_from(list(VIEWERS)), st.just([])),
)


class Model:
    """What should be visible, kept apart from the application."""

    def __init__(self):
        self.shared: dict[str, set[str]] = {}
        self.health: set[str] = set()
        self.roles = set(VIEWERS)

    def level(self, who: str, part: Part) -> Level:
        organisation, role = VIEWERS[who]
        if who not in self.roles or organisation not in self.shared:
            return Level.NONE
        allowed = MATRIX[role][part]
        always = part in (Part.IDENTITEIT, Part.GEZONDHEID) or (part == Part.VEILIGHEID and allowed == Level.OWN)
        return allowed if always or part in self.shared[organisation] else Level.NONE

    def reads_health(self, who: str) -> bool:
        organisation, _ = VIEWERS[who]
        return who in self.roles and organisation in self.shared and organisation in self.health


def apply(step, model: Model, case: Case, lekstroom) -> None:
    what, whom, parts = step
    today = timezone.localdate()
    if what.startswith("role"):
        begins = what == "role begins"
        until = None if begins else today - timedelta(days=1)
        Membership.objects.filter(user=lekstroom.users[whom]).update(valid_until=until)
        (model.roles.add if begins else model.roles.discard)(whom)
        return
    organisation = lekstroom.organisations[whom]
    running = Involvement.objects.filter(case=case, organisation=organisation, ended_at=None)
    if what == "share" and whom not in model.shared:
        fitting = [p for p in parts if not (whom == "jeugdteam" and p != "verloop")]
        row = Involvement(case=case, organisation=organisation, since=today, ground="taak", parts=fitting)
        sharing.involve(row, by=lekstroom.officer)
        model.shared[whom] = set(fitting)
    elif what == "end" and running:
        sharing.end_involvement(running.get(), by=lekstroom.officer)
        model.shared.pop(whom, None)
        model.health.discard(whom)
    elif what == "expire" and running:
        running.update(since=today - timedelta(days=9), until=today - timedelta(days=1))
        model.shared.pop(whom, None)
    elif what == "consent" and whom not in model.health:
        owner = lekstroom.organisations["nieuwegein"]
        row = Consent(
            case=case,
            owner=owner,
            recipient=organisation,
            by_parents=True,
            by_youth=True,
            health=True,
            scope="x",
            given_on=today,
        )
        sharing.give_consent(row, by=lekstroom.officer)
        model.health.add(whom)
    elif what == "withdraw":
        for row in Consent.objects.filter(case=case, recipient=organisation, withdrawn_at=None):
            sharing.withdraw_consent(row, by=lekstroom.officer)
        model.health.discard(whom)


def check(model: Model, case: Case, lekstroom) -> None:
    for who in VIEWERS:
        user = User.objects.get(pk=lekstroom.users[who].pk)
        sight = sight_of(case, user)
        expected = {part: model.level(who, part) for part in Part}
        assert {part: sight.at(part) for part in Part} == expected, who
        visible = Case.objects.visible_to(user).filter(pk=case.pk).exists()
        assert visible == (expected[Part.IDENTITEIT] > Level.NONE), who
        health = any(MUNICIPAL_SIDE in seat.health_from for seat in sight.seats)
        assert health == model.reads_health(who), who


@given(steps=st.lists(STEP, max_size=25))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_visible_is_what_shares_roles_and_consent_say_in_any_order(lekstroom, friday, steps):
    with transaction.atomic():
        case = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
        model = Model()
        check(model, case, lekstroom)
        for step in steps:
            apply(step, model, case, lekstroom)
            check(model, case, lekstroom)
        transaction.set_rollback(True)
