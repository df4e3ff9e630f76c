"""A decision that is provisional, that replaces another one, and what is rare about signing."""

from datetime import date

import pytest
import time_machine

from cases.decisions import prepare as decisions
from cases.decisions import sign as signing
from cases.decisions import tell as telling
from cases.decisions.models import DecisionCondition, DecisionTold
from cases.decisions.queries import decisions_of, to_sign_by
from cases.decisions.readiness import checks_of, recorded
from cases.dossier.models import Task
from cases.dossier.rules import NotNow
from cases.offers import acts as offers
from cases.offers.models import Offer, OfferChange
from tests import world
from tests.cases import besluit
from tests.cases.besluit import fresh, sign, unmet
from tests.cases.overleg import TODAY
from thuiszitters.core.people.organisations import Membership
from thuiszitters.core.people.roles import Role
from thuiszitters.core.people.users import User


class TestProvisionalAndReplaced:
    def test_without_a_start_it_is_provisional_and_the_place_waits(self, ready, lekstroom):
        row = besluit.signed(ready, lekstroom, start_on=None)
        assert (row.is_provisional, row.offer.state) == (True, "aangeboden")
        assert "Is het kind er? Kijken, 2 weken na het besluit" in row.tasks.values_list("title", flat=True)

    def test_a_new_one_takes_over_and_makes_it_final(self, ready, lekstroom):
        first = besluit.signed(ready, lekstroom, start_on=None)
        again = besluit.a_request(ready, lekstroom)
        assert (again.replaces, again.because, again.school) == (first, first.because, first.school)
        besluit.fill(again, lekstroom)
        decisions.present(again, by=lekstroom.officer)
        sign(again, lekstroom.holder)
        first, again = fresh(first), fresh(again)
        assert (first.state, again.state, again.offer.pk) == ("vervangen", "ondertekend", first.offer.pk)
        assert (again.offer.state, again.offer.start_on) == ("aangekondigd", besluit.START)
        assert not first.tasks.filter(done_on=None).exists()
        assert set(signing.signed_scopes(first)) == {"onderwijs"}  # what it was signed with stays readable

    def test_another_place_ends_the_first_one(self, ready, lekstroom):
        first = besluit.signed(ready, lekstroom)
        again = besluit.fill(besluit.a_request(ready, lekstroom), lekstroom, school=lekstroom.schools["99AA00"])
        decisions.present(again, by=lekstroom.officer)
        sign(again, lekstroom.holder)
        assert {o.place: o.state for o in Offer.objects.all()} == {
            "Het Kompas": "mislukt",
            "De Lindeboom": "aangekondigd",
        }
        assert first.offer_id != fresh(again).offer_id

    def test_a_signed_one_is_not_edited_dropped_or_given_back(self, ready, lekstroom):
        row = besluit.signed(ready, lekstroom)
        for act in (
            lambda: decisions.save_content(row, by=lekstroom.officer),
            lambda: decisions.drop(row, by=lekstroom.holder, reason="x"),
            lambda: decisions.give_back(row, by=lekstroom.holder, reason="x"),
            lambda: decisions.present(row, by=lekstroom.officer),
            lambda: decisions.save_row(besluit.party(row), by=lekstroom.officer),
        ):
            with pytest.raises(NotNow):
                act()
        assert fresh(row).state == "ondertekend"

    def test_a_place_that_was_asked_for_goes_on(self, ready, lekstroom):
        asked = Offer(
            case=ready,
            kind="ANDERE_SCHOOL",
            school=lekstroom.schools["99AB00"],
            hours_start=3,
            hours_full=20,
            asked_on=date(2026, 11, 12),
            by=lekstroom.officer,
            organisation=lekstroom.organisations["nieuwegein"],
        )
        offers.save_offer(asked, by=lekstroom.officer)
        row = besluit.signed(ready, lekstroom)
        assert row.offer.pk == asked.pk
        assert (row.offer.state, row.offer.hours_start, row.offer.asked_on) == ("aangekondigd", 6, date(2026, 11, 12))

    def test_a_condition_is_a_step_of_who_arranges_it(self, ready, lekstroom):
        row = besluit.fill(besluit.a_request(ready, lekstroom), lekstroom)
        verband = lekstroom.organisations["verband"]
        for organisation in (verband, None):
            condition = DecisionCondition(
                decision=row,
                kind="tlv",
                what="verklaring",
                organisation=organisation,
                person="C. Verbinder",
                due_on=date(2026, 12, 1),
            )
            decisions.save_row(condition, by=lekstroom.officer)
        decisions.present(row, by=lekstroom.officer)
        sign(row, lekstroom.holder)
        tasks = Task.objects.filter(title__startswith="Voorwaarde van", due_on=date(2026, 12, 1)).order_by("pk")
        assert not Task.objects.filter(title__contains="verklaring").exists(), (
            "not all who read steps may know of a TLV"
        )
        assert [t.owner_organisation for t in tasks] == [verband, None]
        assert "tlv" in fresh(row).routes


class TestEdges:
    def test_closing_does_not_undo_a_signature(self, presented, lekstroom):
        """The row was read before it was signed."""
        sign(presented, lekstroom.holder)
        decisions.end_all([presented.case_id], by=lekstroom.officer, because="Het dossier is gesloten.")
        assert fresh(presented).state == "ondertekend"

    def test_a_place_that_began_goes_on_and_the_decision_can_become_final(self, ready, lekstroom):
        first = besluit.signed(ready, lekstroom, start_on=None)
        offer = first.offer
        for target in ("aangekondigd", "gestart"):
            offers.move_offer(offer, target, by=lekstroom.officer, on=TODAY)
        with time_machine.travel("2026-11-27 10:00+01:00", tick=False):
            again = besluit.a_request(ready, lekstroom)
            assert again.start_on == TODAY, "the first day that the child was there"
            besluit.fill(again, lekstroom, start_on=TODAY)
            decisions.present(again, by=lekstroom.officer)
            sign(again, lekstroom.holder)
        again = fresh(again)
        assert (again.is_provisional, again.offer.pk, again.offer.state) == (False, offer.pk, "gestart")
        assert Offer.objects.count() == 1

    def test_another_start_before_it_began_moves_the_question_along(self, ready, lekstroom):
        offer = besluit.signed(ready, lekstroom).offer
        again = besluit.fill(besluit.a_request(ready, lekstroom), lekstroom, start_on=date(2027, 1, 11))
        decisions.present(again, by=lekstroom.officer)
        sign(again, lekstroom.holder)
        offer.refresh_from_db()
        assert offer.start_on == date(2027, 1, 11) == offer.tasks.get(done_on=None).due_on
        assert [c.on for c in offer.changes.filter(target="aangekondigd")] == [besluit.START, date(2027, 1, 11)]

    def test_another_place_asks_nobody_to_search_anew(self, ready, lekstroom):
        besluit.signed(ready, lekstroom)
        again = besluit.fill(besluit.a_request(ready, lekstroom), lekstroom, school=lekstroom.schools["99AA00"])
        decisions.present(again, by=lekstroom.officer)
        sign(again, lekstroom.holder)
        assert not Task.objects.filter(title__startswith="Opnieuw zoeken").exists()
        assert unmet(fresh(again)) == []
        again.options.all().delete()
        assert checks_of(besluit.a_request(ready, lekstroom), TODAY)[3].met is False, "nobody tried that place"

    def test_what_stands_at_the_place_stays(self, ready, lekstroom):
        asked = Offer(
            case=ready,
            kind="ANDERE_SCHOOL",
            school=lekstroom.schools["99AB00"],
            hours_start=3,
            hours_full=20,
            asked_on=date(2026, 11, 12),
            by=lekstroom.officer,
            organisation=lekstroom.organisations["nieuwegein"],
            remarks="Eerst kennismaken.",
        )
        offers.save_offer(asked, by=lekstroom.officer)
        assert besluit.signed(ready, lekstroom).offer.remarks.startswith("Eerst kennismaken. Volgens besluit")

    def test_a_mandate_counts_in_the_organisation_that_takes_part(self, ready, lekstroom):
        """Holder at the verband, which takes part, with a mandate of the gemeente, which does not."""
        gemeente = lekstroom.organisations["nieuwegein"]
        Membership.objects.create(
            user=lekstroom.holder, organisation=gemeente, role=Role.HOUDER, valid_from=date(2026, 1, 1)
        )
        row = besluit.presented(ready, lekstroom)
        lekstroom.holder.mandates.update(organisation=gemeente)
        with pytest.raises(NotNow, match="geen mandaat"):
            sign(row, lekstroom.holder)
        assert to_sign_by(lekstroom.holder, TODAY) == []

    def test_it_is_not_laid_before_oneself(self, ready, lekstroom):
        officer, gemeente = lekstroom.officer, lekstroom.organisations["nieuwegein"]
        Membership.objects.create(user=officer, organisation=gemeente, role=Role.HOUDER, valid_from=date(2026, 1, 1))
        world.involve(ready, gemeente)
        lekstroom.holder.mandates.update(person=officer, organisation=gemeente)
        row = besluit.fill(besluit.a_request(ready, lekstroom), lekstroom)
        with pytest.raises(NotNow, match="Laat een collega het voorleggen"):
            decisions.present(row, by=officer)
        decisions.present(row, by=lekstroom.leader)
        assert to_sign_by(User.objects.get(pk=officer.pk), TODAY) == [row]

    def test_who_takes_part_without_reading_is_told_what_to_do(self, ready, lekstroom):
        ready.involvements.update(parts=["verzuim"])
        row = besluit.fill(besluit.a_request(ready, lekstroom), lekstroom)
        with pytest.raises(NotNow, match="deel opnieuw"):
            decisions.present(row, by=lekstroom.officer)

    @pytest.mark.parametrize("change", [{"part": "veiligheid"}, {"part": "gezondheid"}, {"on": date(2026, 10, 4)}])
    def test_a_talk_that_others_may_not_know_of_or_of_before_moves_nothing(self, presented, change):
        presented.case.contacts.filter(who="kind").update(**change)
        assert unmet(presented) == ["P2"]

    def test_gezag_of_everybody_is_known(self, presented):
        presented.case.pupil.guardians.create(name="K. Bakker", relation="vader", gezag="onbekend")
        assert unmet(presented) == ["P1"]

    def test_what_runs_by_law_is_asked_anew(self, ready, lekstroom):
        besluit.signed(ready, lekstroom)
        assert unmet(besluit.a_request(ready, lekstroom)) == ["P6", "P10", "P11"]

    def test_the_route_of_a_tlv_is_told_with_the_kind_of_place(self, ready, lekstroom):
        ready.offers.create(
            kind="VSO",
            provider="x",
            hours_start=6,
            hours_full=24,
            asked_on=TODAY,
            tlv="geregeld",
            by=lekstroom.officer,
            organisation=lekstroom.organisations["nieuwegein"],
        )
        assert "tlv" in fresh(besluit.signed(ready, lekstroom, kind="VSO")).routes

    def test_a_condition_of_who_left_is_for_the_handler(self, ready, lekstroom):
        row = besluit.fill(besluit.a_request(ready, lekstroom), lekstroom)
        condition = DecisionCondition(
            decision=row,
            kind="vervoer",
            what="busje",
            organisation=lekstroom.organisations["school"],
            person="x",
            due_on=date(2026, 12, 1),
        )
        decisions.save_row(condition, by=lekstroom.officer)
        decisions.present(row, by=lekstroom.officer)
        sign(row, lekstroom.holder)
        assert Task.objects.get(title__startswith="Leerlingenvervoer").owner_organisation is None

    def test_a_refused_place_asks_to_search_on(self, ready, lekstroom):
        offer = besluit.signed(ready, lekstroom, start_on=None).offer
        offers.move_offer(offer, "geweigerd", by=lekstroom.officer, on=TODAY, because="Ouders willen niet.")
        assert Task.objects.filter(title__startswith="Opnieuw zoeken", done_on=None).exists()

    def test_a_place_that_another_decision_took_over_was_not_tried(self, ready, lekstroom):
        """P4 counts what was tried. That nobody tried it is a field: what the reason says is for people."""
        first = besluit.signed(ready, lekstroom)
        second = besluit.signed(ready, lekstroom, school=lekstroom.schools["99AA00"])
        gone = OfferChange.objects.get(offer=first.offer, target="mislukt")
        assert gone.cause == OfferChange.Cause.REPLACED
        OfferChange.objects.filter(pk=gone.pk).update(because="In andere woorden.")
        assert recorded(second, TODAY).options_failed == second.options.count() > 0
        OfferChange.objects.filter(pk=gone.pk).update(cause=OfferChange.Cause.OTHER)
        assert recorded(second, TODAY).options_failed == second.options.count() + 1, "the control"

    def test_telling_goes_on_whatever_its_step_is_called(self, ready, lekstroom):
        row = besluit.signed(ready, lekstroom, start_on=None)
        step = Task.objects.get(decision=row, kind=Task.Kind.TELLING)
        Task.objects.filter(pk=step.pk).update(title="In andere woorden")
        offers.move_offer(row.offer, "geweigerd", by=lekstroom.officer, on=TODAY, because="Ouders willen niet.")
        assert list(Task.objects.filter(decision=row, done_on=None)) == [step]
        for parent, name in telling.to_be_told(row):
            line = DecisionTold(decision=row, guardian_id=parent, on=TODAY, teller="x", how=name)
            telling.tell(line, by=lekstroom.officer)
        assert not Task.objects.filter(decision=row, done_on=None).exists()

    def test_what_was_arranged_is_not_asked_again(self, ready, lekstroom):
        row = besluit.fill(besluit.a_request(ready, lekstroom), lekstroom)
        for what in ("busje", "begeleiding"):
            condition = DecisionCondition(decision=row, kind="vervoer", what=what, person="x", due_on=date(2026, 12, 1))
            decisions.save_row(condition, by=lekstroom.officer)
        decisions.present(row, by=lekstroom.officer)
        sign(row, lekstroom.holder)
        Task.objects.filter(condition__what="busje").update(title="In andere woorden", done_on=TODAY, outcome="Rijdt.")
        later = besluit.a_request(ready, lekstroom)
        assert list(later.conditions.values_list("what", flat=True)) == ["begeleiding"]

    def test_a_first_day_that_passed_is_not_taken_over(self, ready, lekstroom):
        row = besluit.signed(ready, lekstroom)
        with time_machine.travel("2026-12-10 10:00:00+01:00"):
            assert date(2026, 12, 10) > besluit.START
            assert besluit.a_request(ready, lekstroom).start_on is None
        assert row.start_on == besluit.START

    @pytest.mark.parametrize(("target", "failed"), [("geweigerd", 1), ("aangekondigd", 0)])
    def test_a_refused_place_is_counted_as_failed(self, ready, lekstroom, target, failed):
        offer = besluit.signed(ready, lekstroom, start_on=None).offer
        offers.move_offer(offer, target, by=lekstroom.officer, on=TODAY, because="Ouders willen niet.")
        assert decisions_of({"0356"})["total"]["failed"] == failed
