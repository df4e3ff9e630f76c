"""The page of a child says per school year what the law asks, and an enrolment in which class, year and level."""

from datetime import date

import pytest

from cases.facts.forms import EnrolmentForm
from cases.facts.panel import EXEMPT, years_of
from leerplicht.models import Enrolment, Exemption
from tests import world
from tests.cases.overleg import TODAY

ENROLMENT = {"school_code": "99AB00", "first_day": "1-8-2026", "group": "2B", "year": "2", "level": "havo"}


def test_each_year_with_its_days_and_why(case):
    shown = years_of(case.pupil, [], TODAY)
    (now,) = [row for row in shown if row.now]
    assert (now.year, now.first_day, now.last_day, now.words) == (
        "2026/27",
        date(2026, 8, 1),
        date(2027, 7, 31),
        "leerplichtig",
    )
    assert [row.words for row in shown if row.year == "2029/30"] == ["kwalificatieplichtig"]
    assert shown[-1].year == "2030/31 tot en met 2039/40" and shown[-1].first_day == date(2031, 5, 5)
    assert shown[0].first_day == date(2018, 6, 1) and "16 wordt" in shown[0].why and "27 jaar" in shown[-1].why


def test_an_exemption_shows_to_who_may_know_of_it(case, lekstroom, as_user):
    row = Exemption.objects.create(pupil=case.pupil, article="art_5_onder_b", first_day=date(2026, 10, 1))
    assert [s.words for s in years_of(case.pupil, [row], TODAY) if s.year == "2026/27"] == ["leerplichtig", EXEMPT]
    world.involve(case, lekstroom.organisations["school"], parts=["verzuim"])
    assert "vrijgesteld" in as_user("officer").get(f"/dossiers/{case.number}/").content.decode()
    assert "vrijgesteld" not in as_user("teacher").get(f"/dossiers/{case.number}/").content.decode()


def test_twelve_years_and_dates_that_contradict(case):
    case.pupil.twelve_years_done = date(2027, 7, 31)
    assert "twaalf volledige" in years_of(case.pupil, [], TODAY)[0].why
    case.pupil.startkwalificatie_on = date(2001, 1, 1)
    assert years_of(case.pupil, [], TODAY) == []


def test_of_a_birth_day_that_is_not_known_the_last_that_it_can_be(case):
    case.pupil.born, case.pupil.born_known = date(2013, 5, 1), "maand"
    assert years_of(case.pupil, [], TODAY)[-1].first_day == date(2031, 5, 31)
    case.pupil.born, case.pupil.born_known = date(2013, 1, 1), "jaar"
    assert years_of(case.pupil, [], TODAY) == []


class TestEnrolment:
    def test_class_year_and_level_stand_on_the_page(self, case, as_user):
        client = as_user("officer")
        assert client.post(f"/dossiers/{case.number}/feit/inschrijving/", ENROLMENT).status_code == 302
        row = Enrolment.objects.get(school__code="99AB00")
        assert row.place == "klas 2B, leerjaar 2, havo"
        assert "klas 2B, leerjaar 2, havo" in client.get(f"/dossiers/{case.number}/").content.decode()

    @pytest.mark.parametrize(
        ("changes", "field"), [({"year": "9"}, None), ({"year": "x"}, "year"), ({"level": "gymnasium"}, "level")]
    )
    def test_what_cannot_be(self, case, changes, field):
        form = EnrolmentForm(ENROLMENT | changes, instance=Enrolment(pupil=case.pupil))
        assert not form.is_valid() and (field is None or field in form.errors)

    def test_none_of_it_is_needed(self, case, as_user):
        sent = {"school_code": "99AB00"}
        assert as_user("officer").post(f"/dossiers/{case.number}/feit/inschrijving/", sent).status_code == 302
        assert Enrolment.objects.get(school__code="99AB00").place == ""
