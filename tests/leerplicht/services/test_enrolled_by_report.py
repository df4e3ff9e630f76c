"""What a report says about an enrolment: since when is unknown, unless the child was elsewhere or nowhere before."""

import io
from datetime import date

import pytest

from cases.demo.children import as_file
from cases.intake.uploads import read_in
from leerplicht.models import Enrolment, HomePeriod, NotEnrolled
from leerplicht.services.clock import recompute
from tests import world

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def read_report(child, first_day: str) -> None:
    row = {
        "meldingsnummer": "N1",
        "persoonsgebonden_nummer": child.reveal_pgn(),
        "achternaam": child.last_name,
        "geboortedatum": str(child.born),
        "gemeentecode": "0356",
        "brin": "99AB",
        "vestiging": "00",
        "begindatum": first_day,
        "verzuimsoort": "O",
        "alle_lessen_gemist": "N",
        "actie_gemeente_gewenst": "J",
        "status": "R",
        "datum_mutatie": "2026-11-18",
    }
    read_in(io.BytesIO(as_file([row])), name="n.csv", today=TODAY)


def test_weeks_without_a_school_do_not_vanish_when_the_next_school_reports(lekstroom):
    child = world.pupil()
    Enrolment.objects.create(pupil=child, school=lekstroom.schools["99AA00"], last_day=date(2026, 9, 30))
    read_report(child, "2026-11-17")
    period = HomePeriod.objects.get(pupil=child)
    assert (period.kind, period.first_day, period.back_since) == ("absoluut", date(2026, 10, 1), date(2026, 11, 17))


def test_a_report_of_a_school_ends_being_enrolled_nowhere(lekstroom):
    child = world.pupil()
    NotEnrolled.objects.create(pupil=child, first_day=date(2026, 10, 1), how_known="lijst")
    read_report(child, "2026-11-02")
    assert HomePeriod.objects.get(pupil=child).last_day == date(2026, 10, 30)


def test_a_child_that_we_did_not_know_is_enrolled_since_an_unknown_day(lekstroom):
    child = world.pupil()
    read_report(child, "2026-11-02")
    assert Enrolment.objects.get(pupil=child).first_day is None


def test_a_school_change_before_the_known_holidays_stops_nobodys_clock(lekstroom):
    child = world.pupil(born=date(2010, 5, 5))
    Enrolment.objects.create(pupil=child, school=lekstroom.schools["99AA00"], last_day=date(2016, 7, 31))
    Enrolment.objects.create(pupil=child, school=lekstroom.schools["99AB00"], first_day=date(2016, 10, 1))
    assert recompute([child.pk], TODAY).failed == {}
