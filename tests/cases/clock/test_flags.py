"""Flags: raised once, withdrawn with a reason when they did not hold, right after standstill and for past days."""

from datetime import date, datetime, timedelta
from threading import Thread
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from cases.agreements.models import RegionTerm
from cases.clock.acts import facts_changed
from cases.clock.models import Deadline, Flag
from cases.dossier.models import Case
from cases.intake.acts import take_in
from cases.nightly import run_due
from leerplicht.models import AbsenceReport, HomePeriod, PermittedAbsence, SchoolReturn
from tests import world
from thuiszitters.core.people.organisations import OrganisationLink

D = date.fromisoformat
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FOUR = {("4-weken", "nadert"), ("4-weken", "overschreden")}
SIX = {("6-weken", "nadert"), ("6-weken", "overschreden")}


def flags(**conditions) -> set[tuple[str, str]]:
    rows = Flag.objects.filter(**({"withdrawn_at": None} | conditions))
    return set(rows.values_list("deadline__term_code", "level"))


def withdrawn() -> set[str]:
    return set(Flag.objects.exclude(withdrawn_at=None).values_list("withdrawn_because", flat=True))


def newer(report: AbsenceReport, **fields) -> AbsenceReport:
    """A newer version of a report, the way the import stores it."""
    AbsenceReport.objects.filter(pk=report.pk).update(superseded_at=datetime(2026, 11, 20, tzinfo=AMSTERDAM))
    values = {"number": report.number, "changed_at": report.changed_at + timedelta(days=30)}
    return world.report(report.pupil, report.school, **(values | fields))


@pytest.fixture
def report(lekstroom):
    """At home since Monday 5 October 2026; longer than four lesson weeks from 9 November."""
    report = world.report(world.pupil(), lekstroom.schools["99AA00"])
    take_in([report], today=D("2026-10-06"))
    return report


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-11-01", set()),
        ("2026-11-02", {("4-weken", "nadert")}),
        ("2026-11-06", {("4-weken", "nadert"), ("6-weken", "nadert")}),
        ("2026-11-08", {("4-weken", "nadert"), ("6-weken", "nadert")}),
        ("2026-11-09", FOUR | {("6-weken", "nadert")}),
        ("2026-11-16", FOUR | SIX),
        ("2026-12-15", FOUR | SIX | {("3-maanden", "nadert")}),
        ("2027-01-05", FOUR | SIX | {("3-maanden", "nadert"), ("3-maanden", "overschreden")}),
    ],
)
def test_what_is_raised_on_which_day_also_after_standstill(report, today, expected):
    run_due(D(today))
    assert flags() == expected


def test_raised_once_however_many_rounds(report):
    counts = [run_due(D("2026-11-20"))["signalen"] for _ in range(3)]
    assert counts == [4, 0, 0]
    assert Flag.objects.count() == 4


def test_a_flag_tells_since_when_it_holds_and_when_it_was_raised(report):
    run_due(D("2026-11-20"))
    flag = Flag.objects.get(deadline__term_code="4-weken", level="overschreden")
    assert (flag.holds_from, flag.raised_on) == (D("2026-11-09"), D("2026-11-20"))


def test_day_by_day_gives_the_same_flags_as_catching_up(report):
    for n in range(60):
        run_due(D("2026-10-06") + timedelta(days=n))
    assert flags() == FOUR | SIX
    assert Flag.objects.count() == 4
    assert all(f.holds_from == f.raised_on for f in Flag.objects.all())


def test_a_newer_version_with_a_later_first_day_withdraws_with_a_reason(report):
    run_due(D("2026-11-20"))
    take_in([newer(report, first_day=D("2026-11-16"))], today=D("2026-11-21"))
    assert flags() == set()
    assert withdrawn() == {
        "de gegevens zijn veranderd: dit geldt pas vanaf 7 december 2026",
        "de gegevens zijn veranderd: dit geldt pas vanaf 14 december 2026",
        "de gegevens zijn veranderd: dit geldt pas vanaf 18 december 2026",
        "de gegevens zijn veranderd: dit geldt pas vanaf 28 december 2026",
    }
    run_due(D("2026-12-14"))
    assert flags(deadline__term_code="4-weken") == FOUR


def test_a_flag_raised_too_early_is_withdrawn_although_it_holds_by_now(report):
    run_due(D("2026-11-09"))
    take_in([newer(report, first_day=D("2026-10-12"))], today=D("2026-12-01"))
    first = Flag.objects.get(deadline__term_code="4-weken", level="overschreden", withdrawn_at__isnull=False)
    again = Flag.objects.get(deadline__term_code="4-weken", level="overschreden", withdrawn_at=None)
    assert first.withdrawn_because == "de gegevens zijn veranderd: dit geldt pas vanaf 16 november 2026"
    assert (again.holds_from, again.raised_on) == (D("2026-11-16"), D("2026-12-01"))


def test_a_flag_that_held_since_another_day_tells_that_day(report):
    """Raised on 20 November over 9 November; by a correction it was 16 November."""
    run_due(D("2026-11-20"))
    take_in([newer(report, first_day=D("2026-10-12"))], today=D("2026-11-21"))
    flag = Flag.objects.get(deadline__term_code="4-weken", level="overschreden")
    assert (flag.holds_from, flag.raised_on, flag.withdrawn_at) == (D("2026-11-16"), D("2026-11-20"), None)


def test_a_withdrawn_report_withdraws_the_flags_and_leaves_the_dossier_to_people(report):
    run_due(D("2026-11-20"))
    take_in([newer(report, status="I")], today=D("2026-11-21"))
    assert flags() == set()
    assert withdrawn() == {"de gegevens zijn veranderd: het kind was op die dag niet meer thuis"}
    case = Case.objects.get()
    assert (case.state, case.home_since, case.clock_start) == ("nieuw", None, None)
    assert set(Deadline.objects.values_list("stopped_on", flat=True)) == {D("2026-11-21")}


def test_a_return_before_the_flag_that_became_known_after_it_withdraws_it(report):
    run_due(D("2026-11-20"))
    SchoolReturn.objects.create(pupil=report.pupil, first_day=D("2026-11-04"), source="mentor")
    facts_changed([report.pupil_id], D("2026-11-21"))
    assert flags() == {("4-weken", "nadert")}
    assert withdrawn() == {"de gegevens zijn veranderd: het kind was op die dag niet meer thuis"}


def test_a_return_after_the_flag_leaves_it_standing(report):
    run_due(D("2026-11-20"))
    SchoolReturn.objects.create(pupil=report.pupil, first_day=D("2026-11-23"), source="mentor")
    run_due(D("2026-11-30"))
    assert flags() == FOUR | SIX
    assert not Deadline.objects.filter(stopped_on=None).exists()


def test_at_home_again_under_the_same_dossier_counts_anew(report):
    run_due(D("2026-11-20"))
    SchoolReturn.objects.create(pupil=report.pupil, first_day=D("2026-11-23"), source="mentor")
    run_due(D("2026-11-30"))
    again = world.report(report.pupil, report.school, first_day=D("2026-12-07"))
    take_in([again], today=D("2026-12-08"))
    assert flags() == set()
    assert withdrawn() == {"de termijn telt opnieuw vanaf 7 december 2026"}
    run_due(D("2027-01-18"))
    assert flags() == FOUR | SIX


def test_permission_decided_afterwards_moves_the_clock_and_withdraws(report):
    run_due(D("2026-11-20"))
    PermittedAbsence.objects.create(
        pupil=report.pupil, first_day=D("2026-10-05"), last_day=D("2026-11-13"), reason="ziekte", explanation="arts"
    )
    facts_changed([report.pupil_id], D("2026-11-21"))
    case = Case.objects.get()
    assert (case.home_since, case.clock_start, flags()) == (D("2026-10-05"), D("2026-11-16"), set())


@pytest.mark.parametrize("past", ["2026-10-01", "2026-10-20", "2026-11-03", "2026-11-10"])
def test_a_round_for_a_past_day_withdraws_nothing(report, past):
    run_due(D("2026-11-20"))
    run_due(D(past))
    assert flags() == FOUR | SIX
    run_due(D("2026-11-20"))
    assert Flag.objects.count() == 4
    assert not Deadline.objects.exclude(stopped_on=None).exists()
    assert Case.objects.get().home_since == D("2026-10-05")


def test_the_terms_of_the_region_hold_for_its_members_only(lekstroom):
    here, elsewhere = world.pupil(), world.pupil(municipality_id="0193")
    reports = [world.report(here, lekstroom.schools["99AA00"]), world.report(elsewhere, lekstroom.schools["99AC00"])]
    take_in(reports, today=D("2026-10-06"))
    terms = {c.pupil_id: {d.term_code for d in c.deadlines.all()} for c in Case.objects.all()}
    assert terms == {here.pk: {"4-weken", "6-weken", "3-maanden"}, elsewhere.pk: {"4-weken", "3-maanden"}}


@pytest.mark.parametrize("model", [RegionTerm, OrganisationLink])
@pytest.mark.parametrize(
    ("dates", "holds"),
    [
        ({"valid_from": D("2026-10-05")}, True),
        ({"valid_from": D("2026-10-06")}, False),
        ({"valid_until": D("2026-10-05")}, True),
        ({"valid_until": D("2026-10-04")}, False),
    ],
)
def test_the_term_of_the_first_day_counts(lekstroom, model, dates, holds):
    model.objects.update(**dates)
    take_in([world.report(world.pupil(), lekstroom.schools["99AA00"])], today=D("2026-11-20"))
    assert Deadline.objects.filter(term_code="6-weken").exists() == holds


def test_the_holidays_of_the_school_decide_when_four_lesson_weeks_are_over(lekstroom):
    child = world.pupil(municipality_id="0193")
    take_in([world.report(child, lekstroom.schools["99AC00"], first_day=D("2026-10-05"))], today=D("2026-10-06"))
    deadline = Deadline.objects.get(term_code="4-weken")
    assert deadline.exceeded_from == D("2026-11-09")
    child.refresh_from_db()
    christmas = world.report(child, lekstroom.schools["99AC00"], first_day=D("2026-10-07"))
    AbsenceReport.objects.exclude(pk=christmas.pk).update(superseded_at=datetime(2026, 11, 1, tzinfo=AMSTERDAM))
    facts_changed([child.pk], D("2026-11-02"))
    assert Deadline.objects.get(term_code="4-weken").exceeded_from == D("2026-11-11")


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_do_the_work_once():
    """On PostgreSQL they meet; the in-memory SQLite of the tests knows one thread at a time."""
    lekstroom = world.build()
    for _ in range(40):
        world.report(world.pupil(pgn_hash=""), lekstroom.schools["99AA00"])
    problems = []

    def round_():
        try:
            run_due(D("2026-11-20"))
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [Thread(target=round_) for _ in range(3)]
    for thread in threads:
        thread.start()
        if connection.vendor == "sqlite":
            thread.join()
    for thread in threads:
        thread.join()
    assert problems == []
    assert (Case.objects.count(), HomePeriod.objects.count()) == (40, 40)
    assert (Deadline.objects.count(), Flag.objects.count()) == (120, 160)
