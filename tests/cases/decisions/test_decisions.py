"""A doorzettingsbesluit asked for, prepared, laid before the holder, given back or dropped, and told."""

from datetime import timedelta

import pytest

from cases.closing import acts as closing
from cases.decisions import prepare as decisions
from cases.decisions import tell as telling
from cases.decisions.models import Decision, DecisionTold
from cases.decisions.readiness import checks_of
from cases.dossier.rules import NotNow
from cases.handling import acts as handling
from cases.offers import acts as offers
from cases.offers.models import Offer
from cases.work.models import Problem
from tests.cases import besluit
from tests.cases.besluit import fresh, unmet
from tests.cases.overleg import TODAY


class TestAsking:
    def test_a_request_has_a_number_of_the_gemeente_and_a_step_for_the_handler(self, ready, lekstroom):
        handling.assign(ready, lekstroom.officer, by=lekstroom.officer)
        row = besluit.a_request(ready, lekstroom)
        assert row.number == "DM-0356-2026-0001"
        task = row.tasks.get()
        assert (task.title, task.owner) == (f"Besluit {row.number} voorbereiden", lekstroom.officer)

    def test_one_at_a_time(self, ready, lekstroom):
        besluit.a_request(ready, lekstroom)
        with pytest.raises(NotNow, match="al een besluit in voorbereiding"):
            besluit.a_request(ready, lekstroom)
        assert Decision.objects.count() == 1

    def test_about_nothing_is_not_asked(self, ready, lekstroom):
        with pytest.raises(NotNow, match="waarover"):
            besluit.a_request(ready, lekstroom, scopes=[])

    def test_not_in_a_closed_dossier(self, ready, lekstroom):
        closing.close(ready, result="VERHUISD", by=lekstroom.officer, because="Verhuisd.")
        with pytest.raises(NotNow, match="afgesloten"):
            besluit.a_request(ready, lekstroom)


class TestWhatMustBeThere:
    def test_all_of_it(self, presented):
        assert unmet(presented) == []

    @pytest.mark.parametrize(
        ("spoil", "code"),
        [
            (lambda c: c.contacts.filter(who="ouder").update(own_words=""), "P1"),
            (lambda c: c.contacts.filter(who="ouder").update(channel="niet gelukt"), "P1"),
            (lambda c: c.pupil.guardians.update(gezag="onbekend"), "P1"),
            (lambda c: c.contacts.filter(who="kind").delete(), "P2"),
            (lambda c: c.meetings.update(state="gepland"), "P3"),
            (lambda c: c.decisions.get().options.first().delete(), "P4"),
            (lambda c: c.decisions.update(kind="VSO"), "P5"),
            (lambda c: c.decisions.update(medical=""), "P6"),
            (lambda c: c.decisions.update(responsible_school=None), "P7"),
        ],
    )
    def test_what_is_not_there(self, presented, spoil, code):
        spoil(presented.case)
        assert unmet(fresh(presented)) == [code]

    def test_two_days_on_which_a_parent_was_tried_are_enough(self, presented, lekstroom):
        """One row of another day makes the second; two on one day do not."""
        contact = presented.case.contacts.get(who="ouder")
        presented.case.contacts.filter(pk=contact.pk).update(channel="niet gelukt")
        for day, left in ((contact.on, ["P1"]), (contact.on + timedelta(days=1), [])):
            presented.case.contacts.create(
                who="ouder",
                guardian=contact.guardian,
                channel="niet gelukt",
                on=day,
                by=lekstroom.officer,
                organisation=lekstroom.organisations["nieuwegein"],
            )
            assert unmet(fresh(presented)) == left

    def test_heard_about_the_decision_itself_counts(self, ready, lekstroom):
        row = besluit.fill(besluit.a_request(ready, lekstroom), lekstroom)
        ready.contacts.all().delete()
        assert unmet(row) == ["P1", "P2"]
        mother = ready.pupil.guardians.get()
        decisions.save_row(besluit.party(row, who="ouder", guardian=mother), by=lekstroom.officer)
        decisions.save_row(besluit.party(row, who="kind", how="schriftelijk"), by=lekstroom.officer)
        assert unmet(row) == []

    def test_a_party_that_was_not_heard_counts_for_nothing(self, ready, lekstroom):
        row = besluit.fill(besluit.a_request(ready, lekstroom), lekstroom)
        ready.contacts.filter(who="kind").delete()
        decisions.save_row(besluit.party(row, who="kind", how="niet"), by=lekstroom.officer)
        assert unmet(row) == ["P2"]

    def test_an_offer_that_was_refused_is_an_option_that_failed(self, ready, lekstroom):
        row = besluit.fill(besluit.a_request(ready, lekstroom), lekstroom)
        decisions.drop_row(row.options.first(), by=lekstroom.officer)
        offer = Offer(
            case=ready,
            kind="VSO",
            provider="De Haven",
            hours_start=6,
            hours_full=24,
            asked_on=TODAY,
            by=lekstroom.officer,
            organisation=lekstroom.organisations["nieuwegein"],
        )
        offers.save_offer(offer, by=lekstroom.officer)
        assert unmet(row) == ["P4"]
        offers.move_offer(offer, "geweigerd", by=lekstroom.officer, on=TODAY, because="Geen plek.")
        assert unmet(row) == []

    def test_what_the_gemeente_recorded_about_health_asks_for_a_doctor(self, presented, lekstroom):
        """Of another organisation it does not count: whether that is recorded nobody else may know."""
        about = {"case": presented.case, "code": "A1", "by": lekstroom.officer}
        Problem.objects.create(organisation=lekstroom.organisations["jeugdteam"], **about)
        assert unmet(presented) == []
        Problem.objects.create(organisation=lekstroom.organisations["nieuwegein"], **about)
        assert unmet(presented) == ["P6"]

    def test_a_constant_number_of_queries(self, presented, lekstroom, django_assert_max_num_queries):
        for _ in range(5):
            presented.case.contacts.create(
                who="school",
                channel="telefoon",
                on=TODAY,
                by=lekstroom.officer,
                organisation=lekstroom.organisations["nieuwegein"],
            )
        with django_assert_max_num_queries(14):
            checks_of(presented, TODAY)


class TestPreparing:
    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"kind": "", "school": None}, "welke plek"),
            ({"hours_start": None, "hours_full": None}, "hoeveel uur per week"),
            ({"because": " "}, "waarom deze plek"),
            ({"teller": ""}, "wie het vertelt"),
        ],
    )
    def test_half_a_decision_is_not_laid_before_a_holder(self, ready, lekstroom, change, sentence):
        row = besluit.fill(besluit.a_request(ready, lekstroom), lekstroom, **change)
        with pytest.raises(NotNow, match=sentence):
            decisions.present(row, by=lekstroom.officer)

    def test_nobody_to_sign(self, ready, lekstroom):
        row = besluit.fill(besluit.a_request(ready, lekstroom, scopes=["onderwijs", "zorg"]), lekstroom)
        with pytest.raises(NotNow, match="Voor zorg is geen houder aangewezen"):
            decisions.present(row, by=lekstroom.officer)

    def test_a_holder_who_cannot_open_the_dossier(self, case, lekstroom):
        besluit.make_ready(case, lekstroom)
        besluit.mandate(lekstroom, "onderwijs")
        row = besluit.fill(besluit.a_request(case, lekstroom), lekstroom)
        with pytest.raises(NotNow, match="Verband De Verbinding tekent voor onderwijs, maar doet niet mee"):
            decisions.present(row, by=lekstroom.officer)

    @pytest.mark.parametrize(("days", "sentence"), [(-1, "al voorbij"), (367, "meer dan een jaar")])
    def test_a_start_that_cannot_be(self, ready, lekstroom, days, sentence):
        with pytest.raises(NotNow, match=sentence):
            besluit.fill(besluit.a_request(ready, lekstroom), lekstroom, start_on=TODAY + timedelta(days=days))

    def test_of_two_who_fill_in_the_second_is_told(self, ready, lekstroom):
        row = besluit.a_request(ready, lekstroom)
        other = fresh(row)
        besluit.fill(row, lekstroom)
        other.because = "Iets anders."
        with pytest.raises(NotNow, match="intussen aangepast"):
            decisions.save_content(other, by=lekstroom.officer)
        assert fresh(row).because == "Kleine klas, dichtbij."

    def test_what_lies_before_the_holder_does_not_change(self, presented, lekstroom):
        option = presented.options.first()
        for act in (
            lambda: decisions.save_content(fresh(presented), by=lekstroom.officer),
            lambda: decisions.save_row(option, by=lekstroom.officer),
            lambda: decisions.drop_row(option, by=lekstroom.officer),
            lambda: decisions.save_row(besluit.party(presented), by=lekstroom.officer),
        ):
            with pytest.raises(NotNow, match="verandert niet meer"):
                act()

    def test_given_back_with_what_must_change(self, presented, lekstroom):
        decisions.give_back(presented, by=lekstroom.holder, reason="Waar is het vervoer?")
        row = fresh(presented)
        assert (row.state, row.returned_because) == ("aangevraagd", "Waar is het vervoer?")
        assert row.tasks.filter(done_on=None, title__contains="het kwam terug").exists()
        besluit.fill(row, lekstroom, bridge="Thuisles")
        decisions.present(row, by=lekstroom.officer)
        assert fresh(row).returned_because == "" and not row.tasks.filter(done_on=None).exists()

    def test_no_decision_needs_a_reason_and_stays(self, presented, lekstroom):
        with pytest.raises(NotNow, match="reden"):
            decisions.drop(presented, by=lekstroom.holder, reason="  ")
        decisions.drop(fresh(presented), by=lekstroom.holder, reason="School heeft toch plek.")
        assert fresh(presented).state == "niet_genomen"
        with pytest.raises(NotNow, match="kan nu niet"):
            decisions.drop(fresh(presented), by=lekstroom.holder, reason="Nog eens.")

    def test_closing_the_dossier_ends_the_preparation(self, presented, lekstroom):
        closing.close(presented.case, result="VERHUISD", by=lekstroom.officer, because="Verhuisd.")
        assert fresh(presented).state == "niet_genomen"
        assert fresh(presented).dropped_because == "Het dossier is gesloten."


class TestTelling:
    def told(self, row, lekstroom, guardian=None, on=TODAY):
        telling.tell(
            DecisionTold(decision=row, guardian=guardian, on=on, teller="M. Officier", how="thuis"),
            by=lekstroom.officer,
        )

    def test_the_step_is_done_when_parents_and_child_know(self, ready, lekstroom):
        row = besluit.signed(ready, lekstroom)
        step = row.tasks.get(title__contains="vertellen")
        self.told(row, lekstroom, ready.pupil.guardians.get())
        step.refresh_from_db()
        assert step.done_on is None and [name for _, name in telling.to_be_told(row)] == ["het kind zelf"]
        self.told(row, lekstroom)
        step.refresh_from_db()
        assert step.done_on == TODAY

    def test_once_each(self, ready, lekstroom):
        row = besluit.signed(ready, lekstroom)
        self.told(row, lekstroom)
        with pytest.raises(NotNow, match="staat er al"):
            self.told(row, lekstroom)

    @pytest.mark.parametrize("days", [-1, 1])
    def test_not_before_it_was_signed_and_not_ahead(self, ready, lekstroom, days):
        row = besluit.signed(ready, lekstroom)
        with pytest.raises(NotNow, match="Kies een dag"):
            self.told(row, lekstroom, on=TODAY + timedelta(days=days))

    def test_one_that_does_not_hold_is_not_told(self, presented, lekstroom):
        with pytest.raises(NotNow, match="dat geldt"):
            self.told(presented, lekstroom)
