"""Signing a doorzettingsbesluit: who may when, what follows from it, and what gives way."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from cases.closing import acts
from cases.decisions import prepare as decisions
from cases.decisions import sign as signing
from cases.decisions import tell as telling
from cases.decisions.models import Decision, DecisionSignature
from cases.dossier.rules import NotNow
from cases.offers import acts as offers
from cases.offers.models import Offer
from tests import world
from tests.cases import besluit
from tests.cases.besluit import fresh, sign
from tests.cases.overleg import TODAY
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.people.organisations import Membership
from thuiszitters.core.people.roles import Role
from thuiszitters.core.people.users import User


class TestSigning:
    def test_it_holds_and_the_place_is_announced(self, presented, lekstroom):
        assert sign(presented, lekstroom.holder)
        row = fresh(presented)
        assert (row.state, row.is_provisional, row.offer.state) == ("ondertekend", False, "aangekondigd")
        assert (row.offer.start_on, row.offer.place, row.offer.hours_full) == (besluit.START, "Het Kompas", 24)
        assert row.routes == ["geschil", "klacht"] and len(row.checks) == 11
        signature = row.signatures.get()
        assert (signature.scope, signature.by, signature.mandate.person) == (
            "onderwijs",
            lekstroom.holder,
            lekstroom.holder,
        )
        assert AuditEvent.objects.filter(action="decision_signed", user_id=lekstroom.holder.pk).exists()

    def test_the_looks_and_the_telling_are_steps(self, presented, lekstroom):
        sign(presented, lekstroom.holder)
        due = dict(presented.tasks.filter(done_on=None).values_list("title", "due_on"))
        assert due == {
            f"Besluit {presented.number} vertellen aan ouders en kind": TODAY,
            "Is het kind er? Kijken, 2 weken na 7 december 2026": date(2026, 12, 21),
            "Is het kind er? Kijken, 6 weken na 7 december 2026": date(2027, 1, 18),
            "Is het kind er? Kijken, 3 maanden na 7 december 2026": date(2027, 3, 7),
        }

    def test_the_looks_end_when_the_place_failed(self, presented, lekstroom):
        sign(presented, lekstroom.holder)
        offer = fresh(presented).offer
        offers.move_offer(offer, "mislukt", by=lekstroom.officer, on=TODAY, because="Geen plek meer.")
        left = presented.tasks.filter(done_on=None).values_list("title", flat=True)
        assert list(left) == [telling.tell_title(presented)], "that parents are told does not depend on it"

    @pytest.mark.parametrize("who", ["officer", "leader", "coordinator", "teacher", "colleague", "stranger", "region"])
    def test_nobody_else(self, presented, lekstroom, who):
        with pytest.raises(NotNow, match=r"geen mandaat|zelf voorgelegd"):
            sign(presented, lekstroom.users[who])
        assert fresh(presented).state == "voorgelegd"

    @pytest.mark.parametrize(
        ("since", "until", "may"),
        [
            (TODAY, None, True),
            (TODAY, TODAY, True),
            (date(2026, 1, 1), TODAY - timedelta(days=1), False),
            (TODAY + timedelta(days=1), None, False),
        ],
    )
    def test_the_mandate_holds_on_the_day_itself(self, presented, lekstroom, since, until, may):
        lekstroom.holder.mandates.update(valid_from=since, valid_until=until)
        if may:
            assert sign(presented, lekstroom.holder)
        else:
            with pytest.raises(NotNow, match="vandaag geen mandaat"):
                sign(presented, lekstroom.holder)

    def test_a_mandate_of_another_region_is_none(self, presented, lekstroom):
        lekstroom.holder.mandates.update(region=lekstroom.organisations["regio_elders"])
        with pytest.raises(NotNow, match="geen mandaat"):
            sign(presented, lekstroom.holder)

    def test_who_left_signs_no_more(self, presented, lekstroom):
        Membership.objects.filter(user=lekstroom.holder).update(valid_until=TODAY - timedelta(days=1))
        with pytest.raises(NotNow, match="geen mandaat"):
            sign(presented, lekstroom.holder)

    def test_once(self, presented, lekstroom):
        late = fresh(presented)
        sign(presented, lekstroom.holder)
        with pytest.raises(NotNow, match="net bijgewerkt"):
            sign(late, lekstroom.holder)
        with pytest.raises(NotNow, match="niet ter ondertekening"):
            sign(fresh(presented), lekstroom.holder)
        assert (DecisionSignature.objects.count(), Offer.objects.count()) == (1, 1)

    def test_not_another_text_than_was_read(self, presented, lekstroom):
        read = fresh(presented)
        decisions.give_back(presented, by=lekstroom.officer, reason="Ander begin.")
        besluit.fill(presented, lekstroom, start_on=date(2026, 12, 14))
        decisions.present(presented, by=lekstroom.officer)
        with pytest.raises(NotNow, match="net bijgewerkt"):
            sign(read, lekstroom.holder)

    def test_not_who_laid_it_before_also_with_a_mandate(self, presented, lekstroom):
        Membership.objects.create(
            user=lekstroom.officer,
            organisation=lekstroom.organisations["nieuwegein"],
            role=Role.HOUDER,
            valid_from=date(2026, 1, 1),
        )
        lekstroom.holder.mandates.update(person=lekstroom.officer, organisation=lekstroom.organisations["nieuwegein"])
        with pytest.raises(NotNow, match="zelf voorgelegd"):
            sign(presented, lekstroom.officer)
        mandate = lekstroom.officer.mandates.get()
        with pytest.raises(IntegrityError), transaction.atomic():
            DecisionSignature.objects.create(
                decision=presented,
                scope="onderwijs",
                mandate=mandate,
                by=lekstroom.officer,
                version=1,
                presented_by=lekstroom.officer,
            )

    def test_a_start_that_passed_while_it_lay_there(self, presented, lekstroom):
        with time_machine.travel("2026-12-08 10:00+01:00", tick=False), pytest.raises(NotNow, match="al voorbij"):
            sign(presented, lekstroom.holder)

    def test_in_a_dossier_that_was_closed(self, presented, lekstroom):
        read = fresh(presented)
        acts.close(presented.case, result="VERHUISD", by=lekstroom.officer, because="Verhuisd.")
        read.case.refresh_from_db()
        with pytest.raises(NotNow, match="afgesloten"):
            sign(read, lekstroom.holder)

    def test_a_school_that_is_closed_by_then(self, presented, lekstroom):
        presented.school.closed_on = date(2026, 12, 1)
        presented.school.save()
        with pytest.raises(NotNow, match="gesloten sinds 1 december"):
            sign(fresh(presented), lekstroom.holder)
        assert fresh(presented).state == "voorgelegd" and not DecisionSignature.objects.exists()


class TestPassingABlock:
    def test_only_with_a_reason_which_stays(self, presented, lekstroom):
        presented.case.contacts.filter(who="kind").delete()
        for passed in ({}, {"P2": "  "}, {"P3": "ander vakje"}):
            with pytest.raises(NotNow, match=r"P2 \(kind gehoord\)"):
                sign(presented, lekstroom.holder, **passed)
        assert sign(presented, lekstroom.holder, P2="Ligt in het ziekenhuis.", P3="hoeft niet")
        row = fresh(presented)
        assert {c: p["because"] for c, p in row.passed.items()} == {"P2": "Ligt in het ziekenhuis."}
        assert row.passed["P2"]["by"] == str(lekstroom.holder)
        assert [c["code"] for c in row.checks if not c["met"]] == ["P2"]

    def test_a_warning_needs_none(self, presented, lekstroom):
        Decision.objects.filter(pk=presented.pk).update(answers=besluit.ANSWERS | {"P9": "", "P10": ""})
        assert sign(fresh(presented), lekstroom.holder)


class TestTwoHolders:
    """Onderwijs by the director of the verband, zorg by a manager of the gemeente (domain 4.4)."""

    @pytest.fixture
    def manager(self, lekstroom) -> User:
        user = User.objects.create_user("manager@voorbeeld.test", "x", first_name="Mo", last_name="Manager")
        gemeente = lekstroom.organisations["nieuwegein"]
        Membership.objects.create(user=user, organisation=gemeente, role=Role.HOUDER, valid_from=date(2020, 8, 1))
        besluit.mandate(lekstroom, "zorg", person=user, organisation=gemeente)
        return user

    @pytest.fixture
    def both(self, ready, lekstroom, manager) -> Decision:
        world.involve(ready, lekstroom.organisations["nieuwegein"], since=date(2026, 11, 1))
        return besluit.presented(ready, lekstroom, scopes=["onderwijs", "zorg"])

    def test_it_holds_when_both_have_signed(self, both, lekstroom, manager):
        assert not sign(both, manager)
        assert fresh(both).state == "voorgelegd" and not Offer.objects.exists()
        with pytest.raises(NotNow, match="is al getekend"):
            sign(fresh(both), manager)
        assert sign(fresh(both), lekstroom.holder)
        assert set(signing.signed_scopes(fresh(both))) == {"onderwijs", "zorg"}
        assert fresh(both).routes == ["geschil", "gemeente", "klacht"]

    def test_a_signature_under_an_earlier_text_does_not_count(self, both, lekstroom, manager):
        sign(both, manager)
        row = fresh(both)
        decisions.give_back(row, by=lekstroom.holder, reason="Meer uren.")
        besluit.fill(row, lekstroom, hours_start=8)
        decisions.present(row, by=lekstroom.officer)
        assert signing.signed_scopes(row) == {}
        assert not sign(row, lekstroom.holder)
        assert sign(fresh(row), manager)
