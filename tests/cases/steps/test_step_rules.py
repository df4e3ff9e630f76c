"""When a step can be closed and how long the steps can be held up: the rules as tables."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from cases.steps.rules import check_pause, check_step
from tests.cases.refusal import refusal

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


@dataclass
class Step:
    planned_on: date = TODAY - 7 * DAY
    due_on: date | None = TODAY + 7 * DAY


MOTHER, CHILD = {"who": "Fatima (moeder)", "because": ""}, {"who": "het kind zelf", "because": "te ziek"}


@pytest.mark.parametrize(
    ("step", "changes", "problem"),
    [
        (Step(), {}, ""),
        (Step(planned_on=TODAY), {}, ""),
        (Step(planned_on=TODAY + DAY), {}, "begint nog niet"),
        (Step(), {"outcome": " "}, "Schrijf op wat eruit kwam."),
        (Step(due_on=TODAY), {}, ""),
        (Step(due_on=TODAY - DAY), {}, "later dan afgesproken"),
        (Step(due_on=TODAY - DAY), {"late_because": " "}, "later dan afgesproken"),
        (Step(due_on=TODAY - DAY), {"late_because": "vakantie"}, ""),
        (Step(due_on=None), {}, ""),
        (Step(), {"missing": [CHILD]}, ""),
        (Step(), {"missing": [MOTHER, CHILD]}, "Nog niet gehoord: Fatima (moeder). "),
        (Step(), {"missing": [MOTHER, {"who": "Karel (vader)", "because": ""}]}, ": Fatima (moeder), Karel (vader). "),
    ],
)
def test_closing_a_step(step, changes, problem):
    said = refusal(check_step, step, TODAY, **{"outcome": "Klaar", "late_because": "", "missing": []} | changes)
    assert problem in said and bool(problem) == bool(said)


@pytest.mark.parametrize(
    ("since", "until", "problem"),
    [
        (TODAY, TODAY, ""),
        (TODAY, TODAY - DAY, "ligt voor de begindatum"),
        (TODAY - 7 * DAY, TODAY, ""),
        (TODAY - 7 * DAY, TODAY - DAY, "al voorbij"),
        (TODAY, TODAY + 92 * DAY, ""),
        (TODAY, TODAY + 93 * DAY, "hoogstens drie maanden"),
    ],
)
def test_holding_up_the_steps(since, until, problem):
    said = refusal(check_pause, since, until, TODAY)
    assert problem in said and bool(problem) == bool(said)
