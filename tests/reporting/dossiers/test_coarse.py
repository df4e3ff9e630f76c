"""What a paper without names says: the same of every child of the same band, month and term."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.clock.models import Deadline
from cases.clock.presentation import clock_of
from reporting.dossiers.coarse import (
    FEW,
    age_in_words,
    alike,
    alike_in_words,
    kind_of,
    month_in_words,
    pack_in_words,
    standing_of,
)
from tests import world

TODAY = date(2026, 11, 20)
YOUNG, MIDDLE, OLD = "jonger dan 12 jaar", "12 tot en met 15 jaar", "16 jaar of ouder"


def child(since: date | None, born: date = date(2013, 5, 5), code: str = "0356"):
    return SimpleNamespace(home_since=since, pupil=SimpleNamespace(born=born), municipality_id=code)


def standing(since: date):
    end = since + timedelta(days=42)
    terms = [Deadline(unit="weeks", amount=6, start=since, exceeded_from=end, warns_from=end - timedelta(days=10))]
    case = child(since)
    return standing_of(case, clock_of(case, terms, TODAY), terms, TODAY)


@pytest.mark.parametrize(("age", "words"), [(4, YOUNG), (11, YOUNG), (12, MIDDLE), (15, MIDDLE), (16, OLD), (22, OLD)])
def test_bands(age, words):
    assert age_in_words(age) == words


def test_a_day_is_a_month():
    assert (month_in_words(date(2026, 10, 5)), month_in_words(None)) == ("oktober 2026", "")


@pytest.mark.parametrize(
    ("since", "words", "level"),
    [(date(2026, 10, 5), "langer dan 6 weken", "over"), (date(2026, 10, 20), "nog geen termijn voorbij", "ok")],
)
def test_how_long_is_the_term_that_passed(since, words, level):
    said = standing(since)
    assert (said.words, said.level, said.since, said.months) == (words, level, "oktober 2026", 1)
    assert said.description == f"Thuis sinds oktober 2026. {words.capitalize()}."


def test_who_is_not_at_home_has_none():
    assert standing_of(child(None), None, [], TODAY) is None


@given(st.dates(date(2026, 1, 1), TODAY), st.dates(date(2026, 1, 1), TODAY))
def test_two_children_of_one_month_and_term_are_told_apart_by_nothing(one, other):
    mine, theirs = standing(one), standing(other)
    if (one.year, one.month) == (other.year, other.month):
        assert mine == replace(theirs, words=mine.words, level=mine.level)


def test_how_many_are_alike():
    here = child(date(2026, 10, 5))
    others = [here, child(date(2026, 10, 31)), child(date(2026, 9, 30)), child(date(2026, 10, 5), date(2018, 1, 1)),
              child(date(2026, 10, 5), code="0321"), child(None)]  # fmt: skip
    assert alike(others, TODAY)[kind_of(here, TODAY)] == 2
    assert "maar 2 kinderen" in alike_in_words(2) and "enige kind" in alike_in_words(1)
    assert alike_in_words(FEW) == "" == pack_in_words(0)
    assert "Voor 3 kinderen" in pack_in_words(3) and "Voor 1 kind op" in pack_in_words(1)


@pytest.mark.django_db
def test_the_maker_is_told_how_few_are_alike(noor, as_user, lekstroom):
    def shown(kind="pseudoniem"):
        return as_user("officer").get(f"/dossiers/{noor.number}/papier/{kind}/").content.decode()

    assert "dit het enige kind van deze leeftijdsgroep" in shown()
    for n in range(4):
        world.open_case(world.pupil(first_names=f"Kind{n}"), lekstroom.schools["99AA00"])
    assert "enige kind" not in shown() and "enige kind" not in shown("volledig")
