"""To which gemeente a dossier belonged on a day, after one or more herindelingen."""

from datetime import date

import pytest

from cases.dossier.models import FormerMunicipality
from leerplicht.models import Municipality


@pytest.mark.parametrize(
    ("former", "day", "code"),
    [
        pytest.param([], date(2020, 1, 1), "0356", id="never another"),
        pytest.param([("0321", date(2025, 12, 31))], date(2025, 12, 31), "0321", id="the last day"),
        pytest.param([("0321", date(2025, 12, 31))], date(2026, 1, 1), "0356", id="the first day"),
        pytest.param(
            [("0321", date(2025, 12, 31)), ("0193", date(2022, 12, 31))],
            date(2022, 5, 1),
            "0193",
            id="two, the earliest",
        ),
        pytest.param(
            [("0321", date(2025, 12, 31)), ("0193", date(2022, 12, 31))], date(2024, 5, 1), "0321", id="two, in between"
        ),
    ],
)
def test_the_gemeente_of_a_day(case, former, day, code):
    for before, until in former:
        FormerMunicipality.objects.create(case=case, municipality=Municipality.objects.get(code=before), until=until)
    assert case.municipality_on(day) == code
