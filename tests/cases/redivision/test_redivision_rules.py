"""Where a child goes, and what cannot be prepared, as tables."""

from datetime import date

import pytest

from cases.redivision.rules import Part, check_day, check_parts, part_of
from tests.cases.refusal import refusal

ONE = [Part("0402")]
TWO = [Part("0855", frozenset({"5056"})), Part("0757", frozenset({"5296", "5298"}), frozenset({7}))]


@pytest.mark.parametrize(
    ("child", "address", "parts", "code"),
    [
        pytest.param(1, "", ONE, "0402", id="one gemeente: no address is asked"),
        pytest.param(1, "Dorpsstraat 1, 5056 AB Berkel", TWO, "0855", id="postcode with a space"),
        pytest.param(1, "Dorpsstraat 5298xx", TWO, "0757", id="postcode without"),
        pytest.param(1, "", TWO, None, id="no address"),
        pytest.param(1, "Dorpsstraat 1, Berkel", TWO, None, id="no postcode"),
        pytest.param(1, "1011 AB Amsterdam", TWO, None, id="a postcode of neither"),
        pytest.param(1, "5056 AB of 5298 XX", TWO, None, id="two postcodes"),
        pytest.param(1, "nummer 5056", TWO, None, id="four digits alone are no postcode"),
        pytest.param(7, "5056 AB Berkel", TWO, "0757", id="a person's choice goes first"),
        pytest.param(7, "", TWO, "0757", id="a person's choice without an address"),
    ],
)
def test_where_a_child_goes(child, address, parts, code):
    assert part_of(child, address, parts) == code


@pytest.mark.parametrize(
    ("codes", "postcodes", "sentence"),
    [
        (["0402"], [[]], ""),
        (["0855", "0757"], [["5056"], ["5296"]], ""),
        (["1696"], [[]], "Een gemeente kan niet opgaan in zichzelf."),
        (["0402", "1696"], [[], []], "De oude gemeente houdt op te bestaan en kan zelf geen deel zijn."),
        (["0402", "0402"], [[], []], "Een gemeente staat er twee keer."),
        (["0855", "0757"], [["5056"], ["5056", "5057"]], "Postcode 5056 staat bij twee gemeenten."),
    ],
)
def test_what_cannot_be_parts(codes, postcodes, sentence):
    assert refusal(check_parts, "1696", codes, postcodes) == sentence


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2027, 1, 1), ""),
        (date(2026, 1, 1), ""),
        (date(2025, 1, 1), "Deze dag is langer dan een jaar geleden."),
        (date(2062, 1, 1), "Deze dag ligt meer dan drie jaar vooruit."),
    ],
)
def test_the_day(day, sentence):
    assert refusal(check_day, day, date(2026, 11, 20)) == sentence
