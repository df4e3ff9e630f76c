"""Nieuwegein becomes a part of another gemeente on 1 January 2027: everything goes along, nothing starts anew."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cases.agreements.models import Mandate
from cases.agreements.regions import gemeenten_of_mine
from cases.clock.models import Deadline, Flag
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.nightly import run_due
from cases.redivision import acts
from cases.redivision.queries import numbers, waiting_of
from cases.redivision.rules import Part
from cases.region.queries import children
from cases.sharing.models import Referral
from cases.worklist.queries import Filters
from leerplicht.models import Municipality, Pupil, Redivision, School
from tests import world
from tests.cases import besluit
from tests.cases.redivision.conftest import DAY, fresh, gemeente, part
from tests.cases.refusal import refusal
from thuiszitters.core.log.models import AuditEvent, controlled_by
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Membership, Organisation, OrganisationLink
from thuiszitters.core.people.roles import Right

pytestmark = pytest.mark.django_db


def prepare(lekstroom, code="1999", old="0356", day=DAY) -> Redivision:
    return acts.prepare(gemeente(old), day, [part(code)], by=lekstroom.admin)


def clock(case) -> tuple[list, list]:
    """Deadlines and flags as they are stored, with their keys."""
    deadlines = Deadline.objects.filter(case=case).order_by("pk")
    flags = Flag.objects.filter(deadline__case=case).order_by("pk")
    return list(deadlines.values()), list(flags.values())


@pytest.fixture
def merged(lekstroom, case, new_year):
    """Carried out by the night of the day, into a gemeente with a new code."""
    prepare(lekstroom)
    with new_year:
        run_due(DAY)
        yield case


class TestBefore:
    def test_nothing_happens_before_the_day(self, lekstroom, case):
        row = prepare(lekstroom)
        run_due(date(2026, 11, 21))
        row.refresh_from_db()
        assert (row.state, Case.objects.get().municipality_id, gemeente("0356").last_day) == (
            "voorbereid",
            "0356",
            None,
        )
        assert not Municipality.objects.filter(code="1999").exists()

    def test_a_round_that_looks_ahead_does_nothing_early(self, lekstroom, case):
        row = prepare(lekstroom)
        run_due(DAY)
        row.refresh_from_db()
        assert (row.state, Case.objects.get().municipality_id) == ("voorbereid", "0356")

    def test_it_can_be_cancelled_until_then(self, lekstroom, case, new_year):
        row = prepare(lekstroom)
        acts.cancel(row, by=lekstroom.admin)
        with new_year:
            run_due(DAY)
            assert Case.objects.get().municipality_id == "0356"
            assert refusal(acts.cancel, row, by=lekstroom.admin) == acts.TOO_LATE
        assert prepare(lekstroom).pk != row.pk

    def test_the_numbers_name_nobody(self, lekstroom, case):
        found = numbers("0356", DAY, [Part("1999")])
        assert found["kinderen"] == found["open dossiers"] == 1
        assert found["afgesloten dossiers"] == found["kinderen voor wie iemand moet kiezen"] == 0
        assert found["rollen van medewerkers"] == Membership.objects.filter(organisation__code="0356").count() > 0
        assert all(isinstance(count, int) for count in found.values())

    @pytest.mark.parametrize(
        ("old", "code", "sentence"),
        [
            ("0356", "0356", "Een gemeente kan niet opgaan in zichzelf."),
            ("0356", "0193", "Voor Zwolle staat zelf een herindeling klaar. Kies waar die in opgaat."),
            ("0193", "0321", "Voor Zwolle staat al een herindeling klaar."),
        ],
    )
    def test_what_cannot_be(self, lekstroom, old, code, sentence):
        prepare(lekstroom, "0321", old="0193")
        assert refusal(prepare, lekstroom, code, old=old) == sentence

    @pytest.mark.parametrize("who", ["officer", "leader", "coordinator", "stranger", "controller"])
    def test_only_an_administrator_prepares(self, lekstroom, who):
        with pytest.raises(Exception) as refused:
            acts.prepare(gemeente("0356"), DAY, [part("1999")], by=lekstroom.users[who])
        assert refused.type.__name__ == "NotAllowed" and not Redivision.objects.exists()


class TestWhatGoesAlong:
    def test_child_and_dossier_with_number_handler_and_steps(self, lekstroom, case, new_year):
        Case.objects.update(handler=lekstroom.officer)
        tasks, steps = list(case.tasks.values()), list(case.steps.order_by("pk").values())
        prepare(lekstroom)
        with new_year:
            run_due(DAY)
        after = Case.objects.get()
        assert (after.number, after.municipality_id, after.pupil.municipality_id) == (case.number, "1999", "1999")
        assert (after.handler, list(after.tasks.values())) == (lekstroom.officer, tasks)
        assert [s["pk"] if "pk" in s else s["id"] for s in after.steps.order_by("pk").values()] == [
            s["id"] for s in steps
        ]
        assert after.history.first().history_change_reason == "herindeling"

    def test_terms_and_flags_go_on_as_they_were(self, lekstroom, case, new_year):
        """Also the regional term, though the new code was no member of the region when the clock began."""
        run_due(date(2026, 12, 31))
        before = clock(case)
        assert {d["term_code"] for d in before[0]} == {"4-weken", "6-weken", "3-maanden"} and before[1]
        prepare(lekstroom)
        with new_year:
            run_due(DAY)
            assert clock(case)[0] == before[0] and clock(case)[1][: len(before[1])] == before[1]
            once = clock(case)
            run_due(DAY)
            assert clock(case) == once
        assert not Flag.objects.exclude(withdrawn_at=None).exists()

    def test_closed_dossiers_are_read_by_the_successor(self, lekstroom, case, new_year):
        gone = world.pupil(municipality_id="0193")
        old = Case.objects.create(
            number="TZ-0356-2024-0001", pupil=gone, municipality_id="0356", opened_on=date(2024, 1, 1),
            opened_because="x", state="afgesloten", closed_on=date(2024, 5, 1), result="VERHUISD",
        )  # fmt: skip
        prepare(lekstroom)
        with new_year:
            run_due(DAY)
            assert Case.objects.visible_to(fresh(lekstroom.officer)).filter(pk=old.pk).exists()
        assert Pupil.objects.get(pk=gone.pk).municipality_id == "0193"

    def test_schools_stand_in_the_new_gemeente_with_their_region(self, merged):
        school = School.objects.get(code="99AA00")
        assert (school.municipality_id, school.holiday_region) == ("1999", "midden")

    def test_codes_have_days_and_a_successor(self, merged):
        assert (gemeente("0356").last_day, gemeente("0356").successor_id) == (date(2026, 12, 31), "1999")
        assert (gemeente("1999").first_day, gemeente("1999").holiday_region) == (DAY, "midden")
        assert "0356" not in Municipality.objects.standing().values_list("code", flat=True)

    def test_a_saved_list_of_the_old_gemeente_is_one_of_the_new(self, merged):
        assert Filters.read({"gemeente": "0356"}).gemeente == Filters.read({"gemeente": "1999"}).gemeente == "1999"

    def test_questions_stay_with_the_side_that_asked_and_that_answers(self, lekstroom, case, new_year):
        elsewhere = world.open_case(world.pupil(municipality_id="0193"), lekstroom.schools["99AC00"])
        old, zwolle = lekstroom.organisations["nieuwegein"], lekstroom.organisations["zwolle"]
        asked = {"kind": "overdracht", "question": "?", "state": "open"}
        ours = Referral.objects.create(
            case=case, from_organisation=old, from_municipality_id="0356", to_organisation=zwolle,
            asked_by=lekstroom.officer, **asked,
        )  # fmt: skip
        theirs = Referral.objects.create(
            case=elsewhere, from_organisation=zwolle, from_municipality_id="0193", to_organisation=old,
            asked_by=lekstroom.stranger, **asked,
        )  # fmt: skip
        prepare(lekstroom)
        with new_year:
            run_due(DAY)
            for who in ("officer", "leader"):
                user = fresh(lekstroom.users[who])
                assert Referral.objects.asked_by_side_of(user).get() == ours, who
                assert Referral.objects.to_answer_by(user).get() == theirs, who

    def test_a_question_to_take_over_what_comes_anyway_is_dropped(self, lekstroom, case, new_year):
        asked = Referral.objects.create(
            case=case, from_organisation=lekstroom.organisations["nieuwegein"], from_municipality_id="0356",
            to_organisation=lekstroom.organisations["houten"], asked_by=lekstroom.officer,
            kind="overdracht", question="?",
        )  # fmt: skip
        prepare(lekstroom, "0321")
        with new_year:
            run_due(DAY)
        asked.refresh_from_db()
        assert (asked.state, asked.answer) == ("teruggenomen", acts.WENT_OVER)

    def test_the_region_counts_a_child_once(self, merged, lekstroom):
        user = fresh(lekstroom.region)
        found = children(gemeenten_of_mine(user), DAY)
        assert [(row["name"], row["open"]) for row in found["rows"]] == [("Nieuwstad", 1)]
        assert found["total"]["open"] == 1

    def test_it_is_logged(self, merged):
        event = AuditEvent.objects.get(action="redivision_carried_out")
        assert event.pupil_ids == [merged.pupil_id]

    def test_a_second_night_changes_nothing(self, merged):
        before = list(Case.history.values()), list(Membership.objects.values())
        run_due(DAY)
        assert (list(Case.history.values()), list(Membership.objects.values())) == before
        assert merged.formerly.count() == 1


class TestRights:
    def test_people_keep_their_roles_at_the_successor(self, merged, lekstroom):
        for who in ("officer", "leader"):
            user = fresh(lekstroom.users[who])
            assert Case.objects.visible_to(user).filter(pk=merged.pk).exists(), who
            assert "1999" in access_of(user).municipalities_with(Right.CASE_WORK)
            assert "0356" not in access_of(user).municipalities_with(Right.CASE_WORK)
        assert not Case.objects.visible_to(fresh(lekstroom.stranger)).exists()

    def test_before_the_day_they_have_the_old_ones(self, merged, lekstroom):
        held = Membership.objects.filter(user=lekstroom.officer).order_by("valid_from")
        assert [(m.organisation.code, m.valid_until) for m in held] == [("0356", date(2026, 12, 31)), ("1999", None)]

    def test_bureau_and_region_go_on(self, merged, lekstroom):
        links = OrganisationLink.objects.filter(other__code="1999", valid_from=DAY, valid_until=None)
        assert set(links.values_list("kind", "organisation__name")) == {
            ("acts_for", "Leerplicht Lekstroom"), ("has_member", "Lekstroom"),
        }  # fmt: skip
        assert not OrganisationLink.objects.filter(other__code="0356", kind="acts_for", valid_until=None).exists()

    def test_what_the_old_organisation_kept_is_read(self, merged, lekstroom):
        old = Organisation.objects.get(code="0356")
        assert old.pk in access_of(fresh(lekstroom.officer)).organisations_with(Right.REPORT_HANDLE)
        assert old.pk not in access_of(fresh(lekstroom.stranger)).organisations_with(Right.REPORT_HANDLE)
        assert old.pk in controlled_by(fresh(lekstroom.controller))

    def test_a_link_gives_rights_to_its_own_kind_of_organisation_only(self, lekstroom):
        """A gemeente acts for no other, and a bureau succeeds none."""
        links = (("acts_for", "zwolle", "houten"), ("succeeds", "bureau", "zwolle"))
        for kind, one, other in links:
            OrganisationLink.objects.create(
                kind=kind,
                organisation=lekstroom.organisations[one],
                other=lekstroom.organisations[other],
                valid_from=world.START,
            )
        assert access_of(fresh(lekstroom.stranger)).municipalities_with(Right.CASE_WORK) == {"0193"}
        own = access_of(fresh(lekstroom.leader)).organisations_with(Right.CASE_WORK)
        assert own == {lekstroom.organisations["bureau"].pk}

    def test_mandates_pass_on(self, lekstroom, case, new_year):
        besluit.mandate(lekstroom, "zorg", organisation=lekstroom.organisations["nieuwegein"])
        prepare(lekstroom)
        with new_year:
            run_due(DAY)
        held = Mandate.objects.filter(scope="zorg").order_by("valid_from")
        assert [(m.organisation.code, m.valid_from, m.valid_until, m.person) for m in held] == [
            ("0356", date(2026, 1, 1), date(2026, 12, 31), lekstroom.holder),
            ("1999", DAY, None, lekstroom.holder),
        ]


class TestKnownOnBothSides:
    def twins(self, lekstroom, case, **fields):
        """The child of the dossier, known in Houten too, with an open dossier there."""
        child = case.pupil
        names = {"first_names": child.first_names, "last_name": child.last_name, "born": child.born}
        twin = Pupil(municipality_id="0321", pgn_sealed=child.pgn_sealed, pgn_hash=child.pgn_hash, **(names | fields))
        twin.save()
        return twin, world.open_case(twin, lekstroom.schools["99AB00"])

    def test_two_rows_become_one_child_with_one_open_dossier(self, lekstroom, case, new_year):
        twin, theirs = self.twins(lekstroom, case)
        task = case.tasks.get()
        prepare(lekstroom, "0321")
        with new_year:
            run_due(DAY)
        assert Pupil.objects.get(pgn_hash=twin.pgn_hash) == twin
        assert Case.objects.open().get(pupil=twin) == theirs
        closed = Case.objects.get(pk=case.pk)
        assert (closed.state, closed.result, closed.municipality_id, closed.pupil) == (
            "afgesloten",
            "VERHUISD",
            "0321",
            twin,
        )
        assert theirs.number in closed.status_changes.last().because
        task.refresh_from_db()
        assert task.case == theirs

    def test_what_differs_is_a_question(self, lekstroom, case, new_year):
        twin, _ = self.twins(lekstroom, case, born=date(2012, 1, 1))
        prepare(lekstroom, "0321")
        with new_year:
            run_due(DAY)
            row = Redivision.objects.get()
            (waiting,) = waiting_of(row)
            assert (waiting.pupil, waiting.twin) == (case.pupil, twin)
            officer = fresh(lekstroom.officer)
            assert Case.objects.visible_to(officer).filter(pk=case.pk).exists()
            assert refusal(acts.choose, waiting.pupil, waiting.parts[0], by=officer) == acts.DIFFER
            run_due(date(2027, 1, 2))
            assert Pupil.objects.filter(pgn_hash=twin.pgn_hash).count() == 2
            acts.choose(waiting.pupil, waiting.parts[0], by=officer, same=True)
            assert Pupil.objects.get(pgn_hash=twin.pgn_hash) == twin and waiting_of(row) == []
            assert "0356" not in access_of(fresh(officer)).municipalities_with(Right.CASE_WORK)

    def test_the_database_keeps_a_number_once_per_gemeente(self, lekstroom, case):
        self.twins(lekstroom, case)
        with pytest.raises(IntegrityError), transaction.atomic():
            Pupil.objects.filter(pk=case.pupil_id).update(municipality="0321")

    def test_two_gemeenten_into_a_new_one(self, lekstroom, case, new_year):
        self.twins(lekstroom, case)
        prepare(lekstroom)
        prepare(lekstroom, old="0321")
        with new_year:
            run_due(DAY)
        assert Pupil.objects.get(pgn_hash=case.pupil.pgn_hash).municipality_id == "1999"
        assert Case.objects.open().count() == 1


def test_all_or_nothing(lekstroom, case, new_year, monkeypatch):
    """One gemeente fails half-way: nothing of it, and the other goes on."""
    move = acts._move_schools

    def fail(row, *rest):
        if row.municipality_id == "0356":
            raise RuntimeError
        move(row, *rest)

    monkeypatch.setattr(acts, "_move_schools", fail)
    prepare(lekstroom)
    prepare(lekstroom, "1998", old="0193")
    with new_year:
        run_due(DAY)
        failed = Redivision.objects.get(municipality="0356")
        assert (failed.state, failed.problem) == ("voorbereid", acts.NOT_DONE)
        assert (Case.objects.get().municipality_id, gemeente("0356").last_day) == ("0356", None)
        assert gemeente("0193").successor_id == "1998"
        monkeypatch.setattr(acts, "_move_schools", move)
        run_due(DAY)
        failed.refresh_from_db()
        assert (failed.state, failed.problem, Case.objects.get().municipality_id) == ("uitgevoerd", "", "1999")


def test_a_day_that_has_come_is_done_at_once(lekstroom, case):
    row = prepare(lekstroom, day=date(2026, 11, 20))
    assert row.state == "uitgevoerd" and Case.objects.get().municipality_id == "1999"
    with pytest.raises(NotNow, match="bestaat niet meer"):
        prepare(lekstroom, "1998")
