"""When an offer can move on: the rules as tables."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from cases.dossier.results import RESULTS
from cases.offers.rules import check_offer_move, check_secured
from cases.offers.states import OfferState, brings_to_school, find_offer_move, kinds
from tests.cases.refusal import refusal

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


LEGAL = {
    ("gevraagd", "aangeboden"),
    ("gevraagd", "geweigerd"),
    ("aangeboden", "aangekondigd"),
    ("aangeboden", "geweigerd"),
    ("aangekondigd", "gestart"),
    ("aangekondigd", "mislukt"),
    ("gestart", "volledig"),
    ("gestart", "mislukt"),
    ("volledig", "geborgd"),
    ("volledig", "mislukt"),
}


@pytest.mark.parametrize("source", OfferState)
@pytest.mark.parametrize("target", OfferState)
def test_legal_moves(source, target):
    assert (find_offer_move(source, target) is not None) == ((source.value, target.value) in LEGAL)


def test_what_can_be_offered_is_a_suitable_place_and_two_of_them_leave_the_child_at_home():
    offered = dict(kinds())
    assert "SO" in offered and not {"VRIJSTELLING_5A", "VERHUISD"} & set(offered) and set(offered) < set(RESULTS)
    assert offered["SO"] == "speciaal onderwijs"
    assert {kind for kind in offered if not brings_to_school(kind)} == {"ZORGAANBOD", "AFSTANDSONDERWIJS"}


@dataclass
class Offer:
    state: str
    asked_on: date = TODAY - 30 * DAY
    started_on: date | None = None


ASKED, OFFERED, AGREED = Offer("gevraagd"), Offer("aangeboden"), Offer("aangekondigd")
BEGUN = Offer("gestart", started_on=TODAY - 10 * DAY)


@pytest.mark.parametrize(
    ("offer", "target", "on", "because", "problem"),
    [
        (ASKED, "aangeboden", TODAY, "", ""),
        (ASKED, "gestart", TODAY, "", "Dit kan nu niet."),
        (ASKED, "geweigerd", TODAY, " ", "Geef een reden op."),
        (ASKED, "geweigerd", TODAY, "vol", ""),
        (ASKED, "aangeboden", TODAY + DAY, "", "Deze dag is nog niet geweest."),
        (OFFERED, "aangekondigd", TODAY + DAY, "", ""),
        (OFFERED, "aangekondigd", TODAY + 366 * DAY, "", ""),
        (OFFERED, "aangekondigd", TODAY + 367 * DAY, "", "Deze dag ligt meer dan een jaar vooruit."),
        (ASKED, "aangeboden", TODAY - 30 * DAY, "", ""),
        (ASKED, "aangeboden", TODAY - 31 * DAY, "", "Deze dag kan niet: gevraagd op 21-10-2026."),
        (BEGUN, "volledig", TODAY - 10 * DAY, "", ""),
        (BEGUN, "volledig", TODAY - 11 * DAY, "", "Deze dag kan niet: begonnen op 10-11-2026."),
    ],
)
def test_the_next_state_of_an_offer_and_its_day(offer, target, on, because, problem):
    said = refusal(check_offer_move, offer, target, on=on, because=because, today=TODAY)
    assert said.startswith(problem) and bool(problem) == bool(said)


def test_the_move_is_given_back():
    move = check_offer_move(AGREED, "gestart", on=TODAY, because="", today=TODAY)
    assert (move.source, move.target, move.facts) == ("aangekondigd", "gestart", True)


@pytest.mark.parametrize(
    ("on", "at_home", "problem"),
    [
        (TODAY, False, ""),
        (TODAY - DAY, False, "Nog geen vier lesweken alle uren. Geborgd kan vanaf 20-11-2026."),
        (TODAY, True, "Het kind telt nog als thuis."),
    ],
)
def test_secured_after_four_lesson_weeks_at_school(on, at_home, problem):
    said = refusal(check_secured, on=on, secure_from=TODAY, at_home=at_home)
    assert said.startswith(problem) and bool(problem) == bool(said)
