"""Offers of a place: the moves, their days, and what they do to the clock of the child."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from cases.closing import acts as closing
from cases.dossier.models import Case, Task
from cases.dossier.results import RESULTS
from cases.dossier.rules import NotNow
from cases.handling import acts as handling
from cases.nightly import run_due
from cases.offers import acts as offers
from cases.offers import moves
from cases.offers.models import Offer, OfferChange
from cases.offers.states import ATTENDED, FINAL, OFFER_MOVES, OfferState, find_offer_move, kinds
from leerplicht.models import HomePeriod, School
from tests import world
from thuiszitters.core.log.models import AuditEvent

MONDAY = date(2026, 11, 16)


def an_offer(case: Case, lekstroom, **fields) -> Offer:
    values = {
        "kind": "VSO",
        "school": lekstroom.schools["99AB00"],
        "hours_start": 6,
        "hours_full": 24,
        "asked_on": date(2026, 11, 2),
        "by": lekstroom.officer,
        "organisation": lekstroom.organisations["nieuwegein"],
    } | fields
    offer = Offer(case=case, **values)
    offers.save_offer(offer, by=lekstroom.officer)
    return offer


def go(offer: Offer, by, *steps) -> Offer:
    for target, day in steps:
        offers.move_offer(offer, target, by=by, on=day, because="Het lukt niet.")
    return offer


@pytest.fixture
def offer(case, lekstroom) -> Offer:
    return an_offer(case, lekstroom)


@pytest.fixture
def begun(offer, lekstroom) -> Offer:
    return go(offer, lekstroom.officer, ("aangeboden", MONDAY), ("aangekondigd", MONDAY), ("gestart", MONDAY))


class TestMoves:
    def test_the_table_reaches_every_state_and_ends_in_the_final_ones(self):
        assert {m.target for m in OFFER_MOVES} | {OfferState.GEVRAAGD} == set(OfferState)
        assert {m.source for m in OFFER_MOVES} == set(OfferState) - FINAL
        assert {m.target for m in OFFER_MOVES if m.source in ATTENDED} <= ATTENDED | {OfferState.MISLUKT}

    @pytest.mark.parametrize(
        ("source", "target"), [(s, t) for s in OfferState for t in OfferState if not find_offer_move(s, t)]
    )
    def test_no_other_move_is_possible(self, offer, lekstroom, source, target):
        offer.state = source
        with pytest.raises(NotNow, match="kan nu niet"):
            offers.move_offer(offer, target, by=lekstroom.officer, on=MONDAY, because="x")

    def test_each_move_is_a_row_with_its_day_and_a_line_in_the_log(self, begun):
        rows = list(OfferChange.objects.values_list("source", "target", "on"))
        assert rows == [
            ("", "gevraagd", date(2026, 11, 2)),
            ("gevraagd", "aangeboden", MONDAY),
            ("aangeboden", "aangekondigd", MONDAY),
            ("aangekondigd", "gestart", MONDAY),
        ]
        assert AuditEvent.objects.filter(action="offer_moved").count() == 3
        assert begun.history.count() == 4

    @pytest.mark.parametrize(
        ("target", "on", "because", "problem"),
        [
            ("aangeboden", date(2026, 11, 21), "", "nog niet geweest"),
            ("aangeboden", date(2026, 11, 1), "", "gevraagd op 02-11-2026"),
            ("geweigerd", MONDAY, "  ", "Geef een reden op"),
        ],
    )
    def test_a_day_or_reason_that_cannot_be(self, offer, lekstroom, target, on, because, problem):
        with pytest.raises(NotNow, match=problem):
            offers.move_offer(offer, target, by=lekstroom.officer, on=on, because=because)
        assert Offer.objects.get().state == "gevraagd"

    def test_a_start_that_is_far_away(self, offer, lekstroom):
        go(offer, lekstroom.officer, ("aangeboden", MONDAY))
        with pytest.raises(NotNow, match="meer dan een jaar"):
            go(offer, lekstroom.officer, ("aangekondigd", date(2028, 1, 10)))

    def test_asked_before_the_child_was_born_or_after_it_began(self, case, begun, lekstroom):
        with pytest.raises(NotNow, match="voor de geboorte"):
            an_offer(case, lekstroom, asked_on=date(2013, 5, 4))
        begun.asked_on = date(2026, 11, 17)
        with pytest.raises(NotNow, match="Het kind begon al op 16-11-2026"):
            offers.save_offer(begun, by=lekstroom.officer)

    def test_in_years_of_which_no_holidays_are_known(self, case, lekstroom):
        """A sentence, and no error of the server."""
        old = date(2015, 3, 2)
        offer = an_offer(case, lekstroom, asked_on=old)
        go(offer, lekstroom.officer, ("aangeboden", old), ("aangekondigd", old))
        with pytest.raises(NotNow, match="schoolvakanties zijn alleen bekend"):
            go(offer, lekstroom.officer, ("gestart", old))

    @pytest.mark.parametrize("change", [{"kind": "ZORGAANBOD"}, {"provider": "De Haven"}, {"school": None}])
    def test_once_begun_it_stays_the_same_place(self, begun, lekstroom, change):
        for name, value in ({"provider": "De Haven"} | change).items():
            setattr(begun, name, value)
        with pytest.raises(NotNow, match="maak dan een nieuw aanbod"):
            offers.save_offer(begun, by=lekstroom.officer)
        begun.refresh_from_db()
        begun.remarks = "Gaat goed."
        offers.save_offer(begun, by=lekstroom.officer)

    def test_two_people_at_once_one_outcome(self, offer, lekstroom):
        other = Offer.objects.get()
        other.case = offer.case
        go(offer, lekstroom.officer, ("aangeboden", MONDAY))
        with pytest.raises(NotNow, match="net bijgewerkt"):
            offers.move_offer(other, "geweigerd", by=lekstroom.leader, on=MONDAY, because="Vol.")
        assert Offer.objects.get().state == "aangeboden"

    def test_a_change_that_was_overtaken_loses_nothing(self, offer, lekstroom):
        old = Offer.objects.get()
        old.case = offer.case
        go(offer, lekstroom.officer, ("aangeboden", MONDAY))
        old.hours_start = 3
        with pytest.raises(NotNow, match="intussen aangepast"):
            offers.save_offer(old, by=lekstroom.leader)
        assert Offer.objects.get().state == "aangeboden" and Offer.objects.get().hours_start == 6

    def test_a_closed_dossier_a_closed_school_and_a_finished_offer(self, offer, case, lekstroom):
        School.objects.filter(code="99AB00").update(closed_on=date(2026, 12, 1))
        offer.school.refresh_from_db()
        go(offer, lekstroom.officer, ("aangeboden", MONDAY))
        with pytest.raises(NotNow, match="gesloten sinds 1 december 2026"):
            go(offer, lekstroom.officer, ("aangekondigd", date(2026, 12, 7)))
        go(offer, lekstroom.officer, ("geweigerd", MONDAY))
        with pytest.raises(NotNow, match="afgerond"):
            offers.save_offer(offer, by=lekstroom.officer)
        other = an_offer(case, lekstroom, provider="De Haven", school=None)
        closing.close(case, result="BUITENLAND", by=lekstroom.officer, because="x")
        with pytest.raises(NotNow, match="afgesloten"):
            go(other, lekstroom.officer, ("aangeboden", MONDAY))

    def test_the_database_keeps_what_must_never_be(self, offer):
        for change in (
            {"school": None},
            {"hours_full": 2},
            {"state": "gestart"},
            {"state": "aangekondigd"},
            {"state": "volledig", "started_on": MONDAY},
            {"hours_start": 0},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Offer.objects.filter(pk=offer.pk).update(**change)


class TestTheChild:
    def test_until_the_first_attended_day_it_is_at_home(self, offer, case, lekstroom):
        go(offer, lekstroom.officer, ("aangeboden", MONDAY), ("aangekondigd", date(2026, 11, 30)))
        period = HomePeriod.objects.get(last_day=None)
        assert period.back_since is None
        assert Task.objects.get(offer=offer, done_on=None).due_on == date(2026, 11, 30)
        with pytest.raises(NotNow, match="nog niet geweest"):
            go(offer, lekstroom.officer, ("gestart", date(2026, 11, 30)))

    def test_the_first_day_is_a_return_and_an_enrolment(self, offer, case, lekstroom):
        tuesday = MONDAY + timedelta(days=1)
        begun = go(offer, lekstroom.officer, ("aangeboden", MONDAY), ("aangekondigd", MONDAY), ("gestart", tuesday))
        period = HomePeriod.objects.get(last_day=None)
        assert period.back_since == tuesday, "a whole lesson week must pass"
        assert case.pupil.enrolments.filter(school=begun.school, first_day=tuesday).exists()
        assert not Task.objects.filter(offer=begun, done_on=None).exists()
        with time_machine.travel("2026-11-24 10:00:00+01:00"):
            run_due(date(2026, 11, 24))
        assert not HomePeriod.objects.filter(last_day=None).exists()

    def test_the_dossier_is_followed_from_then_on(self, offer, case, lekstroom):
        handling.transition(case, "onderzoek", by=lekstroom.officer, because="x")
        go(offer, lekstroom.officer, ("aangeboden", MONDAY), ("aangekondigd", MONDAY), ("gestart", MONDAY))
        assert Case.objects.get().state == "volgen"
        go(offer, lekstroom.officer, ("mislukt", date(2026, 11, 18)))
        assert Case.objects.get().state == "aanpak"

    @pytest.mark.parametrize(
        ("day", "problem"),
        [(date(2026, 11, 15), "zijn er geen lessen"), (date(2026, 10, 5), "Het kind is thuis sinds")],
    )
    def test_a_first_day_that_cannot_be(self, case, lekstroom, day, problem):
        offer = an_offer(case, lekstroom, asked_on=date(2026, 10, 1))
        go(offer, lekstroom.officer, ("aangeboden", MONDAY), ("aangekondigd", day))
        with pytest.raises(NotNow, match=problem):
            go(offer, lekstroom.officer, ("gestart", day))

    def test_when_it_fails_the_child_is_at_home_again_and_somebody_is_to_act(self, begun, case, lekstroom):
        go(begun, lekstroom.officer, ("mislukt", date(2026, 11, 18)))
        period = HomePeriod.objects.get()
        assert (period.first_day, period.last_day, period.back_since) == (date(2026, 10, 5), None, None)
        task = Task.objects.get(title__startswith="Opnieuw zoeken")
        assert task.due_on == date(2026, 11, 23) and task.done_on is None

    def test_a_relapse_after_weeks_is_a_new_period(self, case, lekstroom):
        offer = an_offer(case, lekstroom, asked_on=date(2026, 10, 6))
        first = date(2026, 11, 2)
        go(offer, lekstroom.officer, ("aangeboden", first), ("aangekondigd", first), ("gestart", first))
        go(offer, lekstroom.officer, ("mislukt", date(2026, 11, 17)))
        starts = list(HomePeriod.objects.order_by("first_day").values_list("first_day", "last_day"))
        assert starts == [(date(2026, 10, 5), date(2026, 10, 30)), (date(2026, 11, 18), None)]

    @pytest.mark.parametrize("kind", ["ZORGAANBOD", "AFSTANDSONDERWIJS"])
    def test_care_without_lessons_brings_nobody_to_school(self, case, lekstroom, kind):
        offer = an_offer(case, lekstroom, kind=kind, school=None, provider="Zorgboerderij De Haver")
        go(offer, lekstroom.officer, ("aangeboden", MONDAY), ("aangekondigd", MONDAY), ("gestart", MONDAY))
        assert HomePeriod.objects.get(last_day=None).back_since is None
        assert not case.pupil.returns.exists() and Case.objects.get().state == "nieuw"


class TestSecured:
    """Full hours from Monday 16 November; four lesson weeks later is 14 December (Midden)."""

    @pytest.fixture
    def full(self, begun, lekstroom) -> Offer:
        return go(begun, lekstroom.officer, ("volledig", MONDAY))

    @pytest.mark.parametrize(("day", "possible"), [("2026-12-13", False), ("2026-12-14", True), ("2027-01-20", True)])
    def test_after_four_lesson_weeks(self, full, lekstroom, day, possible):
        assert Task.objects.get(offer=full, done_on=None).due_on == date(2026, 12, 14)
        with time_machine.travel(f"{day} 10:00:00+01:00"):
            run_due(date.fromisoformat(day))
            if possible:
                go(full, lekstroom.officer, ("geborgd", date.fromisoformat(day)))
                assert full.is_final and not Task.objects.filter(offer=full, done_on=None).exists()
            else:
                with pytest.raises(NotNow, match="vanaf 14-12-2026"):
                    go(full, lekstroom.officer, ("geborgd", date.fromisoformat(day)))

    def test_the_day_that_is_named_counts_too(self, full, lekstroom):
        with time_machine.travel("2026-12-15 10:00:00+01:00"):
            run_due(date(2026, 12, 15))
            with pytest.raises(NotNow, match="vanaf 14-12-2026"):
                go(full, lekstroom.officer, ("geborgd", date(2026, 12, 1)))

    def test_holidays_do_not_count(self, full, lekstroom):
        Offer.objects.filter(pk=full.pk).update(full_on=date(2026, 12, 7))
        full.refresh_from_db()
        assert moves.secure_from(full) == date(2027, 1, 18)

    def test_not_after_a_relapse(self, full, case, lekstroom):
        world.report(case.pupil, lekstroom.schools["99AA00"], first_day=date(2026, 12, 7))
        with time_machine.travel("2026-12-15 10:00:00+01:00"):
            run_due(date(2026, 12, 15))
            with pytest.raises(NotNow, match="telt nog als thuis"):
                go(full, lekstroom.officer, ("geborgd", date(2026, 12, 15)))


def test_only_a_suitable_place_can_be_offered():
    """Never an exemption, never another end (domain R14)."""
    assert {RESULTS[code].counts.value for code, _ in kinds()} == {"passende plek"}


@given(st.lists(st.sampled_from([s.value for s in OfferState]), max_size=12))
def test_whatever_is_tried_the_legal_path_holds(tries):
    """Walking the table with any attempts never leaves a final state and never starts without an announcement."""
    state, seen = "gevraagd", ["gevraagd"]
    for target in tries:
        if find_offer_move(state, target):
            assert state not in FINAL
            state = target
            seen.append(state)
    if "gestart" in seen:
        assert seen.index("aangeboden") < seen.index("aangekondigd") < seen.index("gestart")
    assert "geborgd" not in seen or "volledig" in seen
