"""Which routes there are and how each can end: a table a lawyer can read. No database."""

from dataclasses import dataclass
from datetime import date

import pytest

from cases.disputes.rules import ROUTES, Route, State, check_outcome, check_started, outcomes_of, state_of
from cases.dossier.rules import NotNow
from cases.parts.matrix import Part

JUDGED = "gegrond deels_gegrond ongegrond niet_ontvankelijk opgelost ingetrokken"
# Route: how it can end, to which part of the dossier it belongs, within how many weeks it starts.
TABLE = {
    "geschillencommissie": (JUDGED, "verloop", ""),
    "onderwijsconsulent": ("plek_gevonden advies_gegeven gestopt", "verloop", ""),
    "bezwaar_tlv": (JUDGED, "verloop", ""),
    "bezwaar_jeugdwet": (JUDGED, "verloop", ""),
    "bezwaar_vervoer": (JUDGED, "verloop", ""),
    "bezwaar_leerplicht": (JUDGED, "vrijstelling", "6 weken"),
    "klacht": (JUDGED, "verloop", ""),
    "rechter": (JUDGED, "verloop", ""),
}
BORN, BEGUN, TODAY = date(2014, 5, 5), date(2026, 11, 2), date(2026, 11, 20)


@dataclass
class Started:
    route: str = "klacht"
    started_on: date = BEGUN
    outcome: str = ""
    outcome_on: date | None = None


def test_every_route_stands_in_the_table():
    assert set(TABLE) == set(Route)


@pytest.mark.parametrize("route", TABLE)
def test_a_route(route):
    outcomes, part, term = TABLE[route]
    info = ROUTES[Route(route)]
    assert " ".join(info.outcomes) == outcomes
    assert info.part == Part(part)
    assert term in info.term and bool(term) == bool(info.term)


@pytest.mark.parametrize("outcome", sorted({word for outcomes, _, _ in TABLE.values() for word in outcomes.split()}))
@pytest.mark.parametrize("route", TABLE)
def test_an_outcome_is_of_its_route(route, outcome):
    row = Started(route, outcome=outcome, outcome_on=TODAY)
    if outcome in TABLE[route][0].split():
        check_outcome(row, today=TODAY)
        assert outcome in dict(outcomes_of([route]))
    else:
        with pytest.raises(NotNow, match="past"):
            check_outcome(row, today=TODAY)


@pytest.mark.parametrize(
    ("started_on", "problem"),
    [(date(2026, 11, 21), "nog niet geweest"), (date(2014, 5, 4), "geboorte"), (TODAY, ""), (BORN, "")],
)
def test_it_began_on_a_day_that_was(started_on, problem):
    row = Started(started_on=started_on)
    if not problem:
        return check_started(row, born=BORN, today=TODAY)
    with pytest.raises(NotNow, match=problem):
        check_started(row, born=BORN, today=TODAY)


@pytest.mark.parametrize("on", [None, date(2026, 11, 1), date(2026, 11, 21)])
def test_it_ends_on_a_day_that_was_after_its_begin(on):
    with pytest.raises(NotNow, match="vanaf 02-11-2026"):
        check_outcome(Started(outcome="gegrond", outcome_on=on), today=TODAY)
    check_outcome(Started(outcome="gegrond", outcome_on=BEGUN), today=TODAY)
    check_outcome(Started(outcome="gegrond", outcome_on=TODAY), today=TODAY)


def test_the_state_follows_from_the_outcome():
    assert [state_of(o) for o in ("", "ingetrokken", "gestopt", "gegrond")] == [
        State.RUNNING,
        State.WITHDRAWN,
        State.ENDED,
        State.ENDED,
    ]
