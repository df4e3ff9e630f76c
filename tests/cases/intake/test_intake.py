"""What becomes of a report: a dossier of its own, the open one, or the inbox of the gemeente."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.dossier.models import Case, StatusChange, Task
from cases.intake import inbox
from cases.intake.acts import take_in
from cases.intake.models import Intake
from cases.nightly import run_due
from leerplicht.models import AbsenceReport, NotEnrolled, SchoolReturn
from tests import world
from thuiszitters.core.log.models import AuditEvent

D = date.fromisoformat
TODAY = D("2026-10-06")


@pytest.fixture
def school(lekstroom):
    return lekstroom.schools["99AA00"]


def newer(report: AbsenceReport, **fields) -> AbsenceReport:
    """A newer version of a report, the way the import stores it."""
    AbsenceReport.objects.filter(pk=report.pk).update(superseded_at=timezone.now())
    kept = ("number", "kind", "first_day", "last_day", "all_lessons", "status")
    values = {name: getattr(report, name) for name in kept} | {"changed_at": report.changed_at + timedelta(days=1)}
    return world.report(report.pupil, report.school, **(values | fields))


def close(case: Case, on: date, result="BUITENLAND") -> None:
    Case.objects.filter(pk=case.pk).update(state="afgesloten", closed_on=on, result=result)


@pytest.mark.parametrize(
    ("child", "report", "state"),
    [
        pytest.param({}, {}, "dossier", id="all lessons missed"),
        pytest.param({}, {"kind": "V3"}, "dossier", id="all lessons missed, 16 hours"),
        pytest.param({}, {"all_lessons": False}, "wacht", id="not all lessons missed"),
        pytest.param({}, {"status": "I"}, "afgedaan", id="withdrawn by the school"),
        pytest.param({"born": D("2008-10-05")}, {"kind": "RMC"}, "wacht", id="18 on the first day"),
        pytest.param({"born": D("2008-10-06")}, {}, "dossier", id="17 on the first day"),
        pytest.param({"born": D("2021-10-05")}, {}, "wacht", id="five in this month: not yet leerplichtig"),
        pytest.param({"born": D("2021-09-30")}, {}, "dossier", id="five in September: leerplichtig"),
        pytest.param({"born": D("2009-05-05"), "released": True}, {}, "wacht", id="released by art. 4a lid 2"),
        pytest.param(
            {"born": D("2009-05-05"), "startkwalificatie_on": D("2026-07-03")}, {}, "wacht", id="startkwalificatie"
        ),
        pytest.param({}, {"status": "G"}, "dossier", id="closed at DUO: people decide about the dossier"),
    ],
)
def test_where_a_report_goes(school, child, report, state):
    row = world.report(world.pupil(**child), school, **report)
    take_in([row], today=TODAY)
    intake = Intake.objects.get()
    assert (intake.state, intake.report) == (state, row)
    assert Case.objects.count() == (1 if state == "dossier" else 0)
    assert bool(intake.because) == (state == "afgedaan")


def test_a_new_dossier_says_why_and_what_comes_first(school):
    report = world.report(world.pupil(), school)
    take_in([report], today=TODAY)
    case = Case.objects.get()
    assert (case.opened_on, case.municipality_id, case.state) == (TODAY, "0356", "nieuw")
    assert case.opened_because == f"Melding {report.number}: alle lessen gemist sinds 5 oktober 2026"
    assert StatusChange.objects.get().target == "nieuw"
    task = Task.objects.get()
    assert (task.title, task.due_on) == ("Spreek met de ouders en met het kind", D("2026-10-13"))
    assert (case.history.count(), task.history.count()) == (1, 1)
    event = AuditEvent.objects.get(action="cases_opened")
    assert event.pupil_ids == [report.pupil_id]


def test_a_second_report_joins_the_open_dossier(school):
    child = world.pupil()
    for first_day in ("2026-10-05", "2026-10-12"):
        take_in([world.report(child, school, kind="V3", first_day=D(first_day))], today=D("2026-10-13"))
    assert Case.objects.count() == 1
    assert set(Intake.objects.values_list("state", "case")) == {("dossier", Case.objects.get().pk)}


def test_two_reports_at_once_open_one_dossier_that_names_the_first(school):
    child = world.pupil()
    first, second = (world.report(child, school, number=f"N{n}") for n in (1, 2))
    take_in([first, second], today=TODAY)
    assert Case.objects.get().opened_because.startswith("Melding N1:")
    assert Intake.objects.filter(case=Case.objects.get()).count() == 2


def test_a_report_of_few_lessons_waits_also_beside_an_open_dossier(school):
    child = world.pupil()
    take_in([world.report(child, school)], today=TODAY)
    take_in([world.report(child, school, all_lessons=False, kind="O")], today=TODAY)
    assert sorted(Intake.objects.values_list("state", flat=True)) == ["dossier", "wacht"]


def test_taking_in_twice_changes_nothing(school):
    report = world.report(world.pupil(), school)
    for _ in range(2):
        take_in([report], today=TODAY)
    assert (Intake.objects.count(), Case.objects.count(), Task.objects.count()) == (1, 1, 1)


def test_a_newer_version_takes_the_place_of_the_older_and_both_stay(school):
    report = world.report(world.pupil(), school)
    take_in([report], today=TODAY)
    version = newer(report, status="B")
    take_in([version], today=TODAY)
    assert Intake.objects.get().report == version
    assert AbsenceReport.objects.filter(number=report.number).count() == 2
    assert Case.objects.count() == 1


def test_a_waiting_report_of_which_all_lessons_are_missed_by_now_opens_a_dossier(school):
    report = world.report(world.pupil(), school, all_lessons=False, kind="O")
    take_in([report], today=TODAY)
    assert Case.objects.count() == 0
    take_in([newer(report, all_lessons=True)], today=TODAY)
    assert (Intake.objects.get().state, Intake.objects.get().case) == ("dossier", Case.objects.get())


def test_a_waiting_report_that_the_school_withdraws_is_done_and_waits_again_when_it_comes_back(school):
    report = world.report(world.pupil(), school, all_lessons=False)
    take_in([report], today=TODAY)
    gone = newer(report, status="I")
    take_in([gone], today=TODAY)
    assert (Intake.objects.get().state, Intake.objects.get().because) == ("afgedaan", "ingetrokken door de school")
    take_in([newer(gone, status="R")], today=TODAY)
    assert (Intake.objects.get().state, Intake.objects.get().because) == ("wacht", "")


def test_what_a_person_set_aside_stays_so_when_a_newer_version_says_little(school, lekstroom):
    report = world.report(world.pupil(), school, all_lessons=False)
    take_in([report], today=TODAY)
    inbox.set_aside(Intake.objects.get(), because="gebeld met school", by=lekstroom.officer)
    take_in([newer(report, status="B")], today=TODAY)
    assert Intake.objects.get().because == "gebeld met school"


def test_two_versions_at_once_the_newer_counts(school):
    report = world.report(world.pupil(), school)
    take_in([report, newer(report, status="I")], today=TODAY)
    assert Case.objects.count() == 0
    assert Intake.objects.get().state == "afgedaan"


def test_a_withdrawn_report_stays_in_its_dossier(school):
    report = world.report(world.pupil(), school)
    take_in([report], today=TODAY)
    take_in([newer(report, status="I")], today=TODAY)
    assert Intake.objects.get().state == "dossier"
    assert Case.objects.get().home_since is None


def test_a_report_after_the_dossier_was_closed_opens_a_new_one(school):
    child = world.pupil()
    take_in([world.report(child, school)], today=TODAY)
    close(Case.objects.get(), D("2026-10-20"))
    take_in([world.report(child, school, first_day=D("2026-11-09"))], today=D("2026-11-10"))
    assert list(Case.objects.order_by("pk").values_list("state", flat=True)) == ["afgesloten", "nieuw"]


@pytest.mark.parametrize(
    ("closed_on", "states"),
    [("2026-10-20", ["onderzoek"]), ("2026-08-20", ["onderzoek"]), ("2026-08-10", ["afgesloten", "nieuw"])],
)
def test_after_a_place_it_is_a_relapse_and_the_same_dossier_goes_on(school, lekstroom, closed_on, states):
    """Within twelve weeks: no second dossier, the same handler, and a step to call."""
    child = world.pupil()
    take_in([world.report(child, school)], today=TODAY)
    case = Case.objects.get()
    Case.objects.filter(pk=case.pk).update(handler=lekstroom.officer)
    close(case, D(closed_on), "EIGEN_SCHOOL_VOLLEDIG")
    take_in([world.report(child, school, first_day=D("2026-11-09"))], today=D("2026-11-10"))
    assert list(Case.objects.order_by("pk").values_list("state", flat=True)) == states
    case.refresh_from_db()
    if states == ["onderzoek"]:
        assert (case.result, case.closed_on, case.handler) == ("", None, lekstroom.officer)
        moved = case.status_changes.last()
        assert (moved.source, moved.by, moved.because[:10]) == ("afgesloten", None, "Weer thuis")
        assert case.tasks.filter(title__startswith="Weer thuis", owner=lekstroom.officer, done_on=None).count() == 1


def test_a_first_day_that_is_still_to_come_opens_nothing_until_that_day(school):
    child = world.pupil()
    take_in([world.report(child, school, first_day=D("2026-11-12"))], today=D("2026-11-10"))
    assert not Case.objects.exists() and Intake.objects.get().state == Intake.State.WAITING
    run_due(D("2026-11-11"))
    assert not Case.objects.exists()
    run_due(D("2026-11-12"))
    assert Intake.objects.get().case == Case.objects.get()


def test_absoluut_verzuim_opens_a_dossier_at_night(lekstroom):
    child = world.pupil()
    NotEnrolled.objects.create(pupil=child, first_day=D("2026-09-14"), how_known="melding van de buren")
    counts = run_due(D("2026-10-06"))
    case = Case.objects.get()
    expected = "Nergens ingeschreven sinds 14 september 2026: nergens ingeschreven (melding van de buren)"
    assert (case.opened_because, case.home_since, counts["geopend"]) == (expected, D("2026-09-14"), 1)
    assert run_due(D("2026-10-06"))["geopend"] == 0


def test_the_night_opens_nothing_for_who_is_back_permitted_or_not_obliged(school):
    back, closed, adult = world.pupil(), world.pupil(), world.pupil(born=D("2008-01-05"))
    report = world.report(back, school)
    settled = {"state": "afgedaan", "because": "bekend bij de wijkagent"}
    Intake.objects.create(number=report.number, pupil=back, report=report, **settled)
    SchoolReturn.objects.create(pupil=back, first_day=D("2026-11-02"), source="mentor")
    world.report(adult, school)
    take_in([world.report(closed, school)], today=TODAY)
    close(Case.objects.get(), D("2026-10-20"))
    for day in ("2026-11-03", "2026-11-20"):
        assert run_due(D(day))["geopend"] == 0
    assert Case.objects.get().state == "afgesloten"


def test_a_dossier_of_an_earlier_period_does_not_hide_a_new_one_from_the_night(school):
    child = world.pupil()
    take_in([world.report(child, school, last_day=D("2026-10-09"))], today=TODAY)
    close(Case.objects.get(), D("2026-10-30"))
    NotEnrolled.objects.create(pupil=child, first_day=D("2026-11-16"), how_known="school")
    assert run_due(D("2026-11-20"))["geopend"] == 1
    assert Case.objects.open().get().home_since == D("2026-11-16")


def test_the_night_takes_in_what_a_killed_import_left_without_a_place(school):
    left, wait = world.report(world.pupil(), school), world.report(world.pupil(), school, all_lessons=False)
    counts = run_due(TODAY)
    assert (counts["meldingen"], counts["geopend"]) == (2, 1)
    assert Intake.objects.get(number=left.number).case.pupil == left.pupil
    assert Intake.objects.get(number=wait.number).state == Intake.State.WAITING
    assert run_due(TODAY)["meldingen"] == 0
