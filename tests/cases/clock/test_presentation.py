"""The clock in a list: colour follows the term that passed, and every child is drawn on one scale."""

from datetime import date, timedelta

import pytest

from cases.clock.models import Deadline
from cases.clock.presentation import clock_of, standing_in_words
from cases.dossier.models import Case

TODAY = date(2026, 11, 20)
RANK = {"ok": 0, "near": 1, "over": 2}


def clock(days_at_home: int):
    since = TODAY - timedelta(days=days_at_home)
    terms = (("4-weken", 4, "lesson_weeks", 30), ("6-weken", 6, "weeks", 42), ("3-maanden", 3, "months", 91))
    rows = [
        Deadline(
            term_code=code,
            amount=amount,
            unit=unit,
            start=since,
            exceeded_from=since + timedelta(days=after),
            warns_from=since + timedelta(days=after - 21),
        )
        for code, amount, unit, after in terms
    ]
    return clock_of(Case(home_since=since), rows, TODAY)


@pytest.mark.parametrize(
    ("days", "level", "words"),
    [
        (5, "ok", "4 lesweken op 15 december"),
        (12, "near", "nog 18 dagen tot 4 lesweken"),
        (33, "over", "4 lesweken overschreden, nog 9 dagen tot 6 weken"),
        (70, "over", "6 weken overschreden, nog 21 dagen tot 3 maanden"),
        (63, "over", "6 weken overschreden, al 21 dagen"),
        (91, "over", "3 maanden overschreden, sinds vandaag"),
    ],
)
def test_colour_and_words(days, level, words):
    found = clock(days)
    assert (found.level, found.words) == (level, words)


def test_who_is_at_home_longer_never_looks_calmer():
    ranks = [RANK[clock(days).level] for days in range(200)]
    assert ranks == sorted(ranks)


def test_nothing_runs():
    assert standing_in_words([], TODAY) == ("ok", "geoorloofd thuis: er loopt geen termijn")


def test_one_scale_for_all():
    assert clock(91).scaled.fraction == pytest.approx(0.5)
    assert (clock(91).scaled.dark, clock(92).scaled.dark) == (False, True)
    assert (clock(182).scaled.beyond, clock(183).scaled.beyond) == (False, True)
    assert clock(400).scaled.fraction == 1
    assert clock(5).scaled.lessons == clock(150).scaled.lessons == pytest.approx(30 / 182)
