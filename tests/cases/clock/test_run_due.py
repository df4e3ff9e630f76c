"""From a report to flags: the worked example of the law, through the database."""

from datetime import date

from cases.clock.models import Flag
from cases.dossier.models import Case
from cases.intake.acts import take_in
from cases.nightly import run_due
from tests import world


def flags() -> set[tuple[str, str, bool]]:
    rows = Flag.objects.values_list("deadline__term_code", "level", "withdrawn_at")
    return {(term, level, withdrawn is None) for term, level, withdrawn in rows}


def test_a_report_opens_a_dossier_whose_flags_are_raised_once_on_their_days(lekstroom):
    child = world.pupil()
    report = world.report(child, lekstroom.schools["99AA00"])
    take_in([report], today=date(2026, 10, 6))
    case = Case.objects.get()
    assert (case.number, case.home_since, case.clock_start) == (
        "TZ-0356-2026-0001",
        date(2026, 10, 5),
        date(2026, 10, 5),
    )
    due = {d.term_code: d.exceeded_from for d in case.deadlines.all()}
    assert due == {"4-weken": date(2026, 11, 9), "6-weken": date(2026, 11, 16), "3-maanden": date(2027, 1, 5)}
    assert flags() == set()
    run_due(date(2026, 11, 2))
    assert flags() == {("4-weken", "nadert", True)}
    for _ in range(2):
        run_due(date(2026, 11, 20))
    assert flags() == {
        ("4-weken", "nadert", True),
        ("4-weken", "overschreden", True),
        ("6-weken", "nadert", True),
        ("6-weken", "overschreden", True),
    }
    assert Flag.objects.count() == 4
