"""The hours that schools report, beside the law: days without lessons and hours of art. 11a are set apart and shown."""

from datetime import date
from decimal import Decimal

import pytest

from cases.intake.acts import take_in
from leerplicht.law.exemptions import Article
from leerplicht.models import Exemption
from leerplicht.services.hours import hours_overview
from tests import world

FRIDAYS = {"2026-10-02": "5", "2026-10-09": "5", "2026-10-16": "5", "2026-10-30": "5"}


@pytest.fixture
def five_year_old(lekstroom):
    child = world.pupil(born=date(2021, 1, 5))
    school = lekstroom.schools["99AA00"]
    world.report(child, school, kind="V3", all_lessons=False, first_day=date(2026, 10, 2), hours=FRIDAYS)
    return child


def test_hours_on_a_day_without_lessons_are_set_apart_and_the_rest_counts(lekstroom):
    child = world.pupil()
    hours = {"2026-09-11": "6", "2026-09-13": "4", "2026-09-14": "6", "2026-10-19": "3", "2026-10-02": "4"}
    world.report(child, lekstroom.schools["99AA00"], kind="V3", first_day=date(2026, 9, 11), hours=hours)
    seen = hours_overview(child.pk)
    assert [day for day, _ in seen.set_apart] == [date(2026, 9, 13), date(2026, 10, 19)]
    assert seen.total == 16 and [limit.last_day for limit in seen.limits] == [date(2026, 10, 2)]


def test_a_school_that_was_open_on_a_saturday_reports_that_saturday(lekstroom):
    child, school = world.pupil(), lekstroom.schools["99AA00"]
    school.own_days.create(day=date(2026, 9, 12), is_open=True, reason="open dag")
    child.enrolments.create(school=school)
    world.report(child, school, kind="V3", first_day=date(2026, 9, 12), hours={"2026-09-12": "4"})
    assert hours_overview(child.pk).total == 4


def test_hours_of_a_child_under_six_do_not_count_once_it_is_recorded(five_year_old):
    asked = hours_overview(five_year_old.pk)
    assert asked.may_be_freed and asked.total == 20 and len(asked.limits) == 1
    Exemption.objects.create(
        pupil=five_year_old, article=Article.ART_11A, hours_a_week=5, first_day=date(2026, 9, 1), last_day=None
    )
    seen = hours_overview(five_year_old.pk)
    assert (seen.may_be_freed, seen.total, seen.limits) == (False, 0, [])
    assert seen.freed == [(date.fromisoformat(day), Decimal(5)) for day in FRIDAYS]
    assert not five_year_old.home_periods.exists()


def test_the_page_of_the_report_says_what_the_law_frees(five_year_old, as_user):
    number = five_year_old.reports.get().number
    take_in([five_year_old.reports.get()], today=date(2026, 11, 20))
    page = as_user("officer").get(f"/meldingen/nummer/{number}/").content.decode()
    assert "Artikel 11a: 5 uur per week mag" in page
    Exemption.objects.create(
        pupil=five_year_old, article=Article.ART_11A, hours_a_week=5, first_day=date(2026, 9, 1), last_day=None
    )
    page = as_user("officer").get(f"/meldingen/nummer/{number}/").content.decode()
    assert "Mag volgens artikel 11a" in page and "2 oktober 2026 (5 uur)" in page
