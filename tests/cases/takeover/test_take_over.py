"""A whole child from another system: what it becomes, again, with what cannot be read."""

from datetime import date

import pytest

from cases.clock.models import Flag
from cases.course.timeline import timeline
from cases.dossier.models import Assignment, Case, StatusChange, Task
from cases.nightly import run_due
from cases.sight.seats import sight_of
from cases.takeover.models import TakenOver
from cases.work.models import Contact, Note
from leerplicht.models import AbsenceReport, Enrolment, Exemption, Guardian, HomePeriod, NotEnrolled, Pupil
from tests import world
from tests.cases.takeover.takeover_file import TODAY, csv_of, everything, read, reasons, row, workbook
from thuiszitters.core.log.models import AuditEvent

pytestmark = pytest.mark.django_db
ROWS = (Pupil, Guardian, Enrolment, Exemption, Case, Contact, Note, Task, AbsenceReport, TakenOver, StatusChange, Flag)


def how_many() -> dict:
    return {model.__name__: model.objects.count() for model in ROWS}


@pytest.fixture
def taken(lekstroom, friday) -> Case:
    outcome = read(workbook(**everything()))
    assert reasons(outcome) == []
    return Case.objects.get()


class TestAChild:
    def test_its_own_data(self, taken):
        pupil = taken.pupil
        assert (pupil.prefix, pupil.last_name, pupil.first_names) == ("van den", "Berg", "Sem Jan")
        assert (pupil.born, pupil.municipality_id, pupil.reveal_pgn()) == (date(2012, 4, 3), "0356", world.bsn(1))
        mother = pupil.guardians.get()
        assert (mother.name, mother.gezag, mother.gezag_source) == ("Fatima van den Berg", "ja", "gezagsregister")
        assert pupil.enrolments.get().school.code == "99AA00"
        assert pupil.exemptions.get().told == "art. 11 onder d"

    def test_its_dossier_keeps_its_days_and_gets_a_number_of_ours(self, taken, lekstroom):
        assert taken.number == "TZ-0356-2026-0001" and taken.old_number == "2026-0042"
        assert (taken.opened_on, taken.state, taken.taken_over_on) == (date(2026, 6, 10), "onderzoek", TODAY)
        assert taken.handler == lekstroom.officer

    def test_it_is_not_new_for_its_handler(self, taken):
        assert Assignment.objects.get().seen_at is not None

    def test_what_was_said_and_noted_stands_on_its_own_day_by_who_wrote_it_then(self, taken):
        contact, note = Contact.objects.get(), Note.objects.get()
        assert (contact.on, contact.guardian.name, contact.by) == (date(2026, 6, 12), "Fatima van den Berg", None)
        assert contact.writer == note.writer == "J. de Wit, overgenomen uit Oud Systeem"
        assert note.at.date() == date(2026, 6, 15)
        assert taken.last_contact_on == date(2026, 6, 12)

    def test_its_running_step_is_the_only_one_that_is_asked_for(self, taken, lekstroom):
        task = Task.objects.get()
        assert (task.title, task.owner, task.due_on) == ("MDO plannen", lekstroom.officer, date(2026, 12, 1))
        assert (task.written_by, task.origin) == ("J. de Wit", "overgenomen uit Oud Systeem")

    def test_the_clock_follows_from_the_first_day_at_home(self, taken):
        period = HomePeriod.objects.latest("first_day")
        assert (period.first_day, period.last_day, period.kind) == (date(2026, 6, 1), None, "relatief")
        assert taken.home_since == date(2026, 6, 1)
        assert AbsenceReport.objects.get().school.code == "99AA00"

    def test_the_course_of_events_says_where_it_came_from(self, taken):
        told = {e.title: e for e in timeline(taken, sight_of(taken, None))}
        assert told["Contact met Fatima van den Berg, telefonisch"].by == "J. de Wit, overgenomen uit Oud Systeem"
        assert told["Notitie: algemeen"].on == date(2026, 6, 15)
        assert told["Dossier geopend"].on == date(2026, 6, 10)
        assert told["Dossier overgenomen uit Oud Systeem"].text == "Nummer daar: 2026-0042."
        assert (told["Stand: in onderzoek"].on, told["Stand: in onderzoek"].by) == (TODAY, "")

    def test_it_is_on_record(self, taken):
        event = AuditEvent.objects.get(action="taken_over")
        assert event.pupil_ids == [taken.pupil_id] and event.detail["counts"]["nieuw"] == 8


class TestFlags:
    def test_what_was_past_raises_nothing_but_stands_as_past(self, taken):
        run_due(TODAY)
        assert Flag.objects.count() == 0
        assert {d.standing(TODAY) for d in taken.deadlines.all()} == {"overschreden"}

    def test_what_becomes_due_after_it_is_raised_as_usual(self, lekstroom, friday):
        sheets = everything()
        sheets["dossiers"] = [row("dossiers", geopend_op="12-10-2026", thuis_sinds="12-10-2026")]
        assert reasons(read(workbook(**sheets | {"contacten": [], "notities": [], "stappen": []}))) == []
        run_due(TODAY)
        before = set(Flag.objects.values_list("deadline__term_code", "level"))
        # 4 lesson weeks ended on 16 November, 6 weeks end on 23 November, and of both the warning has begun.
        assert before == set()
        run_due(date(2026, 11, 24))
        assert set(Flag.objects.values_list("deadline__term_code", "level")) == {("6-weken", "overschreden")}
        run_due(date(2027, 1, 20))
        assert ("3-maanden", "overschreden") in set(Flag.objects.values_list("deadline__term_code", "level"))

    def test_what_becomes_due_on_the_day_itself_is_raised(self, lekstroom, friday):
        sheets = everything()
        sheets["dossiers"] = [row("dossiers", geopend_op="09-10-2026", thuis_sinds="09-10-2026")]
        read(workbook(**sheets | {"contacten": [], "notities": [], "stappen": []}))
        assert list(Flag.objects.values_list("deadline__term_code", "level", "holds_from")) == [
            ("6-weken", "overschreden", TODAY)
        ]

    def test_a_dossier_that_was_opened_here_is_flagged_as_before(self, case):
        assert Flag.objects.filter(deadline__case=case).exists()


class TestAgain:
    def test_the_same_file_changes_nothing(self, taken):
        before = how_many()
        outcome = read(workbook(**everything()))
        assert dict(outcome.totals) == {"ongewijzigd": 8} and outcome.problems == []
        assert how_many() == before

    def test_the_nightly_round_after_it_changes_nothing(self, taken):
        before = how_many()
        run_due(TODAY)
        assert how_many() == before

    def test_a_changed_line_says_so_and_changes_nothing_that_people_edited(self, taken):
        Pupil.objects.update(first_names="Sam")
        sheets = everything() | {"notities": [row("notities", tekst="Iets anders")]}
        outcome = read(workbook(**sheets))
        assert dict(outcome.totals) == {"ongewijzigd": 7, "anders": 1}
        assert [(p.blad, p.regel, p.soort) for p in outcome.problems] == [("notities", 2, "anders")]
        assert Note.objects.get().text == "School zoekt een rustige plek."
        assert Pupil.objects.get().first_names == "Sam"

    def test_the_same_system_in_other_capitals_is_the_same_system(self, taken):
        assert dict(read(workbook(**everything()), source="oud  SYSTEEM").totals) == {"ongewijzigd": 8}

    def test_another_system_with_the_same_keys_is_another(self, taken):
        outcome = read(workbook(kinderen=everything()["kinderen"]), source="Nog Een")
        assert dict(outcome.totals) == {"bekend": 1}
        assert Pupil.objects.count() == 1

    def test_sheets_come_one_after_another_and_in_any_order(self, lekstroom, friday):
        sheets = everything()
        for kind in sheets:
            outcome = read(csv_of(kind, *sheets[kind]))
            assert reasons(outcome) == [], kind
        assert dict(read(workbook(**dict(reversed(sheets.items())))).totals) == {"ongewijzigd": 8}

    def test_a_step_that_comes_later_takes_the_place_of_the_one_that_was_asked_for(self, lekstroom, friday):
        sheets = everything()
        read(workbook(**{k: v for k, v in sheets.items() if k != "stappen"}))
        asked = Task.objects.get()
        assert (asked.kind, asked.owner, asked.due_on) == ("overname", lekstroom.officer, date(2026, 12, 4))
        read(csv_of("stappen", *sheets["stappen"]))
        asked.refresh_from_db()
        assert asked.done_on == TODAY
        assert [t.title for t in Task.objects.filter(done_on=None)] == ["MDO plannen"]

    def test_a_preview_keeps_nothing(self, lekstroom, friday):
        before = how_many()
        outcome = read(workbook(**everything()), save=False)
        assert dict(outcome.totals) == {"nieuw": 8} and how_many() == before
        assert not AuditEvent.objects.filter(action="taken_over").exists()
        assert "Berg" not in str(outcome.samples) and world.bsn(1) not in str(outcome.samples)
        read(workbook(**everything()))
        assert Case.objects.get().number == "TZ-0356-2026-0001"  # no number was spent


def test_two_hundred_children_in_one_workbook(lekstroom, friday):
    sheets: dict[str, list] = {kind: [] for kind in everything()}
    for n in range(200):
        own = {
            "kinderen": {"sleutel": f"K{n}", "persoonsgebonden_nummer": world.bsn(n), "achternaam": f"Kind{n}"},
            "ouders": {"sleutel": f"O{n}", "kind_sleutel": f"K{n}"},
            "inschrijvingen": {"sleutel": f"I{n}", "kind_sleutel": f"K{n}"},
            "vrijstellingen": {"sleutel": f"V{n}", "kind_sleutel": f"K{n}"},
            "dossiers": {"sleutel": f"D{n}", "kind_sleutel": f"K{n}", "nummer": f"A-{n}"},
            "contacten": {"sleutel": f"C{n}", "dossier_sleutel": f"D{n}", "ouder_sleutel": f"O{n}"},
            "notities": {"sleutel": f"N{n}", "dossier_sleutel": f"D{n}"},
            "stappen": {"sleutel": f"S{n}", "dossier_sleutel": f"D{n}"},
        }
        for kind, values in own.items():
            sheets[kind].append(row(kind, **values))
    outcome = read(workbook(**sheets))
    assert reasons(outcome) == [] and dict(outcome.totals) == {"nieuw": 1600}
    assert len(set(Case.objects.values_list("number", flat=True))) == 200
    assert Case.objects.filter(home_since=date(2026, 6, 1)).count() == 200
    assert Flag.objects.count() == 0 and Task.objects.count() == 200
    assert dict(read(workbook(**sheets)).totals) == {"ongewijzigd": 1600}


class TestAbsoluut:
    def test_a_child_that_is_enrolled_nowhere(self, lekstroom, friday):
        sheets = everything() | {"inschrijvingen": []}
        sheets["dossiers"] = [row("dossiers", soort_verzuim="absoluut")]
        assert reasons(read(workbook(**sheets))) == []
        fact = NotEnrolled.objects.get()
        assert (fact.first_day, fact.how_known) == (date(2026, 6, 1), "overgenomen uit Oud Systeem")
        assert HomePeriod.objects.latest("first_day").kind == "absoluut"


class TestClosed:
    def closed(self, **otherwise) -> dict:
        values = {"afgesloten_op": "26-06-2026", "uitkomst": "verhuisd naar een andere gemeente"} | otherwise
        return everything() | {"dossiers": [row("dossiers", **values)], "stappen": []}

    def test_it_keeps_its_day_and_result_and_asks_for_nothing(self, lekstroom, friday):
        assert reasons(read(workbook(**self.closed()))) == []
        case = Case.objects.get()
        assert (case.state, case.closed_on, case.result) == ("afgesloten", date(2026, 6, 26), "VERHUISD")
        assert not Task.objects.exists()
        told = {e.title: e.on for e in timeline(case, sight_of(case, None))}
        assert told["Stand: afgesloten"] == date(2026, 6, 26)

    def test_the_child_is_at_home_up_to_the_day_of_closing_and_nothing_opens_again(self, lekstroom, friday):
        read(workbook(**self.closed()))
        assert HomePeriod.objects.latest("first_day").last_day == date(2026, 6, 26)
        run_due(TODAY)
        assert Case.objects.count() == 1 and Flag.objects.count() == 0

    def test_or_up_to_the_day_that_it_says(self, lekstroom, friday):
        read(workbook(**self.closed(thuis_tot_en_met="19-06-2026")))
        assert HomePeriod.objects.latest("first_day").last_day == date(2026, 6, 19)

    def test_an_earlier_and_a_running_dossier_of_one_child(self, lekstroom, friday):
        sheets = self.closed()
        sheets["dossiers"].append(row("dossiers", sleutel="D2", geopend_op="05-10-2026", thuis_sinds="05-10-2026"))
        assert reasons(read(workbook(**sheets))) == []
        assert sorted(Case.objects.values_list("state", flat=True)) == ["afgesloten", "onderzoek"]
        assert Case.objects.open().get().home_since == date(2026, 10, 5)
