"""A gemeente that is divided over several: by postcode, by hand, and who waits for a person."""

from datetime import date

import pytest

from cases.dossier.models import Case
from cases.nightly import run_due
from cases.redivision import acts
from cases.redivision.queries import children_to_choose, waiting_of
from leerplicht.models import Pupil, Redivision, School
from tests import world
from tests.cases.redivision.conftest import DAY, fresh, gemeente, part
from tests.cases.refusal import refusal
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right

pytestmark = pytest.mark.django_db


@pytest.fixture
def split(lekstroom, friday) -> Redivision:
    """Nieuwegein is divided over Houten (the main part) and Zwolle."""
    parts = [part("0321", "Houten", postcodes=["3431"]), part("0193", "Zwolle", postcodes=["3438"])]
    return acts.prepare(gemeente("0356"), DAY, parts, by=lekstroom.admin)


def child(address: str = "", **fields) -> Pupil:
    return world.pupil(address=address, **fields)


def lives_in(pupil: Pupil) -> str:
    return Pupil.objects.values_list("municipality", flat=True).get(pk=pupil.pk)


def test_by_postcode_and_the_others_wait_in_sight(lekstroom, split, new_year):
    known, there, nowhere = child("Plein 1, 3431 AB"), child("Weg 2, 3438XX"), child()
    cases = [world.open_case(pupil, lekstroom.schools["99AA00"]) for pupil in (known, there, nowhere)]
    School.objects.filter(code="99AA00").update(postcode="3438AA")
    with new_year:
        run_due(DAY)
        assert [lives_in(pupil) for pupil in (known, there, nowhere)] == ["0321", "0193", "0356"]
        assert [Case.objects.get(pk=case.pk).municipality_id for case in cases] == ["0321", "0193", "0356"]
        assert School.objects.get(code="99AA00").municipality_id == "0193"
        assert (gemeente("0356").successor, gemeente("0356").last_day) == (None, date(2026, 12, 31))
        officer = fresh(lekstroom.officer)
        assert len(children_to_choose(officer, DAY)) == 1 and not children_to_choose(fresh(lekstroom.stranger), DAY)
        assert access_of(officer).municipalities_with(Right.CASE_WORK) == {"0356", "0321"}
        assert Case.objects.visible_to(fresh(lekstroom.stranger)).get() == cases[1]


def test_a_choice_before_the_day_is_kept_and_one_after_it_is_done(lekstroom, split, new_year):
    early, late = child(), child()
    houten, zwolle = split.parts.all()
    acts.choose(early, houten, by=lekstroom.officer)
    acts.choose(early, zwolle, by=lekstroom.officer)
    assert lives_in(early) == "0356" and [w.pupil for w in waiting_of(split)] == [late]
    with new_year:
        run_due(DAY)
        assert (lives_in(early), lives_in(late)) == ("0193", "0356")
        acts.choose(late, houten, by=fresh(lekstroom.officer))
        assert lives_in(late) == "0321"
        assert access_of(fresh(lekstroom.officer)).municipalities_with(Right.CASE_WORK) == {"0321"}
        assert refusal(acts.choose, Pupil.objects.get(pk=late.pk), zwolle, by=None) == (
            "Voor dit kind hoeft u niets meer te kiezen."
        )


def test_an_address_that_becomes_known_is_enough_for_the_next_night(lekstroom, split, new_year):
    late = child()
    with new_year:
        run_due(DAY)
        Pupil.objects.filter(pk=late.pk).update(address="Plein 1, 3431 AB Nieuwegein")
        run_due(date(2027, 1, 2))
        assert lives_in(late) == "0321" and waiting_of(split) == []


@pytest.mark.parametrize("who", ["stranger", "coordinator", "teacher", "admin"])
def test_others_choose_nothing(lekstroom, split, who):
    pupil = child()
    with pytest.raises(Exception) as refused:
        acts.choose(pupil, split.parts.first(), by=lekstroom.users[who])
    assert refused.type.__name__ == "NotAllowed"
