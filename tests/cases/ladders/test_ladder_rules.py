"""When a stappenplan can be agreed: the rule as a table."""

from datetime import date

import pytest

from cases.ladders.rules import check_ladder
from tests.cases.refusal import refusal

TODAY, TOMORROW = date(2026, 11, 20), date(2026, 11, 21)


@pytest.mark.parametrize(
    ("rungs", "begins", "confirmed", "problem"),
    [
        (1, TOMORROW, False, ""),
        (0, TOMORROW, True, "minstens één stap"),
        (1, TODAY, False, "Vink aan dat dit de bedoeling is."),
        (1, TODAY, True, ""),
        (1, date(2026, 1, 1), False, "Vink aan dat dit de bedoeling is."),
        (1, date(2026, 12, 1), True, "Er is al een stappenplan dat op 01-12-2026 begint."),
    ],
)
def test_with_steps_on_a_free_day_and_knowing_what_changes(rungs, begins, confirmed, problem):
    said = refusal(check_ladder, rungs, begins, [date(2026, 12, 1)], today=TODAY, confirmed=confirmed)
    assert problem in said and bool(problem) == bool(said)
