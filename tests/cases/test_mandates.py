"""Doorzettingsmacht: who holds it, for what nobody does, who may sign. The rules as tables."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cases.mandates import gaps_on, holders_on, may_sign
from cases.models import Mandate
from cases.policies import NotNow
from cases.services import agreements
from tests import world
from thuiszitters.core.models import Membership, User
from thuiszitters.core.roles import Role

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


@pytest.fixture
def deputy(lekstroom) -> User:
    user = User.objects.create_user("vervanger@voorbeeld.test", "wachtwoord-12", first_name="Vera", last_name="Vervang")
    Membership.objects.create(
        user=user, organisation=lekstroom.organisations["verband"], role=Role.HOUDER, valid_from=world.START
    )
    return user


def a_mandate(lekstroom, **fields) -> Mandate:
    orgs = lekstroom.organisations
    values = {"region": orgs["regio"], "organisation": orgs["verband"], "person": lekstroom.holder,
              "scope": "onderwijs", "valid_from": world.START, "source": "Convenant"}  # fmt: skip
    row = Mandate(**values | fields)
    agreements.add_mandate(row, by=lekstroom.region)
    return row


class TestWhoMaySign:
    @pytest.mark.parametrize(
        ("dates", "may"),
        [
            ({}, True),
            ({"valid_until": TODAY}, True),
            ({"valid_until": TODAY - DAY}, False),  # ended yesterday
            ({"valid_from": TODAY}, True),
            ({"valid_from": TODAY + DAY}, False),  # begins tomorrow
        ],
    )
    def test_on_that_day(self, lekstroom, friday, dates, may):
        a_mandate(lekstroom, **dates)
        assert may_sign(lekstroom.holder, "0356", TODAY, ["onderwijs"]) is may

    @pytest.mark.parametrize(
        ("municipality", "scopes", "may"),
        [
            ("0356", ["onderwijs"], True), ("0321", ["onderwijs"], True),
            ("0193", ["onderwijs"], False),  # another region
            ("0356", ["zorg"], False), ("0356", ["onderwijs", "zorg"], False), ("0356", [], False),
        ],
    )  # fmt: skip
    def test_for_that_gemeente_and_scope(self, lekstroom, friday, municipality, scopes, may):
        a_mandate(lekstroom)
        assert may_sign(lekstroom.holder, municipality, TODAY, scopes) is may

    def test_the_deputy_signs_too_and_nobody_else(self, lekstroom, friday, deputy):
        a_mandate(lekstroom, deputy=deputy)
        assert may_sign(deputy, "0356", TODAY, ["onderwijs"])
        for who in ("officer", "leader", "coordinator", "region", "admin"):
            assert not may_sign(lekstroom.users[who], "0356", TODAY, ["onderwijs"]), who

    def test_who_left_or_is_blocked_signs_no_more(self, lekstroom, friday):
        a_mandate(lekstroom)
        Membership.objects.filter(user=lekstroom.holder).update(valid_until=TODAY - DAY)
        assert not may_sign(lekstroom.holder, "0356", TODAY, ["onderwijs"])
        Membership.objects.filter(user=lekstroom.holder).update(valid_until=None)
        lekstroom.holder.is_active = False
        lekstroom.holder.save()
        assert not may_sign(lekstroom.holder, "0356", TODAY, ["onderwijs"])


class TestGaps:
    def test_for_what_nobody_is_named(self, lekstroom, friday):
        region = lekstroom.organisations["regio"].pk
        assert gaps_on(region, TODAY) == ["onderwijs", "zorg", "vervoer", "geld"]
        a_mandate(lekstroom)
        assert gaps_on(region, TODAY) == ["zorg", "vervoer", "geld"]
        assert [m.person for m in holders_on(region, TODAY)["onderwijs"]] == [lekstroom.holder]

    def test_who_left_leaves_a_gap(self, lekstroom, friday):
        a_mandate(lekstroom)
        Membership.objects.filter(user=lekstroom.holder).update(valid_until=TODAY - DAY)
        assert "onderwijs" in gaps_on(lekstroom.organisations["regio"].pk, TODAY)

    def test_the_page_says_so(self, lekstroom, friday, as_user):
        a_mandate(lekstroom)
        page = as_user("region").get("/regio/afspraken/").content.decode()
        assert "Voor zorg is nu geen houder" in page and "Voor onderwijs is nu geen houder" not in page


class TestNaming:
    @pytest.mark.parametrize(
        ("dates", "clash"),
        [
            ({"valid_from": date(2027, 1, 1)}, True),
            ({"valid_from": date(2019, 1, 1), "valid_until": date(2020, 8, 1)}, True),
            ({"valid_from": date(2019, 1, 1), "valid_until": date(2020, 7, 31)}, False),
            ({"valid_from": date(2027, 1, 1), "scope": "zorg"}, False),
        ],
    )
    def test_one_at_a_time_per_scope(self, lekstroom, friday, dates, clash):
        a_mandate(lekstroom)
        if clash:
            with pytest.raises(NotNow, match="al iemand aangewezen: Hans Houder"):
                a_mandate(lekstroom, **dates)
        else:
            a_mandate(lekstroom, **dates)

    def test_only_who_has_the_role_there(self, lekstroom, friday):
        with pytest.raises(NotNow, match="rol van houder"):
            a_mandate(lekstroom, person=lekstroom.coordinator)

    def test_it_ends_and_a_successor_follows(self, lekstroom, friday, deputy):
        row = a_mandate(lekstroom)
        agreements.end(row, TODAY, by=lekstroom.region)
        a_mandate(lekstroom, person=deputy, valid_from=TODAY + DAY)
        assert not may_sign(lekstroom.holder, "0356", TODAY + DAY, ["onderwijs"])
        assert may_sign(deputy, "0356", TODAY + DAY, ["onderwijs"])
        assert row.history.count() == 2

    @pytest.mark.parametrize("last", [TODAY - 2 * DAY, world.START - DAY])
    def test_not_into_the_past(self, lekstroom, friday, last):
        row = a_mandate(lekstroom)
        with pytest.raises(NotNow):
            agreements.end(row, last, by=lekstroom.region)

    def test_what_holds_cannot_be_taken_away(self, lekstroom, friday):
        row = a_mandate(lekstroom)
        with pytest.raises(NotNow, match="geldt al"):
            agreements.withdraw(row, by=lekstroom.region)
        later = a_mandate(lekstroom, scope="zorg", valid_from=TODAY + DAY)
        agreements.withdraw(later, by=lekstroom.region)
        assert Mandate.objects.get() == row

    def test_two_people_end_it_at_once(self, lekstroom, friday):
        row = a_mandate(lekstroom)
        other = Mandate.objects.get()
        agreements.end(row, TODAY, by=lekstroom.region)
        with pytest.raises(NotNow, match="intussen aangepast"):
            agreements.end(other, TODAY + DAY, by=lekstroom.region)

    def test_the_database_keeps_two_rules(self, lekstroom, friday):
        row = a_mandate(lekstroom)
        with pytest.raises(IntegrityError), transaction.atomic():
            Mandate.objects.create(
                region=row.region, organisation=row.organisation, person=row.person, scope="onderwijs",
                valid_from=TODAY, source="x",
            )  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Mandate.objects.filter(pk=row.pk).update(deputy=row.person_id)
