"""From a report to flags: the worked example of the law, through the database."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.agreements.models import RegionTerm
from cases.clock.acts import facts_changed
from cases.clock.models import Deadline, Flag
from cases.dossier.models import Case
from cases.intake.acts import take_in
from cases.nightly import run_due
from leerplicht.law.exemptions import Article
from leerplicht.models import Enrolment, Exemption, NotEnrolled, PermittedAbsence, SchoolReturn
from leerplicht.models.facts import Fact
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


LATER = date(2026, 11, 30)
BEGINS_LATER = {
    Enrolment: lambda child, school: Enrolment(pupil=child, school=school, last_day=LATER - timedelta(days=1)),
    NotEnrolled: lambda child, _: NotEnrolled(pupil=child, first_day=LATER, how_known="DUO"),
    PermittedAbsence: lambda child, _: PermittedAbsence(
        pupil=child, first_day=LATER, reason="verlof", explanation="begint volgende week"
    ),
    Exemption: lambda child, _: Exemption(pupil=child, article=Article.ART_11, letter="d", first_day=LATER),
    SchoolReturn: lambda child, _: SchoolReturn(
        pupil=child, first_day=LATER - timedelta(days=10), last_day=LATER - timedelta(days=3), source="mentor"
    ),
}


def test_every_kind_of_fact_is_named_here():
    assert set(BEGINS_LATER) == set(Fact.__subclasses__())


@pytest.mark.parametrize("kind", BEGINS_LATER, ids=lambda kind: kind.__name__)
def test_the_round_of_the_day_picks_up_what_begins_that_day(lekstroom, kind):
    child = world.pupil()
    fact = BEGINS_LATER[kind](child, lekstroom.schools["99AA00"])
    fact.save()
    run_due(LATER - timedelta(days=1))
    assert not child.home_periods.exists()
    run_due(LATER)
    assert child.home_periods.get().first_day == LATER


def test_a_round_for_a_day_before_what_was_computed_is_refused_and_changes_nothing(lekstroom):
    take_in([world.report(world.pupil(), lekstroom.schools["99AA00"])], today=date(2026, 10, 6))
    call_command("run_due", today=date(2026, 11, 20), stdout=StringIO())
    before = list(Flag.objects.values()), list(Deadline.objects.values())
    with pytest.raises(CommandError, match="tot en met 20 november 2026"):
        call_command("run_due", today=date(2026, 11, 9), stdout=StringIO())
    call_command("run_due", today=date(2026, 11, 20), stdout=StringIO())
    assert (list(Flag.objects.values()), list(Deadline.objects.values())) == before


def test_a_term_told_in_other_words_has_the_words_of_today(lekstroom):
    child = world.pupil()
    take_in([world.report(child, lekstroom.schools["99AA00"])], today=date(2026, 10, 6))
    RegionTerm.objects.filter(code="6-weken").update(amount=42, unit="days")
    facts_changed([child.pk], date(2026, 10, 7))
    assert Deadline.objects.get(term_code="6-weken").spoken == "42 dagen"


def test_a_move_to_a_school_with_other_holidays_rewrites_nothing_that_was_right(lekstroom):
    """At home from a school in Midden since 14 September; on 15 October a report of a school in Noord (A3)."""
    child, start = world.pupil(), date(2026, 9, 14)
    midden, noord = lekstroom.schools["99AA00"], lekstroom.schools["99AC00"]
    Enrolment.objects.create(pupil=child, school=midden)
    take_in([world.report(child, midden, first_day=start)], today=start)
    run_due(date(2026, 10, 13))
    Enrolment.objects.create(pupil=child, school=noord, first_day=date(2026, 10, 15))
    take_in([world.report(child, noord, first_day=date(2026, 10, 15))], today=date(2026, 10, 15))
    run_due(date(2026, 10, 20))
    assert Deadline.objects.get(term_code="4-weken").exceeded_from == date(2026, 10, 12)
    over = Flag.objects.get(deadline__term_code="4-weken", level="overschreden")
    assert (over.raised_on, over.withdrawn_at) == (date(2026, 10, 13), None)
